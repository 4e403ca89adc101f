"""How well the order of shuffled articles is found again.

    python -m tests.bench.order BASIL [--odd]

BASIL is a checkout or a bare git folder of <https://github.com/marshallwhiteorg/emnlp19-media-bias>. Its articles of
even years are shuffled; what is printed are Kendall's tau against the order they were written in, the share whose first
paragraph is found, and the confidence. Beside an article stand none or more of

- the original, in order, where the article is a copy of it: 20 to 50 % of the paragraphs cut, 5 % of the words changed;
- such a copy in order, where the article is whole: then a third of its paragraphs have no counterpart;
- such copies shuffled.

Then how often an order as published is kept, and what it costs in CPU. The weights were learnt from odd years, which
`--odd` shows.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.bench.alignment_texts import basil_report, file_of, names_in
from tui.article import Article
from tui.stories.order import CONFIDENT, likely_order
from tui.stories.sequence import kendall_tau
from tui.stories.values import Order, Side

CUT = (0.2, 0.5)
CHANGED = 0.05
FEWEST = 6
"""Paragraphs of an article that is measured."""


class Shuffled(NamedTuple):
    """An article with its paragraphs shuffled."""

    article: Article
    written: tuple[int, ...]
    """Where each paragraph of `article` stood."""
    source: Article
    """As it was written."""


class Found(NamedTuple):
    """What came of one article."""

    tau: float
    lead: bool
    confidence: float
    kept: bool
    """Whether the order as published was taken."""


def articles(repository: Path, odd: bool) -> Iterator[Article]:
    """BASIL's articles of even or of odd years, as they were written."""
    for path in names_in(repository, "data/articles"):
        if int(path.split("/")[2]) % 2 == odd:
            title, paragraphs = basil_report(file_of(repository, path))
            kept = tuple(text for text in paragraphs if len(text.split()) > 2 and text != title)
            if len(kept) >= FEWEST:
                yield Article(title, kept)


def shuffled(article: Article, chance: random.Random) -> Shuffled:
    """An article with its paragraphs in an order of chance."""
    written = list(range(len(article.paragraphs)))
    chance.shuffle(written)
    return Shuffled(
        Article(article.title, tuple(article.paragraphs[index] for index in written)), tuple(written), article
    )


def copied(article: Article, words: Sequence[str], chance: random.Random) -> Article:
    """An article cut and changed as papers do it, in its order."""
    count = len(article.paragraphs)
    kept = sorted(chance.sample(range(count), count - round(count * chance.uniform(*CUT))))
    return Article(
        article.title,
        tuple(
            " ".join(
                chance.choice(words) if chance.random() < CHANGED else word
                for word in article.paragraphs[index].split()
            )
            for index in kept
        ),
    )


def measured(
    shuffled_articles: Sequence[Shuffled], reprints_of: Callable[[Shuffled], Sequence[Side]]
) -> list[Found]:
    """What is found of each."""
    found = []
    for one in shuffled_articles:
        order = likely_order(one.article, reprints=reprints_of(one))
        found.append(_found(order, one.written))
    return found


def _found(order: Order, written: Sequence[int]) -> Found:
    places = [written[index] for index in order.paragraphs]
    kept = order.paragraphs == tuple(range(len(written))) and order.reprint is None
    return Found(kendall_tau(places), places[0] == 0, order.confidence, kept)


def line(name: str, found: Sequence[Found]) -> str:
    """A line of the table."""
    sure = [one for one in found if one.confidence >= CONFIDENT]
    told = f"{len(sure) / len(found):5.0%} told as sure"
    if sure:
        told += f" (tau {statistics.mean(one.tau for one in sure):.2f})"
    return (
        f"{name:30} tau {statistics.mean(one.tau for one in found):5.2f}"
        f"  lead {statistics.mean(one.lead for one in found):4.0%}"
        f"  confidence {statistics.mean(one.confidence for one in found):.2f}, {told}"
        f"  as published {statistics.mean(one.kept for one in found):4.0%}"
    )


def milliseconds(work: Callable[[], object], times: int = 7) -> float:
    """CPU time, the median of some runs."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken)


def report(written: Sequence[Article]) -> Iterator[str]:
    """The table, line by line."""
    chance = random.Random(7)
    words = [word for article in written for text in article.paragraphs for word in text.split()]
    whole = [shuffled(article, chance) for article in written]
    copies = [shuffled(copied(article, words, chance), chance) for article in written]
    originals = {id(copy): Side(article) for copy, article in zip(copies, written, strict=True)}
    in_order = {id(one): Side(copied(one.source, words, chance)) for one in whole}
    three = {
        id(one): [in_order[id(one)], *(Side(copied(one.source, words, chance)) for _ in range(2))]
        for one in whole
    }
    disordered = {
        id(one): [Side(shuffled(copied(one.source, words, chance), chance).article) for _ in range(2)]
        for one in whole
    }
    ordered = [Shuffled(one.source, tuple(range(len(one.written))), one.source) for one in whole]
    beside = {id(one): disordered[id(mixed)] for one, mixed in zip(ordered, whole, strict=True)}
    yield f"{len(whole)} articles, {statistics.mean(len(one.written) for one in whole):.1f} paragraphs each"
    yield line("alone", measured(whole, lambda one: ()))
    yield line("a copy; the original in order", measured(copies, lambda one: [originals[id(one)]]))
    yield line("a copy in order", measured(whole, lambda one: [in_order[id(one)]]))
    yield line("three copies in order", measured(whole, lambda one: three[id(one)]))
    yield line(
        "two shuffled, one in order", measured(whole, lambda one: [*disordered[id(one)], in_order[id(one)]])
    )
    yield line("two shuffled", measured(whole, lambda one: disordered[id(one)]))
    yield line("not shuffled, alone", measured(ordered, lambda one: ()))
    yield line("not shuffled; two shuffled", measured(ordered, lambda one: beside[id(one)]))
    texts = [text for article in written for text in article.paragraphs]
    for count in (40, 400, 3_000):
        long = Article(written[0].title, tuple(texts[index % len(texts)] for index in range(count)))
        alone = milliseconds(partial(likely_order, long), 3 if count > 400 else 9)
        sides = [Side(copied(long, words, chance))]
        with_reprint = milliseconds(partial(likely_order, long, reprints=sides), 3 if count > 400 else 9)
        yield f"{count:5} paragraphs: {alone:7.1f} ms alone, {with_reprint:7.1f} ms with a reprint"


def main(arguments: Sequence[str]) -> int:
    """Answers the exit code: 0 done, 2 wrong usage, 3 could not."""
    if not 1 <= len(arguments) <= 2 or arguments[1:] not in ([], ["--odd"]):
        print("usage: python -m tests.bench.order BASIL [--odd]", file=sys.stderr)
        return 2
    try:
        written = list(articles(Path(arguments[0]), odd=arguments[1:] == ["--odd"]))
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 3
    for told in report(written):
        print(told, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
