"""`broadsheet entities`, on the sample data."""

from __future__ import annotations

import json

import pytest

from tests.commands.conftest import Run
from tests.commands.programs import in_terminal
from tests.commands.schemas import check

pytestmark = pytest.mark.usefixtures("sample_home")


def test_json_is_an_entity_a_line_most_articles_first(run: Run) -> None:
    result = run("entities", "--json")
    assert result.exit_code == 0
    entities = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(entities) == 50
    for entity in entities:
        check("entities", entity)
        assert entity["mentions"] >= entity["articles"] >= 1
    counts = [entity["articles"] for entity in entities]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("type", ["person", "organisation", "place"])
def test_only_one_type(run: Run, type: str) -> None:
    lines = [line.split("\t") for line in run("entities", "--type", type, "--limit", "5").stdout.splitlines()]
    assert len(lines) == 5
    assert {line[1] for line in lines} == {type}


def test_of_a_query_s_hits_only(run: Run) -> None:
    total = json.loads(run("search", "lavrov", "--json", "--limit", "0").stdout)["total"]
    everywhere = {
        entity["id"]: entity
        for entity in map(json.loads, run("entities", "--json", "--limit", "9999").stdout.splitlines())
    }
    in_hits = [
        json.loads(line)
        for line in run("entities", "lavrov", "--json", "--limit", "9999").stdout.splitlines()
    ]
    assert 0 < len(in_hits) < len(everywhere)
    for entity in in_hits:
        check("entities", entity)
        assert entity["articles"] <= min(total, everywhere[entity["id"]]["articles"])
        assert entity["mentions"] <= everywhere[entity["id"]]["mentions"]
    assert any("Lavrov" in entity["name"] for entity in in_hits)


def test_nobody_in_what_nothing_matches(run: Run) -> None:
    result = run("entities", "qqqqzzzzxx")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "Nobody and nothing" in result.stderr


def test_a_table_on_a_terminal_fits_it() -> None:
    code, drawn = in_terminal("entities", "--type", "person", "--limit", "10", columns=70)
    assert code == 0
    assert "Also called" in drawn.decode()
