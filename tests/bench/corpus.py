"""python -m tests.bench.corpus N DIR [--seed S]: write N invented news articles into DIR.

The articles read like news from afar: a Zipfian vocabulary that keeps growing, sentences with punctuation,
people with titles, organisations, real countries and cities, events that many outlets report over some days,
and reprints (15 %) whose paragraphs are shuffled, cut, robbed of their apostrophes and interleaved with a
site's boilerplate.

Article `i` is a pure function of (seed, i, N): nothing is remembered, so any size takes the same memory.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from tests.bench.newsroom import DAYS, FIRST_DAY, PLACES, Event, event, source
from tests.bench.words import draw

FILES_A_FOLDER = 1_000
REPRINT_SHARE = 0.15
REPRINT_REACH = 200
"""A reprint's original stands at most about this many articles before it."""

MOST_SOURCES = 2_000

# {} is a content word; the function words between make the text look, stem and detect as English.
_CLAUSES = """
the {} of the {} has {} and {}
a {} {} was {} by the {} after a {}
it is {} that the {} would {} the {}
they {} the {} with a {} and {} {}
there was no {} of {} in the {} {}
the {} said that {} {} had been {} since {}
more than {} of the {} were {} at the {}
one of the {} {} could not {} for {} years
its {} {} will be {} to the {} {}
this {} had {} into the {} over {} weeks
few {} in the {} had {} so {} a {}
that {} from the {} may {} or {} the {}
he was {} as a {} of {} and {}
she {} her {} under the {} {}
what is {} is not {} but the {} {} itself
we have {} our {} on {} {}
some {} {} are {} than they were in the {}
it {} them from {} a {} of {} {}
the {} {} and its {} {} did not {}
every {} which {} the {} has {} again
""".strip().splitlines()

_JOINTS = [
    ", and ",
    ", but ",
    ", while ",
    "; ",
    ", which means that ",
    " because ",
    " – ",
    ", although ",
    " as ",
]

_SPEECH = [
    "“{clause},” said {title} {full}.",
    "{title} {full} told {organisation} that {clause}.",
    "{title} {family} said: “{clause}.”",
    "{family} said in {city} that {clause}.",
    "According to {organisation}, {clause}.",
    "{family}'s {topic} was {own} by {organisation}, and {clause}.",
    "In {country}, {clause}, {full} said on {weekday}.",
    "{organisation} said {number} people in {city} were {own} by the {topic}.",
    "{country}'s {topic} cost ${number} million, {percent} per cent more than in {year}.",
    "Officials in {city} and {other} spoke of {topic} and {own} {topic2}.",
]

_HEADLINES = [
    "{organisation} warns {country} over {topic} {topic2}",
    "{title} {family} {own} in {city} as {topic} {own2}",
    "{country} and {other}: {topic} of the {own} {topic2}",
    "{full}: ‘We {own} the {topic}’",
    "{topic} {topic2} in {city} after {own} {own2}",
    "{family} to meet {organisation} on {topic}",
    "Why {country}'s {topic} {own} the {topic2}",
    "{number} {own} in {city} {topic}",
]

_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

_BOILERPLATE = [
    "Sign up for our newsletter and never miss a story.",
    "This article is more than two years old.",
    "Read more: the day in pictures",
    "We use cookies to improve your experience on this site.",
    "Follow us on social media for the latest news.",
    "Advertisement",
    "Support local journalism: subscribe from as little as 2 a month.",
    "Most viewed in this section",
]


@dataclass(frozen=True, slots=True)
class Made:
    """One generated article, as the founding format has it."""

    title: str
    date: datetime.date
    url: str
    paragraphs: list[str]

    @property
    def text(self) -> str:
        """The file's text: title, date, URL, then a paragraph a line."""
        return "\n".join([self.title, f"{self.date:%Y%m%d}", self.url, *self.paragraphs, ""])


def is_reprint(seed: int, number: int) -> bool:
    """Whether the article of that number repeats an earlier one."""
    scattered = (number * 2_654_435_761 + seed * 40_503) & 0xFFFFFFFF
    return number > 0 and (scattered ^ scattered >> 15) % 1_000 < REPRINT_SHARE * 1_000


def original_of(seed: int, number: int) -> int:
    """The number of the article that this one repeats; its own where it repeats none."""
    while is_reprint(seed, number):
        number -= 1 + Random(seed * 31 + number).randrange(min(number, REPRINT_REACH))
    return number


def make(seed: int, number: int, total: int) -> Made:
    """The article of that number of a corpus of `total` articles."""
    original = original_of(seed, number)
    if original == number:
        return _report(seed, number, total)
    return _reprint(seed, number, total, _report(seed, original, total))


