"""Which paragraphs of an article are shown, and in which order."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.screens.driving import press, reading, settle, shown, type_text
from tui.article import ArticleId
from tui.corpus import Corpus
from tui.screens.reader import ReaderScreen
from tui.stories.values import Order
from tui.widgets.article_pane import ArticlePane
from tui.widgets.article_text import REPEATED

QUERY = "source:m.caldermouth-chronicle.example date:2021-12-16"


def pane_of(screen: ReaderScreen) -> ArticlePane:
    assert screen.focused_pane is not None
    return screen.focused_pane


def read_in(pane: ArticlePane) -> list[int]:
    """The paragraphs from top to bottom."""
    assert pane._laid_out is not None
    return list(dict.fromkeys(line.paragraph for line in pane._laid_out.lines if line.kind == "text"))


@pytest.fixture
def turned(sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """A corpus in which every article was likely written the other way round."""

    def order(id: ArticleId) -> Order:
        paragraphs = range(len(sample_corpus.article(id).paragraphs))
        return Order(tuple(reversed(paragraphs)), 0.9, None)

    monkeypatch.setattr(sample_corpus, "order", order)
    return sample_corpus


@pytest.fixture
def repeating(sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """A corpus in which the second paragraph of every article is one that its site repeats."""
    monkeypatch.setattr(sample_corpus, "boilerplate", lambda id: frozenset({1}))
    return sample_corpus


async def open_first(pilot: Pilot[Any]) -> None:
    await press(pilot, "enter")


async def test_what_the_site_repeats_is_dimmed_hidden_or_shown_and_that_is_remembered(
    repeating: Corpus,
) -> None:
    async with reading(repeating, query=QUERY) as (screen, pilot):
        await open_first(pilot)
        pane = pane_of(screen)
        assert read_in(pane)[:3] == [0, 1, 2]
        assert REPEATED in shown(screen)
        await press(pilot, "p")
        assert read_in(pane)[:2] == [0, 2]
        assert "1 repeated paragraph hidden" in pane._meta() and "repeated" in shown(screen)
        assert REPEATED not in shown(screen)
        await press(pilot, "p")
        assert read_in(pane)[:3] == [0, 1, 2] and REPEATED not in shown(screen)
        await press(pilot, "p", "p")
    async with reading(repeating, query=QUERY) as (screen, pilot):
        await open_first(pilot)
        assert read_in(pane_of(screen))[:2] == [0, 2]


async def test_where_nothing_is_repeated_that_is_said(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample_corpus, "boilerplate", lambda id: frozenset())
    async with reading(sample_corpus, query=QUERY) as (screen, pilot):
        await press(pilot, "enter", "p")
        assert "here is none" in shown(screen)


async def test_matches_and_names_in_hidden_paragraphs_are_passed_over(
    repeating: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(repeating, query="russia " + QUERY) as (screen, pilot):
        await open_first(pilot)
        pane = pane_of(screen)
        word = pane.article.paragraphs[1].split()[0]  # type: ignore[union-attr]
        await press(pilot, "p", "ctrl+f")
        await type_text(pilot, word)
        await press(pilot, "enter")
        assert pane.hidden_matches >= 1
        assert f"{pane.hidden_matches} hidden" in pane.position
        for _ in pane.matches:
            await press(pilot, "n")
            assert pane.current is None or pane.matches[pane.current].paragraph != 1
        for _ in pane.mentions:
            await press(pilot, "right_square_bracket")
            assert pane.selected is None or pane.mentions[pane.selected].paragraph != 1


async def test_the_suggested_order_is_a_view_and_stepping_follows_it(turned: Corpus) -> None:
    async with reading(turned, query="russia " + QUERY) as (screen, pilot):
        await open_first(pilot)
        pane = pane_of(screen)
        published = read_in(pane)
        before = pane.article
        await press(pilot, "P")
        assert read_in(pane) == published[::-1]
        assert "suggested order, worked out from the text" in " ".join(shown(screen).split())
        assert pane.article == before == turned.article(pane.article_id or ArticleId(""))
        await press(pilot, "g", "N")
        while pane.current is not None and pane.step_match(-1):
            pass
        steps = []
        while True:
            steps.append(pane.current)
            if not pane.step_match(1):
                break
        paragraphs = [pane.matches[at].paragraph for at in steps if at is not None]
        inside = [paragraph for paragraph in paragraphs if paragraph >= 0]
        assert sorted(steps, key=str) == sorted(range(len(pane.matches)), key=str)
        assert inside == sorted(inside, reverse=True) and len(set(inside)) > 1
        await press(pilot, "g", "right_square_bracket")
        first = pane.mentions[pane.selected].paragraph if pane.selected is not None else None
        await press(pilot, "right_square_bracket", "right_square_bracket", "right_square_bracket")
        assert pane.selected is not None and first is not None
        assert first == -1 or pane.mentions[pane.selected].paragraph <= first
        await press(pilot, "P")
        assert read_in(pane) == published and "suggested" not in shown(screen)


async def test_another_article_comes_in_its_order_too(turned: Corpus) -> None:
    async with reading(turned, query="draft pacts") as (screen, pilot):
        await press(pilot, "enter", "P", "J")
        pane = pane_of(screen)
        assert read_in(pane) == list(reversed(range(len(pane.article.paragraphs))))  # type: ignore[union-attr]
        place = pane.place
        await press(pilot, "G", "P", "P")
        await settle(pilot)
        assert place != pane.place


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (Order((0, 1, 2), 0.9, None), "as published, which seems right"),
        (Order((0, 1, 2), 0.1, None), "as published: no other order is any surer"),
        (Order((2, 1, 0), 0.1, None), "suggested order: no more than a guess"),
        (Order((2, 1, 0), 0.9, ArticleId("a" * 16)), "suggested order: that of the copy in kestrel-wire"),
    ],
)
def test_how_sure_an_order_is_is_said_plainly(order: Order, said: str) -> None:
    from tui.screens.paragraphs import said_of

    assert said_of(order, frozenset(), "kestrel-wire.example") == said
    moved = order._replace(paragraphs=(*order.paragraphs[1:], order.paragraphs[0]))
    if said.startswith("as published"):  # only what the site repeats stands elsewhere
        assert said_of(moved, frozenset({order.paragraphs[0]}), None) == said
