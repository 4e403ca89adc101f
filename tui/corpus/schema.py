"""What the store holds, and how it is opened.

Rollback journal, not WAL: readers must work from a directory and a mount that they can't write, where a WAL
store fails to open. Writers keep transactions short and don't spill pages before the commit, so that readers
are kept out for the time of one flush only. What the tables are:

- `articles` is what lists are made of; `bodies` stand apart so that listing headlines reads no text.
- `dictionaries` are what texts are packed by: one that was ever used is needed for good.
- `versions` holds what other files say under the same identity; the one in front is in `articles`.
- `files` maps (root, path, member) to an article and the version that it holds, many to one; or to a reason.
- `changes` is the log that the index follows: one row an article, its last change.
- `mentions` are raw and stay as recognised; `surfaces` and `descriptions` count them; `entities`, `entity_names`,
  `entity_kinds` and `entity_articles` are what the corpus made of the counts, and can be made again.
- `quotes` are raw, too; `entity_quotes` says who is quoted where, once for each quote.
- `entity_blocks` says which entities may be one, `same_entities` which of them the corpus holds to be; `leaders` and
  `joined` are what follows. `blocks_due` are to be looked at anew. All can be made again (`tui.corpus.joining`).
- `grouping_due` says which articles are to be put into stories, and what of that is done (`tui.corpus.grouping`):
  `paragraph_keys` tells which paragraphs repeat, `boilerplate` those of a source; `signatures` and `features` are what
  reprints and stories are told by, the latter kept of the latest articles only; `reprints` leads to the fullest version
  of a text; `article_stories`, `stories` and `story_links` are what came out. All can be made again; the ids of stories
  then go to those that have most of their articles.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tui.corpus.locate import shown
from tui.errors import BroadsheetError, CorpusDamaged

SCHEMA_VERSION = 4
"""1 is Broadsheet 0.1.0's, 2 knows nothing of joined entities, 3 nothing of stories: the writer brings all of them up
to date (`tui.corpus.upgrade`)."""

PAGE_BYTES = 8192
"""Half as much is lost at the ends of pages as with SQLite's usual 4096."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE roots (root INTEGER PRIMARY KEY AUTOINCREMENT, path BLOB NOT NULL UNIQUE);
CREATE TABLE dictionaries (
    dictionary INTEGER PRIMARY KEY,
    content BLOB NOT NULL,
    learnt_from INTEGER NOT NULL    -- articles
);
CREATE TABLE sources (source INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE articles (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    day INTEGER NOT NULL,           -- proleptic ordinal; 0 for no date
    published TEXT,                 -- ISO 8601
    source INTEGER,
    author TEXT,
    url TEXT,                       -- without what the source's name says (`tui.corpus.record.short_url`)
    url_key INTEGER,                -- hash of the canonical URL; NULL where the content is the identity
    language TEXT,
    words INTEGER NOT NULL,
    length INTEGER NOT NULL,        -- characters of the body
    content BLOB NOT NULL,          -- digest of the version in front
    text_key BLOB,                  -- digest of its title and body, where that is the identity
    identity BLOB NOT NULL          -- digest of what the id was made from, longer than the id
);
CREATE INDEX articles_by_day ON articles (day);  -- read backwards: newest day, and of one day the last read
CREATE INDEX articles_by_url ON articles (url_key) WHERE url_key IS NOT NULL;
CREATE INDEX articles_by_text ON articles (text_key) WHERE url_key IS NULL;
CREATE INDEX articles_by_source ON articles (source);
CREATE INDEX articles_by_language ON articles (language);
CREATE TABLE bodies (number INTEGER PRIMARY KEY, text BLOB NOT NULL);  -- packed, as are versions' records
CREATE TABLE versions (
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    day INTEGER NOT NULL,
    length INTEGER NOT NULL,
    folded_title TEXT NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (number, content)
) WITHOUT ROWID;
CREATE TABLE redirects (id TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    root INTEGER NOT NULL,
    path BLOB NOT NULL,             -- as the file system spells it, relative to the root
    member BLOB NOT NULL DEFAULT x'',
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    hash BLOB,                      -- of the bytes; NULL where they were not read
    number INTEGER,
    content BLOB,
    reason TEXT,                    -- why it was not taken
    PRIMARY KEY (root, path, member)
) WITHOUT ROWID;
CREATE INDEX files_by_article ON files (number) WHERE number IS NOT NULL;
CREATE INDEX files_refused ON files (root, path, reason) WHERE reason IS NOT NULL;
CREATE TABLE changes (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL UNIQUE,
    kind TEXT NOT NULL
);
CREATE INDEX changes_gone ON changes (number) WHERE kind = 'delete';
CREATE TABLE mentions (number INTEGER PRIMARY KEY, spans BLOB NOT NULL, entities BLOB NOT NULL);
CREATE TABLE quotes (number INTEGER PRIMARY KEY, spans BLOB NOT NULL);  -- no row where nobody has looked for any
CREATE TABLE entities (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    id TEXT,
    name TEXT,
    type TEXT,
    aliases TEXT,                   -- JSON
    articles INTEGER NOT NULL DEFAULT 0,
    mentions INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX entities_by_id ON entities (id);
CREATE INDEX entities_by_articles ON entities (articles DESC, mentions DESC) WHERE articles > 0;
CREATE INDEX entities_by_type ON entities (type, articles DESC, mentions DESC) WHERE articles > 0;
CREATE TABLE entity_names (         -- a row for each word of a name: the name from there on
    folded TEXT NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (folded, entity)
) WITHOUT ROWID;
CREATE TABLE entity_kinds (block INTEGER PRIMARY KEY, kinds BLOB NOT NULL);  -- a byte an entity, by number
CREATE TABLE surfaces (
    entity INTEGER NOT NULL, type TEXT NOT NULL, text TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (entity, type, text)
) WITHOUT ROWID;
CREATE TABLE descriptions (         -- what articles call an entity beside its name
    entity INTEGER NOT NULL, text TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (entity, text)
) WITHOUT ROWID;
CREATE TABLE entity_articles (      -- an entity's articles: one, and how far behind it others stand, as uint16
    entity INTEGER NOT NULL, first INTEGER NOT NULL, others BLOB NOT NULL,
    PRIMARY KEY (entity, first)
) WITHOUT ROWID;
CREATE TABLE entity_quotes (        -- as entity_articles: the articles that quote an entity
    entity INTEGER NOT NULL, first INTEGER NOT NULL, others BLOB NOT NULL,
    PRIMARY KEY (entity, first)
) WITHOUT ROWID;
CREATE TABLE entity_blocks (block TEXT NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (block, entity)) WITHOUT ROWID;
CREATE TABLE blocks_due (block TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE joined_due (entity INTEGER PRIMARY KEY);  -- whose counts moved
CREATE TABLE same_entities (
    block TEXT NOT NULL, entity INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (block, entity, other)
) WITHOUT ROWID;
CREATE INDEX same_by_entity ON same_entities (entity, other);
CREATE INDEX same_by_other ON same_entities (other, entity);
CREATE TABLE leaders (entity INTEGER PRIMARY KEY, leader INTEGER NOT NULL);  -- of those that follow another
CREATE INDEX leaders_by_leader ON leaders (leader);
CREATE TABLE joined (               -- leaders that others follow: all of them as one
    entity INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    aliases TEXT NOT NULL,          -- JSON
    articles INTEGER NOT NULL,
    mentions INTEGER NOT NULL
);
CREATE INDEX joined_by_articles ON joined (articles DESC, mentions DESC);
CREATE INDEX joined_by_type ON joined (type, articles DESC, mentions DESC);
CREATE TABLE grouping_due (number INTEGER PRIMARY KEY, step INTEGER NOT NULL);  -- the step that comes next
CREATE INDEX grouping_due_by_step ON grouping_due (step);
CREATE TABLE paragraph_keys (number INTEGER PRIMARY KEY, keys BLOB NOT NULL);  -- uint32 a paragraph
CREATE TABLE boilerplate (          -- what a source repeats
    source INTEGER PRIMARY KEY,
    keys BLOB NOT NULL,             -- uint32, ascending
    articles INTEGER NOT NULL       -- of so many, when it was looked for
);
CREATE TABLE signatures (
    number INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,          -- different shingles: how full a version it is
    signature BLOB NOT NULL         -- 128 uint16; empty where there is too little text
);
CREATE TABLE features (number INTEGER PRIMARY KEY, terms BLOB NOT NULL);
CREATE TABLE reprints (number INTEGER PRIMARY KEY, leader INTEGER NOT NULL);  -- the leader's own row, too
CREATE INDEX reprints_by_leader ON reprints (leader);
CREATE TABLE article_stories (block INTEGER PRIMARY KEY, stories BLOB NOT NULL);  -- uint32 an article; 0 for none yet
CREATE TABLE stories (              -- those that have, or once had, two articles
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    standing INTEGER NOT NULL,      -- the article whose title it goes by
    articles INTEGER NOT NULL,
    sources INTEGER NOT NULL,
    first INTEGER NOT NULL,         -- proleptic ordinal; 0 where none has a date
    last INTEGER NOT NULL,
    members BLOB NOT NULL           -- article numbers, ascending, each as the gap from the last
);
CREATE INDEX stories_by_day ON stories (last DESC, articles DESC, number) WHERE articles > 1;
CREATE TABLE story_redirects (id TEXT PRIMARY KEY, story INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE former_stories (       -- while all are made anew
    id TEXT PRIMARY KEY, number INTEGER NOT NULL, members BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE story_links (          -- a story goes on from an earlier one
    later INTEGER NOT NULL, earlier INTEGER NOT NULL, PRIMARY KEY (later, earlier)
) WITHOUT ROWID;
CREATE TABLE links_due (story INTEGER PRIMARY KEY);  -- which changed since its links were looked for
CREATE INDEX story_links_by_earlier ON story_links (earlier, later);
CREATE TABLE story_state (key TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;  -- to go on from
"""

READER_PATIENCE_S = 10.0
"""How long a reader waits while a commit is being flushed."""

WRITER_PATIENCE_S = 120.0
"""How long the writer waits for readers to finish their statements before a commit."""

WRITER_CACHE_KB = 64 * 1024
"""Pages that the writer keeps; what a transaction touches stays in memory until its commit."""


def connect_reader(store: Path, *, oldest: int = SCHEMA_VERSION) -> sqlite3.Connection:
    """A connection that can't write, to a store of this version, or of one from `oldest` on.

    Raises:
        BroadsheetError: The store can't be opened, or was made by another version of Broadsheet.
        CorpusDamaged: It is not a store.
    """
    try:
        return _connect_reader(store, oldest)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise translated(error, store) from error
        # A killed indexer may have left a commit half written beside its journal: put that right and try again.
        _roll_back(store)
        try:
            return _connect_reader(store, oldest)
        except sqlite3.Error as second:
            raise translated(second, store) from second
    except sqlite3.Error as error:
        raise translated(error, store) from error


def _connect_reader(store: Path, oldest: int) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{store.as_uri()}?mode=ro",
        uri=True,
        timeout=READER_PATIENCE_S,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        check_version(connection, store, oldest)
        connection.execute("PRAGMA query_only = 1")
    except BaseException:
        connection.close()
        raise
    return connection


def _roll_back(store: Path) -> None:
    """Let SQLite undo an interrupted commit; no more than opening for writing does it."""
    try:
        connection = sqlite3.connect(f"{store.as_uri()}?mode=rw", uri=True, timeout=READER_PATIENCE_S)
        try:
            connection.execute("SELECT 1 FROM meta").fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        pass


def connect_writer(store: Path) -> sqlite3.Connection:
    """A connection for the one writer, autocommitting; the tables are made where the store is new.

    A store of an earlier version is brought up to date first, which takes some time where there are many articles.

    Raises:
        BroadsheetError: As `connect_reader`, or the disk is full or can't be written.
    """
    connection = _connect_writer(store)
    version = _version(connection)
    if version == SCHEMA_VERSION:
        return connection
    connection.close()
    from tui.corpus.upgrade import upgrade

    try:
        upgrade(store, version)
    except sqlite3.Error as error:
        raise translated(error, store) from error
    except ValueError as error:
        raise CorpusDamaged(
            f"The store in {shown(store.parent)} is damaged: run `broadsheet doctor --fix`"
        ) from error
    return _connect_writer(store)


def _connect_writer(store: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(
            f"{store.as_uri()}?mode=rwc",
            uri=True,
            timeout=WRITER_PATIENCE_S,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA cache_spill = 0")
            connection.execute(f"PRAGMA cache_size = -{WRITER_CACHE_KB}")
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
                statements = (
                    f"BEGIN IMMEDIATE;{TABLES}INSERT INTO meta VALUES ('schema', {SCHEMA_VERSION});COMMIT;"
                )
                connection.executescript(statements)
            check_version(connection, store, oldest=1)
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise translated(error, store) from error
    return connection


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    return int(version)


def has_tables(store: Path) -> bool:
    """Whether anything was ever committed to the file: until then it is empty, or not there."""
    try:
        return store.stat().st_size > 0
    except OSError:
        return False


def check_version(connection: sqlite3.Connection, store: Path, oldest: int = SCHEMA_VERSION) -> None:
    """Refuse a store whose schema is newer than ours, or older than `oldest`.

    Raises:
        BroadsheetError: It was made by another version of Broadsheet.
        CorpusDamaged: It says nothing of a version.
    """
    row = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    if row is None or not isinstance(row[0], int):
        raise CorpusDamaged(f"{shown(store)} is not a store of Broadsheet's: run `broadsheet doctor --fix`")
    if row[0] > SCHEMA_VERSION:
        raise BroadsheetError(
            f"{shown(store)} was made by a newer Broadsheet: use that, or another --index-dir"
        )
    if row[0] < oldest:
        raise BroadsheetError(
            f"{shown(store)} was made by an earlier Broadsheet: run `broadsheet index`, which brings it up to date"
        )


def translated(error: sqlite3.Error, store: Path) -> BroadsheetError:
    """What SQLite says, for the person at the prompt."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    where = shown(store.parent)
    if code == sqlite3.SQLITE_FULL:
        return BroadsheetError(
            f"The disk of {where} is full: what was stored stays; make room and run it again"
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or "no such table" in str(error):
        return CorpusDamaged(f"The store in {where} is damaged: run `broadsheet doctor --fix`")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return BroadsheetError(
            f"The store in {where} stays locked by another process: try again when it is done"
        )
    if code == sqlite3.SQLITE_READONLY and "rollback" in getattr(error, "sqlite_errorname", "").lower():
        return BroadsheetError(
            f"An indexing run in {where} was cut off and can't be undone from here: run `broadsheet index` there"
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return BroadsheetError(
            f"Can't open the store in {where} ({error}): check that it is there and yours to use"
        )
    return BroadsheetError(f"The store in {where} can't be used ({error})")
