"""Invented newspapers that print each other's reports, what is whose being known: for reprints and boilerplate.

Reports are those of `tests.bench.corpus`, or real ones from a folder. A reprint has its report's paragraphs shuffled,
up to 55 % of them cut and up to 10 % of the words changed. Every site has boilerplate of its own, of its publisher and
of everybody, on some of its pages and with other numbers on each. Some reports are followed by others in the same
paper that repeat paragraphs of theirs, which is neither boilerplate nor a reprint.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from random import Random

from tests.bench.corpus import is_reprint, make
from tests.bench.newsroom import FIRST_DAY, source
from tests.bench.words import draw
from tui.sources.reading import read_article

MOST_CUT = 0.55
MOST_CHANGED = 0.10
REPRINT_SHARE = 0.15

_DAYS = 365
_ARTICLES_A_SITE = 50
_WIRE_SHARE = 0.01  # of reports are an agency's, which four in ten reprints repeat
_LONG = 8  # paragraphs, of which two more are but background
_FOLLOWED = 50  # each so-manieth report is followed by three that repeat two of its paragraphs

# {0} … {3} are words, {n} is a number, {site} the paper's name.
_TEMPLATES = """
Sign up to {site} {0}: {1} and {2} in your inbox every morning.
Follow {site} on {0}, {1} and {2} for the latest {3} news.
This article has been viewed {n} times and commented on {n} times.
Updated at {n}:{n} on {n} {0}.
Support {site}: from {n} a month you help us to bring you {1} {2} journalism that {3} need.
The {site} {0} newsletter: what you need to know about {1}, {2} and the {3}.
© {site} {n}. All rights reserved. No {0} may be {1}, {2} or passed on without the written {3} of {site}.
Read more: {0} {1} {2} {3}
Our {0} {1} on how we report: {2} {3} {n}.
Got a story? Write to the {site} news desk, at {0}, {1} {2}.
Share this {0} with {1}
{n} min read
The views in this {0} are those of the {1} and not of {site}, its {2} or its {3}.
{0} {1} writes about {2} for {site}. You can reach the {3} desk at any time.
""".strip().splitlines()
_EVERYBODY = ["Advertisement", "Read more", "Most viewed", "Share this article", "Loading comments"]


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it was written."""

    paragraphs: list[str]
    day: int
    """Ordinal; 0 where nobody knows."""
    story: int | None = None
    """The number of the report that it follows; None where it follows none."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A report as a site printed it."""

    report: int
    """Which one it is: articles with the same are reprints of each other."""
    story: int
    """The first report of the story that it is of."""
    site: int
    day: int
    paragraphs: list[str]
    added: list[bool]
    """Which paragraphs the site added, aligned."""


@dataclass(frozen=True, slots=True)
class Site:
    """A newspaper's address and its boilerplate."""

    host: str
    boilerplate: list[tuple[str, float]]
    """Each with the share of pages that have it; `{n}` is another number on each page."""


def invented(seed: int = 1, total: int = 1_000_000) -> Iterator[Report]:
    """Reports without end, none of which repeats another."""
    for number in count():
        if not is_reprint(seed, number):
            made = make(seed, number, total)
            day = FIRST_DAY.toordinal() + (made.date - FIRST_DAY).days % _DAYS
            yield Report(made.paragraphs, day)


def real(folder: Path) -> Iterator[Report]:
    """The articles of a folder, as the program reads them."""
    for path in sorted(folder.rglob("*.txt")):
        article = read_article(path).article
        yield Report(list(article.paragraphs), article.date.toordinal() if article.date else 0)


