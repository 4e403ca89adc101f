"""Entities by their names: looked up, completed while they are typed, and found in spite of a slip.

The store finds those that were recognised under a name; what was decided says which entity each of them is, and so
every name of any that were joined finds all of them.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

from tui.article import MENTION_TYPES, MentionType
from tui.corpus.names import between, word_begins
from tui.corpus.store import chunked
from tui.folding import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tui.corpus.canonical import Canonical, Overlay

_MOST_BEGUN, _MOST_COMMON = 500, 250
"""Entities that are looked at: of all whose names begin so, and of the commonest where more do."""
_MOST_NEAR = 100
"""Entities with nearly such a name that are looked at, the commonest."""
_SHORTEST_NEAR = 4
"""Letters below which nearly any name is a slip away from any other."""
_LONGEST_NEAR = 40
_MOST_WRITTEN = 500
"""Entities whose ways to be written are told, the commonest."""
_MANY = 5_000
"""Entities of which the commonest are sooner found among the commonest of all."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz '-."
"""What a slip may put in: other letters are those near the ones that were typed."""
_LIKELIER = 10
"""People get the first letter right: a name that keeps it goes before one that so many times as many articles have."""


class Given:
    """Names that the reader gave to entities: the store knows nothing of them.

    Args:
        overlay: what the reader put right.
    """

    def __init__(self, overlay: Overlay) -> None:
        self.overlay = overlay
        named = [(leader, group.name) for leader, group in overlay.groups.items() if group.name]
        named += (
            (number, name) for number, one in overlay.apart.items() for name in (one.name, *one.aliases)
        )
        self._begins = sorted((begin, leader) for leader, name in named for begin in word_begins(name))
        """Names from each of their words on, folded, and whose they are."""

    def beginning(self, folded: str) -> list[int]:
        """Entities one of whose words begins so."""
        low = bisect_left(self._begins, (folded, 0))
        high = bisect_left(self._begins, (f"{folded}\U0010ffff", 0))
        return [leader for _, leader in self._begins[low:high]]

    def called(self, folded: str) -> list[int]:
        """Entities with these whole words in their name."""
        return [leader for begin, leader in self._begins if f"{begin} ".startswith(f"{folded} ")]

    def beginning_in(self, begins: set[str], lengths: Iterable[int]) -> list[int]:
        """Entities one of whose words begins as one of these, which are so long."""
        sizes = sorted(lengths)
        return [leader for begin, leader in self._begins if any(begin[:size] in begins for size in sizes)]


