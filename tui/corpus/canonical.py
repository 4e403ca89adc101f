"""Which entity each recognised one is: what the corpus decided, and over it what the reader put right.

The corpus's decisions are in the store, which may be shared and never written; the reader's are laid over them here,
on reading, so that they count everywhere at once. Both are told apart by number: a *key* is what was recognised, its
*leader* the key that stands for the entity, and a key that leads leads itself.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from tui.article import MENTION_TYPES, EntityId, MentionType
from tui.corpus.edits import AnEdit, Hide, Import, Line, Merge, Rename, Retype, Split, decoded
from tui.corpus.store import Store, chunked
from tui.corpus.values import Entity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tui.corpus.desk import Desk
    from tui.corpus.desk_edits import Edit
    from tui.index.articles import ToldByText

SHOWN = (
    "SELECT e.number, e.id, coalesce(j.name, e.name), coalesce(j.type, e.type), coalesce(j.aliases, e.aliases),"
    " coalesce(j.articles, e.articles), coalesce(j.mentions, e.mentions)"
    " FROM entities AS e LEFT JOIN joined AS j ON j.entity = e.number"
)
"""What the corpus decided about leaders: a number, and what `entity_of` takes."""


def entity_of(id: str, name: str, type: MentionType, aliases: str, articles: int, mentions: int) -> Entity:
    """The entity that a row of the store is."""
    return Entity(EntityId(id), name, type, tuple(json.loads(aliases)), articles, mentions)


def order(entity: Entity) -> tuple[int, int, str, str]:
    """What lists of entities are in the order of: those in most articles first."""
    return -entity.articles, -entity.mentions, entity.name, entity.id


@dataclass(slots=True, eq=False)
class Group:
    """An entity that the reader had a hand in."""

    leader: int
    members: list[int]
    """Numbers of its keys."""
    as_decided: bool = False
    """Whether these are the keys that the corpus joined, led by the same."""
    name: str | None = None
    type: MentionType | None = None
    hidden: bool = False
    others: set[str] = field(default_factory=set)
    """Folded names that it is not called by."""
    before: list[int] = field(default_factory=list)
    """Its keys before others were merged into it; none where none were, or none of these is left."""

    @property
    def telling(self) -> list[int]:
        """The keys that tell its name and type: who is merged into another becomes what that one is."""
        return self.before or self.members


@dataclass(slots=True, eq=False)
class Overlay:
    """What the reader put right, as it comes out against one state of the store."""

    leading: dict[int, int] = field(default_factory=dict)
    """Key → leader, for all keys of the entities that the reader had a hand in."""
    entities: dict[int, Entity] = field(default_factory=dict)
    """These entities, by leader."""
    hidden: set[int] = field(default_factory=set)
    """Leaders of those that are not to be seen."""
    groups: dict[int, Group] = field(default_factory=dict)
    """By leader."""
    taken: dict[tuple[int, str], EntityId] = field(default_factory=dict)
    """(key, folded text) → the entity that is meant instead where the key is written so."""
    apart: dict[int, Entity] = field(default_factory=dict)
    """Entities that no key leads, by numbers below 0: names that were taken out of one."""
    told: dict[int, set[int]] = field(default_factory=dict)
    """The articles that name an entity, by leader or number below 0, where its keys alone don't tell."""
    listed: list[Entity] = field(default_factory=list)
    """All that are to be seen, in the order of lists."""
    waiting: list[Line] = field(default_factory=list)
    """Lines of gazetteers of whose names no article has any."""


