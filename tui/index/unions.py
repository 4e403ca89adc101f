"""What any of several parts finds: by adding up where the documents are many, by looking them up where they are few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.index.parts import DENSE, Constant, Here, Lead, Part, Scores
from tui.index.results import Sort
from tui.index.sets import Docs, Flags, flagged, places, united
from tui.index.snapshot import K1
from tui.index.topk import best


class Union(Part):
    """What any part finds; the scores added up, times `boost`."""

    def __init__(self, here: Here, parts: Sequence[Part], boost: float = 1.0) -> None:
        super().__init__(here, sum(part.size for part in parts))
        self.parts = [part for part in parts if part.size]
        self._boost = boost
        self.scored = any(part.scored for part in self.parts)
        self.positive = boost > 0 and all(part.positive for part in self.parts)

    def _find(self) -> NDArray[Any]:
        parts = self.parts
        if len(parts) == 1:
            return parts[0].found
        if sum(part.size for part in parts) * DENSE < self.here.documents:
            lists = [part.docs() for part in parts]
            return united(lists) if lists else np.zeros(0, np.int64)
        flags: Flags | None = None
        for part in parts:
            self.here.check()
            found = part.found
            if flags is None:
                flags = found.copy() if found.dtype == np.bool_ else flagged(found, self.here.documents)
            elif found.dtype == np.bool_:
                flags |= found
            else:
                flags[found] = True
        return np.zeros(0, np.int64) if flags is None else flags

    def scores(self, docs: Docs) -> Scores:
        """What the parts say, added up."""
        return self.share(docs)

    def share(self, docs: Docs) -> Scores:
        """The same."""
        totals = np.zeros(len(docs), self.here.kind)
        for part in self.parts:
            if part.scored:
                self.here.check()
                totals += part.share(docs)
        return totals if self._boost == 1.0 else totals * self.here.kind(self._boost)

    def add(self, totals: Scores) -> None:
        """Each part adds its own, the largest first."""
        if self._boost != 1.0:
            super().add(totals)
            return
        for part in self.parts:
            self.here.check()
            part.add(totals)

    def best(self, count: int, sort: Sort) -> tuple[Docs, Scores | None]:
        """By adding up where the documents are many, by looking them up where they are few."""
        if not self.scored or sort != "relevance":
            return super().best(count, sort)
        lead = self.lead()
        if lead is not None:
            return self._best_led(lead, count)
        constant = [part for part in self.parts if isinstance(part, Constant) or not part.scored]
        weighed = Union(self.here, [part for part in self.parts if part not in constant])
        if weighed.size * 8 > self.here.documents or len(constant) > 2:
            return self._best_of_all(count)
        docs = weighed.docs()
        scores = self.share(docs)
        segment = self.here.segment
        docs, kept = best(docs, scores, segment.days, segment.numbers, count, sort)
        assert kept is not None
        highest = sum(part.score for part in constant if isinstance(part, Constant)) * self._boost
        if constant and (len(docs) < count or float(kept.min()) <= highest):
            docs = self._with_constant(constant, weighed, docs, count)
            docs, kept = best(docs, self.share(docs), segment.days, segment.numbers, count, sort)
        return docs, kept

    def lead(self, levelled: Callable[[Scores], Scores] | None = None) -> Lead | None:
        """That of the largest part, if it is much larger than the others together."""
        if self._boost != 1.0 or not self.positive:
            return None
        if not self.parts:
            return None
        main, *others = sorted(self.parts, key=lambda part: -part.size)
        if sum(part.size for part in others) * 2 > main.size:
            return None
        lead = main.lead(levelled)
        return None if lead is None else lead._replace(rest=[*lead.rest, *(part.docs() for part in others)])

    def _best_of_all(self, count: int) -> tuple[Docs, Scores]:
        totals = np.zeros(self.here.documents, self.here.kind)
        self.add(totals)
        if self.positive and self._found is None:
            self._found = self._flags = totals > 0
        segment = self.here.segment
        if self.positive and self.count() >= count:
            found, scores = best(None, totals, segment.days, segment.numbers, count, "relevance")
        else:  # some that are found have no score, and those that are not found have none either
            docs = self.docs()
            found, scores = best(docs, totals.take(docs), segment.days, segment.numbers, count, "relevance")
        assert scores is not None
        return found, scores

    def _with_constant(self, constant: Sequence[Part], weighed: Part, docs: Docs, count: int) -> Docs:
        """The documents, and as many of those that only have constant scores as can stand before them."""
        first = constant[0].flags()
        if len(constant) == 1:
            levels = [first.copy()]
        else:
            second = constant[1].flags()
            levels = [first & second, first & ~second, second & ~first]
        pool = [docs]
        segment = self.here.segment
        all_add = all(isinstance(part, Constant) and part.score > 0 for part in constant)
        for level in levels:
            level[weighed.docs()] = False
            few, _ = best(places(level), None, segment.days, segment.numbers, count, "newest")
            pool.append(few)
            if len(few) == count and level is levels[0] and all_add:
                break  # these have the scores of all constant parts: no other can come before them
        return np.sort(np.concatenate(pool))


class Fielded(Union):
    """One word in several fields: what the fields say is added up before it levels off (BM25F).

    Args:
        parts: of each field, with scores from `tui.index.words.field_table`.
        weight: what the word's rarity says.
    """

    def __init__(self, here: Here, parts: Sequence[Part], weight: float) -> None:
        super().__init__(here, parts)
        self._weight = weight
        self.positive = self.positive and weight > 0

    def _levelled(self, sums: Scores) -> Scores:
        levelled: Scores = sums * self.here.kind(self._weight * (K1 + 1)) / (sums + self.here.kind(K1))
        return levelled

    def share(self, docs: Docs) -> Scores:
        """What all fields together say."""
        return self._levelled(super().share(docs))

    def add(self, totals: Scores) -> None:
        """What all fields together say: the most common term's by a table, then the others' documents one by one."""
        lead = self.lead()
        if lead is not None:
            docs = lead.pick(None)
            rest = united(lead.rest) if lead.rest else docs[:0]
            before = totals.take(rest)
            totals[docs] += lead.scores
            totals[rest] = before + self.share(rest)
        elif self.size * 8 < self.here.documents:
            docs = self.docs()
            totals[docs] += self.share(docs)
        else:
            sums = np.zeros_like(totals)
            super().add(sums)
            totals += self._levelled(sums)

    def lead(self, levelled: Callable[[Scores], Scores] | None = None) -> Lead | None:
        """That of the largest field."""
        return super().lead(self._levelled) if levelled is None else None


class Greatest(Union):
    """What any part finds, with the greatest of the parts' scores."""

    def share(self, docs: Docs) -> Scores:
        """The greatest that a part says."""
        totals = np.zeros(len(docs), self.here.kind)
        for part in self.parts:
            if part.scored:
                np.maximum(totals, part.share(docs), out=totals)
        return totals if self._boost == 1.0 else totals * self.here.kind(self._boost)

    def add(self, totals: Scores) -> None:
        """The greatest."""
        Part.add(self, totals)

    def lead(self, levelled: Callable[[Scores], Scores] | None = None) -> Lead | None:
        """None."""
        return None

    def best(self, count: int, sort: Sort) -> tuple[Docs, Scores | None]:
        """Of all that are found."""
        return Part.best(self, count, sort)
