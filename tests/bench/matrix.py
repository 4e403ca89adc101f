"""How well and how fast the coverage matrix of a story is made.

    python -m tests.bench.matrix [--texts FOLDER [--half dev|test]] [--basil BASIL_CHECKOUT]

Times for reports that nobody wrote: 50 of 40 sentences, 10 of 40, and 150 of 40. With BASIL_CHECKOUT (see
`tests/stories/labelled/README.md`) also for its stories of three reports each, and how many rows are of one, two and
three sources there. With FOLDER, how well two sentences in one row are two that people put together, in matrices of
the labelled pairs; the half `dev` is what the weights were learnt from.
"""

from __future__ import annotations

import argparse
import datetime
import json
import statistics
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tests.stories.labelled_pairs import HALVES, Half, pair_texts
from tests.stories.pair_scores import Found, Places, found, with_names
from tests.stories.written_reports import reports
from tui.article import Article, ArticleId, Mention
from tui.entities import default_recogniser, recognise_article
from tui.stories.matrix import coverage_of
from tui.stories.sentences import sentences_of
from tui.stories.values import Matrix, Side

STORIES = ((10, 40), (50, 40), (150, 40))
_ROUNDS = 3


def rows_of_pairs(half: Half, texts: Path) -> Found:
    """How well rows put together what people did."""
    recogniser = default_recogniser()
    total = Found()
    for pair in pair_texts(half, texts):
        sides = [
            replace(side, id=ArticleId(f"{number:016x}"), article=replace(side.article, source=f"{number}.example"))
            for number, side in enumerate(with_names(pair, recogniser))
        ]  # fmt: skip
        there = [sentences_of(side.article) for side in sides]
        places = Places.of(pair.labels, *there)
        number_of = [{sentence[:3]: number for number, sentence in enumerate(each)} for each in there]
        together = set()
        for statement in coverage_of(sides).statements:
            told = [
                number_of[column][telling.sentence[:3]]
                for column, telling in enumerate(statement.tellings)
                if telling is not None
            ]
            if statement.carried == len(sides):
                together.add((places.left.get(told[0]), places.right.get(told[1])))
        total += found(
            {both for both in together if None not in both},
            {(label.left, label.right) for label in pair.labels.pairs},
        )
    return total


def basil_stories(checkout: Path) -> Iterator[list[Side]]:
    """The stories of BASIL, each three reports with names."""
    recogniser = default_recogniser()

    def git(*arguments: str) -> bytes:
        return subprocess.run(["git", "-C", checkout, *arguments], check=True, capture_output=True).stdout

    names = git("ls-tree", "-r", "--name-only", "HEAD", "data/articles").decode().split()
    stories: dict[str, list[Side]] = {}
    for number, name in enumerate(sorted(names)):
        raw = json.loads(git("show", f"HEAD:{name}"))
        paragraphs = (" ".join(map(str.strip, sentences)).strip() for sentences in raw["body-paragraphs"])
        article = Article(
            raw["title"].strip(), tuple(filter(None, paragraphs)), datetime.date.fromisoformat(raw["date"]),
            source=raw["source"].lower(), language="en",
        )  # fmt: skip
        mentions = tuple(Mention(*one[:5]) for one in recognise_article(article, recogniser))
        side = Side(article, ArticleId(f"{number:016x}"), mentions)
        stories.setdefault(name.rpartition("_")[0], []).append(side)
    yield from stories.values()


def timed(story: Sequence[Side], rounds: int = _ROUNDS) -> tuple[float, Matrix]:
    """Seconds, the median of some rounds, and the matrix."""
    taken = []
    for _ in range(rounds):
        begin = time.perf_counter()
        matrix = coverage_of(story)
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken), matrix


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--half", choices=HALVES, default="dev")
    parser.add_argument("--basil", type=Path)
    arguments = parser.parse_args()
    if arguments.texts is not None:
        score = rows_of_pairs(arguments.half, arguments.texts)
        print(
            f"rows on {arguments.half}: precision {score.precision:.3f}, recall {score.recall:.3f}, F1 {score.f1:.3f}"
        )
    print("| reports × sentences | rows | seconds |\n| --- | ---: | ---: |")
    for count, sentences in STORIES:
        seconds, matrix = timed(reports(sentences, count, seed=1))
        print(f"| {matrix.articles} of {count} × {sentences} | {len(matrix.statements):,} | {seconds:.2f} |")
    if arguments.basil is not None:
        carried: Counter[int] = Counter()
        taken = []
        for story in basil_stories(arguments.basil):
            seconds, matrix = timed(story, 1)
            taken.append(seconds)
            carried.update(statement.carried for statement in matrix.statements)
        told = ", ".join(f"{carried[number]:,} of {number}" for number in sorted(carried))
        print(
            f"BASIL: {len(taken)} stories, {statistics.median(taken) * 1000:.0f} ms each; rows by sources: {told}"
        )


if __name__ == "__main__":
    main()
