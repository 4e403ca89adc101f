"""Every mention in its context, in three orders."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus.invented import Invented, id_of
from tui.corpus import Corpus, exploring
from tui.corpus.concordance import CONTEXT
from tui.corpus.values import Concordance, ConcordanceOrder, Line
from tui.errors import NoSuchEntity, SearchCancelled
from tui.folding import fold

ANNA = id_of("Anna Berg")
ORDERS: tuple[ConcordanceOrder, ...] = ("date", "left", "right")


def shown(concordance: Concordance) -> list[str]:
    return [f"{line.left}[{line.text}]{line.right}" for line in concordance.lines]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def test_lines_come_newest_first_and_in_reading_order(invented: Invented) -> None:
    invented.put("a", "Old {Anna Berg}", "First {Anna Berg} one.", "And {Berg||} too.", date="2021-12-01")
    invented.put("b", "Undated {Anna Berg}", date=None)
    invented.put("c", "New {Carl Dahl}", "Here {Berg|person|anna berg}, there {Anna Berg}.")
    with invented.corpus() as corpus:
        found = corpus.concordance(ANNA)
        assert found.total == 5
        assert shown(found) == [
            "Here [Berg], there Anna Berg.",
            "Here Berg, there [Anna Berg].",
            "Old [Anna Berg]",
            "First [Anna Berg] one.",
            "Undated [Anna Berg]",
        ]
        line = found.lines[1]
        assert line[:7] == (invented.id_at("c"), "New Carl Dahl", line.date, "example.com", 0, 17, 26)
        assert str(line.date) == "2021-12-16"
        assert corpus.article(line.article).text_of(line.paragraph)[line.start : line.end] == line.text


def test_lines_are_sorted_by_the_words_next_to_the_mention(invented: Invented) -> None:
    invented.put("a", "x", "Zwei sahen {Anna Berg} gehen.", "ängstlich {Anna Berg} Anfang", date="2021-12-03")
    invented.put("b", "x", "{Anna Berg}, (Zeta)", "the Beta: {Anna Berg}'s end", date="2021-12-02")
    invented.put("c", "x", "a beta {Anna Berg}", date="2021-12-01")
    with invented.corpus() as corpus:
        assert shown(corpus.concordance(ANNA, "left")) == [
            "[Anna Berg], (Zeta)",
            "ängstlich [Anna Berg] Anfang",
            "a beta [Anna Berg]",
            "the Beta: [Anna Berg]'s end",
            "Zwei sahen [Anna Berg] gehen.",
        ]
        assert shown(corpus.concordance(ANNA, "right")) == [
            "a beta [Anna Berg]",
            "ängstlich [Anna Berg] Anfang",
            "Zwei sahen [Anna Berg] gehen.",
            "the Beta: [Anna Berg]'s end",
            "[Anna Berg], (Zeta)",
        ]


def test_a_long_paragraph_is_cut_at_words(invented: Invented) -> None:
    before, after = "word " * 200, " word" * 200
    invented.put("a", "x", f"{before}{{Anna Berg}}{after}")
    with invented.corpus() as corpus:
        (line,) = corpus.concordance(ANNA).lines
    assert CONTEXT - 10 < len(line.left) <= CONTEXT and line.left.startswith("word ")
    assert CONTEXT - 10 < len(line.right) <= CONTEXT and line.right.endswith(" word")
    assert (line.start, line.end) == (1000, 1009)


def test_text_without_words_is_cut_between_characters(invented: Invented) -> None:
    before, after = "e\u0301" * 1000, "汉" * 1000
    invented.put("a", "x", f"{before}{{Anna Berg}}{after}")
    with invented.corpus() as corpus:
        for order in ORDERS:
            (line,) = corpus.concordance(ANNA, order).lines
            assert before.endswith(line.left) and line.left.startswith("e")
            assert line.right == "汉" * CONTEXT


def test_an_enormous_name_is_there_in_full(invented: Invented) -> None:
    name = "Anna " * 600 + "Berg"
    invented.put("a", "x", f"Who is {{{name}}}?")
    with invented.corpus() as corpus:
        (line,) = corpus.concordance(id_of(name)).lines
        assert line.text == name


def test_what_nobody_waits_for_is_given_up(invented: Invented) -> None:
    invented.put("a", "{Anna Berg}")
    with invented.corpus() as corpus:
        with pytest.raises(SearchCancelled):
            corpus.concordance(ANNA, "left", cancelled=lambda: True)
        assert corpus.concordance(ANNA, "left", cancelled=lambda: False).total == 1


def test_new_and_gone_articles_are_noticed(invented: Invented) -> None:
    invented.put("a", "One {Anna Berg}", date="2021-12-01")
    with invented.corpus() as corpus:
        for order in ORDERS:
            assert corpus.concordance(ANNA, order).total == 1
        invented.put("b", "Two {Anna Berg}", date="2021-12-02")
        for order in ORDERS:
            assert shown(corpus.concordance(ANNA, order)) == (
                ["One [Anna Berg]", "Two [Anna Berg]"]
                if order == "left"
                else ["Two [Anna Berg]", "One [Anna Berg]"]
            )
        invented.remove("a")
        for order in ORDERS:
            assert shown(corpus.concordance(ANNA, order)) == ["Two [Anna Berg]"]
        invented.remove("b")
        for order in ORDERS:
            with pytest.raises(NoSuchEntity):
                corpus.concordance(ANNA, order)


def pages(corpus: Corpus, order: ConcordanceOrder, size: int) -> list[Line]:
    total = corpus.concordance(ANNA, order, limit=0).total
    told: list[Line] = []
    for offset in range(0, total + size, size):
        page = corpus.concordance(ANNA, order, limit=size, offset=offset)
        assert page.total == total
        told += page.lines
    assert len(told) == total
    return told


marked = ["{Anna Berg}", "{Berg|person|anna berg}", "{Carl Dahl}"]
plain = ["saw", "Ähre", "then,", "‘z’", "(", "e\u0301", "\U0001f1eb\U0001f1f7"]
texts = st.lists(st.sampled_from(marked + plain), min_size=1, max_size=12).map(" ".join)
articles = st.lists(
    st.tuples(st.lists(texts, min_size=1, max_size=3), st.dates() | st.none()), min_size=1, max_size=5
)


@given(articles, st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_every_order_tells_every_mention_once(articles: list[tuple[list[str], object]], size: int) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROADSHEET_DATA_DIR", f"{folder}/data")
        patch.setattr(exploring, "_FEW_LINES", 5)
        invented = Invented(Path(folder) / "articles")
        try:
            for number, (paragraphs, date) in enumerate(articles):
                invented.put(str(number), f"Here {{Anna Berg}} number {number}", *paragraphs, date=date)
            with invented.corpus() as corpus:
                told = {order: pages(corpus, order, size) for order in ORDERS}
                expected = {
                    (hit.id, m.paragraph, m.start, m.end)
                    for hit in corpus.newest()
                    for m in corpus.mentions(hit.id)
                    if m.entity == ANNA
                }
                for order in ORDERS:
                    places = [(line.article, *line[4:7]) for line in told[order]]
                    assert len(places) == len(expected) and set(places) == expected
                    for line in told[order]:
                        text = corpus.article(line.article).text_of(line.paragraph)
                        assert text == line.left + line.text + line.right
                        assert text[line.start : line.end] == line.text
                newest = [hit.id for hit in corpus.newest()]
                dates = [(newest.index(line.article), *line[4:6]) for line in told["date"]]
                assert dates == sorted(dates)
                left = [words(line.left)[:-2:-1] for line in told["left"]]
                assert left == sorted(left)
                right = [words(line.right)[:1] for line in told["right"]]
                assert right == sorted(right)
        finally:
            invented.close()
