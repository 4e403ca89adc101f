"""Searching in the reader: as one types, by facet, in another order, back and forward."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

import pytest

from tests.screens.driving import press, reading, settle, shown, type_text
from tui.corpus import Corpus
from tui.index.results import Facets, Results


async def test_the_first_frame_shows_real_titles_and_what_the_corpus_holds(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, _):
        assert screen.focused is screen.results
        newest = sample_corpus.newest(1)[0]
        assert newest.title[:30] in shown(screen)
        assert f"{sample_corpus.count()} articles" in shown(screen)
        assert "People" in shown(screen)


async def test_results_follow_every_letter(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash")
        counts = []
        for letter in "stolten":
            await type_text(pilot, letter)
            counts.append(screen.results.count)
        assert counts == sorted(counts, reverse=True)
        assert 0 < counts[-1] < sample_corpus.count()
        assert "Stoltenberg" in shown(screen)


async def test_the_newest_query_wins(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "telescope")
        assert screen.results.count == sample_corpus.search("telescope").total
        await press(pilot, "ctrl+u")
        assert screen.results.count == sample_corpus.count()


async def test_letters_that_come_in_one_burst_are_searched_once_at_their_end(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    search = Corpus.search

    def noted(self: Corpus, query: str, **options: Any) -> Results:
        asked.append(query)
        return search(self, query, **options)

    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash")
        monkeypatch.setattr("tui.screens.search_line.BURST_S", 60.0)
        monkeypatch.setattr(Corpus, "search", noted)
        screen._typed_at = monotonic()
        for letter in "telescope":
            screen.search_field.insert(letter)
        await settle(pilot)
        assert asked == ["telescope"]
        assert screen.results.count == search(sample_corpus, "telescope", typing=True).total


async def test_facets_are_counted_only_where_they_are_shown(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    facets = Results.facets

    def noted(self: Results, cancelled: Callable[[], bool] | None = None) -> Facets:
        counted.append(self.query)
        return facets(self, cancelled)

    monkeypatch.setattr(Results, "facets", noted)
    async with reading(sample_corpus, size=(80, 12)) as (screen, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "nato")
        assert counted == []
        await press(pilot, "enter", "f")
        assert counted[-1] == "nato"
        assert screen.facets.facets.source


async def test_what_a_search_stumbles_over_is_said_and_the_next_search_is_answered(
    sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbles(self: Corpus, query: str, **options: Any) -> Results:
        raise RuntimeError("unforeseen")

    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash")
        with monkeypatch.context() as patched:
            patched.setattr(Corpus, "search", stumbles)
            await type_text(pilot, "n")
            assert "unforeseen" in shown(screen)
            assert not screen.is_searching
        await type_text(pilot, "ato")
        assert screen.results.count == sample_corpus.search("nato", typing=True).total


async def test_letters_in_the_search_are_text_and_elsewhere_commands(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash", "q", "j", "v")
        assert screen.search_field.value == "qjv"
        await press(pilot, "escape", "escape")
        assert screen.search_field.value == ""
        await press(pilot, "j")
        assert screen.results.selected == 1
        assert screen.search_field.value == ""


async def test_a_first_escape_leaves_and_a_second_one_clears(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "storm")
        await press(pilot, "escape")
        assert (screen.focused, screen.search_field.value) == (screen.results, "storm")
        await press(pilot, "escape")
        assert screen.search_field.value == ""
        assert screen.results.count == sample_corpus.count()


async def test_down_and_enter_lead_to_the_results_with_the_query_kept(sample_corpus: Corpus) -> None:
    for key in ("down", "enter"):
        async with reading(sample_corpus) as (screen, pilot):
            await press(pilot, "slash")
            await type_text(pilot, "storm")
            await press(pilot, key)
            assert (screen.focused, screen.search_field.value) == (screen.results, "storm")


async def test_earlier_searches_come_with_the_up_key(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        for query in ("storm", "telescope"):
            await press(pilot, "slash", "ctrl+u")
            await type_text(pilot, query)
            await press(pilot, "enter")
        await press(pilot, "slash", "ctrl+u", "up")
        assert screen.search_field.value == "telescope"
        await press(pilot, "up")
        assert screen.search_field.value == "storm"
        await press(pilot, "down")
        assert screen.search_field.value == "telescope"


async def test_earlier_searches_outlive_the_program(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (_, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "glasgow")
        await press(pilot, "enter")
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash", "up")
        assert screen.search_field.value == "glasgow"


async def test_what_was_not_understood_is_said_and_the_rest_searched(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "storm date:2021-13 ")
        assert screen.results.count > 0
        assert screen.notice.text
        assert "2021-13" in screen.notice.text


async def test_a_misspelt_word_gets_a_suggestion_that_enter_takes(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "telescpoe ")
        assert "did you mean telescope" in screen.notice.text
        await press(pilot, "enter")
        assert screen.search_field.value.strip() == "telescope"
        assert screen.results.count > 0


async def test_facets_narrow_and_widen_again(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "nato")
        await press(pilot, "enter", "f")
        assert screen.focused is screen.facets
        source, articles = screen.facets.facets.source[0]
        await press(pilot, "enter")
        assert screen.search_field.value == f"nato source:{source}"
        assert screen.results.count == articles
        await press(pilot, "enter")
        assert screen.search_field.value == "nato"


async def test_all_facets_go_at_once(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "nato")
        await press(pilot, "enter", "f", "enter")
        assert "source:" in screen.search_field.value
        await press(pilot, "F")
        assert screen.search_field.value == "nato"


async def test_the_order_goes_round(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="nato") as (screen, pilot):
        await press(pilot, "S")
        newest = screen.results.hits[0]
        assert screen.sort == "newest"
        await press(pilot, "S")
        oldest = screen.results.hits[0]
        assert newest.date is not None and oldest.date is not None
        assert oldest.date < newest.date
        await press(pilot, "S")
        assert screen.sort == "relevance"


async def test_field_names_and_values_are_completed(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "sour")
        await press(pilot, "tab")
        assert screen.search_field.value == "source:"
        await type_text(pilot, "kestrel")
        await press(pilot, "tab")
        assert screen.search_field.value.strip() == "source:kestrel-wire.example"


async def test_names_are_offered_while_typing_and_gone_through_with_tab(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "place:")
        offered = [text.strip() for _, _, text, _ in screen._candidates]
        assert len(offered) > 3
        assert all(name in screen.notice.text for name in offered)
        for name in [*offered, offered[0]]:
            await press(pilot, "tab")
            assert screen.search_field.value.strip() == f"place:{name}"
            assert f"▸{name}" in screen.notice.text


async def test_related_articles_and_back(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus, query="telescope") as (screen, pilot):
        before = screen.results.count
        hit = screen.results.selected_hit
        await press(pilot, "r")
        assert screen.results.count > 0
        assert hit is not None and hit.id not in {other.id for other in screen.results.hits.values()}
        await press(pilot, "backspace")
        assert screen.results.count == before


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_every_row_of_the_greeting_leads_somewhere(
    sample_corpus: Corpus, size: tuple[int, int]
) -> None:
    async with reading(sample_corpus, size=size) as (screen, pilot):
        await press(pilot, "tab")
        greeting = screen.greeting
        assert screen.focused is greeting
        for index, row in enumerate(list(greeting.rows)):
            greeting.select(index)
            await pilot.pause()
            assert row.text[:10] in shown(screen)
            assert (row.entity is None and row.story is None) == bool(row.condition or row.query)
        await press(pilot, "enter")
        assert screen.search_field.value.startswith("date:")
        assert screen.results.count == greeting.rows[-1].articles


async def test_the_greeting_uses_the_width(sample_corpus: Corpus) -> None:
    for size, columns in (((80, 24), 1), ((120, 40), 2), ((200, 50), 3)):
        async with reading(sample_corpus, size=size) as (screen, _):
            lines = shown(screen).splitlines()
            headings = ("People", "Organisations", "Places")[:columns]
            assert any(all(heading in line for heading in headings) for line in lines)


async def test_a_megabyte_pasted_is_cut_at_once(sample_corpus: Corpus) -> None:
    from textual import events

    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash")
        screen.search_field.post_message(events.Paste("nato\n\x1b]0;pwned\x07 " * 70_000))
        await press(pilot, "end")
        assert len(screen.search_field.value) <= 2_000
        assert "\x1b" not in screen.search_field.value


@pytest.mark.parametrize(
    ("query", "letter"), [('person:"vladimir', "p"), ('entity:"united', "s"), ('org:"white', "h")]
)
async def test_names_in_quotes_are_completed_after_a_space_too(
    sample_corpus: Corpus, query: str, letter: str
) -> None:
    async with reading(sample_corpus, size=(200, 50)) as (screen, pilot):
        await press(pilot, "slash")
        await type_text(pilot, query)
        assert screen.notice.text.startswith("tab ")
        for typed in (" ", letter):
            await type_text(pilot, typed)
            answers = sample_corpus.complete(screen.search_field.value, screen.search_field.cursor)
            assert answers
            assert all(answer.text in shown(screen) for answer in answers[:2])


async def test_completions_go_with_the_focus_of_the_search_line(sample_corpus: Corpus) -> None:
    async with reading(sample_corpus) as (screen, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "person:pu")
        await press(pilot, "tab")
        assert screen.notice.text.startswith("tab ")
        await press(pilot, "enter")
        assert screen.focused is screen.results
        assert not screen.notice.text
        await press(pilot, "enter")
        assert screen.panes and not screen.notice.text
        # What is said of the search itself comes back in its place.
        await press(pilot, "slash", "ctrl+u")
        await type_text(pilot, "kremlni person:pu")
        assert screen.notice.text.startswith("tab ")
        await press(pilot, "escape")
        assert "nothing found" in screen.notice.text or "did you mean" in screen.notice.text