class Canonical:
    """The decisions of one corpus and one reader. May be shared between threads."""

    def __init__(self, store: Store, desk: Desk | None = None) -> None:
        """Without a desk, as for the indexer, what the corpus decided is all."""
        self._store = store
        self._desk = desk
        self._lock = Lock()
        self._overlay: tuple[int, tuple[Edit, ...], Overlay] | None = None
        self._arrays: tuple[Overlay, int, NDArray[np.uint32], NDArray[np.uint8]] | None = None
        self._told: tuple[Overlay, ToldByText] | None = None

    def overlay(self, connection: sqlite3.Connection) -> Overlay:
        """What the reader put right, as it comes out in this state of the store."""
        edits = self._desk.edits() if self._desk else ()
        (generation,) = connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
        with self._lock:
            known = self._overlay
            if known is None or known[0] != generation or known[1] is not edits:
                found = [edit for edit in (decoded(edit.content) for edit in edits) if edit is not None]
                overlay = _Replay(connection, self._store).overlay(found) if found else Overlay()
                known = self._overlay = generation, edits, overlay
            return known[2]

    def numbers(self) -> NDArray[np.uint32]:
        """The leader of each key, by number, shape (highest number + 1,).

        The very same array as long as neither corpus nor reader decides otherwise.
        """
        return self._both()[0]

    def kinds(self) -> NDArray[np.uint8]:
        """What each entity is, by the number of its keys, shape as `numbers`.

        0 is nothing (any more) or hidden, else 1 + the type's place in `MENTION_TYPES`.
        """
        return self._both()[1]

    def _both(self) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
        import numpy as np

        with self._store.snapshot() as connection:
            overlay = self.overlay(connection)
            (generation,) = connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
            with self._lock:
                if self._arrays is not None and self._arrays[0] is overlay and self._arrays[1] == generation:
                    return self._arrays[2:]
            (highest,) = connection.execute("SELECT coalesce(max(number), 0) FROM entities").fetchone()
            pairs = connection.execute("SELECT entity, leader FROM leaders").fetchall()
            joined = connection.execute("SELECT entity, type FROM joined").fetchall()
            blocks = connection.execute("SELECT block, kinds FROM entity_kinds").fetchall()
        numbers = np.arange(highest + 1, dtype=np.uint32)
        kinds = np.zeros(highest + 1, np.uint8)
        for block, packed in blocks:
            there = kinds[block * len(packed) : (block + 1) * len(packed)]
            there[:] = np.frombuffer(packed, np.uint8)[: len(there)]
        if pairs:
            entities, leaders = np.array(pairs, np.int64).T
            numbers[entities] = leaders
        for leader, kind in joined:
            kinds[leader] = 1 + MENTION_TYPES.index(kind)
        for number, leader in overlay.leading.items():
            numbers[number] = leader
        for leader, entity in overlay.entities.items():
            kinds[leader] = 0 if leader in overlay.hidden else 1 + MENTION_TYPES.index(entity.type)
        kinds = kinds.take(numbers)
        with self._lock:
            self._arrays = overlay, generation, numbers, kinds
        return numbers, kinds

    def told_by_text(self) -> ToldByText:
        """Entities of which keys alone don't tell which articles name them; the same as long as nothing changes."""
        from tui.corpus.regrouped import told_by_text

        with self._store.snapshot() as connection:
            overlay = self.overlay(connection)
        with self._lock:
            known = self._told
            if known is None or known[0] is not overlay:
                known = self._told = overlay, told_by_text(overlay)
            return known[1]

    def leaders(self, connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, int]:
        """Key → leader, of those of these keys that the store has."""
        overlay = self.overlay(connection)
        found: dict[int, int] = {}
        for marks, chunk in chunked(numbers):
            rows = connection.execute(
                "SELECT number, coalesce(leader, number) FROM entities LEFT JOIN leaders ON entity = number"
                f" WHERE number IN ({marks})",
                chunk,
            )
            found.update(rows.fetchall())
        found.update((number, overlay.leading[number]) for number in found.keys() & overlay.leading.keys())
        return found

    def described(self, connection: sqlite3.Connection, leaders: Sequence[int]) -> dict[int, Entity]:
        """What these leaders stand for, and entities that none leads; hidden ones are among them.

        Those that no article names any more are left out.
        """
        overlay = self.overlay(connection)
        found = {leader: overlay.entities[leader] for leader in leaders if leader in overlay.entities}
        found.update((number, overlay.apart[number]) for number in leaders if number in overlay.apart)
        for marks, chunk in chunked([leader for leader in leaders if leader not in found]):
            rows = connection.execute(f"{SHOWN} WHERE e.number IN ({marks}) AND e.articles > 0", chunk)
            found.update((number, entity_of(*row)) for number, *row in rows.fetchall())
        return found

    def find(self, connection: sqlite3.Connection, id: EntityId) -> tuple[int, Entity] | None:
        """The leader and the entity that this id leads to, the id being that of any of its keys; None for neither.

        The leader of an entity that no key leads is 0.
        """
        for apart in self.overlay(connection).apart.values():
            if apart.id == id:
                return 0, apart
        row = connection.execute(
            "SELECT number FROM entities WHERE id = ?", (id if id.isascii() else "",)
        ).fetchone()
        if row is None:
            return None
        leader = self.leaders(connection, [row[0]])[row[0]]
        entity = self.described(connection, [leader]).get(leader)
        return (leader, entity) if entity else None


