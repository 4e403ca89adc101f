"""Learns what clues to the order of paragraphs weigh.

    python -m tests.making.paragraph_order SNAPSHOTS OUTPUT

reads news in the order in which it was written and writes OUTPUT, which is `tui/stories/data/paragraph_order.json`.
SNAPSHOTS has the repositories below. Of BASIL only the odd years are learnt from: `python -m tests.bench.order`
measures on the even ones. What it prints is measured on odd years that the weights did not see, a third at a time.
"""

from __future__ import annotations

import html
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.bench.alignment_texts import basil_report, file_of, names_in
from tests.making.held_out import held_out
from tests.making.wikinews import wikinews
from tui.article import Article
from tui.stories.clues import AGAINST, ALONE, BETWEEN, Clues, clues_of
from tui.stories.precedence import Weights, precedence
from tui.stories.sequence import best_sequence, kendall_tau

BASIL = "marshallwhiteorg+emnlp19-media-bias"
BBC = "dejanbatanjac+bbc-article-classify-bert"
REUTERS = "tinawenzel+json-reuters-21578"
FIVE_OUTLETS = "Luisgarchi+NewsWCL50"

CUES = 1_000
"""Words and pairs of words that get a weight, the most telling ones."""
_LEAST_ARTICLES = 40
_LEAST_KINDS = 4
_PAIRS = 40
"""Of each article at most, by chance: they say little that is new, all of one article."""
_FOLDS = 3
_ROUNDS = 5

Floats = NDArray[np.float64]


class Kind(NamedTuple):
    """A collection of articles, and how much one of them counts."""

    name: str
    weight: float
    read: Callable[[Path], Iterator[Article]]


@dataclass(slots=True)
class Lesson:
    """An article in order, taken apart."""

    kind: str
    weight: float
    clues: Clues


def basil(snapshots: Path, years: Sequence[int]) -> Iterator[Article]:
    """BASIL's articles of some years."""
    folder = snapshots / BASIL
    for path in names_in(folder, "data/articles"):
        if int(path.split("/")[2]) in years:
            yield Article(*basil_report(file_of(folder, path)))


def _five_outlets(snapshots: Path) -> Iterator[Article]:
    folder = snapshots / FIVE_OUTLETS
    for path in names_in(folder, "1-raw-articles"):
        if "/event_" in path:
            yield from _by_lines(file_of(folder, path).decode("utf-8", "replace"))


def _bbc(snapshots: Path) -> Iterator[Article]:
    """Its paragraphs hold many sentences: they are divided to ones of one or two, as agencies write them."""
    folder = snapshots / BBC
    chance = random.Random(1)
    for path in names_in(folder, "bbc"):
        if path.endswith(".txt") and path != "bbc/README.TXT":
            for article in _by_lines(file_of(folder, path).decode("utf-8", "replace")):
                if len(article.paragraphs) < 4:
                    continue
                sentences = [
                    part
                    for text in article.paragraphs
                    for part in re.split(
                        r"(?<=[.!?][\"”])\s+(?=[\"“A-Z])|(?<=[a-z0-9][.!?])\s+(?=[\"“A-Z])", text
                    )
                ]
                paragraphs = []
                while sentences:
                    count = chance.choice((1, 1, 2))
                    paragraphs.append(" ".join(sentences[:count]))
                    del sentences[:count]
                yield Article(article.title, tuple(paragraphs))


def _reuters(snapshots: Path) -> Iterator[Article]:
    folder = snapshots / REUTERS
    for path in names_in(folder, "sgm-data"):
        text = file_of(folder, path).decode("latin-1") if path.endswith(".sgm") else ""
        for title, body in re.findall(
            r"<TEXT>[^<]*<TITLE>([^<]*)</TITLE>.*?<BODY>([^<]*)</BODY>", text, re.DOTALL
        ):
            body = html.unescape(re.sub(r"&#\d+;", "", body))
            lines = (" ".join(line.split()) for line in re.split(r"\n {4}", "\n" + body))
            paragraphs = (re.sub(r"\s*reuter$", "", line, flags=re.IGNORECASE) for line in lines)
            yield Article(" ".join(html.unescape(title).split()), tuple(filter(None, paragraphs)))


def _wikinews(snapshots: Path) -> Iterator[Article]:
    for document in wikinews(snapshots, held_out()):
        yield Article(document.title, document.paragraphs)


def _by_lines(text: str) -> Iterator[Article]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if lines:
        yield Article(lines[0], tuple(lines[1:]))


KINDS = (
    Kind("basil", 3.0, lambda snapshots: basil(snapshots, range(2011, 2020, 2))),
    Kind("five outlets", 2.0, _five_outlets),
    Kind("wikinews", 1.0, _wikinews),
    Kind("bbc", 0.6, _bbc),
    Kind("reuters", 0.35, _reuters),
)
"""BASIL counts most: it is what news agencies and papers write today, in their paragraphs."""

_LEAST = {"reuters": 8}
_FEWEST, _MOST = 6, 60


def lessons(snapshots: Path) -> list[Lesson]:
    """All articles of a fitting length, taken apart."""
    found = []
    for kind in KINDS:
        for article in kind.read(snapshots):
            kept = [
                index
                for index, text in enumerate(article.paragraphs)
                if len(text.split()) > 2 and text != article.title
            ]
            if _LEAST.get(kind.name, _FEWEST) <= len(kept) <= _MOST:
                found.append(Lesson(kind.name, kind.weight, clues_of(article, kept)))
    return found


