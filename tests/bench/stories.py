"""python -m tests.bench.stories [--basil FOLDER] [--clusters FILE]... [--names] [--articles N]: how good stories are.

With gold clusters: B³ precision, recall and F1 (Bagga & Baldwin 1998, "Algorithms for scoring coreference chains") of
the online pass alone, of average linkage, and of HDBSCAN where scikit-learn is installed. `--basil` takes the folder
of BASIL's articles (Fan et al. 2019; `<year>/<event>_<1|2|3>.json`), `--clusters` JSON lines with `id`, `title`,
`text` (a paragraph a line), `date` (or null) and `cluster`, perhaps `language`. `--names` has our recogniser find the
names first.

With `--articles`: articles a second and peak memory of features and online pass over N generated articles, and of
clustering the last of them.
"""

from __future__ import annotations

import argparse
import datetime
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tests.bench.corpus import make
from tui.article import Article, Mention
from tui.stories.features import FeatureMaker, Features
from tui.stories.online import OnlineStories
from tui.stories.reclustering import MOST, Method, best_method, clusters

BATCH = 200
"""Articles that the online pass is given at once, as an indexing run gives them."""


class Score(NamedTuple):
    """How well clusters agree with those of a person, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


class Gold(NamedTuple):
    """Articles whose clusters are known. Aligned."""

    articles: list[Article]
    clusters: list[str]


def b_cubed(gold: Sequence[Hashable], found: Sequence[Hashable]) -> Score:
    """B³: for each article the share of its cluster that belongs there, and of its gold cluster that is there; mean.

    Args:
        gold: The right label of each article; one or more.
        found: The label given, aligned.
    """
    both, right, given = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    total = len(gold)
    return Score(
        sum(count * count / given[label] for (_, label), count in both.items()) / total,
        sum(count * count / right[label] for (label, _), count in both.items()) / total,
    )


def read_clusters(path: Path) -> Gold:
    """Articles of a file of JSON lines."""
    gold = Gold([], [])
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        paragraphs = tuple(text for text in row["text"].split("\n") if text.strip())
        language = row.get("language") or row.get("lang") or "en"
        gold.articles.append(Article(row["title"], paragraphs, _date(row["date"]), language=language))
        gold.clusters.append(str(row["cluster"]))
    return gold


def read_basil(folder: Path) -> Gold:
    """BASIL's articles, three an event."""
    gold = Gold([], [])
    for path in sorted(folder.glob("*/*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        paragraphs = tuple(" ".join(sentences) for sentences in row["body-paragraphs"])
        gold.articles.append(Article(row["title"], paragraphs, _date(row.get("date")), language="en"))
        gold.clusters.append(row["triplet-uuid"])
    return gold


def _date(written: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(written or "")
    except ValueError:
        return None


def features_of(articles: Sequence[Article], names: bool) -> list[Features]:
    """What articles are known by, with the names that our recogniser finds or without any."""
    maker = FeatureMaker()
    if not names:
        return [maker.features(article) for article in articles]
    from tui.entities.choice import recogniser_for
    from tui.entities.keys import recognise_article

    recogniser = recogniser_for()
    return [
        maker.features(
            article,
            [
                Mention(one.paragraph, one.start, one.end, one.text, one.type)
                for one in recognise_article(article, recogniser)
            ],
        )
        for article in articles
    ]


def online_keys(articles: Sequence[Features], days: Sequence[int | None]) -> list[int]:
    """The story that the online pass finds for each, taken by day in batches."""
    order = sorted(range(len(articles)), key=lambda index: days[index] or 0)
    stories = OnlineStories()
    keys = [0] * len(articles)
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        for index, key in zip(
            batch, stories.add_all([(articles[one], days[one]) for one in batch]), strict=True
        ):
            keys[index] = key
    return keys


def in_windows(articles: Sequence[Features], days: Sequence[int | None], method: Method) -> list[int]:
    """Clusters of all articles; of more than fit at once, window by window as they come by day."""
    order = sorted(range(len(articles)), key=lambda index: days[index] or 0)
    labels = [0] * len(articles)
    for start in range(0, len(order), MOST):
        window = order[start : start + MOST]
        found = clusters([articles[one] for one in window], [days[one] for one in window], method)
        for index, label in zip(window, found, strict=True):
            labels[index] = window[label]
    return labels


def report_gold(name: str, gold: Gold, names: bool) -> None:
    """Print a line a method."""
    articles = features_of(gold.articles, names)
    days = [article.date.toordinal() if article.date else None for article in gold.articles]
    print(f"{name}: {len(articles):,} articles, {len(set(gold.clusters)):,} stories")
    methods: list[Method] = ["average linkage", "hdbscan"]
    scores = {"online": b_cubed(gold.clusters, online_keys(articles, days))}
    for method in methods if best_method() == "hdbscan" else methods[:1]:
        scores[method] = b_cubed(gold.clusters, in_windows(articles, days, method))
    for method_name, score in scores.items():
        print(f"  {method_name:16} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}")


def generated(count: int) -> Iterator[Article]:
    """Generated articles, by number, their days in disorder."""
    for number in range(count):
        made = make(1, number, count)
        yield Article(made.title, tuple(made.paragraphs), made.date, url=made.url, language="en")


def report_speed(count: int) -> None:
    """Print articles a second and memory of features and online pass, then of clustering."""
    maker, stories, articles = FeatureMaker(), OnlineStories(), generated(count)
    before = _peak()
    seconds = [0.0, 0.0]
    last: list[tuple[Features, int | None]] = []
    while batch := list(islice(articles, 1_000)):
        batch.sort(key=lambda article: article.date or datetime.date.min)
        started = time.process_time()
        known = [(maker.features(one), one.date.toordinal() if one.date else None) for one in batch]
        between = time.process_time()
        for start in range(0, len(known), BATCH):
            stories.add_all(known[start : start + BATCH])
        seconds[0] += between - started
        seconds[1] += time.process_time() - between
        last = [*last, *known][-MOST:]
    print(
        f"{count:,} generated articles, {len(stories):,} stories in memory, peak {before:,.0f} → {_peak():,.0f} MB"
    )
    print(f"  features {count / seconds[0]:,.0f} a second, online pass {count / seconds[1]:,.0f} a second")
    print(f"  together {count / sum(seconds):,.0f} articles a second of CPU")
    started = time.process_time()
    state = stories.state()
    print(f"  state {len(state) / 1e6:.1f} MB in {time.process_time() - started:.1f} s")
    for method in ("average linkage", "hdbscan") if best_method() == "hdbscan" else ("average linkage",):
        started, wall = time.process_time(), time.perf_counter()
        clusters([one for one, _ in last], [day for _, day in last], method)
        print(
            f"  {method} of {len(last):,}: {time.process_time() - started:.1f} s of CPU,"
            f" {time.perf_counter() - wall:.1f} s, peak {_peak():,.0f} MB"
        )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Run the command; exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.stories", description=__doc__)
    parser.add_argument("--basil", type=Path, metavar="FOLDER")
    parser.add_argument("--clusters", type=Path, metavar="FILE", action="append", default=[])
    parser.add_argument("--names", action="store_true")
    parser.add_argument("--articles", type=int, metavar="N")
    options = parser.parse_args()
    if options.basil:
        report_gold("BASIL", read_basil(options.basil), options.names)
    for path in options.clusters:
        report_gold(path.stem, read_clusters(path), options.names)
    if options.articles:
        report_speed(options.articles)
    return 0


if __name__ == "__main__":
    sys.exit(main())
