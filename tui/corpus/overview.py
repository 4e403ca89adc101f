"""What the corpus holds, at a glance."""

from __future__ import annotations

import datetime

from tui.corpus.names import entities
from tui.corpus.store import Store
from tui.corpus.values import Overview

_TOP = 10


def overview_of(store: Store) -> Overview:
    """Counts and tops of everything that is in the store."""
    with store.snapshot() as connection:
        sources = connection.execute(
            "SELECT name, n FROM (SELECT source, count(*) AS n FROM articles WHERE source IS NOT NULL GROUP BY source)"
            " JOIN sources USING (source) ORDER BY n DESC, name"
        ).fetchall()
        languages = connection.execute(
            "SELECT language, count(*) AS n FROM articles WHERE language IS NOT NULL"
            " GROUP BY language ORDER BY n DESC, language"
        ).fetchall()
        days = connection.execute("SELECT day, count(*) FROM articles GROUP BY day ORDER BY day").fetchall()
        (failed,) = connection.execute("SELECT count(*) FROM files WHERE reason IS NOT NULL").fetchone()
    dated = [(datetime.date.fromordinal(day), count) for day, count in days if day]
    return Overview(
        articles=store.count(),
        words=int(store.meta("words") or 0),
        sources=len(sources),
        top_sources=tuple(sources[:_TOP]),
        first=dated[0][0] if dated else None,
        last=dated[-1][0] if dated else None,
        undated=sum(count for day, count in days if not day),
        languages=tuple(languages),
        people=tuple(entities(store, "person", _TOP, 0)),
        organisations=tuple(entities(store, "organisation", _TOP, 0)),
        places=tuple(entities(store, "place", _TOP, 0)),
        busiest=tuple(sorted(dated, key=lambda counted: (-counted[1], counted[0]))[:_TOP]),
        failed=failed,
    )
