"""Sentences of gold sets: text spaced as people write, and exactly the names that are marked there."""

from __future__ import annotations

from tests.making import gold_sets, gum
from tests.making.documents import Annotated
from tui.article import MentionType

_TYPES: dict[str, MentionType] = {"PER": "person", "LOC": "place", "ORG": "organisation"}


def named(texts: list[Annotated]) -> list[list[tuple[str, str]]]:
    return [[(text.text[start:end], kind) for start, end, kind in text.names] for text in texts]


def test_columns_become_text_and_offsets() -> None:
    columns = "Jane\tB-PER\nDoe\tI-PER\nleft\tO\nNew\tB-LOC\nYork\tI-LOC\n.\tO\n\n(\tO\nNATO\tB-ORG\n)\tO\n"
    sentences = list(gold_sets.sentences(columns, "set", _TYPES))
    assert [sentence.text for sentence in sentences] == ["Jane Doe left New York.", "(NATO)"]
    assert named(sentences) == [[("Jane Doe", "person"), ("New York", "place")], [("NATO", "organisation")]]


def test_a_name_may_begin_without_b_and_a_new_one_with_it() -> None:
    columns = "Paris\tI-LOC\nRome\tB-LOC\nAnn\tI-PER\nthing\tB-ODD\n"
    (sentence,) = gold_sets.sentences(columns, "set", _TYPES)
    assert named([sentence]) == [[("Paris", "place"), ("Rome", "place"), ("Ann", "person")]]


def test_columns_are_taken_by_their_numbers_and_comments_left_out() -> None:
    columns = "# sent_id = 1\n1\tAnn\tB-PER\t-\n2\tleft\tO\t-\n"
    (sentence,) = gold_sets.sentences(columns, "set", _TYPES, token=1, label=2)
    assert sentence.text == "Ann left"
    assert named([sentence]) == [[("Ann", "person")]]


def test_quotes_close_up() -> None:
    text, places = gold_sets.as_written(["He", "said", '"', "no", '"', "twice", "it", "'s", "$", "5", "."])
    assert text == 'He said "no" twice it\'s $5.'
    assert [text[start:end] for start, end in places][3:5] == ["no", '"']


def _word(number: int, word: str, tag: str, misc: str = "_") -> str:
    return "\t".join([str(number), word, word.lower(), "X", tag, "_", "0", "dep", "_", misc])


def test_gum_gives_proper_names_at_the_heads_of_phrases() -> None:
    conllu = "\n".join(
        [
            "# sent_id = 1",
            _word(1, "President", "NNP", "Entity=(1-person-new-cf1-2-sgl"),
            _word(2, "Ruth", "NNP"),
            _word(3, "Meyer", "NNP", "Entity=1)"),
            _word(4, "met", "VBD"),
            _word(5, "the", "DT", "Entity=(2-person-new-cf2-2-coref"),
            _word(6, "mayor", "NN"),
            _word(7, "of", "IN"),
            _word(8, "Lyon", "NNP", "Entity=(3-place-new-cf3-1-sgl)2)|SpaceAfter=No"),
            _word(9, ".", "."),
            "",
        ]
    )
    (sentence,) = gum.sentences(conllu)
    assert sentence.text == "President Ruth Meyer met the mayor of Lyon."
    assert named([sentence]) == [[("Ruth Meyer", "person"), ("Lyon", "place")]]
    assert not sentence.complete