def printed(
    reports: Iterator[Report], total: int, seed: int = 1, with_original: bool = True
) -> tuple[list[Printed], list[Site]]:
    """So many articles and the sites that they are on; fewer where there are too few reports.

    Args:
        reports: where to take them from.
        total: articles.
        seed: for another corpus.
        with_original: whether reports that are reprinted are among the articles, too.
    """
    random = Random(seed)
    base = list(islice(reports, round(total * (1 - REPRINT_SHARE))))
    total = round(len(base) / (1 - REPRINT_SHARE))
    sites = _sites(random, max(12, total // _ARTICLES_A_SITE))
    vocabulary = [word for report in base[:2_000] for text in report.paragraphs for word in text.split()]
    wire = max(1, int(len(base) * _WIRE_SHARE))
    chosen = [
        random.randrange(wire if random.random() < 0.4 else len(base)) for _ in range(total - len(base))
    ]
    again = set(chosen)
    homes = [_any_site(random, len(sites)) for _ in base]
    for first in range(0, len(base), _FOLLOWED):
        _follow(base, homes, first)
    articles = [
        _page(random, sites, number, homes[number], report)
        for number, report in enumerate(base)
        if with_original or number not in again
    ]
    for number in chosen:
        copy = _reprinted(random, base[number], vocabulary)
        articles.append(_page(random, sites, number, _any_site(random, len(sites)), copy))
    random.shuffle(articles)
    return articles, sites


def _follow(base: list[Report], homes: list[int], first: int) -> None:
    """Have a report followed by three others in its paper that repeat its background, a day later each."""
    background = base[first].paragraphs[2:4]
    for number in range(first + 1, min(first + 4, len(base))):
        if not base[first].day or len(base[number].paragraphs) < _LONG:
            continue
        base[number] = Report(base[number].paragraphs + background, base[first].day + number - first, first)
        homes[number] = homes[first]


def _reprinted(random: Random, report: Report, vocabulary: Sequence[str]) -> Report:
    number = max(1, round(len(report.paragraphs) * (1 - random.uniform(0, MOST_CUT))))
    rate = random.uniform(0, MOST_CHANGED)
    changed = [
        " ".join(random.choice(vocabulary) if random.random() < rate else word for word in text.split())
        for text in random.sample(report.paragraphs, number)
    ]
    if random.random() < 0.5:
        changed = [text.replace("'", "").replace("’", "") for text in changed]
    return Report(changed, report.day and report.day + int(10 * random.random() ** 3), report.story)


def _page(random: Random, sites: Sequence[Site], number: int, site: int, report: Report) -> Printed:
    lines = [(text, False) for text in report.paragraphs]
    for text, share in sites[site].boilerplate:
        if random.random() < share:
            filled = text.replace("{n}", str(random.randrange(1, 2_000)))
            at = len(lines) if random.random() < 0.6 else random.randrange(len(lines) + 1)
            lines.insert(at, (filled, True))
    story = number if report.story is None else report.story
    return Printed(
        number, story, site, report.day, [text for text, _ in lines], [added for _, added in lines]
    )


def _any_site(random: Random, sites: int) -> int:
    return int(sites * random.random() ** 2.2)


def _sites(random: Random, number: int) -> list[Site]:
    """Each third publisher has three to twelve sites, half of them under one domain."""
    sites: list[Site] = []
    while len(sites) < number:
        owned = random.randrange(3, 13) if random.random() < 1 / 3 else 1
        name = source(len(sites)).removeprefix("www.")
        house = _texts(random, name.split(".")[0].title(), random.randrange(2, 5)) if owned > 1 else []
        one_domain = random.random() < 0.5
        for part in range(owned):
            own = source(len(sites)).removeprefix("www.")
            host = f"{own.split('.')[0]}.{name}" if owned > 1 and one_domain and part else own
            texts = _texts(random, own.split(".")[0].title(), random.randrange(3, 9)) + house
            texts += random.sample(_EVERYBODY, random.randrange(3))
            sites.append(Site(host, [(text, random.choice((0.1, 0.3, 0.6, 1.0))) for text in texts]))
    return sites[:number]


def _texts(random: Random, site: str, number: int) -> list[str]:
    found = []
    for template in random.sample(_TEMPLATES, number):
        text = template.replace("{site}", site)
        for place, word in enumerate(draw(random, 4)):
            text = text.replace(f"{{{place}}}", word)
        found.append(text)
    return found