class Naming:
    """The names in one state of the store.

    Args:
        connection: to the store.
        decided: which entity each recognised one is.
        given: names that the reader gave.
        type: of the entities that are asked for; None is any.
    """

    def __init__(
        self, connection: sqlite3.Connection, decided: Canonical, given: Given, type: MentionType | None
    ) -> None:
        self._connection = connection
        self._decided = decided
        self._given = given
        self._type = type
        self._canonical, self._kinds = decided.numbers(), decided.kinds()

    # By the name

    def named(self, name: str, whole: bool = False) -> NDArray[np.int64]:
        """All recognised entities that are one with any that has this name or alias, ascending; and those, by numbers
        below 0, that nothing recognised is.

        Compared folded; whole words that follow one another in a name count as the name; a trailing `*` takes every
        name with a word that begins so. `whole` are those alone that are called so and no more, where there are any.
        """
        import numpy as np

        found = np.zeros(0, np.int64)
        folded = fold(name.rstrip("*"))
        called = self._called(folded) if whole and not name.endswith("*") else []
        if called:
            found = np.array(called, np.int64)
        elif folded:
            condition, values = "folded >= ? AND folded < ?", [*between(folded)]
            if not name.endswith("*"):
                condition, values = (
                    f"folded = ? OR {condition}",
                    [between(folded)[0], *between(f"{folded} ")],
                )
            rows = self._connection.execute(f"SELECT entity FROM entity_names WHERE {condition}", values)
            given = self._given.beginning(folded) if name.endswith("*") else self._given.called(folded)
            found = self._of_type(chain((entity for (entity,) in rows), given))
        wanted = np.zeros(len(self._canonical), bool)
        wanted[found[found >= 0]] = True
        return np.concatenate((found[found < 0], np.flatnonzero(wanted.take(self._canonical))))

    def _called(self, folded: str) -> list[int]:
        """The entities of which this is one of the names, not a part of one."""
        rows = self._connection.execute(
            "SELECT entity FROM entity_names WHERE folded = ?", between(folded)[:1]
        )
        leaders = self._of_type(chain((entity for (entity,) in rows), self._given.called(folded)))
        described = self._decided.described(self._connection, leaders.tolist())
        return [
            leader
            for leader, entity in described.items()
            if any(fold(name) == folded for name in (entity.name, *entity.aliases))
        ]

    def written(self, entities: NDArray[np.int64]) -> list[str]:
        """How articles write the names of these recognised entities, the most frequent spelling first.

        As for `named`, numbers below 0 are entities that nothing recognised is.
        """
        numbers: Sequence[int] = entities.tolist()
        apart = [self._given.overlay.apart[number] for number in numbers if number < 0]
        if len(numbers) > _MOST_WRITTEN:
            numbers = self._commonest(numbers, _MOST_WRITTEN)
        counts: dict[str, int] = {}
        for marks, chunk in chunked(numbers):
            rows = self._connection.execute(
                f"SELECT text, sum(count) FROM surfaces WHERE entity IN ({marks}) GROUP BY text", chunk
            )
            for text, count in rows:
                counts[text] = counts.get(text, 0) + count
        for entity in apart:
            counts.update(dict.fromkeys((entity.name, *entity.aliases), entity.mentions))
        return sorted(counts, key=lambda text: (-counts[text], text))

    # While it is typed

    def like(self, typed: str, limit: int) -> list[tuple[str, int]]:
        """Names of entities one of whose names has a word that begins as typed, or, of several words, each of them.

        Returns:
            (name, articles), most articles first. Where nothing is typed, of all; where many begin so, all of the
            commonest are looked through, and only some of the others.
        """
        folded = fold(typed)
        if not folded:
            return [] if typed.strip() else self._best(self._top_numbers(2 * limit), limit)
        numbers = self._beginning(folded)
        begins = [folded]
        if not numbers and len(folded.split()) > 1:
            begins = folded.split()
            numbers = self._beginning(*begins)
        if len(numbers) <= _MOST_BEGUN:
            return self._best(numbers, limit)

        def fits(names: list[str]) -> bool:
            return any(all(f" {begin}" in f" {fold(name)}" for begin in begins) for name in names)

        common = self._best(self._top_numbers(_MOST_COMMON), limit, fits)
        if len(common) < limit:
            rarer = dict(self._best(numbers, limit)) | dict(common)
            common = sorted(rarer.items(), key=lambda one: (-one[1], one[0]))
        return common[:limit]

    def near(self, typed: str, limit: int) -> list[tuple[str, int]]:
        """As `like`, of names that have a word that begins nearly so: one letter put in, left out, changed or swapped.

        The beginnings that are a slip away are looked up one and all: some hundreds, of which few names have any.
        """
        folded = fold(typed)
        if not _SHORTEST_NEAR <= len(folded) <= _LONGEST_NEAR:
            return []
        ranges: list[tuple[str, str]] = []
        slips = _slips(folded)
        for _, chunk in chunked(sorted(slips)):
            rows = self._connection.execute(
                f"WITH slips (low) AS (VALUES {','.join('(?)' for _ in chunk)}) SELECT low FROM slips WHERE EXISTS"
                " (SELECT 1 FROM entity_names WHERE folded >= low AND folded < low || char(1114111))",
                chunk,
            )
            ranges += (between(low) for (low,) in rows.fetchall())
        found = set(self._given.beginning_in(slips, {len(slip) for slip in slips}))
        for low, high in ranges:
            rows = self._connection.execute(
                "SELECT entity FROM entity_names WHERE folded >= ? AND folded < ?", (low, high)
            )
            found.update(entity for (entity,) in rows)
        numbers = list(found) if len(found) <= _MOST_NEAR else self._commonest(found, _MOST_NEAR)
        known = self._best(numbers, len(numbers))
        first = f" {folded[0]}"
        known.sort(key=lambda one: -one[1] * (_LIKELIER if first in f" {fold(one[0])}" else 1))
        return known[:limit]

    def _beginning(self, *begins: str) -> list[int]:
        """Recognised entities one of whose names has words that begin so, at most one more than are looked at."""
        first, *others = sorted(begins, key=len, reverse=True)
        more = " AND entity IN (SELECT entity FROM entity_names WHERE folded >= ? AND folded < ?)" * len(
            others
        )
        rows = self._connection.execute(
            f"SELECT DISTINCT entity FROM entity_names WHERE folded >= ? AND folded < ?{more} LIMIT ?",
            (*between(first), *(end for other in others for end in between(other)), _MOST_BEGUN + 1),
        )
        found = [entity for (entity,) in rows]
        given = set(self._given.beginning(first)).intersection(*map(self._given.beginning, others))
        return [*given, *found]

    def _commonest(self, numbers: Iterable[int], most: int) -> list[int]:
        """Those of these recognised entities that most articles name."""
        wanted = set(numbers)
        apart = sorted(wanted & self._given.overlay.apart.keys())  # few: the reader took each out
        most = max(most - len(apart), 0)
        if len(wanted) > _MANY:  # then many of them are among the first
            rows = self._connection.execute(
                "SELECT number FROM entities WHERE articles > 0 ORDER BY articles DESC, mentions DESC"
            )
            return [*apart, *islice((number for (number,) in rows if number in wanted), most)]
        counted: list[tuple[int, int]] = []
        for marks, chunk in chunked(sorted(wanted)):
            rows = self._connection.execute(
                f"SELECT -articles, number FROM entities WHERE number IN ({marks})", chunk
            )
            counted += rows.fetchall()
        return [*apart, *(number for _, number in sorted(counted)[:most])]

    def _top_numbers(self, most: int) -> list[int]:
        """Entities of the type, with nearly all of those that most articles name."""
        typed, values = ("AND type = ?", [self._type]) if self._type else ("", [])
        top = f"{typed} ORDER BY articles DESC, mentions DESC LIMIT ?"
        rows = self._connection.execute(
            f"SELECT number FROM (SELECT number FROM entities WHERE articles > 0 {top})"
            f" UNION SELECT entity FROM (SELECT entity FROM joined WHERE 1 {top})",
            [*values, most, *values, most],
        )
        known = self._given.overlay
        return [*known.entities, *known.apart, *(number for (number,) in rows)]

    def _best(
        self, numbers: Sequence[int], limit: int, fits: Callable[[list[str]], bool] = lambda names: True
    ) -> list[tuple[str, int]]:
        """(name, articles) of these recognised entities, most articles first, each name once."""
        known = self._decided.described(self._connection, self._of_type(numbers).tolist()).values()
        found: dict[str, int] = {}
        for entity in sorted(known, key=lambda entity: (-entity.articles, entity.name)):
            if len(found) == limit:
                break
            if entity.name not in found and fits([entity.name, *entity.aliases]):
                found[entity.name] = entity.articles
        return list(found.items())

    def _of_type(self, numbers: Iterable[int]) -> NDArray[np.int64]:
        """The entities that these recognised ones are, each once, those of the type alone."""
        import numpy as np

        raw = np.fromiter(numbers, np.int64)
        led = raw[(raw >= 0) & (raw < len(self._canonical))]
        entities = np.unique(self._canonical.take(led).astype(np.int64))
        kinds = self._kinds.take(entities[entities < len(self._kinds)])
        wanted = kinds > 0 if self._type is None else kinds == 1 + MENTION_TYPES.index(self._type)
        known = self._given.overlay.apart
        apart = [n for n in np.unique(raw[raw < 0]).tolist() if self._type in (None, known[n].type)]
        return np.concatenate((np.array(apart, np.int64), entities[: len(kinds)][wanted]))


def _slips(text: str) -> set[str]:
    """What a slip makes of a text: one letter left out, put in, changed, or swapped with the next."""
    letters = "".join(sorted({*_LETTERS, *text, *(char for other in text for char in _neighbours(other))}))
    slips = {text[:at] + text[at + 1 :] for at in range(len(text))}
    for at in range(len(text) + 1):
        begin, rest = text[:at], text[at:]
        if len(rest) > 1:
            slips.add(begin + rest[1] + rest[0] + rest[2:])
        for letter in letters:
            slips.add(begin + letter + rest)
            if rest:
                slips.add(begin + letter + rest[1:])
    slips.discard(text)
    return {between(slip)[0] for slip in slips}


def _neighbours(letter: str) -> str:
    """Letters of a script that is not Latin, as far as they stand near this one in Unicode: where its alphabet is."""
    if letter.isascii() or not letter.isalpha():
        return ""
    first = ord(letter) & ~0x3F
    return "".join(
        char for char in map(chr, range(first, first + 0x40)) if char.isalpha() and fold(char) == char
    )
