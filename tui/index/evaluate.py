"""A query tree, over arrays: what the whole index has to say of it first, then what each segment finds.

Whoosh's own nodes score as Whoosh computes it, so that its own searcher can check them, but where that is by accident
(a `NOT` adds nothing to a score, a prefix has one score for all). What people type is made of nodes of ours, and a word
of theirs counts as one with all surfaces of its stem, its frequency in a document the sum of theirs, in all fields at
once: BM25F, in which a word that a title has already said adds little when the text says it again. The documents that
have it are taken for as many as those of all its surfaces in the field with most, at most all that there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import log
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import query
from whoosh.searching import Searcher

from tui.folding import fold
from tui.index.decided import documents_naming
from tui.index.gather import Gatherer, Members
from tui.index.nodes import ArticleSet, Days, Element, FromSource, InLanguage, Naming, Sequence, Word
from tui.index.parts import (
    Complement,
    Constant,
    Everything,
    Here,
    Intersection,
    Listed,
    Maybe,
    Nothing,
    Part,
    Plan,
)
from tui.index.phrases import Phrase, Step, Stretch
from tui.index.sets import chosen, flagged
from tui.index.snapshot import Snapshot
from tui.index.suggest import source_like
from tui.index.terms import encode
from tui.index.unions import Fielded, Greatest, Union
from tui.index.words import Fitting, Marked, Posted, field_table, score_table

MOST_LEAVES = 1_000
"""Words and conditions of a tree that are looked at; a note says so where there are more."""
DEEPEST = 100
"""How many nodes of a tree may stand in one another; deeper ones are left out, with a note."""


class Found(NamedTuple):
    """What a tree finds in the whole index."""

    docs: NDArray[np.int64]
    """Numbered through all segments, ascending; none that was deleted."""
    scores: NDArray[Any]
    """Aligned."""


class Evaluator:
    """Answers queries on one snapshot.

    Args:
        snapshot: where.
        cancelled: asked every few milliseconds of work; SearchCancelled is raised when it says so.
        note: told what of a query could not be done as it was asked.
        kind: float32, or float64 to compare with Whoosh's scores.
    """

    def __init__(
        self, snapshot: Snapshot, cancelled: Callable[[], bool], note: Callable[[str], None],
        kind: type[np.floating[Any]] = np.float32,
    ) -> None:  # fmt: skip
        self.snapshot = snapshot
        self.gather = Gatherer(snapshot, cancelled, note)
        self._note = note
        self._kind = kind
        self._leaves = self._depth = 0
        self._branches: dict[type, Callable[[Any], Plan | None]] = {
            query.And: self._and,
            query.Or: lambda node: self._or(node, Union),
            query.DisjunctionMax: lambda node: self._or(node, Greatest),
            query.Not: self._not,
            query.AndNot: self._and_not,
            query.AndMaybe: self._and_maybe,
            query.Require: self._require,
            query.ConstantScoreQuery: self._constant,
        }
        self._leaf_plans: dict[type, Callable[[Any], Plan]] = {
            query.Every: lambda node: Everything,
            query.Term: self._term,
            query.Prefix: self._prefix,
            query.Wildcard: self._wildcard,
            query.FuzzyTerm: self._fuzzy,
            query.TermRange: self._range,
            query.Phrase: self._phrase,
            Word: self._word,
            Sequence: self._sequence,
            Days: self._days,
            InLanguage: self._language,
            FromSource: self._source,
            ArticleSet: self._set,
            Naming: self._naming,
        }

    def heres(self) -> Iterator[tuple[Here, NDArray[np.int64]]]:
        """The segments that have articles, and the deleted documents of each."""
        for place, (segment, dead) in enumerate(zip(self.snapshot.segments, self.snapshot.dead, strict=True)):
            if segment.count:
                yield Here(segment, place, self._kind, self.gather.check), dead

    def answer(self, tree: Any) -> Found:
        """All documents that the tree finds, with their scores; None is everything."""
        plan = self.plan(tree)
        docs, scores = [np.zeros(0, np.int64)], [np.zeros(0, self._kind)]
        for here, dead in self.heres():
            part = plan(here)
            found = chosen(part.docs(), ~flagged(dead, here.documents).take(part.docs()))
            docs.append(found + self.snapshot.bases[here.place])
            scores.append(part.scores(found))
        return Found(np.concatenate(docs), np.concatenate(scores))

    def plan(self, tree: Any) -> Plan:
        """What to do in each segment, with all that has to be known of the others."""
        self._leaves = self._depth = 0
        planned = Everything if tree is None else self._plan(tree)
        return planned or Nothing

    def _plan(self, node: Any) -> Plan | None:
        """The plan of one branch; None for one that is left out, since there are too many."""
        branch = self._branches.get(type(node))
        if branch is None:
            if not self._has_room():
                return None
            return self._leaf_plans.get(type(node), self._ask_whoosh)(node)
        if self._depth >= DEEPEST:
            self._note(f"what stands in more than {DEEPEST} others was left out")
            return None
        self._depth += 1
        try:
            return branch(node)
        finally:
            self._depth -= 1

    def _has_room(self) -> bool:
        """Whether one more leaf is looked at."""
        self.gather.check()
        self._leaves += 1
        if self._leaves > MOST_LEAVES:
            self._note(f"only the first {MOST_LEAVES:,} words and conditions were searched")
        return self._leaves <= MOST_LEAVES

    def _plans(self, nodes: Any) -> list[Plan]:
        return [plan for plan in map(self._plan, nodes) if plan is not None]

    # Branches

    def _and(self, node: Any) -> Plan | None:
        """All of the parts; what must not be there is taken out last, and adds nothing to a score."""
        nodes = _flat(node, query.And)
        parts = self._plans(n for n in nodes if not isinstance(n, query.Not | query.Every))
        without = self._plans(n.query for n in nodes if isinstance(n, query.Not))
        if not parts and not without and not any(isinstance(n, query.Every) for n in nodes):
            return None
        return lambda here: Intersection(
            here, [part(here) for part in parts], [part(here) for part in without], node.boost
        )

    def _or(self, node: Any, kind: type[Union]) -> Plan | None:
        nodes = _flat(node, query.Or) if kind is Union else list(node.subqueries)
        words: dict[str, list[Word]] = {}
        if kind is Union:
            for part in nodes:
                if isinstance(part, Word):
                    words.setdefault(part.surface, []).append(part)
            nodes = [part for part in nodes if not isinstance(part, Word)]
        parts = [self._fielded(fields) for fields in words.values() if self._has_room()]
        parts += self._plans(nodes)
        if not parts:
            return None
        return lambda here: kind(here, [part(here) for part in parts], node.boost)

    def _not(self, node: Any) -> Plan | None:
        part = self._plan(node.query)
        return None if part is None else lambda here: Complement(part(here))

    def _and_not(self, node: Any) -> Plan | None:
        part, without = self._plan(node.a), self._plan(node.b)
        if part is None or without is None:
            return part
        return lambda here: Intersection(here, [part(here)], [without(here)])

    def _and_maybe(self, node: Any) -> Plan | None:
        part, other = self._plan(node.a), self._plan(node.b)
        if part is None or other is None:
            return part
        return lambda here: Maybe(part(here), other(here))

    def _require(self, node: Any) -> Plan | None:
        part, other = self._plan(node.a), self._plan(node.b)
        if part is None or other is None:
            return part or other

        def both(here: Here) -> Part:
            scoring = part(here)
            return Intersection(here, [scoring, other(here)], scoring=[scoring])

        return both

    def _constant(self, node: Any) -> Plan | None:
        part = self._plan(node.child)
        return None if part is None else lambda here: Constant(part(here), node.score)

    # Words

    def weighed(self, field: str, surface: str, weight: float) -> Plan:
        """A word with all surfaces of its stem, of this weight and not of what its rarity says."""
        return self._of_weight(field, self.gather.word(field, surface), weight)

    def _weighted(self, field: str, members: list[Members], boost: float) -> Plan:
        """Terms that count as one: how rare they are is a matter of the whole index."""
        frequency = self.gather.frequency(field, members)
        idf = log(self.snapshot.count / (frequency + 1)) + 1 if frequency else 0.0
        return self._of_weight(field, members, boost * idf)

    def _of_weight(self, field: str, members: list[Members], weight: float) -> Plan:
        table = score_table(self.snapshot.length_norms(field), weight, self._kind)

        return lambda here: Posted(here, field, members[here.place], table)

    def _term(self, node: Any) -> Plan:
        return self._weighted(node.fieldname, self.gather.exact(node.fieldname, _text(node.text)), node.boost)

    def _word(self, node: Word) -> Plan:
        return self._fielded([node])

    def _fielded(self, nodes: list[Word]) -> Plan:
        """One word in several fields: BM25F (Robertson & Zaragoza 2009, eq. 3.17 to 3.20)."""
        members = [self.gather.word(node.fieldname, node.surface) for node in nodes]
        frequencies = [
            self.gather.frequency(node.fieldname, terms) for node, terms in zip(nodes, members, strict=True)
        ]
        weight = _rarity(self.snapshot.count, max(frequencies))
        tables = [
            field_table(self.snapshot.length_norms(node.fieldname), node.boost, self._kind) for node in nodes
        ]

        def find(here: Here) -> Part:
            fields = zip(nodes, members, tables, strict=True)
            parts = [Posted(here, node.fieldname, terms[here.place], table) for node, terms, table in fields]
            return Fielded(here, parts, weight)

        return find

    def _beginning(self, field: str, prefix: str) -> Plan:
        ranges, begins = self.gather.prefix(field, prefix), encode(prefix)
        return lambda here: Marked(here, field, *ranges[here.place], begins)

    def _prefix(self, node: Any) -> Plan:
        find = self._beginning(node.fieldname, node.text)
        return lambda here: Constant(find(here), node.boost)

    def _wildcard(self, node: Any) -> Plan:
        numbers = self.gather.wildcard(node.fieldname, node.text)

        def cut() -> None:
            self._note(f"{node.text} fits very many words: of the rare ones not all were looked at")

        return lambda here: Constant(Fitting(here, node.fieldname, numbers[here.place], cut), node.boost)

    def _fuzzy(self, node: Any) -> Plan:
        numbers = self.gather.fuzzy(node.fieldname, node.text, node.maxdist, node.prefixlength)
        return lambda here: Constant(
            Fitting(here, node.fieldname, numbers[here.place], lambda: None), node.boost
        )

    def _range(self, node: Any) -> Plan:
        ranges = []
        for segment in self.snapshot.segments:
            terms = segment.terms(node.fieldname)
            low = 0 if node.start is None else terms.lower_bound(encode(_text(node.start)))
            if node.startexcl and node.start is not None:
                low += terms.find(encode(_text(node.start))) >= 0
            high = len(terms)
            if node.end is not None:
                end = encode(_text(node.end))
                high = terms.lower_bound(end) + (not node.endexcl and terms.find(end) >= 0)
            ranges.append((low, max(low, high)))
        return lambda here: Constant(Marked(here, node.fieldname, *ranges[here.place]), node.boost)

    # Phrases

    def _phrase(self, node: Any) -> Plan:
        """Whoosh's own phrase: the words as they are."""
        elements = [self._exactly(node.fieldname, _text(word)) for word in node.words]
        return self._in_order(node.fieldname, elements, [1] * len(elements), node.slop, node.boost)

    def _sequence(self, node: Sequence) -> Plan:
        elements = [self._element(node.fieldname, element) for element in node.elements]
        gaps = [element.gap for element in node.elements]
        return self._in_order(node.fieldname, elements, gaps, node.slop, node.boost)

    def _exactly(self, field: str, text: str) -> tuple[Plan, list[list[Stretch]]]:
        members = self.gather.exact(field, text)
        return self._weighted(field, members, 1.0), _stretches(members)

    def _element(self, field: str, element: Element) -> tuple[Plan, list[list[Stretch]]]:
        if element.prefix:
            ranges = self.gather.prefix(field, element.surface)
            return self._beginning(field, element.surface), [
                [Stretch(low, high)] if low < high else [] for low, high in ranges
            ]
        members = self.gather.word(field, element.surface)
        return self._weighted(field, members, 1.0), _stretches(members)

    @staticmethod
    def _in_order(
        field: str, elements: list[tuple[Plan, list[list[Stretch]]]], gaps: list[int], slop: int, boost: float
    ) -> Plan:
        def find(here: Here) -> Part:
            steps = [
                Step(plan(here), stretches[here.place], gap)
                for (plan, stretches), gap in zip(elements, gaps, strict=True)
            ]
            return Phrase(here, field, steps, slop, boost) if steps else Nothing(here)

        return find

    # Values

    def _days(self, node: Days) -> Plan:
        first, last = max(node.first, 1), node.last

        def find(here: Here) -> Part:
            days = here.segment.days
            return Listed(here, here.documents, lambda: (days >= first) & (days <= last))

        return find

    def _language(self, node: InLanguage) -> Plan:
        if node.language not in self.snapshot.languages:
            known = ", ".join(sorted(filter(None, self.snapshot.languages)))
            self._note(f"no article in the language {node.language} (lang: {known})")

        def find(here: Here) -> Part:
            if node.language not in here.segment.languages:
                return Nothing(here)
            number = here.segment.languages.index(node.language)
            return Listed(here, here.documents, lambda: here.segment.column("language") == number)

        return find

    def _source(self, node: FromSource) -> Plan:
        name = fold(node.source)
        if node.prefix:
            return self._beginning("source", name)
        members = self.gather.exact("source", name)
        if not any(members) and not self.gather.has_prefix("source", f"{name}."):
            like = source_like(name, self.gather)
            self._note(f"no source of the name {name}" + (f": did you mean {like}?" if like else ""))
        if not any(members):
            return self._beginning("source", f"{name}.")
        # One of exactly that name is meant alone: that is how a facet asks for it.
        return lambda here: Union(
            here, [Marked(here, "source", term, term + 1) for term in members[here.place]]
        )

    def _set(self, node: ArticleSet) -> Plan:
        return lambda here: Listed(here, len(node.numbers), lambda: here.segment.documents(node.numbers))

    def _naming(self, node: Naming) -> Plan:
        if node.numbers is not None:
            return self._set(ArticleSet(node.numbers))
        return lambda here: Listed(
            here, here.documents, lambda: documents_naming(here.segment, node.entities)
        )

    # Anything else

    def _ask_whoosh(self, node: Any) -> Plan:
        """A node that only Whoosh knows: its own matcher, with our leaves answered beforehand."""
        tree = node.accept(self._as_set)
        searcher = Searcher(self.snapshot.reader())
        context = searcher.boolean_context().set(weighting=searcher.weighting)
        docs: list[int] = []
        scores: list[float] = []
        try:
            for leaf, offset in searcher.leaf_searchers():
                matcher = tree.matcher(leaf, context)
                while matcher.is_active():
                    if not len(docs) % 64:
                        self.gather.check()
                    docs.append(matcher.id() + offset)
                    scores.append(matcher.score())
                    matcher.next()
        finally:
            searcher.close()
        all_docs, all_scores = np.array(docs, np.int64), np.array(scores)

        def find(here: Here) -> Part:
            base = self.snapshot.bases[here.place]
            low, high = np.searchsorted(all_docs, [base, base + here.documents])
            return Listed(here, high - low, lambda: all_docs[low:high] - base, all_scores[low:high])

        return find

    def _as_set(self, node: Any) -> Any:
        if isinstance(node, Word | Sequence | Days | InLanguage | FromSource | Naming):
            numbers = []
            plan = self._leaf_plans[type(node)](node)
            for here, _ in self.heres():
                numbers.append(here.segment.numbers.take(plan(here).docs()))
            return ArticleSet(np.unique(np.concatenate([np.zeros(0, np.uint32), *numbers])))
        return node


def _flat(node: Any, kind: Any) -> list[Any]:
    """The parts of a node, and those of parts that are of the same kind and change no score, in their stead."""
    found: list[Any] = []
    waiting: list[Any] = [node]
    while waiting:
        part = waiting.pop()
        if type(part) is kind and (part is node or part.boost == 1.0):
            waiting.extend(reversed(part.subqueries))
        else:
            found.append(part)
    return found


def _rarity(articles: int, frequency: int) -> float:
    """How much a word tells (Robertson & Zaragoza 2009, eq. 3.2), never less than nothing, as Lucene has it."""
    return log(1 + (articles - frequency + 0.5) / (frequency + 0.5)) if frequency else 0.0


def _text(text: str | bytes) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text


def _stretches(members: list[Members]) -> list[list[Stretch]]:
    return [[Stretch(term, term + 1, among) for term, among in terms.items()] for terms in members]
