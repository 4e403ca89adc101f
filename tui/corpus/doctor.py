"""Looking for damage: is the store whole, do its tables agree, does the index follow, are the folders there.

What can be mended is mended from what is sounder: counts from rows, decisions from counts, the index from the
store, a store that can't be read from the files themselves. The desk is never touched.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tui.corpus.decisions import Decisions
from tui.corpus.desk import Desk
from tui.corpus.due import begin_anew
from tui.corpus.examine import names_disagree, unreadable
from tui.corpus.examine_stories import stories_disagree
from tui.corpus.locate import Place, require_corpus, shown, write_card
from tui.corpus.lock import indexer, is_locked, only_indexer
from tui.corpus.packing import Packing
from tui.corpus.quotations import Quotations
from tui.corpus.schema import connect_reader
from tui.corpus.store import find_dictionary, last_sequence
from tui.corpus.values import Finding
from tui.corpus.writer import StoreWriter
from tui.errors import BroadsheetError, CorpusDamaged


def check_corpus(
    path: Path | None = None, *, index_dir: Path | None = None, fix: bool = False
) -> list[Finding]:
    """Look whether a corpus is well.

    Args:
        path: The folder whose corpus is meant, as for `Corpus.open`.
        index_dir: Where store and index are kept instead of the data directory.
        fix: Mend what can be mended; what was mended is `fixed`.

    Raises:
        NoSuchCorpus: That folder was never indexed.
        CorpusBusy: To mend it, no other process may be indexing it.
        BroadsheetError: The disk is full or can't be written.
    """
    place = require_corpus(path, index_dir=index_dir)
    if not fix:
        return list(_look(place))
    with only_indexer(place):
        return list(_mend(place))


@dataclass(frozen=True, slots=True)
class _Rule:
    """Something that must be true of the rows, and how to make it so."""

    violations: str
    """A query that counts what is wrong."""
    message: str
    mend: tuple[str, ...]


_UNREADABLE = "texts that can't be unpacked"
_DISAGREE = "What is known of names doesn't agree with the articles"
_STORIES_DISAGREE = "What is known of reprints and stories doesn't agree with the articles"
_LIVE = "SELECT number FROM articles"
_PARTLY = (
    "SELECT number FROM articles WHERE number NOT IN (SELECT number FROM bodies)"
    " OR number NOT IN (SELECT number FROM mentions)"
    " OR (source IS NOT NULL AND source NOT IN (SELECT source FROM sources))"
)
_RULES = (
    _Rule(
        f"SELECT count(*) FROM ({_PARTLY})",
        "articles without their text, their names or their source",
        (
            # Their files are read again by the next run.
            f"DELETE FROM files WHERE number IN ({_PARTLY})",
            f"INSERT OR REPLACE INTO changes (number, kind) SELECT number, 'delete' FROM ({_PARTLY})",
            f"DELETE FROM articles WHERE number IN ({_PARTLY})",
        ),
    ),
    _Rule(
        f"SELECT count(*) FROM files WHERE number IS NOT NULL AND number NOT IN ({_LIVE})",
        "files with an article that isn't there",
        (f"DELETE FROM files WHERE number IS NOT NULL AND number NOT IN ({_LIVE})",),
    ),
    _Rule(
        "SELECT count(*) FROM articles WHERE number NOT IN (SELECT number FROM files WHERE number IS NOT NULL)",
        "articles without a file",
        (
            "INSERT OR REPLACE INTO changes (number, kind) SELECT number, 'delete' FROM articles"
            " WHERE number NOT IN (SELECT number FROM files WHERE number IS NOT NULL)",
            "DELETE FROM articles WHERE number NOT IN (SELECT number FROM files WHERE number IS NOT NULL)",
        ),
    ),
    *(
        _Rule(
            f"SELECT count(*) FROM {table} WHERE number NOT IN ({_LIVE})",
            f"rows of {table} without an article",
            (f"DELETE FROM {table} WHERE number NOT IN ({_LIVE})",),
        )
        for table in ("bodies", "mentions", "quotes", "versions", "redirects")
    ),
    _Rule(
        "SELECT count(*) FROM articles WHERE number NOT IN (SELECT number FROM changes WHERE kind = 'put')",
        "articles that the change log doesn't know",
        (
            "INSERT OR REPLACE INTO changes (number, kind) SELECT number, 'put' FROM articles"
            " WHERE number NOT IN (SELECT number FROM changes WHERE kind = 'put')",
        ),
    ),
    _Rule(
        f"SELECT count(*) FROM changes WHERE kind = 'put' AND number NOT IN ({_LIVE})",
        "lines of the change log about articles that aren't there",
        (
            "INSERT OR REPLACE INTO changes (number, kind) SELECT number, 'delete' FROM changes"
            f" WHERE kind = 'put' AND number NOT IN ({_LIVE})",
        ),
    ),
    _Rule(
        "SELECT (SELECT value FROM meta WHERE key = 'articles') <> (SELECT count(*) FROM articles)"
        " OR (SELECT value FROM meta WHERE key = 'words') <> (SELECT coalesce(sum(words), 0) FROM articles)",
        "count that is kept doesn't agree with the rows",
        (
            "UPDATE meta SET value = (SELECT count(*) FROM articles) WHERE key = 'articles'",
            "UPDATE meta SET value = (SELECT coalesce(sum(words), 0) FROM articles) WHERE key = 'words'",
        ),
    ),
    _Rule(
        "SELECT count(*) FROM leaders LEFT JOIN joined ON joined.entity = leader WHERE joined.entity IS NULL"
        " OR leader IN (SELECT entity FROM leaders)",
        "names that were joined to nothing",
        (),
    ),
    _Rule(
        "SELECT count(*) FROM entities AS e WHERE articles <>"
        " (SELECT coalesce(sum(1 + length(others) / 2), 0) FROM entity_articles AS a WHERE a.entity = e.number)"
        " OR mentions <> (SELECT coalesce(sum(count), 0) FROM surfaces AS s WHERE s.entity = e.number)",
        "names whose counts don't agree with the articles",
        (),  # all is counted anew whatever was broken
    ),
)


def _look(place: Place) -> Iterator[Finding]:
    yield from _where(place)
    try:
        connection = connect_reader(place.store)
    except BroadsheetError as error:
        yield Finding("store", "ill", str(error))
        return
    try:
        yield from _look_at_store(connection)
    except sqlite3.Error as error:
        yield Finding("store", "ill", f"Can't be read through ({error}): --fix reads the files again")
        return
    finally:
        connection.close()
    yield from _look_at_index(place)
    yield _desk(place)


def _mend(place: Place) -> Iterator[Finding]:
    yield from _where(place)
    try:
        yield from _mend_store(place)
    except (CorpusDamaged, sqlite3.DatabaseError):
        yield _begin_anew(place)
        return
    yield from _mend_index(place)
    yield _desk(place)


def _where(place: Place) -> Iterator[Finding]:
    yield Finding("corpus", "well", f"{place.name}, kept in {shown(place.directory)}")
    for root in place.roots:
        if root.is_dir():
            yield Finding("roots", "well", f"{shown(root)} is there")
        else:
            yield Finding("roots", "note", f"{shown(root)} is not there now: its articles are kept")


def _look_at_store(connection: sqlite3.Connection) -> Iterator[Finding]:
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        yield Finding("store", "ill", f"Damaged ({verdict}): --fix reads the files again")
        return
    connection.execute("BEGIN")
    texts = unreadable(connection, Packing(lambda number: find_dictionary(connection, number)))
    broken = bool(texts)
    if texts:
        yield Finding("store", "ill", f"{len(texts)} {_UNREADABLE}")
    for rule in _RULES:
        (violations,) = connection.execute(rule.violations).fetchone()
        if violations:
            broken = True
            yield Finding("store", "ill", f"{violations} {rule.message}")
    if not broken and names_disagree(connection):
        broken = True
        yield Finding("store", "ill", _DISAGREE)
    if not broken and stories_disagree(connection):
        broken = True
        yield Finding("store", "ill", _STORIES_DISAGREE)
    (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    (failed,) = connection.execute("SELECT count(*) FROM files WHERE reason IS NOT NULL").fetchone()
    connection.execute("COMMIT")
    if not broken:
        yield Finding("store", "well", f"{articles} articles, and all tables agree")
    if failed:
        yield Finding("files", "note", f"{failed} files were not taken: `broadsheet index` lists them")


def _mend_store(place: Place) -> Iterator[Finding]:
    writer = StoreWriter(place)
    try:
        (verdict,) = writer.connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise CorpusDamaged(verdict)
        broken = False
        with writer.transaction():
            texts = unreadable(writer.connection, writer.packing)
            if texts:
                broken = True
                for table, condition, values in texts:
                    writer.connection.execute(f"DELETE FROM {table} WHERE {condition}", values)
                    if table == "versions":
                        writer.connection.execute(f"DELETE FROM files WHERE {condition}", values)
                yield Finding("store", "fixed", f"{len(texts)} {_UNREADABLE}: their files will be read again")
            for rule in _RULES:
                (violations,) = writer.connection.execute(rule.violations).fetchone()
                if violations:
                    broken = True
                    for statement in rule.mend:
                        writer.connection.execute(statement)
                    yield Finding("store", "fixed", f"{violations} {rule.message}")
            if not broken and names_disagree(writer.connection):
                broken = True
                yield Finding("store", "fixed", _DISAGREE)
            stories = stories_disagree(writer.connection)
            if stories:
                begin_anew(writer.connection)
                yield Finding("store", "fixed", f"{_STORIES_DISAGREE}: made anew")
            if broken:
                Decisions(writer.connection, writer.packing).recount()
                Quotations(writer.connection).recount()
        if stories:
            from tui.corpus.grouping import group

            group(writer, _silence)
        if not broken and not stories:
            yield Finding("store", "well", f"{writer.meta('articles')} articles, and all tables agree")
    finally:
        writer.close()


def _begin_anew(place: Place) -> Finding:
    """Put a store that can't be read aside; the next run reads the files again, under the same UUID."""
    aside = place.store.with_name(f"{place.store.name}.damaged-{time.time():.0f}")
    place.store.replace(aside)
    shutil.rmtree(place.index, ignore_errors=True)
    place.store.with_name(f"{place.store.name}-journal").unlink(missing_ok=True)
    writer = StoreWriter(place)
    try:
        writer.keep_roots(place.roots)
    finally:
        writer.close()
    write_card(place)
    return Finding(
        "store",
        "fixed",
        f"It could not be read and was put aside as {shown(aside)}: `broadsheet index` reads the files again",
    )


