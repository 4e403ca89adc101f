"""What the teacher learns from, in two rounds: much that others or a machine have marked, then what we marked."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from tests.making.documents import Annotated
from tests.making.windows import recased
from tui.article import MentionType

_GOLD = (("wnut", 2500, 0.7), ("btc", 4000, 0.7), ("ewt", None, 1.0), ("gum", None, 1.0))
"""Sets, how many of their sentences at most, and what a piece of them counts."""
_SHORTEST = 20
"""Characters; shorter sentences of gold sets teach little."""
_NEWS, _PAGES = 7500, 2600
"""Paragraphs with first labels."""
_FIRST_LABELS_WEIGHT = 0.8
_OFTEN, _MOSTLY = 4, 0.7
"""A name that has one type in this share of at least so many places has it everywhere."""

_TIMES = 2
"""How often our own annotated documents are shown in the second round."""
_GOLD_AGAIN = (("ewt", None, 0.7), ("wnut", 500, 0.5), ("btc", 700, 0.5), ("gum", 900, 0.5))
_TABLES_WEIGHT = 0.6
_TABLE_LINES = 0.6
"""The share of the made-up lines that are shown."""


class Lesson(NamedTuple):
    """A line of text as it is shown."""

    text: Annotated
    weight: float
    """Of each piece."""


def first_round(
    gold: Iterable[Annotated], labelled: Iterable[Annotated], chance: random.Random
) -> Iterator[Lesson]:
    """The gold sets, and paragraphs with first labels."""
    for source, sentences in by_set(gold, _SHORTEST).items():
        chance.shuffle(sentences)
        most, weight = next((most, weight) for name, most, weight in _GOLD if name == source)
        for sentence in sentences[:most]:
            yield _shown(sentence, weight, chance)
    drawn = list(labelled)
    types = settled_types(drawn)
    chance.shuffle(drawn)
    news = [paragraph for paragraph in drawn if paragraph.source != "wikipedia"]
    pages = [paragraph for paragraph in drawn if paragraph.source == "wikipedia"]
    for paragraph in news[:_NEWS] + pages[:_PAGES]:
        names = tuple(
            (start, end, types.get(paragraph.text[start:end], kind)) for start, end, kind in paragraph.names
        )
        yield _shown(replace(paragraph, names=names), _FIRST_LABELS_WEIGHT, chance)


def second_round(
    ours: Sequence[Annotated], gold: Iterable[Annotated], tables: Iterable[Annotated], chance: random.Random
) -> Iterator[Lesson]:
    """What we annotated, some of the gold sets so that these are not forgotten, and made-up results."""
    for document in [*ours] * _TIMES:
        for line in lines_of(document):
            yield _shown(line, 1.0, chance)
    sets = by_set(gold)
    for source, most, weight in _GOLD_AGAIN:
        for sentence in sets[source] if most is None else chance.sample(sets[source], most):
            yield _shown(sentence, weight, chance)
    for table in tables:
        for line in lines_of(table):
            if chance.random() < _TABLE_LINES:
                yield _shown(line, _TABLES_WEIGHT, chance)


def by_set(gold: Iterable[Annotated], shortest: int = 0) -> Mapping[str, list[Annotated]]:
    """The sentences of each set that have more characters than that."""
    sets: defaultdict[str, list[Annotated]] = defaultdict(list)
    for sentence in gold:
        if len(sentence.text) > shortest:
            sets[sentence.source].append(sentence)
    return sets


def settled_types(paragraphs: Iterable[Annotated]) -> dict[str, MentionType]:
    """The type of each name that has mostly one."""
    counts: defaultdict[str, Counter[MentionType]] = defaultdict(Counter)
    for paragraph in paragraphs:
        for start, end, kind in paragraph.names:
            counts[paragraph.text[start:end]][kind] += 1
    types = {}
    for name, count in counts.items():
        kind, times = count.most_common(1)[0]
        if count.total() >= _OFTEN and times >= _MOSTLY * count.total():
            types[name] = kind
    return types


def lines_of(document: Annotated) -> Iterator[Annotated]:
    """Each line that isn't empty, with its names."""
    offset = 0
    for line in document.text.split("\n"):
        end = offset + len(line)
        names = tuple(
            (first - offset, last - offset, kind)
            for first, last, kind in document.names
            if offset <= first and last <= end
        )
        if line.strip():
            yield replace(document, text=line, names=names)
        offset = end + 1


def _shown(text: Annotated, weight: float, chance: random.Random) -> Lesson:
    return Lesson(replace(text, text=recased(text.text, chance)), weight)
