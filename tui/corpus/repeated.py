"""Which paragraphs of articles their sources repeat, as the store has it. For any thread; imports no NumPy."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from sys import byteorder
from threading import Lock

from tui.corpus.store import Store, chunked
from tui.errors import CorpusDamaged

_MOST_SOURCES = 1_000
"""Sources whose boilerplate is remembered, for as long as nothing is indexed."""


class Repeated:
    """The boilerplate of a store's articles."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._known: tuple[int, dict[int, frozenset[int]]] = -1, {}

    def of(self, numbers: Sequence[int]) -> dict[int, frozenset[int]]:
        """The paragraphs of each article that are boilerplate; articles without any are left out."""
        keys: list[tuple[int, int, bytes]] = []
        with self._store.snapshot() as connection:
            (generation,) = connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
            for marks, chunk in chunked(numbers):
                keys += connection.execute(
                    "SELECT number, source, keys FROM articles JOIN paragraph_keys USING (number)"
                    f" WHERE source IS NOT NULL AND number IN ({marks})",
                    chunk,
                ).fetchall()
            with self._lock:
                known = self._known[1] if self._known[0] == generation else {}
            missing = sorted({source for _, source, _ in keys} - known.keys())
            found = dict.fromkeys(missing, frozenset[int]())
            for marks, chunk in chunked(missing):
                rows = connection.execute(
                    f"SELECT source, keys FROM boilerplate WHERE source IN ({marks})", chunk
                )
                found.update((source, frozenset(_numbers(packed))) for source, packed in rows)
        if len(known) + len(found) > _MOST_SOURCES:
            known = {}
        known = {**known, **found} if found else known
        with self._lock:
            self._known = generation, known
        boilerplate: dict[int, frozenset[int]] = {}
        for number, source, packed in keys:
            repeated = known.get(source) or found.get(source)
            if repeated:
                indices = frozenset(at for at, key in enumerate(_numbers(packed)) if key and key in repeated)
                if indices:
                    boilerplate[number] = indices
        return boilerplate


def _numbers(packed: bytes) -> array[int]:
    """What the store keeps as uint32.

    Raises:
        CorpusDamaged: It does not.
    """
    if len(packed) % 4:
        raise CorpusDamaged("What sources repeat is damaged in the store: run `broadsheet doctor --fix`")
    numbers = array("I", packed)
    if byteorder == "big":
        numbers.byteswap()
    return numbers
