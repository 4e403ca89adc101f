"""Which keys the corpus holds to be one entity, kept in step with their counts.

`tui.entities.joining` decides, block by block, from counts alone. Here is noted which blocks a batch touches; when
a run ends, these are decided anew, and what hangs together by them is one entity. The result is that of deciding
everything at once, whatever came in which order: a block depends on nothing outside it.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from tui.article import MentionType
from tui.corpus.store import chunked
from tui.entities.joining import RESOLVER_VERSION, Known, leader_of, same_in
from tui.entities.names import fold_name
from tui.entities.resolve import decide
from tui.entities.variants import blocks_of, may_stand_alone

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_DUE = 50_000
"""Blocks beyond which deciding everything anew takes no longer."""

_BLOCKS = 1_000
"""Blocks that are decided at once."""
_GROUPS = 500
"""Entities that are counted at once."""

T = TypeVar("T")
Surfaces = Iterable[tuple[MentionType, str]]
_Block = tuple[str, list[int]]


class Joining:
    """The joined entities of a store that is being written."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._noted: set[tuple[str, int]] = set()
        """(block, entity) that are written down already."""

    def forget(self) -> None:
        """The transaction was rolled back."""
        self._noted.clear()

    def note(self, moved: Mapping[int, Surfaces]) -> None:
        """Take notice of entities whose counts moved, and of the (type, text) that did."""
        if not moved or not self._settled():
            return
        execute = self._connection.execute
        blocks: set[tuple[str, int]] = set()
        joined = []
        for entity, surfaces in moved.items():
            (key,) = execute("SELECT key FROM entities WHERE number = ?", (entity,)).fetchone()
            there = execute("SELECT type, text FROM surfaces WHERE entity = ?", (entity,)).fetchall()
            blocks.update((block, entity) for block in blocks_of(key, chain(there, surfaces)))
            if execute("SELECT 1 FROM entity_blocks WHERE block = ? LIMIT 1", (f"v {key}",)).fetchone():
                blocks.add((f"v {key}", entity))
            if execute(
                "SELECT 1 FROM leaders WHERE entity = ?1 UNION ALL SELECT 1 FROM joined WHERE entity = ?1",
                (entity,),
            ).fetchone():
                joined.append((entity,))
        new = sorted(blocks - self._noted)
        insert = self._connection.executemany
        insert("INSERT OR IGNORE INTO entity_blocks VALUES (?, ?)", new)
        due = {block for block, _ in new if not block.startswith("f ")}
        firsts = {f"n {block[2:]}" for block, _ in new if block.startswith("f ")} - due
        due.update(block for block, numbers in self._members(sorted(firsts)) if self._stands_alone(numbers))
        insert("INSERT OR IGNORE INTO blocks_due VALUES (?)", [(block,) for block in sorted(due)])
        insert("INSERT OR IGNORE INTO joined_due VALUES (?)", joined)
        self._noted.update(new)
        if len(self._noted) > MOST_DUE:
            self.reset()

    def reset(self) -> None:
        """Everything is to be decided anew when the run ends."""
        self._connection.execute("DELETE FROM meta WHERE key = 'resolver'")
        self._noted.clear()

    def settle(self) -> None:
        """Decide what is due."""
        execute = self._connection.execute
        if self._settled():
            due = [block for (block,) in execute("SELECT block FROM blocks_due")]
            affected = {entity for (entity,) in execute("SELECT entity FROM joined_due")}
            for some in _batched(sorted(due), _BLOCKS):
                affected |= self._decide(self._members(some))
            self._follow(self._together_with(affected))
        else:
            for table in ("entity_blocks", "same_entities", "leaders", "joined"):
                execute(f"DELETE FROM {table}")
            self._connection.executemany(
                "INSERT OR IGNORE INTO entity_blocks VALUES (?, ?)", sorted(self._all_blocks())
            )
            for blocks in _batched(self._shared_blocks(), _BLOCKS):
                self._decide(blocks)
            self._follow(_groups(execute("SELECT entity, other FROM same_entities").fetchall()))
        execute("DELETE FROM blocks_due")
        execute("DELETE FROM joined_due")
        execute("INSERT OR REPLACE INTO meta VALUES ('resolver', ?)", (RESOLVER_VERSION,))
        self._noted.clear()

    def _settled(self) -> bool:
        """Whether all but what is due has been decided, by today's rules."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = 'resolver'").fetchone()
        return row is not None and row[0] == RESOLVER_VERSION

    def _all_blocks(self) -> Iterator[tuple[str, int]]:
        rows = self._connection.execute(
            "SELECT entity, key, surfaces.type, text FROM surfaces JOIN entities ON number = entity ORDER BY entity"
        )
        for (entity, key), surfaces in groupby(rows, key=itemgetter(0, 1)):
            for block in blocks_of(key, [(kind, text) for _, _, kind, text in surfaces]):
                yield block, entity

    def _shared_blocks(self) -> Iterator[_Block]:
        """The blocks in which there is something to compare."""
        rows = self._connection.execute("SELECT block, entity FROM entity_blocks ORDER BY block").fetchall()
        firsts: set[str] = set()
        for block, members in groupby(rows, key=itemgetter(0)):
            numbers = [number for _, number in members]
            if block.startswith("f "):  # before all that begin with n
                firsts.add(block[2:])
            elif len(numbers) > 1 or block.startswith("v ") or block[2:] in firsts:
                yield block, numbers

    def _members(self, blocks: Sequence[str]) -> list[_Block]:
        members: dict[str, list[int]] = {block: [] for block in blocks}
        for marks, chunk in chunked(blocks):
            rows = self._connection.execute(
                f"SELECT block, entity FROM entity_blocks WHERE block IN ({marks})", chunk
            )
            for block, entity in rows:
                members[block].append(entity)
        return list(members.items())

    def _stands_alone(self, numbers: Sequence[int]) -> bool:
        """Whether any of these keys can be a surname alone."""
        return any(
            may_stand_alone(key)
            for marks, chunk in chunked(numbers)
            for (key,) in self._connection.execute(
                f"SELECT key FROM entities WHERE number IN ({marks})", chunk
            ).fetchall()
        )

    def _with_first_names(self, blocks: Sequence[_Block], known: dict[int, Known]) -> list[_Block]:
        """The same, and with a surname that stands alone those who have it for a first name."""
        alone = [
            f"f {block[2:]}"
            for block, numbers in blocks
            if block.startswith("n ") and any(n in known and may_stand_alone(known[n].key) for n in numbers)
        ]
        firsts = {f"n {block[2:]}": numbers for block, numbers in self._members(alone)}
        known.update(self._known("number", sorted({n for numbers in firsts.values() for n in numbers})))
        return [(block, [*dict.fromkeys((*numbers, *firsts.get(block, ())))]) for block, numbers in blocks]

    def _decide(self, blocks: Sequence[_Block]) -> set[int]:
        """Write down what is the same in these blocks; the entities that are in what was written before, or is now."""
        known = self._known("number", sorted({number for _, numbers in blocks for number in numbers}))
        blocks = self._with_first_names(blocks, known)
        # A key that is spelt as all its variants are is in no row: the block is named by it.
        forms = self._known("key", [block[2:] for block, _ in blocks if block.startswith("v ")])
        by_key = {found.key: (number, found) for number, found in forms.items()}
        numbers_of = {found.key: number for number, found in (known | forms).items()}
        evidence = _Evidence(self._connection, numbers_of)
        found: list[tuple[str, int, int]] = []
        shortened = {found.key for found in known.values()}
        # Only where the short name itself is in the block does it count what stood for the others.
        evidence.expect(
            [n for block, numbers in blocks if block[2:] in shortened for n in numbers if n in known]
        )
        for block, numbers in blocks:
            members = {number: known[number] for number in numbers if number in known}
            if block.startswith("v ") and block[2:] in by_key:
                number, form = by_key[block[2:]]
                members[number] = form
            if len(members) > 1:
                pairs = same_in(block, tuple(members.values()), evidence.uses, evidence.together)
                found += ((block, numbers_of[one], numbers_of[other]) for one, other in pairs)
        affected = {number for _, *pair in found for number in pair}
        for marks, chunk in chunked([block for block, _ in blocks]):
            rows = self._connection.execute(
                f"DELETE FROM same_entities WHERE block IN ({marks}) RETURNING entity, other", chunk
            )
            affected.update(number for pair in rows.fetchall() for number in pair)
        self._connection.executemany("INSERT INTO same_entities VALUES (?, ?, ?)", sorted(found))
        return affected

    def _known(self, column: str, values: Sequence[Any]) -> dict[int, Known]:
        found = {}
        for marks, chunk in chunked(values):
            rows = self._connection.execute(
                "SELECT number, key, name, type, articles, mentions FROM entities"
                f" WHERE {column} IN ({marks}) AND +articles > 0",
                chunk,
            )
            found.update({number: Known(*fields) for number, *fields in rows.fetchall()})
        return found

    def _together_with(self, affected: set[int]) -> list[list[int]]:
        """What hangs together with these entities, each by itself where nothing does."""
        seen: set[int] = set()
        groups = []
        neighbours = (
            "SELECT other FROM same_entities WHERE entity = ?1"
            " UNION SELECT entity FROM same_entities WHERE other = ?1"
        )
        for entity in sorted(affected):
            if entity in seen:
                continue
            seen.add(entity)
            group, at = [entity], 0
            while at < len(group):
                for (other,) in self._connection.execute(neighbours, (group[at],)).fetchall():
                    if other not in seen:
                        seen.add(other)
                        group.append(other)
                at += 1
            groups.append(group)
        return groups

    def _follow(self, groups: Iterable[Sequence[int]]) -> None:
        """Write down who leads these groups, and what each is as one."""
        for some in _batched(groups, _GROUPS):
            members = sorted(number for group in some for number in group)
            for marks, chunk in chunked(members):
                self._connection.execute(f"DELETE FROM leaders WHERE entity IN ({marks})", chunk)
                self._connection.execute(f"DELETE FROM joined WHERE entity IN ({marks})", chunk)
            self._lead([group for group in some if len(group) > 1])

    def _lead(self, groups: Sequence[Sequence[int]]) -> None:
        members = sorted(number for group in groups for number in group)
        known = self._known("number", members)
        sources: set[int] = set()
        for marks, chunk in chunked(members):
            rows = self._connection.execute(
                f"SELECT DISTINCT entity FROM same_entities WHERE entity IN ({marks})", chunk
            )
            sources.update(number for (number,) in rows)
        leading = {}
        for group in groups:
            shorter = frozenset(known[number].key for number in group if number in sources)
            key = leader_of([known[number] for number in group], shorter)
            leader = next(number for number in group if known[number].key == key)
            leading.update(dict.fromkeys(group, leader))
        self._connection.executemany(
            "INSERT INTO leaders VALUES (?, ?)",
            sorted(pair for pair in leading.items() if pair[0] != pair[1]),
        )
        articles = count_articles(self._connection, leading)
        surfaces = surfaces_of(self._connection, leading)
        called = descriptions_of(self._connection, leading)
        counted = []
        for leader in sorted(set(leading.values())):
            texts, types = surfaces[leader]
            decision = decide(known[leader].key, texts, types, called[leader])
            aliases = json.dumps(decision.aliases, ensure_ascii=False)
            mentions = sum(types.values())
            counted.append((leader, decision.name, decision.type, aliases, articles[leader], mentions))
        self._connection.executemany("INSERT INTO joined VALUES (?, ?, ?, ?, ?, ?)", counted)


class _Evidence:
    """What blocks are decided by beside the counts of their members: asked for where it is needed."""

    def __init__(self, connection: sqlite3.Connection, numbers: Mapping[str, int]) -> None:
        self._connection = connection
        self._numbers = numbers
        self._uses: dict[int, Mapping[str, int]] = {}
        self._articles: dict[str, NDArray[np.int64]] = {}

    def expect(self, entities: Sequence[int]) -> None:
        """Read at once what `uses` will be asked about these."""
        found: dict[int, Counter[str]] = {entity: Counter() for entity in entities}
        for marks, chunk in chunked(list(found)):
            rows = self._connection.execute(
                f"SELECT entity, text, count FROM surfaces WHERE entity IN ({marks}) AND NOT instr(text, ' ')",
                chunk,
            )
            for entity, text, count in rows.fetchall():
                folded = fold_name(text)
                if " " not in folded:
                    found[entity][folded] += count
        self._uses.update(found)

    def uses(self, key: str) -> Mapping[str, int]:
        """How often each single folded word stood for the key."""
        entity = self._numbers[key]
        if entity not in self._uses:
            self.expect([entity])
        return self._uses[entity]

    def together(self, one: str, other: str) -> int:
        """How many articles name both."""
        import numpy as np

        return len(np.intersect1d(self._articles_of(one), self._articles_of(other), assume_unique=True))

    def _articles_of(self, key: str) -> NDArray[np.int64]:
        if key not in self._articles:
            from tui.corpus.postings import unpack_articles

            rows = self._connection.execute(
                "SELECT first, others FROM entity_articles WHERE entity = ?", (self._numbers[key],)
            )
            self._articles[key] = unpack_articles(rows.fetchall())
        return self._articles[key]


def count_articles(connection: sqlite3.Connection, leading: Mapping[int, int]) -> Counter[int]:
    """How many articles name each entity, by the leader of its keys.

    Args:
        connection: to the store.
        leading: number of a key → number of the key that leads it, itself too.
    """
    import numpy as np

    from tui.corpus.postings import unpack_articles

    pairs = [np.zeros(0, np.int64)]
    for marks, chunk in chunked(sorted(leading)):
        rows = connection.execute(
            f"SELECT entity, first, others FROM entity_articles WHERE entity IN ({marks})", chunk
        ).fetchall()
        sizes = np.fromiter((1 + len(others) // 2 for _, _, others in rows), np.int64, len(rows))
        leaders = np.fromiter((leading[entity] for entity, _, _ in rows), np.int64, len(rows))
        articles = unpack_articles([(first, others) for _, first, others in rows])
        pairs.append(np.repeat(leaders, sizes) << 32 | articles)
    leaders, counts = np.unique(np.unique(np.concatenate(pairs)) >> 32, return_counts=True)
    return Counter(dict(zip(leaders.tolist(), counts.tolist(), strict=True)))


def surfaces_of(
    connection: sqlite3.Connection,
    leading: Mapping[int, int],
    kept: Callable[[int, str], bool] | None = None,
) -> defaultdict[int, tuple[Counter[str], Counter[MentionType]]]:
    """How often each text stood for an entity and each type was taken for it, by the leader of its keys.

    Args:
        connection: to the store.
        leading: as for `count_articles`.
        kept: whether this text of that key counts; None for all.
    """
    found: defaultdict[int, tuple[Counter[str], Counter[MentionType]]] = defaultdict(
        lambda: (Counter(), Counter())
    )
    for marks, chunk in chunked(sorted(leading)):
        rows = connection.execute(
            f"SELECT entity, type, text, count FROM surfaces WHERE entity IN ({marks})", chunk
        ).fetchall()
        for entity, kind, text, count in rows:
            if kept is None or kept(entity, text):
                texts, types = found[leading[entity]]
                texts[text] += count
                types[kind] += count
    return found


def descriptions_of(
    connection: sqlite3.Connection, leading: Mapping[int, int]
) -> defaultdict[int, Counter[str]]:
    """What articles call an entity beside its name, and how often, by the leader of its keys."""
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for marks, chunk in chunked(sorted(leading)):
        rows = connection.execute(
            f"SELECT entity, text, count FROM descriptions WHERE entity IN ({marks})", chunk
        )
        for entity, text, count in rows:
            found[leading[entity]][text] += count
    return found


def _batched(values: Iterable[T], size: int) -> Iterator[list[T]]:
    kept = iter(values)
    while some := list(islice(kept, size)):
        yield some


def _groups(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """What hangs together by these pairs."""
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        while (above := parent.setdefault(number, number)) != number:
            parent[number] = parent[above]
            number = above
        return number

    for one, other in pairs:
        parent[root(one)] = root(other)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number in parent:
        groups[root(number)].append(number)
    return list(groups.values())
