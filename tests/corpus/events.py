"""Reports of events in files, and what the store holds of them once they were indexed."""

from __future__ import annotations

import datetime
import sqlite3
from pathlib import Path

from tests.corpus.conftest import Folder
from tests.stories.reports import report
from tui.corpus import find_corpus
from tui.corpus.members import stories_by_article, unpack_members

FIRST_DAY = datetime.date(2021, 12, 1)


def url_of(source: str, name: str) -> str:
    return f"https://www.{source}.example/{name}"


def write_report(
    folder: Folder, event: int, number: int, *, day: int = 0, source: str = "", more: tuple[str, ...] = ()
) -> str:
    """Write the report of that number of an event, from some days after the first; the name of its file."""
    article = report(event, number)
    name = f"{event:03}-{number:03}.txt"
    date = FIRST_DAY + datetime.timedelta(day)
    url = url_of(source or f"source{number}", name)
    folder.write(name, article.title, *article.paragraphs, *more, date=f"{date:%Y%m%d}", url=url)
    return name


def write_events(folder: Folder, events: int, each: int, apart: int = 1) -> None:
    """Write so many reports of so many events, the events some days apart."""
    for event in range(events):
        for number in range(each):
            write_report(folder, event, number, day=event * apart + number % 2)


def opened(path: Path) -> sqlite3.Connection:
    """The store of the corpus of a folder, to look into."""
    place = find_corpus(path)
    assert place is not None
    return sqlite3.connect(place.store)


def check_tables(path: Path) -> None:
    """Fail where what the store says of stories and reprints doesn't agree with itself and the articles."""
    connection = opened(path)
    numbers = {number for (number,) in connection.execute("SELECT number FROM articles")}
    by_article = stories_by_article(connection)
    told = {number: int(story) for number, story in enumerate(by_article) if story}
    assert told.keys() <= numbers
    rows = connection.execute(
        "SELECT number, standing, articles, members, first, last FROM stories"
    ).fetchall()
    with_rows = set()
    for story, standing, articles, packed, first, last in rows:
        members = unpack_members(packed)
        assert members == sorted(number for number, its in told.items() if its == story)
        assert (len(members), standing in members) == (articles, True)
        marks = ",".join("?" * len(members))
        days = [
            day
            for (day,) in connection.execute(f"SELECT day FROM articles WHERE number IN ({marks})", members)
            if day
        ]
        assert (first, last) == (min(days, default=0), max(days, default=0))
        with_rows.add(story)
    for story in set(told.values()) - with_rows:
        assert list(told.values()).count(story) == 1
    assert connection.execute("SELECT count(*) FROM grouping_due").fetchone() == (0,)
    for table in ("paragraph_keys", "signatures"):
        assert {n for (n,) in connection.execute(f"SELECT number FROM {table}")} == numbers
    reprints = dict(connection.execute("SELECT number, leader FROM reprints"))
    assert reprints.keys() <= numbers
    for leader in set(reprints.values()):
        assert reprints[leader] == leader
        assert list(reprints.values()).count(leader) > 1
    assert connection.execute("SELECT count(*) FROM links_due").fetchone() == (0,)
    linked = connection.execute("SELECT later, earlier FROM story_links").fetchall()
    assert {story for link in linked for story in link} <= with_rows
    leads = {story for (story,) in connection.execute("SELECT story FROM story_redirects")}
    assert leads <= with_rows
    connection.close()


def clusters(path: Path) -> set[frozenset[str]]:
    """The names of the files of each story."""
    connection = opened(path)
    by_article = stories_by_article(connection)
    found: dict[int, set[str]] = {}
    for number, name in connection.execute("SELECT number, path FROM files WHERE number IS NOT NULL"):
        found.setdefault(int(by_article[number]), set()).add(bytes(name).decode())
    connection.close()
    return {frozenset(names) for names in found.values()}


def ids(path: Path) -> dict[frozenset[str], str]:
    """The id of each story, by the names of its files."""
    connection = opened(path)
    names = {
        number: bytes(name).decode()
        for number, name in connection.execute("SELECT number, path FROM files WHERE number IS NOT NULL")
    }
    rows = connection.execute("SELECT id, members FROM stories").fetchall()
    connection.close()
    return {frozenset(names[number] for number in unpack_members(packed)): id for id, packed in rows}
