"""python -m tests.bench.tokens [--articles N]: what text into words and words into stems costs.

Milliseconds of CPU an article, text by text and in batches, memory empty and full, medians of several runs that take
turns; then microseconds a word for our stems and for those of Whoosh's stemmers.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from statistics import median

from whoosh.lang import stemmer_for_language

from tests.bench.corpus import make
from tui.index.batch import BatchTokenizer
from tui.index.build import PARAGRAPH_GAP
from tui.index.stems import Stemmer
from tui.index.tokens import Tokenizer

RUNS = 5
BATCH = 256

Texts = Sequence[Sequence[str]]


def one_by_one(texts: Texts) -> None:
    """Each text by the tokenizer that queries and marks use, its words numbered."""
    tokenizer = Tokenizer()
    numbers: dict[str, int] = {}
    for document in texts:
        position = 0
        for text in document:
            surfaces, places, advance = tokenizer.surfaces(text)
            _ = [numbers.setdefault(surface, len(numbers)) for surface in surfaces]
            _ = [position + place for place in places]
            position += advance + PARAGRAPH_GAP


def in_batches(texts: Texts, tokenizer: BatchTokenizer) -> None:
    """All texts by the tokenizer that the indexer uses."""
    for low in range(0, len(texts), BATCH):
        tokenizer.tokenize(texts[low : low + BATCH], PARAGRAPH_GAP)


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds that it takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.tokens", description=__doc__)
    parser.add_argument("--articles", type=int, default=5_000, metavar="N")
    count = parser.parse_args().articles
    articles = [make(1, number, count) for number in range(count)]
    texts = [[article.title, *article.paragraphs] for article in articles]
    urls = [[article.url] for article in articles]
    warm = BatchTokenizer()
    in_batches(texts, warm)
    ways: dict[str, Callable[[], object]] = {
        "text by text": lambda: one_by_one(texts),
        "in batches": lambda: in_batches(texts, BatchTokenizer()),
        "in batches, every word known": lambda: in_batches(texts, warm),
        "addresses, in batches": lambda: in_batches(urls, BatchTokenizer()),
    }
    runs = [[seconds(way) for way in ways.values()] for _ in range(RUNS)]
    words = warm.tokenize(texts, PARAGRAPH_GAP).lengths.mean()
    print(f"{count:,} articles of {words:.0f} words, {len(warm.surfaces):,} of them distinct; ms an article")
    for name, times in zip(ways, zip(*runs, strict=True), strict=True):
        print(f"  {name:30} {median(times) / count * 1e3:7.3f}")
    print(f"  text by text / in batches      {median(run[0] / run[1] for run in runs):7.1f}")

    surfaces = warm.surfaces
    theirs = stemmer_for_language("en")
    Stemmer().stems(["loaded"], "en")
    runs = [
        [
            seconds(lambda: [theirs(surface) for surface in surfaces]),
            seconds(lambda: Stemmer().stems(surfaces, "en")),
        ]
        for _ in range(RUNS)
    ]
    print(f"stems of {len(surfaces):,} English words; µs a word")
    for name, times in zip(("Whoosh's", "ours"), zip(*runs, strict=True), strict=True):
        print(f"  {name:30} {median(times) / len(surfaces) * 1e6:7.2f}")


if __name__ == "__main__":
    main()
