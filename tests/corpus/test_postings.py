"""An entity's articles are a set, however they came and went."""

from __future__ import annotations

import sqlite3
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from tui.corpus.postings import REACH, add_articles, remove_article, unpack_articles
from tui.corpus.schema import TABLES

numbers = st.integers(1, 50) | st.integers(1, 4 * REACH)
steps = st.lists(
    st.tuples(st.booleans(), st.integers(1, 2), st.lists(numbers, unique=True, min_size=1)), max_size=9
)


@given(steps)
def test_what_was_added_and_not_removed_is_there(steps: list[tuple[bool, int, list[int]]]) -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    held: dict[int, set[int]] = {1: set(), 2: set()}
    for adding, entity, chosen in steps:
        if adding:
            new = [number for number in chosen if number not in held[entity]]
            if new:
                add_articles(connection, [(entity, new)])
            held[entity].update(new)
        else:
            for number in chosen:
                remove_article(connection, entity, number)
            held[entity].difference_update(chosen)
    rows = connection.execute("SELECT entity, first, others FROM entity_articles ORDER BY entity").fetchall()
    there = {entity: [row[1:] for row in of] for entity, of in groupby(rows, key=lambda row: row[0])}
    for entity, expected in held.items():
        assert sorted(unpack_articles(there.get(entity, [])).tolist()) == sorted(expected)
