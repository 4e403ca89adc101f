"""`broadsheet stories`, on the sample data."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.commands.conftest import Run
from tests.commands.programs import in_terminal
from tests.commands.schemas import check

pytestmark = pytest.mark.usefixtures("sample_home")


def stories(run: Run, *arguments: str) -> list[dict[str, Any]]:
    """What `stories --json` prints."""
    return [json.loads(line) for line in run("stories", "--json", *arguments).stdout.splitlines()]


def test_json_is_a_story_a_line_newest_first(run: Run) -> None:
    found = stories(run, "--limit", "1000")
    assert len(found) >= 8
    for story in found:
        check("stories", story)
        assert story["first"] <= story["last"]
        assert len(set(story["articles"])) == len(story["articles"]) >= 2
        grouped = [id for group in story["reprints"] for id in group]
        assert len(set(grouped)) == len(grouped)
        assert set(grouped) <= set(story["articles"])
    days = [story["last"] for story in found]
    assert days == sorted(days, reverse=True)
    told = [id for story in found for id in story["articles"]]
    assert len(set(told)) == len(told), "an article is in one story"


def test_largest_first_and_page_by_page(run: Run) -> None:
    largest = stories(run, "--order", "largest", "--limit", "1000")
    sizes = [len(story["articles"]) for story in largest]
    assert sizes == sorted(sizes, reverse=True)
    assert stories(run, "--order", "largest", "--limit", "2", "--offset", "1") == largest[1:3]


def test_of_a_query_s_hits_only(run: Run) -> None:
    hits = {
        hit["id"] for hit in json.loads(run("search", "tonga", "--json", "--limit", "999").stdout)["hits"]
    }
    found = stories(run, "tonga", "--limit", "1000")
    assert 0 < len(found) < len(stories(run, "--limit", "1000"))
    assert all(hits & set(story["articles"]) for story in found)


def test_what_was_not_understood_of_a_query_is_said(run: Run) -> None:
    outcome = run("stories", "tonga source:")
    assert outcome.stdout
    assert "source: has no value" in outcome.stderr
    assert "has no value" not in run("stories", "tonga").stderr


def test_reports_of_one_event_are_one_story(run: Run) -> None:
    """Both report that the drafts were handed over, in words of their own."""
    largest = stories(run, "--order", "largest", "--limit", "1")[0]
    titles = [json.loads(run("show", id, "--json").stdout)["title"] for id in largest["articles"]]
    assert (
        sum("Russia" in title or "Moscow" in title or "Kremlin" in title for title in titles)
        >= len(titles) / 2
    )
    assert largest["sources"] >= 5
    assert largest["reprints"]


def test_lines_in_a_pipe_have_seven_fields(run: Run) -> None:
    lines = [line.split("\t") for line in run("stories", "--limit", "5").stdout.splitlines()]
    assert len(lines) == 5
    assert {len(line) for line in lines} == {7}
    for line, story in zip(lines, stories(run, "--limit", "5"), strict=True):
        assert line[:3] == [story["id"], story["first"], story["last"]]
        assert int(line[3]) == len(story["articles"])
        assert line[6] == story["title"]


def test_a_story_is_a_query(run: Run) -> None:
    story = stories(run, "--order", "largest", "--limit", "1")[0]
    found = json.loads(run("search", f"story:{story['id']}", "--json", "--limit", "999").stdout)
    assert {hit["id"] for hit in found["hits"]} == set(story["articles"])


def test_none_where_nothing_matches(run: Run) -> None:
    result = run("stories", "qqqqzzzzxx")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "No story has a hit of 'qqqqzzzzxx'" in result.stderr


def test_wrong_usage(run: Run) -> None:
    assert run("stories", "--order", "oldest").exit_code == 2
    assert run("stories", "--limit", "-1").exit_code == 2


def test_a_table_on_a_terminal_fits_it() -> None:
    code, drawn = in_terminal("stories", "--limit", "10", columns=80)
    assert code == 0
    assert "Reprints" in drawn.decode()
