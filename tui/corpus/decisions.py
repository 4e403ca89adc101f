"""What the corpus decides about its names, kept in step with the articles.

Raw counts go up and down with articles, whatever the order; after each batch the entities whose counts moved are
decided anew by `tui.entities.decide`, a pure function of these counts. So any order and any batches end in the
same decisions. Which entities are one is decided when a run ends (`tui.corpus.joining`).
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable

from tui.article import MENTION_TYPES, Article, MentionType
from tui.corpus.joining import Joining
from tui.corpus.names import pack_mentions, unpack_mentions, word_begins
from tui.corpus.packing import Packing
from tui.corpus.postings import add_articles, remove_article
from tui.corpus.record import ARTICLE, StoredMention, article_of

KIND_BLOCK = 4_096
"""Entities whose kinds are one row of `entity_kinds`."""

_RECOUNTED = 2_000
"""Articles whose mentions are counted anew at once."""

_MOST_CACHED = 300_000
"""Keys whose entity numbers are remembered: about 50 MB."""


class Decisions:
    """The counts and decisions of a store that is being written."""

    def __init__(self, connection: sqlite3.Connection, packing: Packing) -> None:
        self._connection = connection
        self._packing = packing
        self._numbers: dict[str, int] = {}
        self._joining = Joining(connection)
        self._reset()

    def _reset(self) -> None:
        self._links: defaultdict[int, list[int]] = defaultdict(list)
        """Entity → articles, not written yet."""
        self._linked: set[int] = set()
        """Articles in `_links`."""
        self._surfaces: Counter[tuple[int, MentionType, str]] = Counter()
        self._descriptions: Counter[tuple[int, str]] = Counter()
        self._articles: Counter[int] = Counter()
        self._mentions: Counter[int] = Counter()

    def forget(self) -> None:
        """Drop what wasn't written: the transaction was rolled back, and entity numbers with it."""
        self._numbers.clear()
        self._joining.forget()
        self._reset()

    def add(self, number: int, article: Article, mentions: Iterable[StoredMention]) -> None:
        """Take the mentions of an article that has none in the store."""
        kept = tuple(mentions)
        numbers = {key: self._number(key) for key in {mention.key for mention in kept}}
        spans, entities = pack_mentions(kept, numbers)
        self._connection.execute("INSERT INTO mentions VALUES (?, ?, ?)", (number, spans, entities))
        self._linked.add(number)
        for entity in set(numbers.values()):
            self._links[entity].append(number)
        self._count(article, [(m.paragraph, m.start, m.end, m.type, numbers[m.key]) for m in kept], 1)

    def remove(self, number: int, article: Article) -> None:
        """Take an article's mentions out again; `article` is what they were found in."""
        row = self._mentions_of(number)
        if row is None:
            return
        if number in self._linked:
            self._write_links()
        found = unpack_mentions(*row)
        for entity in sorted({mention[-1] for mention in found}):
            remove_article(self._connection, entity, number)
        self._connection.execute("DELETE FROM mentions WHERE number = ?", (number,))
        self._count(article, found, -1)

    def keyed(self, number: int) -> tuple[StoredMention, ...]:
        """An article's mentions as they were recognised."""
        row = self._mentions_of(number)
        found = unpack_mentions(*row) if row else []
        keys: dict[int, str] = {}
        for entity in {mention[-1] for mention in found}:
            (keys[entity],) = self._connection.execute(
                "SELECT key FROM entities WHERE number = ?", (entity,)
            ).fetchone()
        return tuple(
            StoredMention(paragraph, start, end, kind, keys[entity])
            for paragraph, start, end, kind, entity in found
        )

    def write(self) -> None:
        """Write the counts of this batch and decide anew what they touch."""
        self._write_links()
        touched = sorted({entity for entity, _, _ in self._surfaces})
        self._connection.executemany(
            "INSERT INTO surfaces VALUES (?, ?, ?, ?)"
            " ON CONFLICT (entity, type, text) DO UPDATE SET count = count + excluded.count",
            sorted((*surface, count) for surface, count in self._surfaces.items() if count),
        )
        gone = [(*surface,) for surface, count in self._surfaces.items() if count < 0]
        self._connection.executemany(
            "DELETE FROM surfaces WHERE entity = ? AND type = ? AND text = ? AND count <= 0", gone
        )
        self._connection.executemany(
            "INSERT INTO descriptions VALUES (?, ?, ?)"
            " ON CONFLICT (entity, text) DO UPDATE SET count = count + excluded.count",
            sorted((*called, count) for called, count in self._descriptions.items() if count),
        )
        self._connection.executemany(
            "DELETE FROM descriptions WHERE entity = ? AND text = ? AND count <= 0",
            [called for called, count in self._descriptions.items() if count < 0],
        )
        self._connection.executemany(
            "UPDATE entities SET articles = articles + ?, mentions = mentions + ? WHERE number = ?",
            [(self._articles[entity], self._mentions[entity], entity) for entity in touched],
        )
        self.decide(touched)
        moved: defaultdict[int, list[tuple[MentionType, str]]] = defaultdict(list)
        for entity, kind, text in self._surfaces:
            moved[entity].append((kind, text))
        self._joining.note(moved)
        self._reset()
        if len(self._numbers) > _MOST_CACHED:
            self._numbers.clear()

    def decide(self, touched: Iterable[int]) -> None:
        """Name, type and aliases of these entities, from the counts as they stand."""
        from tui.entities.resolve import decide

        kinds: dict[int, int] = {}
        for entity in touched:
            surfaces: Counter[str] = Counter()
            types: defaultdict[MentionType, int] = defaultdict(int)
            rows = self._connection.execute(
                "SELECT type, text, count FROM surfaces WHERE entity = ?", (entity,)
            )
            for kind, text, count in rows.fetchall():
                surfaces[text] += count
                types[kind] += count
            kinds[entity] = 0
            if not surfaces:
                continue
            key, *stored = self._connection.execute(
                "SELECT key, id, name, type, aliases FROM entities WHERE number = ?", (entity,)
            ).fetchone()
            called = self._connection.execute(
                "SELECT text, count FROM descriptions WHERE entity = ?", (entity,)
            )
            decision = decide(key, surfaces, types, dict(called.fetchall()))
            kinds[entity] = 1 + MENTION_TYPES.index(decision.type)
            aliases = json.dumps(decision.aliases, ensure_ascii=False)
            decided = [decision.id, decision.name, decision.type, aliases]
            if decided != stored:
                self._connection.execute(
                    "UPDATE entities SET id = ?, name = ?, type = ?, aliases = ? WHERE number = ?",
                    (*decided, entity),
                )
                _id, name, _type, others = stored
                before = (key, name, *json.loads(others)) if name is not None else ()
                self._name(entity, before, (key, decision.name, *decision.aliases))
        self._write_kinds(kinds)

    def settle(self) -> None:
        """Decide which entities are one, as far as what was written since may have changed that."""
        self._joining.settle()

    def recount(self) -> None:
        """Work out all counts and decisions anew from the mentions as they were recognised."""
        self._joining.reset()
        for table in ("entity_articles", "surfaces", "descriptions", "entity_names", "entity_kinds"):
            self._connection.execute(f"DELETE FROM {table}")
        self._connection.execute(
            "UPDATE entities SET articles = 0, mentions = 0, id = NULL, name = NULL, type = NULL, aliases = NULL"
        )
        last = 0
        while rows := self._connection.execute(
            f"SELECT number, spans, entities, {ARTICLE} FROM articles LEFT JOIN sources USING (source)"
            " JOIN bodies USING (number) JOIN mentions USING (number) WHERE number > ? ORDER BY number LIMIT ?",
            (last, _RECOUNTED),
        ).fetchall():
            for last, spans, entities, *fields, body in rows:
                found = unpack_mentions(spans, entities)
                for entity in {mention[-1] for mention in found}:
                    self._links[entity].append(last)
                self._count(article_of(*(*fields, self._packing.unpack(body))), found, 1)
            self.write()
        self.settle()

    def _write_kinds(self, kinds: dict[int, int]) -> None:
        """Note what these entities are, in `entity_kinds`."""
        blocks: defaultdict[int, list[int]] = defaultdict(list)
        for entity in kinds:
            blocks[entity // KIND_BLOCK].append(entity)
        for block, entities in blocks.items():
            row = self._connection.execute(
                "SELECT kinds FROM entity_kinds WHERE block = ?", (block,)
            ).fetchone()
            before = row[0] if row else bytes(KIND_BLOCK)
            after = bytearray(before)
            for entity in entities:
                after[entity % KIND_BLOCK] = kinds[entity]
            if row is None or after != before:
                self._connection.execute("INSERT OR REPLACE INTO entity_kinds VALUES (?, ?)", (block, after))

    def _mentions_of(self, number: int) -> tuple[bytes, bytes] | None:
        """(spans, entities) of an article."""
        row: tuple[bytes, bytes] | None = self._connection.execute(
            "SELECT spans, entities FROM mentions WHERE number = ?", (number,)
        ).fetchone()
        return row

    def _name(self, entity: int, old: Iterable[str], new: Iterable[str]) -> None:
        """Make the entity findable by the new names, and no more by the old ones."""
        before = {begin for name in old for begin in word_begins(name)}
        after = {begin for name in new for begin in word_begins(name)}
        self._connection.executemany(
            "DELETE FROM entity_names WHERE folded = ? AND entity = ?",
            [(folded, entity) for folded in sorted(before - after)],
        )
        self._connection.executemany(
            "INSERT INTO entity_names VALUES (?, ?)", [(folded, entity) for folded in sorted(after - before)]
        )

    def _number(self, key: str) -> int:
        """The number of the entity with this key, given now if it is new."""
        number = self._numbers.get(key)
        if number is None:
            row = self._connection.execute("SELECT number FROM entities WHERE key = ?", (key,)).fetchone()
            if row is None:
                cursor = self._connection.execute("INSERT INTO entities (key) VALUES (?)", (key,))
                row = (cursor.lastrowid,)
            number = self._numbers[key] = int(row[0])
        return number

    def _count(
        self, article: Article, mentions: Iterable[tuple[int, int, int, MentionType, int]], sign: int
    ) -> None:
        from tui.entities.descriptions import descriptions

        entities = set()
        mentions = list(mentions)
        for described in descriptions(article, mentions):
            self._descriptions[described] += sign
        for paragraph, start, end, kind, entity in mentions:
            self._surfaces[entity, kind, article.text_of(paragraph)[start:end]] += sign
            self._mentions[entity] += sign
            entities.add(entity)
        for entity in entities:
            self._articles[entity] += sign

    def _write_links(self) -> None:
        add_articles(self._connection, self._links.items())
        self._links, self._linked = defaultdict(list), set()
