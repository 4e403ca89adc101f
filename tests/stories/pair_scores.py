"""How well pairs and sentences that were found fit those that people labelled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tests.stories.labelled_pairs import LabelledReports, PairText
from tui.article import Article, Mention, Span
from tui.entities import Recogniser, recognise_article
from tui.stories.values import PAIR_KINDS, PairKind, Sentence, Side


class Found(NamedTuple):
    """Counts of what was found and what there is."""

    right: int = 0
    found: int = 0
    labelled: int = 0

    def __add__(self, other: object) -> Found:
        assert isinstance(other, Found)
        return Found(*(one + another for one, another in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """0 to 1."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """0 to 1."""
        return self.right / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        """0 to 1."""
        return 2 * self.right / (self.found + self.labelled) if self.found + self.labelled else 0.0


def found(predicted: Iterable[object], labelled: Iterable[object]) -> Found:
    """Of two sets."""
    one, other = set(predicted), set(labelled)
    return Found(len(one & other), len(one), len(other))


@dataclass(frozen=True, slots=True)
class Places:
    """Which labelled sentence each found one is (mostly) of; those that are left out in the labels are none."""

    left: Mapping[int, int]
    right: Mapping[int, int]

    @classmethod
    def of(cls, labels: LabelledReports, left: Sequence[Sentence], right: Sequence[Sentence]) -> Places:
        """Of the sentences of two articles."""
        return cls(_placed(left, labels.left_sentences), _placed(right, labels.right_sentences))

    def pairs(self, pairs: Iterable[tuple[int, int, PairKind]]) -> dict[tuple[int, int], PairKind]:
        """Pairs of labelled sentences; of several kinds the one that is most alike."""
        placed: dict[tuple[int, int], PairKind] = {}
        for left, right, kind in pairs:
            if left in self.left and right in self.right:
                pair = self.left[left], self.right[right]
                placed[pair] = min(kind, placed.get(pair, kind), key=PAIR_KINDS.index)
        return placed


def _placed(sentences: Sequence[Sentence], labelled: Sequence[Span]) -> dict[int, int]:
    placed = {}
    for index, sentence in enumerate(sentences):
        overlaps = [
            (min(sentence.end, span.end) - max(sentence.start, span.start), -number)
            for number, span in enumerate(labelled)
            if span.paragraph == sentence.paragraph
        ]
        overlap, number = max(overlaps, default=(0, 0))
        if overlap > 0:
            placed[index] = -number
    return placed


def scores(
    labels: LabelledReports, places: Places, pairs: Mapping[tuple[int, int], PairKind]
) -> dict[str, Found]:
    """By what is scored: pairs whatever their kind, each kind, and sentences that only one side has."""
    gold = {(pair.left, pair.right): pair.kind for pair in labels.pairs}
    counted = {"pairs": found(pairs, gold)}
    for kind in PAIR_KINDS:
        counted[kind] = found(
            (pair for pair, one in pairs.items() if one == kind),
            (pair for pair, one in gold.items() if one == kind),
        )
    for name, side, sentences, there in (
        ("only left", 0, labels.left_sentences, places.left),
        ("only right", 1, labels.right_sentences, places.right),
    ):
        everywhere = range(len(sentences))
        paired, labelled = {pair[side] for pair in pairs}, {pair[side] for pair in gold}
        counted[name] = found(
            (number for number in set(there.values()) if number not in paired),
            (number for number in everywhere if number not in labelled),
        )
    return counted


def divided(article: Article, sentences: Sequence[Sentence], labelled: Sequence[Span]) -> Found:
    """Sentences with the same letters and digits as a labelled one; those elsewhere are not counted."""

    def key(paragraph: int, start: int, end: int) -> tuple[int, int, int] | None:
        text = article.paragraphs[paragraph]
        marks = [position for position in range(start, end) if text[position].isalnum()]
        return (paragraph, marks[0], marks[-1]) if marks else None

    ours = {
        key(*one[:3])
        for one in sentences
        if any(one.paragraph == s.paragraph and one.start < s.end and s.start < one.end for s in labelled)
    }
    return found(ours - {None}, {key(span.paragraph, span.start, span.end) for span in labelled})


def with_names(pair: PairText, recogniser: Recogniser) -> tuple[Side, Side]:
    """The articles of a pair as they are compared from files: with the names recognised in each."""
    left, right = (
        Side(
            side.article,
            mentions=tuple(Mention(*one[:5]) for one in recognise_article(side.article, recogniser)),
        )
        for side in (pair.left, pair.right)
    )
    return left, right
