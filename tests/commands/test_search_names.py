"""Names in the query of `broadsheet search` and `broadsheet entities`, on the sample data."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.commands.conftest import Run
from tests.commands.schemas import check

pytestmark = pytest.mark.usefixtures("sample_home")


def answer(run: Run, query: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("search", query, "--json", "--facets", "--limit", "500").stdout)
    check("search", found)
    return found


def test_every_spelling_of_a_name_finds_the_same(run: Run) -> None:
    queries = ("person:zelensky", "person:zelenskyy", 'person:"Volodymyr Zelensky"', "person:ZÉLENSKY")
    found = [{hit["id"] for hit in answer(run, query)["hits"]} for query in queries]
    assert found[0] and all(ids == found[0] for ids in found)


def test_a_facet_s_count_is_what_its_condition_finds(run: Run) -> None:
    facets = answer(run, "nato")["facets"]
    for facet, field in (("person", "person"), ("organisation", "org"), ("place", "place")):
        names = [name for name, _ in facets[facet]]
        assert len(names) == len(set(names)) > 3
        for name, count in facets[facet][:3]:
            assert answer(run, f'nato {field}:"{name}"')["total"] == count, name


def test_facets_and_entities_of_a_query_are_the_same_people(run: Run) -> None:
    people = answer(run, "nato")["facets"]["person"]
    lines = run("entities", "nato", "--type", "person", "--json", "--limit", "10").stdout.splitlines()
    entities = [json.loads(line) for line in lines]
    assert dict(people).items() >= {entity["name"]: entity["articles"] for entity in entities}.items()


def test_a_name_that_nobody_has_is_put_right(run: Run) -> None:
    result = run("search", 'person:"Vladimir Puttin"')
    assert result.exit_code == 1
    assert "Did you mean 'person:\"Vladimir Putin\"'?" in result.stderr
    found = answer(run, 'moscow OR person:"Vladimir Puttin"')
    assert found["corrected"] == 'moscow OR person:"Vladimir Putin"'
    assert found["notes"] == ["no person of the name Vladimir Puttin"]
    assert found["total"] > 0
