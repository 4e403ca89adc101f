"""What a word is, and under which forms it is found."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.folding import fold
from tui.index.stems import _ALGORITHMS, _ENDINGS, _LONGEST_ENDING, Stemmer
from tui.index.tokens import (
    LONGEST_SURFACE,
    NewsAnalyzer,
    Tokenizer,
    _any,
    _pairs,
    analyse,
    chunk_pattern,
    is_unspaced,
)

TOKENIZER = Tokenizer()


def surfaces(text: str) -> list[str]:
    return TOKENIZER.surfaces(text)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ukraine's Ukraine’s", ["ukraine", "ukraine"]),
        ("Texas's Texas’ don't", ["texas", "texas", "dont"]),
        ("U.S. US U.S.'s U.S.-led", ["us", "us", "us", "us", "usled", "led"]),
        ("e.g. p.m. end.Next bbc.co.uk", ["eg", "pm", "end", "next", "bbc", "co", "uk"]),
        ("G7 1,000,000 1.5 2,50", ["g7", "1000000", "1.5", "2", "50"]),
        ("Covid-19 Covid\u201019 Covid19", ["covid", "covid19", "19", "covid", "covid19", "19", "covid19"]),
        (
            "G7 G-7 F-16s 2021-12-16",
            ["g7", "g", "g7", "7", "f", "f16s", "16s", "2021", "20211216", "12", "16"],
        ),
        ("rock 'n' roll ‘quoted’ O’Brien‘s", ["rock", "n", "roll", "quoted", "obrien"]),
        ("AT&T", ["at", "att", "t"]),
        ("l'Ukraine d’état O'Neill", ["ukraine", "lukraine", "etat", "detat", "oneill"]),
        ("Čapek ÉTUDE Straße Łódź", ["capek", "etude", "strasse", "lodz"]),
        ("Ёлка йод", ["елка", "йод"]),
        ("Йод Київ Ґанок об'єднання об’єднання", ["йод", "київ", "ґанок", "обєднання", "обєднання"]),
        ("أحمد إحمد آحمد ٱحمد", ["احمد"] * 4),
        ("مُحَمَّد محـــمد محمد", ["محمد"] * 3),
        ("مصطفى مصطفي مدرسة مدرسه", ["مصطفي", "مصطفي", "مدرسه", "مدرسه"]),
        ("کتاب یک كتاب يك", ["كتاب", "يك", "كتاب", "يك"]),
        ("Ｎａｔｏ ﬁnance İstanbul ısı", ["nato", "finance", "istanbul", "isi"]),
        ("中国人", ["中国", "国人", "人"]),
        ("中国G7首脑", ["中国", "国", "g7", "首脑", "脑"]),
        (
            "東京オリンピック 한국",
            ["東京", "京オ", "オリ", "リン", "ンピ", "ピッ", "ック", "ク", "한국", "국"],
        ),
        ("foo_bar", ["foo", "bar"]),
        ("…—!?", []),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


def test_a_joined_reading_stands_where_its_first_word_does() -> None:
    words = TOKENIZER.occurrences("the Covid-19 wave")
    assert [(word.surface, word.position) for word in words] == [
        ("the", 0), ("covid", 1), ("covid19", 1), ("19", 2), ("wave", 3),
    ]  # fmt: skip


@given(st.text(max_size=200))
def test_offsets_lie_in_the_text_and_positions_never_go_back(text: str) -> None:
    words = TOKENIZER.occurrences(text)
    assert [word.position for word in words] == sorted(word.position for word in words)
    for word in words:
        assert 0 <= word.start < word.end <= len(text)
        assert 0 < len(word.surface) <= LONGEST_SURFACE
        assert not set(word.surface) & set(" \t\n")


@given(st.text(alphabet="aA1é'’.-,&_ 中国", max_size=60))
def test_words_of_odd_shapes_keep_their_offsets(text: str) -> None:
    for word in TOKENIZER.occurrences(text):
        assert fold(text[word.start : word.end])


@given(st.text(max_size=60))
def test_ascii_text_is_read_as_any_other(text: str) -> None:
    plain = text.encode("ascii", "ignore").decode()
    assert surfaces(plain + " é") == [*surfaces(plain), "e"]


UNSPACED = st.text(
    st.characters(min_codepoint=0xE00, max_codepoint=0xFFFF, categories=["Lo", "Mn", "Mc", "Lm"]).filter(
        is_unspaced
    )
)


@given(
    UNSPACED | st.text("かがば゚ｶﾞ한한中国ำก", max_size=12).filter(lambda text: not text or is_unspaced(text))
)
def test_each_pair_is_folded_as_if_alone(text: str) -> None:
    pairs = [fold(text[at : at + 2]).replace(" ", "") for at in range(len(text))]
    assert [part.surface for part in _pairs(text, 0, 0)] == [pair for pair in pairs if pair]


PLAIN = st.sampled_from(["a", "bc", "U", "s", "1", "234", ".", "-", "x" * 40, "Y" * 70, "z" * 300])


@given(st.text(alphabet="aAsT12.-", max_size=24) | st.lists(PLAIN, max_size=9).map("".join))
def test_plain_words_are_read_as_any_others(text: str) -> None:
    for match in chunk_pattern(text).finditer(text):
        assert analyse(match.group()) == _any(match.group())


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "a-" * 100_000, "1," * 100_000, "a." * 100_000, "中" * 100_000]
)
def test_a_megabyte_without_a_space_takes_seconds_at_most(text: str) -> None:
    began = time.process_time()
    TOKENIZER.surfaces(text)
    assert time.process_time() - began < 10


def test_the_analyzer_gives_whoosh_the_same_words() -> None:
    text = "Ukraine's Covid-19 wave"
    found = [
        (t.text, t.pos, t.startchar, t.endchar) for t in NewsAnalyzer()(text, positions=True, chars=True)
    ]
    assert found == [tuple(word) for word in TOKENIZER.occurrences(text)]


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


STEMMER = Stemmer()


@pytest.mark.parametrize(
    ("language", "together"),
    [
        ("en", "sanction sanctions sanctioned"), ("en", "BBC BBCs"), ("en", "policy policies"), (None, "talk talks"),
        ("fr", "décider décidé décidée décidées décidèrent"), ("fr", "état états"),
        ("de", "Haus Häuser Hauses"), ("de", "Straße Strassen"), ("es", "político políticas"),
        ("pt", "político políticas"), ("it", "governo governi"), ("nl", "verkiezing verkiezingen"),
        ("pl", "rząd rządu rządów"), ("pl", "prezydent prezydentem"), ("cs", "volby volbách"),
        ("cs", "český českého"), ("hu", "kormány kormányok kormánytól"), ("tr", "ülke ülkeler ülkenin"),
        ("ro", "guvern guvernului"), ("sv", "regering regeringen"), ("nb", "regjering regjeringen"),
        ("el", "πόλεμος πολέμου"), ("el", "κυβέρνηση κυβερνήσεις"), ("hi", "सरकार सरकारें सरकारों"),
        ("id", "pilih pemilihan memilih"), ("sr", "влада vlade"),
        ("ru", "правительство Правительствами"), ("ru", "ёлка елки"),
        ("ar", "حكومة الحكومة والحكومة حكومات بالحكومة"), ("ar", "مصري المصرية مِصْر"), ("fa", "دولت دولتها"),
    ],
)  # fmt: skip
def test_forms_of_a_word_have_one_stem(language: str | None, together: str) -> None:
    assert len(set(STEMMER.stems(surfaces(together), language))) == 1


@pytest.mark.parametrize(
    ("language", "apart"),
    [("en", "us use"), ("en", "1990 1990s"), ("en", "new news"), ("fr", "an as"), ("zh", "port ports"),
     ("uk", "міст місто"), ("ar", "ولد والد"), ("ru", "мир мера")],
)  # fmt: skip
def test_words_that_are_not_forms_of_one_stay_apart(language: str, apart: str) -> None:
    words = surfaces(apart)
    assert len(set(STEMMER.stems(words, language))) == len(words)


LANGUAGES = st.sampled_from([None, "", "xx", "zh", "uk", *_ALGORITHMS, "ar"])


@given(
    st.lists(st.one_of(st.text(min_size=1, max_size=20), st.text("abs19yéй\ud800", min_size=1))), LANGUAGES
)
def test_many_stems_are_those_of_each(words: list[str], language: str | None) -> None:
    found = STEMMER.stems(words, language)
    assert found == [STEMMER.stem(word, language) for word in words]
    assert all(found)


def test_every_language_has_its_stemmer() -> None:
    for language in _ALGORITHMS:
        assert STEMMER.stem("x" * LONGEST_SURFACE, language)
    for language, endings in _ENDINGS.items():
        assert language in _ALGORITHMS
        for ending, accented in endings.items():
            assert fold(accented) == ending
            assert len(ending) <= _LONGEST_ENDING


def test_threads_share_a_stemmer() -> None:
    words = [
        f"{stem}{ending}"
        for stem in ("sanction", "talk", "polici")
        for ending in ("s", "ed", "ing", "es", "")
    ] * 40
    alone = STEMMER.stems(words, "en")
    shared = Stemmer()
    with ThreadPoolExecutor(4) as pool:
        batches = [pool.submit(shared.stems, words, "en") for _ in range(8)]
        single = pool.map(shared.stem, words, ["en"] * len(words))
        assert list(single) == alone
        assert all(batch.result() == alone for batch in batches)
