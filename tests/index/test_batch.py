"""A batch's words are those that the tokenizer finds text by text."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.bench.corpus import make
from tui.index import batch
from tui.index.batch import BatchTokenizer
from tui.index.tokens import LONGEST_SURFACE, Tokenizer

GAP = 64
REFERENCE = Tokenizer()

NASTY = st.text(
    alphabet="aAbISsK17.,'’‘-–‐&_`´\"“”„«»—…/:;\0\x1c\x7f\x85\xa0\u2003\u2028\u3000éÉßİıſŁ\u0301\u0307\u20d0"
    "жЁйאبةـ\u0651\u0e01\u0e33中国한ｶ\ud800\udc00\U0001f600\U00020000²½ \n\t",
    max_size=40,
)
# Pieces as long as what one look-up compares, or a byte more or less.
LENGTHS = st.sampled_from([7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 95, 96, 97, 300])
SIZED = st.builds(lambda size, last, char: char * (size - 1) + last, LENGTHS, st.sampled_from("ab.é’-中"),
                  st.sampled_from("aAé-ж中1"))  # fmt: skip
WORDS = st.sampled_from(["U.S.", "U.S.'s", "e.g.", "Covid-19", "AT&T", "l'Ukraine", "1,000.5", "..a.", ".é.", "",
                         "'word'", "a.-", "don’t.", "中国人。", "foo_bar", "-", "&", ".", "x" * 300])  # fmt: skip
TEXTS = st.one_of(
    NASTY, st.text(max_size=40), SIZED, st.lists(st.one_of(WORDS, SIZED, NASTY), max_size=8).map(" ".join)
)
BATCHES = st.lists(st.lists(TEXTS, max_size=4), max_size=5)


def one_by_one(texts: Sequence[Sequence[str]], gap: int) -> tuple[list[tuple[str, int, int]], list[int]]:
    """(word, document, position) of each word, and the documents' lengths."""
    words: list[tuple[str, int, int]] = []
    lengths = []
    for document, paragraphs in enumerate(texts):
        position = length = 0
        for text in paragraphs:
            surfaces, places, advance = REFERENCE.surfaces(text)
            words += [
                (surface, document, position + place) for surface, place in zip(surfaces, places, strict=True)
            ]
            position += advance + gap
            length += advance
        lengths.append(length)
    return words, lengths


def at_once(
    tokenizer: BatchTokenizer, texts: Sequence[Sequence[str]], gap: int
) -> tuple[list[tuple[str, int, int]], list[int]]:
    """The same from a batch."""
    tokens = tokenizer.tokenize(texts, gap)
    assert all(values.dtype == np.uint32 for values in tokens)
    words = [tokenizer.surfaces[term] for term in tokens.terms.tolist()]
    found = list(zip(words, tokens.docs.tolist(), tokens.positions.tolist(), strict=True))
    return found, tokens.lengths.tolist()


@given(st.lists(BATCHES, min_size=1, max_size=3), st.integers(0, 100))
@example([[[]], [[""]], [["", "a", "", "b"], []]], GAP)
@example([[["a\ud800", "\udc00b"]]], GAP)
def test_a_batch_says_what_its_texts_say(batches: list[list[list[str]]], gap: int) -> None:
    tokenizer = BatchTokenizer()
    for texts in [*batches, *batches]:  # what was learnt answers as what is new
        assert at_once(tokenizer, texts, gap) == one_by_one(texts, gap)


SHARED = BatchTokenizer()


@given(BATCHES)
def test_what_was_met_before_changes_nothing(texts: list[list[str]]) -> None:
    assert at_once(SHARED, texts, GAP) == one_by_one(texts, GAP)