def _look_at_index(place: Place) -> Iterator[Finding]:
    if is_locked(place):
        yield Finding(
            "index", "note", f"Another process ({indexer(place) or 'unknown'}) is indexing just now"
        )
        return
    yield from _compare_index(place, "ill")


def _mend_index(place: Place) -> Iterator[Finding]:
    from tui.corpus.following import catch_up

    found = list(_compare_index(place, "ill"))
    if all(finding.state == "well" for finding in found):
        yield from found
        return
    catch_up(place, anew=True, report=_silence)
    yield from (Finding("index", "fixed", f"{f.message}; made anew") for f in found if f.state != "well")


def _compare_index(place: Place, otherwise: str) -> Iterator[Finding]:
    from tui.corpus.following import contents_of_index, state_of_index

    connection = connect_reader(place.store)
    try:
        sequence = last_sequence(connection)
        numbers = [number for (number,) in connection.execute("SELECT number FROM articles ORDER BY number")]
    finally:
        connection.close()
    try:
        reached, documents = state_of_index(place)
        known, damaged = contents_of_index(place)
    except (BroadsheetError, OSError, ValueError) as error:
        yield Finding("index", "ill", str(error))
        return
    if reached != sequence:
        yield Finding(
            "index", "ill", f"Stands at change {reached} of {sequence}: `broadsheet index` brings it up"
        )
    elif damaged:
        yield Finding(
            "index", "ill", f"{damaged[0]}{f', and {len(damaged) - 1} more' if damaged[1:] else ''}"
        )
    elif documents != len(numbers):
        yield Finding("index", "ill", f"Knows {documents} articles, the store {len(numbers)}")
    elif known != numbers:
        yield Finding("index", "ill", f"Knows other articles than the store, though as many: {documents}")
    else:
        yield Finding("index", "well", f"{documents} articles, at change {reached}")


def _desk(place: Place) -> Finding:
    desk = Desk(place.uuid)
    read, starred = len(desk.read_ids()), len(desk.starred_ids())
    if desk.problem is not None:
        return Finding("desk", "ill", desk.problem)
    return Finding("desk", "well", f"{read} read, {starred} starred, kept in {shown(desk.path)}")


def _silence(done: int, total: int) -> None:
    pass