def _report(seed: int, number: int, total: int) -> Made:
    random = Random(seed * 2_000_003 + number)
    events = max(12, total // 20)
    happening = event(seed, int(events * random.random() ** 1.4), events)
    names = _fill(random, happening)
    title = random.choice(_HEADLINES).format_map(names)
    count = max(3, min(30, int(random.lognormvariate(2.38, 0.45))))
    words = iter(draw(random, 24 * count))
    paragraphs = [_paragraph(random, happening, words) for _ in range(count)]
    date = FIRST_DAY + datetime.timedelta(happening.day + int(happening.length * random.random() ** 2))
    return Made(title[0].upper() + title[1:], date, _url(random, number, total, title), paragraphs)


def _paragraph(random: Random, happening: Event, words: Iterator[str]) -> str:
    sentences = []
    for _ in range(random.choice((1, 1, 2, 2, 2, 3, 4))):
        clause = _clause(random, words)
        if random.random() < 0.45:
            names = _fill(random, happening)
            speech = random.choice(_SPEECH)
            names["clause"] = clause if "“" not in speech else clause[0].upper() + clause[1:]
            sentence = speech.format_map(names)
        else:
            if random.random() < 0.55:
                clause += random.choice(_JOINTS) + _clause(random, words)
            topic = random.choice(happening.subject if random.random() < 0.6 else happening.own_words)
            sentence = f"{clause} {random.choice(('of', 'for', 'on', 'in', 'about'))} {topic}."
        sentences.append(sentence[0].upper() + sentence[1:])
    return " ".join(sentences)


def _clause(random: Random, words: Iterator[str]) -> str:
    pattern = random.choice(_CLAUSES)
    slots = pattern.count("{}")
    chosen = list(islice(words, slots))
    if len(chosen) < slots:  # long sentences used up what was drawn for the article
        chosen += draw(random, slots - len(chosen))
    return pattern.format(*chosen)


def _fill(random: Random, happening: Event) -> dict[str, str | int]:
    """What the blanks of a sentence about that event may say."""
    person = random.choice(happening.people)
    place, turn = (
        random.randrange(3),
        random.randrange(12),
    )  # one draw serves several blanks: draws are what costs
    country, other = happening.countries[place], happening.countries[place - 1]
    number = int(900 * random.random() ** 2) + 2
    return {
        "title": person.title,
        "full": person.full,
        "family": person.family,
        "organisation": happening.organisations[turn % 3],
        "country": country,
        "other": other,
        "city": PLACES[country],
        "topic": happening.subject[turn % len(happening.subject)],
        "topic2": happening.subject[(turn + place + 1) % len(happening.subject)],
        "own": happening.own_words[turn],
        "own2": happening.own_words[turn - 1 - place],
        "number": number,
        "percent": number % 60 + 1,
        "year": 2010 + turn,
        "weekday": _WEEKDAYS[turn % 6],
    }


def _url(random: Random, number: int, total: int, title: str) -> str:
    sources = min(MOST_SOURCES, max(15, total // 5))
    host = source(int(sources * random.random() ** 2.2))
    slug = "-".join("".join(c for c in part if c.isalnum()) for part in title.lower().split()[:6])
    return f"https://{host}/news/{10_000_000 + number}.{slug}/"


def _reprint(seed: int, number: int, total: int, original: Made) -> Made:
    random = Random(seed * 3_000_017 + number)
    paragraphs = original.paragraphs[: max(2, int(len(original.paragraphs) * random.uniform(0.5, 1.1)))]
    if random.random() < 0.6:
        random.shuffle(paragraphs)
    if random.random() < 0.5:
        paragraphs = [paragraph.replace("'", "").replace("’", "") for paragraph in paragraphs]
    for _ in range(random.randrange(4)):
        paragraphs.insert(random.randrange(len(paragraphs) + 1), random.choice(_BOILERPLATE))
    title = original.title if random.random() < 0.6 else original.title.replace("'", "").rsplit(" ", 1)[0]
    last_day = FIRST_DAY + datetime.timedelta(DAYS + 50)
    date = min(last_day, original.date + datetime.timedelta(int(3 * random.random() ** 2)))
    return Made(title, date, _url(random, number, total, title), paragraphs)


def write_corpus(total: int, folder: Path, seed: int = 1) -> int:
    """Write `total` articles into `folder`, sharded in folders of `FILES_A_FOLDER`.

    Returns:
        The bytes written.
    """
    written = 0
    for number in range(total):
        shard = folder / f"{number // FILES_A_FOLDER:04d}"
        if number % FILES_A_FOLDER == 0:
            shard.mkdir(parents=True, exist_ok=True)
        made = make(seed, number, total)
        data = made.text.encode()
        name = f"{number:03d}_{hashlib.sha256(made.url.encode()).hexdigest()[:16]}.txt"
        (shard / name).write_bytes(data)
        written += len(data)
    return written


def main() -> int:
    """Run the command; exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.corpus", description=__doc__)
    parser.add_argument("articles", type=int, metavar="N")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    started = time.perf_counter()
    written = write_corpus(options.articles, options.folder, options.seed)
    seconds = time.perf_counter() - started
    rate = options.articles / max(seconds, 1e-9)
    print(f"{options.articles:,} articles, {written / 1e6:,.1f} MB in {seconds:.1f} s: {rate:,.0f} a second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
