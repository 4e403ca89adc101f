"""Leaves of the query tree that Whoosh does not have.

`tui.index.evaluate` answers them from arrays. `ArticleSet` also answers Whoosh's own searcher, so anything can be
handed to it with the other leaves replaced by sets.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import query
from whoosh.matching import ListMatcher, NullMatcher

from tui.index.arrays import ArrayFile


class _Leaf(query.Query):  # type: ignore[misc]
    """A leaf; equal where what it asks is equal."""

    boost = 1.0

    def _asks(self) -> tuple[Any, ...]:
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, _Leaf) and other._asks() == self._asks()

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._asks()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._asks()!r}"

    def __str__(self) -> str:
        return repr(self)

    def is_leaf(self) -> bool:
        return True

    def estimate_size(self, ixreader: Any) -> int:
        return int(ixreader.doc_count_all())

    def estimate_min_size(self, ixreader: Any) -> int:
        return 0

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        raise NotImplementedError(f"{type(self).__name__} is answered by tui.index.evaluate")


class Word(_Leaf):
    """A word and every surface that shares its stem, in the languages that the corpus has."""

    def __init__(self, fieldname: str, surface: str, boost: float = 1.0) -> None:
        self.fieldname, self.surface, self.boost = fieldname, surface, boost

    def _asks(self) -> tuple[Any, ...]:
        return (self.fieldname, self.surface, self.boost)


class Element(NamedTuple):
    """One word of a `Sequence`."""

    surface: str
    prefix: bool = False
    """Whether any word that begins so will do."""
    gap: int = 1
    """How many positions after the element before it this one stands at least; of the first, nothing."""


class Sequence(_Leaf):
    """Words one after the other, each with the surfaces of its stem.

    Args:
        fieldname: where.
        elements: at least one.
        slop: 1 where nothing may come between, as in Whoosh's `Phrase`.
        boost: what its score is multiplied by.
    """

    def __init__(
        self, fieldname: str, elements: tuple[Element, ...], slop: int = 1, boost: float = 1.0
    ) -> None:
        self.fieldname, self.elements, self.slop, self.boost = fieldname, elements, slop, boost

    def _asks(self) -> tuple[Any, ...]:
        return (self.fieldname, self.elements, self.slop, self.boost)


class Days(_Leaf):
    """Articles of the days from `first` to `last`, ordinals, both included."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last

    def _asks(self) -> tuple[Any, ...]:
        return (self.first, self.last)


class InLanguage(_Leaf):
    """Articles of one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def _asks(self) -> tuple[Any, ...]:
        return (self.language,)


class FromSource(_Leaf):
    """Articles of a source, named whole, by its first labels (`thornbury-post`), or by how it begins."""

    def __init__(self, source: str, prefix: bool = False) -> None:
        self.source, self.prefix = source, prefix

    def _asks(self) -> tuple[Any, ...]:
        return (self.source, self.prefix)


class Naming(_Leaf):
    """Articles that name an entity.

    Args:
        entities: those that were recognised and may be meant, by number.
        numbers: uint32, ascending: the articles; None where they are looked for in the segments.
    """

    def __init__(self, entities: NDArray[np.int64], numbers: NDArray[np.uint32] | None = None) -> None:
        self.entities, self.numbers = entities, numbers

    def _asks(self) -> tuple[Any, ...]:
        return (self.entities.tobytes(),)

    def __repr__(self) -> str:
        return f"Naming({len(self.entities)} entities)"


class ArticleSet(_Leaf):
    """Articles that something else decided on: what the reader has marked, or a story has.

    Args:
        numbers: uint32, ascending.
    """

    def __init__(self, numbers: NDArray[np.uint32]) -> None:
        self.numbers = numbers

    def _asks(self) -> tuple[Any, ...]:
        return (self.numbers.tobytes(),)

    def __repr__(self) -> str:
        return f"ArticleSet({len(self.numbers)} articles)"

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        reader = searcher.reader()
        segment = reader.segment()
        numbers = ArrayFile(segment.path(Path(reader.storage().folder)))["number"]
        found = np.flatnonzero(np.isin(numbers, self.numbers)).tolist()
        documents = [document for document in found if not segment.is_deleted(document)]
        return ListMatcher(documents, all_weights=self.boost) if documents else NullMatcher()
