"""What the search bench asks, in no engine's language: words of a corpus chosen by how many articles have them.

A word of 29 % of the articles stays one of 29 %, whatever the corpus's size, so that a row means the same at every
size. What is measured is a sample of 20,000 articles.
"""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Literal

from tests.bench.archive import Archive
from tests.bench.newsroom import DAYS, FIRST_DAY, person

Kind = Literal["words", "any", "phrase", "prefix", "wildcard", "fuzzy", "not", "dates", "facets", "newest", "title",
               "typing"]  # fmt: skip

KEYSTROKES = 170
VARIANTS = 3
"""Questions a row has, of other words each."""

_VERSION = 1
_SAMPLE = 20_000
_RUN = 250
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked, of title and body where nothing else is said; the 50 best by relevance, and how many."""

    kind: Kind
    words: tuple[str, ...]
    """`any`: one of them; `not`: the first without the second; `title`: the first in the title, the others
    anywhere; `prefix`, `wildcard`, `fuzzy`: one; `facets`, `newest`: one; otherwise all of them (`phrase`: one after
    the other). `typing`: the last one may still be growing."""
    first: int = 0
    last: int = 0
    """`dates`: ordinals, both included."""

    @property
    def days(self) -> tuple[datetime.date, datetime.date]:
        """`dates`, both included."""
        return datetime.date.fromordinal(self.first), datetime.date.fromordinal(self.last)


Rows = dict[str, list[Question]]


class Frequencies:
    """How many articles of the sample have a word, a pair of neighbours, a word in the title."""

    def __init__(self, archive: Archive) -> None:
        texts = []
        titles: Counter[str] = Counter()
        words: Counter[str] = Counter()
        runs = max(1, min(_SAMPLE, archive.articles) // _RUN)
        for run in range(runs):
            first = 1 + run * archive.articles // runs
            for article in archive.read(first, min(first + _RUN, archive.articles + 1)):
                paragraphs = [article.title, *article.paragraphs]
                tokens = [_WORD.findall(paragraph.lower()) for paragraph in paragraphs]
                words.update({token for paragraph in tokens for token in paragraph})
                titles.update(set(tokens[0]))
                texts.append(tokens[1:])
        self.articles = len(texts)
        self.words, self.titles = words, titles
        frequent = {word for word, count in words.items() if count >= 0.25 * self.articles}
        names = {tuple(person(number).full.lower().split()) for number in range(60)}
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.names: Counter[tuple[str, str]] = Counter()
        for text in texts:
            pairs = {pair for tokens in text for pair in pairwise(tokens)}
            self.pairs.update(pair for pair in pairs if pair[0] in frequent and pair[1] in frequent)
            self.names.update(pairs & names)

    def near(self, share: float, counts: Counter[str], fits: Callable[[str], object] = bool) -> list[str]:
        """The words whose articles are nearest to that share of all, nearest first; plain letters only."""
        plain = (word for word in counts if word.isascii() and word.isalpha() and fits(word))
        return sorted(plain, key=lambda word: (abs(counts[word] - share * self.articles), word))[
            : 4 * VARIANTS
        ]

    def near_pairs(self, share: float, counts: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
        """The pairs whose articles are nearest to that share of all, nearest first."""
        wanted = share * self.articles
        return sorted(counts, key=lambda pair: (abs(counts[pair] - wanted), pair))[:VARIANTS]


def chosen(archive: Archive) -> tuple[Rows, list[Question]]:
    """The rows of the bench, and the keystrokes of queries being typed."""
    kept = archive.folder / f"questions-{_VERSION}.json"
    if not kept.exists():
        rows, typed = _choose(Frequencies(archive))
        plain = {name: [asdict(question) for question in row] for name, row in rows.items()}
        kept.write_text(json.dumps([plain, [asdict(question) for question in typed]]))
    stored, keys = json.loads(kept.read_text())
    return {name: [_question(one) for one in row] for name, row in stored.items()}, [
        _question(k) for k in keys
    ]


def _question(stored: dict[str, object]) -> Question:
    return Question(**{**stored, "words": tuple(stored["words"])})  # type: ignore[arg-type, call-overload]


def _choose(counts: Frequencies) -> tuple[Rows, list[Question]]:
    common = counts.near(0.29, counts.words)
    second = counts.near(0.2, counts.words)
    third = counts.near(0.1, counts.words)
    middling = counts.near(0.01, counts.words, lambda word: 7 <= len(word) <= 9)
    headline = counts.near(0.03, counts.titles)
    rare = counts.near(0.001, counts.words)
    names = counts.near_pairs(0.003, counts.names)
    year = DAYS // 7
    spans = [
        (FIRST_DAY.toordinal() + year * n, FIRST_DAY.toordinal() + year * (n + 1) - 1) for n in (1, 3, 5)
    ]

    def each(kind: Kind, *lists: Iterable[str]) -> list[Question]:
        return [Question(kind, words) for words in list(zip(*lists, strict=False))[:VARIANTS]]

    rows: Rows = {
        "common word (29 %)": each("words", common),
        "rare word (.1 %)": each("words", rare),
        "two words, AND": each("words", common, second),
        "three words, OR": each("any", common, second, third),
        "phrase of common words": [Question("phrase", p) for p in counts.near_pairs(0.08, counts.pairs)],
        "phrase of a name": [Question("phrase", pair) for pair in names],
        "prefix, one letter": each("prefix", ["r", "s", "p"]),
        "prefix, two letters": each("prefix", ["ru", "st", "pa"]),
        "prefix, three letters": each("prefix", ["rus", "sta", "par"]),
        "wildcard": each("wildcard", [f"{word[:2]}*{word[-3:]}" for word in middling]),
        "fuzzy, one edit": each("fuzzy", middling),
        "one word without another": each("not", common, second),
        "word in a year": [
            Question("dates", (word,), *span) for word, span in zip(common, spans, strict=False)
        ],
        "facets of all sources": each("facets", common),
        "newest first": each("newest", common),
        "title: and a word": each("title", headline, second),
    }  # fmt: skip
    return rows, _typed([
        f"{headline[0]} {common[0]}", " ".join(names[0]), "russia security treaty", f"{middling[0]} {second[0]}",
        "vaccine doses", "prime minister of ukraine", common[1], f"the {second[1]} of {headline[1]}",
        " ".join(names[1]), "pipeline supply", rare[0], "court verdict in berlin", "strike railway",
    ])  # fmt: skip


def _typed(queries: list[str]) -> list[Question]:
    """A question a letter, as far as `KEYSTROKES` go; a space asks what the letter before it asked, and isn't one."""
    typed: list[Question] = []
    turn = 0
    while len(typed) < KEYSTROKES:
        query = queries[turn % len(queries)]
        typed += [
            Question("typing", tuple(query[:end].split()))
            for end in range(1, len(query) + 1)
            if query[end - 1] != " "
        ]
        turn += 1
    return typed[:KEYSTROKES]


def mixed(rows: Rows, typed: list[Question], count: int) -> list[Question]:
    """That many questions, rows and keystrokes by turns."""
    asked = [question for row in rows.values() for question in row]
    pairs = ((asked[n % len(asked)], typed[n % len(typed)]) for n in range(count))
    return [question for pair in pairs for question in pair][:count]
