"""What the doctor can't ask in SQL: whether what was derived for stories agrees with itself and with the articles.

What is still due is passed over: a run that was cut off goes on by itself.
"""

from __future__ import annotations

import sqlite3

from tui.corpus.due import KEYS, TELLING, meta
from tui.corpus.members import BLOCK, stories_by_article, unpack_members

_SIGNATURE = 256
"""Bytes of a signature."""

_DUE = (
    "SELECT number FROM grouping_due UNION SELECT number FROM changes WHERE sequence >"
    " coalesce((SELECT value FROM meta WHERE key = 'grouped'), 0)"
)
_WRONG = (
    *(
        f"SELECT 1 FROM {table} WHERE number NOT IN (SELECT number FROM articles) AND number NOT IN ({_DUE})"
        for table in ("paragraph_keys", "signatures", "features", "reprints", "grouping_due")
    ),
    *(
        f"SELECT 1 FROM articles WHERE number NOT IN (SELECT number FROM {table}) AND number NOT IN ({_DUE})"
        for table in ("paragraph_keys", "signatures")
    ),
    "SELECT 1 FROM paragraph_keys WHERE length(keys) % 4",
    f"SELECT 1 FROM signatures WHERE length(signature) NOT IN (0, {_SIGNATURE})",
    "SELECT 1 FROM reprints AS r WHERE leader NOT IN (SELECT number FROM reprints WHERE leader = r.leader)",
    "SELECT 1 FROM story_links WHERE later NOT IN (SELECT number FROM stories)"
    " OR earlier NOT IN (SELECT number FROM stories)",
    "SELECT 1 FROM boilerplate WHERE length(keys) % 4 OR source NOT IN (SELECT source FROM sources)",
    f"SELECT 1 FROM article_stories WHERE length(stories) <> {4 * BLOCK}",
    "SELECT 1 FROM meta WHERE key IN ('grouped', 'next_story', 'unclustered') AND typeof(value) <> 'integer'",
    f"SELECT 1 FROM grouping_due WHERE step NOT BETWEEN {KEYS} AND {TELLING}",
)
"""Each finds what must not be."""


def stories_disagree(connection: sqlite3.Connection) -> bool:
    """Whether what is known of stories and reprints is not what it should be."""
    if meta(connection, "grouping") is None:
        return False  # nobody has looked for any yet
    if any(connection.execute(f"{query} LIMIT 1").fetchone() is not None for query in _WRONG):
        return True
    return _features_are_damaged(connection) or _members_disagree(connection)


def _features_are_damaged(connection: sqlite3.Connection) -> bool:
    """Whether what some article is known by can't be read."""
    from tui.stories.features import unpacked

    try:
        for (terms,) in connection.execute("SELECT terms FROM features"):
            unpacked(terms)
    except (ValueError, TypeError):
        return True
    return False


def _members_disagree(connection: sqlite3.Connection) -> bool:
    """Whether stories and articles say different things of which article is in which story."""
    import numpy as np

    by_article = stories_by_article(connection)
    rows = connection.execute(
        "SELECT number, articles, sources, standing, first, last, members FROM stories"
    ).fetchall()
    following = meta(connection, "next_story") or 0
    if int(by_article.max(initial=0)) >= max(following, 1):
        return True  # no story has such a number
    counted = np.bincount(by_article)
    counted[:1] = 0
    with_rows = np.zeros(len(counted), np.bool_)
    for story, articles, sources, standing, first, last, packed in rows:
        members = np.array(unpack_members(packed), np.int64)
        if (
            story >= len(counted)
            or not len(members)
            or int(members.max()) >= len(by_article)
            or (by_article[members] != story).any()
            or not counted[story] == articles == len(members)
            or not 0 < sources <= articles
            or first > last
            or standing not in members
        ):
            return True
        with_rows[story] = True
    return bool((counted[~with_rows] > 1).any())