@given(BATCHES)
def test_pieces_whose_hashes_collide_are_told_apart(texts: list[list[str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "hash_of", lambda keys: np.zeros(len(keys[0]), np.uint64))
        tokenizer = BatchTokenizer()
        for _ in range(2):
            assert at_once(tokenizer, texts, GAP) == one_by_one(texts, GAP)


def test_generated_articles() -> None:
    articles = [make(3, number, 400) for number in range(400)]
    texts = [[article.title, *article.paragraphs, article.url] for article in articles]
    tokenizer = BatchTokenizer()
    for low in range(0, len(texts), 64):
        assert at_once(tokenizer, texts[low : low + 64], GAP) == one_by_one(texts[low : low + 64], GAP)
    assert len(set(tokenizer.surfaces)) == len(tokenizer.surfaces)


def test_every_letter_and_mark_beside_letters_of_either_case() -> None:
    """A batch reads ASCII in lower case: no character makes a difference between `A` and `a` beside it."""
    blocks = (
        (0x00, 0x2100),
        (0x2C00, 0x3100),
        (0xA640, 0xAC00),
        (0xD7FF, 0xD802),
        (0xDFFF, 0xE002),
        (0xFB00, 0x10000),
    )
    texts = [[f"A{c}S {c}.I{c}.K"] for block in blocks for c in map(chr, range(*block))]
    assert at_once(BatchTokenizer(), texts, GAP) == one_by_one(texts, GAP)


def test_a_megabyte_without_a_space() -> None:
    texts = [["中" * 20_000, "a" * 1_000_000], ["é-" * 2_000]]
    tokenizer = BatchTokenizer()
    assert at_once(tokenizer, texts, GAP) == one_by_one(texts, GAP)
    assert at_once(tokenizer, texts[::-1], GAP) == one_by_one(texts[::-1], GAP)


def test_words_are_numbered_afresh_after_clear() -> None:
    tokenizer = BatchTokenizer()
    tokenizer.tokenize([["one two three"]], GAP)
    assert tokenizer.surfaces == ["one", "two", "three"]
    tokenizer.clear()
    assert at_once(tokenizer, [["four three"]], GAP) == one_by_one([["four three"]], GAP)
    assert tokenizer.surfaces == ["four", "three"]


def test_forgotten_pieces_keep_their_words_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_MOST_PIECES", 10)
    tokenizer = BatchTokenizer()
    first = tokenizer.tokenize([["one two three " + " ".join(f"w{n}" for n in range(20))]], GAP)
    again = tokenizer.tokenize([["one two three four"]], GAP)
    assert again.terms[:3].tolist() == first.terms[:3].tolist() == [0, 1, 2]
    assert len(tokenizer.surfaces) == 24


def test_long_pieces_are_remembered_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_MOST_LONG", 2)
    tokenizer = BatchTokenizer()
    texts = [[" ".join(letter * 20 for letter in "абвгдб"), "www." + "a-" * 30, "中" * 20, "中" * 200]]
    for _ in range(3):
        assert at_once(tokenizer, texts, GAP) == one_by_one(texts, GAP)


def test_many_pieces_make_the_table_grow() -> None:
    texts = [[f"p{number} q{number}q{number * 7919} longer-piece-number-{number}" for number in range(8_000)]]
    tokenizer = BatchTokenizer()
    for _ in range(2):
        assert at_once(tokenizer, texts, GAP) == one_by_one(texts, GAP)


def test_a_long_word_is_cut_as_elsewhere() -> None:
    tokens, _ = at_once(BatchTokenizer(), [["x" * 100 + " " + "Y" * 30]], GAP)
    assert [len(word) for word, _, _ in tokens] == [LONGEST_SURFACE, 30]


def test_no_byte_that_parts_pieces_can_stand_in_a_chunk() -> None:
    from tui.index.tokens import _CHUNK, _CHUNK_ASCII

    for code in range(128):
        text = f"a{chr(code)}b.c{chr(code)}"
        parted = not batch._PIECE_BYTES[code]
        whole = [_CHUNK.findall(text), _CHUNK_ASCII.findall(text)]
        if parted:
            assert whole == [["a", "b.c"]] * 2
        assert not parted or not re.search(r"\w", chr(code))
