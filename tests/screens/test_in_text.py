"""Names in the text: which types are marked, stepping through them, the panel."""

from __future__ import annotations

from tests.screens.driving import press, reading, settle, shown
from tui.article import Article, Mention
from tui.corpus import Corpus
from tui.settings import Settings
from tui.widgets.article_pane import ArticlePane


async def test_types_are_marked_or_not_and_that_is_remembered(sample_corpus: Corpus) -> None:
    settings = Settings(entity_marks=True)
    async with reading(sample_corpus, query="ryabkov", settings=settings) as (screen, pilot):
        await press(pilot, "enter")
        assert "ᴾ" in shown(screen) and "ᴸ" in shown(screen)
        await press(pilot, "1")
        assert "ᴾ" not in shown(screen) and "ᴸ" in shown(screen)
        assert "not marked" in screen.footer.message
        await press(pilot, "3")
        await settle(pilot)
    async with reading(sample_corpus, query="ryabkov", settings=settings) as (screen, pilot):
        await press(pilot, "enter")
        assert "ᴾ" not in shown(screen) and "ᴸ" not in shown(screen) and "ᴼ" in shown(screen)
        await press(pilot, "1")
        assert "ᴾ" in shown(screen)


async def test_stepping_passes_over_names_that_are_not_marked(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="ryabkov") as (screen, pilot):
        await press(pilot, "enter", "2", "3", "4")
        pane = screen.panes[0]
        for key in ["right_square_bracket"] * 8 + ["left_square_bracket"] * 12:
            await press(pilot, key)
            assert pane.selected is not None and pane.mentions[pane.selected].type == "person"
        await press(pilot, "1", "right_square_bracket")
        assert "marked" in screen.footer.message


async def test_the_step_says_whom_it_selected_and_in_how_many_articles(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="ryabkov") as (screen, pilot):
        await press(pilot, "enter", "right_square_bracket")
        pane = screen.panes[0]
        assert pane.selected is not None
        entity = sample_corpus.entity(pane.mentions[pane.selected].entity or "")  # type: ignore[arg-type]
        assert entity.name in screen.footer.message
        assert f"{entity.articles} article" in screen.footer.message


async def test_the_panel_changes_its_order_and_keeps_what_is_selected(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="ryabkov") as (screen, pilot):
        await press(pilot, "enter", "e", "j", "j")
        panel = screen.entity_panel
        selected = panel.rows[panel.selected]
        assert str(selected.articles) in shown(screen)
        await press(pilot, "S")
        assert [row.first for row in panel.rows if row.mentions] == sorted(
            row.first for row in panel.rows if row.mentions
        )
        assert panel.rows[panel.selected] == selected
        await press(pilot, "S")
        assert panel.rows[0].name == "People"
        assert panel.rows[panel.selected] == selected
        assert screen.sort == "relevance"


def test_other_mentions_of_the_same_text_keep_the_selection() -> None:
    pane = ArticlePane()
    article = Article("Title", ("Mr Ryabkov and Nato.",))
    first = Mention(0, 3, 10, "Ryabkov", "person")
    pane.show_article("a", article, (first, Mention(0, 15, 19, "Nato", "organisation")))  # type: ignore[arg-type]
    pane.selected = 1
    pane.set_mentions((Mention(0, 15, 19, "Nato", "misc"),))
    assert pane.selected == 0
    pane.set_mentions((first,))
    assert pane.selected is None