def telling_cues(learnt: Sequence[Lesson]) -> list[str]:
    """The words whose paragraphs stand earlier or later than others, beyond chance, and not of one collection only."""
    count: Counter[str] = Counter()
    place: dict[str, float] = defaultdict(float)
    kinds: dict[str, set[str]] = defaultdict(set)
    for lesson in learnt:
        last = max(len(lesson.clues.cues) - 1, 1)
        for index, cues in enumerate(lesson.clues.cues):
            for cue in cues:
                count[cue] += 1
                place[cue] += lesson.weight * (index / last - 0.5)
                kinds[cue].add(lesson.kind)
    common = [
        cue for cue, times in count.items() if times >= _LEAST_ARTICLES and len(kinds[cue]) >= _LEAST_KINDS
    ]
    return sorted(common, key=lambda cue: (-abs(place[cue]) / count[cue] ** 0.5, cue))[:CUES]


class _Table(NamedTuple):
    """What is learnt from: pairs of paragraphs in their order."""

    rows: NDArray[np.float32]
    weights: NDArray[np.float32]


def learn(learnt: Sequence[Lesson]) -> Weights:
    """The weights that fit best, those of words held back more."""
    cues = telling_cues(learnt)
    column = {cue: number for number, cue in enumerate(cues)}
    lead = _fit(_table(learnt, column, of_lead=True), len(cues))
    rest = _fit(_table(learnt, column, of_lead=False), len(cues))
    clues = slice(0, -len(cues))
    return Weights(
        lead[clues].astype(np.float32),
        dict(zip(cues, lead[-len(cues) :].tolist(), strict=True)),
        rest[clues].astype(np.float32),
        dict(zip(cues, rest[-len(cues) :].tolist(), strict=True)),
    )


def _table(learnt: Sequence[Lesson], column: dict[str, int], of_lead: bool) -> _Table:
    chance = np.random.default_rng(1)
    rows, weights = [], []
    for lesson in learnt:
        clues = lesson.clues
        count = len(clues.cues)
        said = np.zeros((count, len(column)), np.float32)
        for index, cues in enumerate(clues.cues):
            said[index, [column[cue] for cue in cues if cue in column]] = 1
        alone = clues.alone if of_lead else np.hstack([clues.alone, clues.against(0)])
        if of_lead:
            ones, others = np.zeros(count - 1, np.int64), np.arange(1, count)
        else:
            ones, others = (side + 1 for side in np.triu_indices(count - 1, 1))
        if len(ones) > _PAIRS:
            some = chance.choice(len(ones), _PAIRS, replace=False)
            ones, others = ones[some], others[some]
        assert clues.between is not None
        between = clues.between - clues.between.transpose(0, 2, 1)
        rows.append(
            np.hstack([alone[ones] - alone[others], between[:, ones, others].T, said[ones] - said[others]])
        )
        weights.append(np.full(len(ones), 10 * lesson.weight / len(ones), np.float32))
    return _Table(np.concatenate(rows), np.concatenate(weights))


def _fit(table: _Table, cues: int) -> Floats:
    """Logistic regression by Newton's method; no constant, since a pair can be told either way round."""
    held = np.full(table.rows.shape[1], 1.0)
    held[-cues:] = 32.0
    fitted = np.zeros(len(held))
    for _ in range(_ROUNDS):
        slope, bend = -held * fitted, np.diag(held)
        for start in range(0, len(table.rows), 20_000):
            rows, weights = table.rows[start : start + 20_000], table.weights[start : start + 20_000]
            likely = 1 / (1 + np.exp(-rows @ fitted.astype(np.float32)))
            slope += rows.T @ (weights * (1 - likely))
            bend += (rows * (weights * likely * (1 - likely))[:, None]).T @ rows
        fitted += np.linalg.solve(bend, slope)
    return fitted


def measured(weights: Weights, unseen: Sequence[Lesson]) -> tuple[list[float], list[bool]]:
    """Kendall's tau of each article, and whether its lead was found."""
    taus, leads = [], []
    for lesson in unseen:
        pairs = precedence(lesson.clues, weights).of_all()
        assert pairs is not None
        order = best_sequence(pairs)
        taus.append(kendall_tau(order))
        leads.append(order[0] == 0)
    return taus, leads


def main(arguments: Sequence[str]) -> int:
    """Answers the exit code: 0 done, 2 wrong usage."""
    if len(arguments) != 2:
        print("usage: python -m tests.making.paragraph_order SNAPSHOTS OUTPUT", file=sys.stderr)
        return 2
    learnt = lessons(Path(arguments[0]))
    print(Counter(lesson.kind for lesson in learnt))
    tried = [lesson for lesson in learnt if lesson.kind == "basil"]
    others = [lesson for lesson in learnt if lesson.kind != "basil"]
    taus, leads = [], []
    for fold in range(_FOLDS):
        kept = [lesson for number, lesson in enumerate(tried) if number % _FOLDS != fold]
        found = measured(learn(others + kept), tried[fold::_FOLDS])
        taus += found[0]
        leads += found[1]
    print(f"odd years, unseen: tau {np.mean(taus):.3f}, lead {np.mean(leads):.0%} of {len(taus)}")
    weights = learn(learnt)
    Path(arguments[1]).write_text(
        json.dumps(
            {
                "lead": _named((*ALONE, *BETWEEN), weights.lead),
                "lead_cues": {cue: round(weight, 3) for cue, weight in sorted(weights.lead_cues.items())},
                "rest": _named((*ALONE, *AGAINST, *BETWEEN), weights.rest),
                "rest_cues": {cue: round(weight, 3) for cue, weight in sorted(weights.rest_cues.items())},
            },
            indent=1,
            ensure_ascii=False,
        )
        + "\n",
        encoding="utf-8",
    )
    return 0


def _named(names: Sequence[str], weights: NDArray[np.float32]) -> dict[str, float]:
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