class _Replay:
    """Edits, one after the other, against a state of the store."""

    def __init__(self, connection: sqlite3.Connection, store: Store) -> None:
        self._connection = connection
        self._store = store
        self._numbers: dict[str, int | None] = {}
        self._folded: dict[str, str] = {}
        """Names of gazetteers' lines → keys."""
        self._groups: dict[int, Group] = {}
        """Key → its group, as far as edits came to it."""
        self._decided: dict[int, frozenset[int]] = {}
        """Leader → keys, as the corpus decided."""
        self._waiting: list[Line] = []
        self._leading: dict[int, int] = {}
        """Key → leader, as the corpus decided, of keys that were asked for."""
        self._following: dict[int, list[int]] = {}
        """Leader → the other keys, of these."""

    def overlay(self, edits: Sequence[AnEdit]) -> Overlay:
        """What they come to."""
        self._look_up(_keys(edits, self._folded))
        # At once: asking for one after the other makes a gazetteer of 10,000 lines take .97 s instead of .83 s.
        self._ask_leaders([number for number in self._numbers.values() if number is not None])
        for edit in edits:
            self._apply(edit)
        overlay = Overlay(waiting=self._waiting)
        for group in {id(group): group for group in self._groups.values()}.values():
            whole = self._decided.get(group.leader) == frozenset(group.members)
            group.as_decided = whole and not group.before
            overlay.groups[group.leader] = group
            overlay.leading.update(dict.fromkeys(group.members, group.leader))
            if group.hidden:
                overlay.hidden.add(group.leader)
        from tui.corpus.regrouped import describe

        describe(self._connection, self._store, overlay, self._number)
        overlay.listed += (entity for n, entity in overlay.entities.items() if n not in overlay.hidden)
        overlay.listed += overlay.apart.values()
        overlay.listed = sorted((entity for entity in overlay.listed if entity.articles), key=order)
        return overlay

    def _apply(self, edit: AnEdit) -> None:
        match edit:
            case Merge(keys):
                there = [number for key in keys if (number := self._number(key)) is not None]
                for number in there[:-1]:
                    self._unite(self._group(number), self._group(there[-1]))
            case Split(key, name):
                number = self._number(key)
                if number is not None:
                    self._split(self._group(number), name)
            case Retype(key, kind):
                for group in self._groups_of(key):
                    group.type = kind
            case Rename(key, name):
                for group in self._groups_of(key):
                    group.name = name
            case Hide(key, hidden):
                for group in self._groups_of(key):
                    group.hidden = hidden
            case Import(lines):
                self._waiting = [line for line in lines if not self._take(line)]

    def _look_up(self, keys: Iterable[str]) -> None:
        wanted = sorted(set(keys) - self._numbers.keys())
        self._numbers.update(dict.fromkeys(wanted))
        for marks, chunk in chunked(wanted):
            rows = self._connection.execute(
                f"SELECT key, number FROM entities WHERE key IN ({marks}) AND +articles > 0", chunk
            )
            self._numbers.update(rows.fetchall())

    def _number(self, key: str) -> int | None:
        """The number of a key that articles have."""
        if key not in self._numbers:
            self._look_up([key])
        return self._numbers[key]

    def _groups_of(self, key: str) -> Iterator[Group]:
        number = self._number(key)
        if number is not None:
            yield self._group(number)

    def _group(self, number: int) -> Group:
        """The group of a key: the reader's, or else what the corpus joined."""
        if number not in self._groups:
            if number not in self._leading:
                self._ask_leaders([number])
            leader = self._leading[number]
            members = [leader, *self._following.get(leader, ())]
            self._decided[leader] = frozenset(members)
            # All of an entity's keys come here at once: none of them is in a group yet.
            self._groups.update(dict.fromkeys(members, Group(leader, members)))
        return self._groups[number]

    def _ask_leaders(self, numbers: Sequence[int]) -> None:
        self._leading.update(zip(numbers, numbers, strict=True))
        for marks, chunk in chunked(numbers):
            rows = self._connection.execute(
                f"SELECT entity, leader FROM leaders WHERE entity IN ({marks})", chunk
            )
            self._leading.update(rows.fetchall())
        for marks, chunk in chunked(sorted({self._leading[number] for number in numbers})):
            joined = self._connection.execute(
                f"SELECT leader, entity FROM leaders WHERE leader IN ({marks}) ORDER BY entity", chunk
            ).fetchall()
            self._following.update((leader, []) for leader, _ in joined)
            for leader, entity in joined:
                self._following[leader].append(entity)

    def _unite(self, group: Group, into: Group) -> None:
        if group is not into:
            into.before = into.before or into.members.copy()
            into.members += group.members
            # What is put together again is called by all its names again.
            others = into.others | group.others
            into.others = {name for name in others if self._number(name) not in into.members}
            self._groups.update(dict.fromkeys(group.members, into))

    def _split(self, group: Group, name: str) -> None:
        number = self._number(name)
        if number is not None and number in group.members:
            if len(group.members) == 1:
                return
            self._move([number], Group(number, []))
        elif number is not None:
            self._group(number)  # it gets what is taken out
        group.others.add(name)

    def _move(self, numbers: Sequence[int], into: Group) -> None:
        """Take keys out of the groups that they are in, and put them into a new one."""
        for number in numbers:
            group = self._group(number)
            group.members.remove(number)
            group.before = [member for member in group.before if member != number]
            if number == group.leader and group.members:
                group.leader = self._commonest(group.telling)
        into.members += numbers
        self._groups.update(dict.fromkeys(numbers, into))

    def _commonest(self, numbers: Sequence[int]) -> int:
        counted: list[tuple[int, int, str, int]] = []
        for marks, chunk in chunked(numbers):
            counted += self._connection.execute(
                f"SELECT -articles, -mentions, key, number FROM entities WHERE number IN ({marks})", chunk
            ).fetchall()
        return min(counted)[-1]

    def _take(self, line: Line) -> bool:
        """Make an entity of a line's names, if there are any; what else was joined to one follows if it led it."""
        from tui.entities.names import fold_name

        folded = [self._folded[name] for name in line.names]
        numbers = list(dict.fromkeys(number for key in folded if (number := self._number(key)) is not None))
        taken = numbers.copy()
        for number in numbers:
            group = self._group(number)
            if group.leader == number:
                taken += (member for member in group.members if member not in taken)
        if taken:
            others = {fold_name(name) for name in line.others}
            self._move(taken, Group(taken[0], [], False, line.names[0], line.type, line.hidden, others))
        return bool(taken)


def _keys(edits: Sequence[AnEdit], folded: dict[str, str]) -> set[str]:
    """All keys that these edits tell of; those of gazetteers' lines by their names, too."""
    # Not at the top: a corpus opens without the recogniser.
    from tui.entities.names import fold_name

    found: set[str] = set()
    for edit in edits:
        match edit:
            case Merge(keys):
                found.update(keys)
            case Split(key, name):
                found.update((key, name))
            case Import(lines):
                folded.update((name, fold_name(name)) for line in lines for name in line.names)
            case Retype(key, _) | Rename(key, _) | Hide(key, _):
                found.add(key)
    found.update(folded.values())
    return found
