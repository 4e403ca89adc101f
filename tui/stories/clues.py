"""Clues to the order in which an article's paragraphs were written, from the text alone.

A report begins with its news and ends with its background; it names in full before it names in short, introduces
before it refers, and lets the quotation follow its speaker. Lapata ("Probabilistic Text Structuring", ACL 2003) and
Barzilay and Lapata ("Modeling Local Coherence", Computational Linguistics 34, 2008) order sentences by such clues.

What tells of one paragraph (`ALONE`, `AGAINST`) is linear in the paragraphs, what tells of two (`BETWEEN`) quadratic.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui.article import TITLE, Article, Mention
from tui.stories import paragraphs as reading
from tui.stories.paragraphs import Seen

Floats = NDArray[np.float32]

ALONE = (
    "of_title", "nearest_title", "title_names", "spread", "most_like", "central", "dateline", "length", "sentences",
    "quote_first", "quote_share", "quote_bare", "pronoun_first", "link_first", "short_names", "full_names",
    "titled_names", "names_spread", "names_once", "no_names", "weekday", "years", "months", "figures", "last_time",
    "says", "asks", "lower_first", "colon_last",
)  # fmt: skip
"""The columns of `Clues.alone`."""

AGAINST = ("like_lead", "holds_lead", "held_by_lead", "names_of_lead", "names_in_lead")
"""The columns of `Clues.against`."""

BETWEEN = ("full_short", "known_bare", "any_the", "spelt_acronym")
"""The layers of `Clues.between`."""

MOST_BETWEEN = 400
"""Paragraphs up to which pairs are looked at: 160,000 of them."""

_COLUMNS = 1_024
"""Of different words where there are more paragraphs than that; some then share one."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What an article's text says of the order of its paragraphs. All sequences have one item a paragraph."""

    alone: Floats
    """Shape (paragraphs, len(ALONE))."""
    cues: tuple[frozenset[str], ...]
    between: Floats | None
    """Shape (len(BETWEEN), paragraphs, paragraphs): by how much the first of two seems to come earlier; None where
    there are more than `MOST_BETWEEN` paragraphs."""
    weighed: Floats
    """The rarity of the words of each, shape (paragraphs, words)."""
    names: tuple[frozenset[str], ...]

    def against(self, lead: int) -> Floats:
        """What is told by how alike each is to the paragraph that seems to come first.

        Returns:
            Shape (paragraphs, len(AGAINST)).
        """
        first = self.weighed[lead]
        shared = (self.weighed * (first > 0)).sum(1)
        own = self.weighed.sum(1)
        norms = np.maximum(np.linalg.norm(self.weighed, axis=1), 1e-6)
        names = self.names[lead]
        common = np.array([len(names & here) for here in self.names], np.float32)
        return np.column_stack(
            [
                self.weighed @ first / (norms * norms[lead]) * (np.arange(len(norms)) != lead),
                shared / max(float(first.sum()), 1e-6),
                shared / np.maximum(own, 1e-6),
                common / max(len(names), 1),
                common / np.maximum([len(here) for here in self.names], 1),
            ]
        ).astype(np.float32)


def clues_of(article: Article, paragraphs: Sequence[int], mentions: Sequence[Mention] = ()) -> Clues:
    """What the text says of the order of some paragraphs, in rows as they are given.

    Args:
        article: Whose.
        paragraphs: Indices.
        mentions: What is named there, where it is known; else capitals have to do.
    """
    texts = [article.paragraphs[index] for index in paragraphs]
    lower = reading.lower_words((article.title, *texts))
    seen = [reading.look(text, lower) for text in texts]
    title = reading.look(article.title, lower)
    forms = _forms(len(seen), {index: row for row, index in enumerate(paragraphs)}, mentions)
    content = [one.content for one in seen]
    weighed = _weighed(content)
    return Clues(
        _alone(seen, title, content, weighed),
        tuple(map(reading.cue_words, seen)),
        _between(seen, *forms) if len(seen) <= MOST_BETWEEN else None,
        weighed,
        tuple(frozenset(one.short | one.full) for one in seen),
    )


def _forms(
    count: int, rows: dict[int, int], mentions: Sequence[Mention]
) -> tuple[list[set[str]], list[set[str]]]:
    """Of each paragraph the entities that it names as fully as any does, and those that it only names shorter."""
    longest: dict[str, int] = defaultdict(int)
    found = []
    for mention in mentions:
        if mention.paragraph != TITLE and mention.paragraph in rows and mention.entity is not None:
            length = len(mention.text.split())
            longest[mention.entity] = max(longest[mention.entity], length)
            found.append((rows[mention.paragraph], mention.entity, length))
    full: list[set[str]] = [set() for _ in range(count)]
    short: list[set[str]] = [set() for _ in range(count)]
    for row, entity, length in found:
        if longest[entity] > 1:
            (full if length == longest[entity] else short)[row].add(entity)
    return full, [names - fuller for names, fuller in zip(short, full, strict=True)]


def _weighed(content: Sequence[Collection[str]]) -> Floats:
    """The rarity of each paragraph's words among these paragraphs; a word of one paragraph alone weighs most."""
    count = len(content)
    spread = Counter(word for words in content for word in words)
    columns = len(spread) if count <= MOST_BETWEEN else min(len(spread), _COLUMNS)
    place = {word: (number % columns, float(np.log1p(count / times) - np.log(2)))
             for number, (word, times) in enumerate(spread.items())}  # fmt: skip
    weighed = np.zeros((count, max(columns, 1)), np.float32)
    for row, words in enumerate(content):
        for word in words:
            column, rarity = place[word]
            weighed[row, column] += rarity
    return weighed


def _alone(seen: Sequence[Seen], title: Seen, content: Sequence[Collection[str]], weighed: Floats) -> Floats:
    """What is told by each paragraph for itself, or by it against all the others."""
    count = len(seen)
    alone = np.zeros((count, len(ALONE)), np.float32)
    if not count:
        return alone
    spread = Counter(word for words in content for word in words)
    rarity = {word: float(np.log1p(count / times)) for word, times in spread.items()}
    title_words = title.content
    title_weight = sum(rarity.get(word, 0.0) for word in title_words) or 1.0
    naming = Counter(name for one in seen for name in one.short | one.full)
    most_like, central = _likeness(weighed)
    for row, (one, words) in enumerate(zip(seen, content, strict=True)):
        text = one.text
        first = one.words[0] if one.words else ""
        quoted = reading.QUOTED.findall(text)
        names = one.short | one.full
        alone[row] = (
            sum(rarity[word] for word in title_words & set(words)) / title_weight,
            0.0,
            len(title.names & one.names) / max(len(title.names), 1),
            sum(spread[word] - 1 for word in words) / (max(len(words), 1) * max(count - 1, 1)),
            most_like[row],
            central[row],
            reading.DATELINE.match(text) is not None,
            np.log(max(len(one.words), 1)) / 4,
            min(len(reading.SENTENCE_END.findall(text)), 8) / 8,
            one.begins_quoting,
            sum(map(len, quoted)) / max(len(text), 1),
            one.begins_quoting and reading.SAYS.search(reading.QUOTED.sub("", text)) is None,
            first in reading.PRONOUNS,
            first in reading.LINKS,
            len(one.short) / 5,
            len(one.full) / 5,
            one.titled / 3,
            sum(naming[name] for name in names) / (max(len(names), 1) * count),
            sum(naming[name] == 1 for name in names) / max(len(names), 1),
            not names,
            reading.DAYS.search(text) is not None,
            min(len(reading.YEARS.findall(text)), 3) / 3,
            min(len(reading.MONTHS.findall(text)), 2) / 2,
            min(len(reading.FIGURES.findall(text)), 5) / 5,
            reading.LAST_TIME.search(text) is not None,
            reading.SAYS.search(text) is not None,
            "?" in text,
            text[:1].islower(),
            text.rstrip()[-1:] == ":",
        )
    of_title = alone[:, 0]
    alone[:, 1] = (of_title == of_title.max()) & (of_title > 0)
    return alone


def _likeness(weighed: Floats) -> tuple[Floats, Floats]:
    """The cosine of each paragraph with the one most like it (0 where there are too many), and the mean with all."""
    count = len(weighed)
    unit = weighed / np.maximum(np.linalg.norm(weighed, axis=1, keepdims=True), 1e-6)
    others = unit @ unit.sum(0) - (unit * unit).sum(1)
    central = (others / count).astype(np.float32)
    if count > MOST_BETWEEN or count < 2:
        return np.zeros(count, np.float32), central
    cosine = unit @ unit.T
    np.fill_diagonal(cosine, 0)
    return cosine.max(1), central


def _between(seen: Sequence[Seen], full: Sequence[set[str]], short: Sequence[set[str]]) -> Floats:
    """What each two paragraphs tell against each other; `full` and `short` are the entities that each names so."""
    new_and_old = [reading.nouns(one) for one in seen]
    acronyms = {name for one in seen for name in one.acronyms}
    return np.stack(
        [
            np.maximum(_both([one.full for one in seen], [one.bare for one in seen]), _both(full, short)),
            _both([one.known for one in seen], [one.unknown for one in seen]),
            np.minimum(_both([new for new, _ in new_and_old], [old for _, old in new_and_old]), 3),
            _both([one.initials & acronyms for one in seen], [one.acronyms - one.initials for one in seen]),
        ]
    )


def _both(firsts: Sequence[Collection[str]], seconds: Sequence[Collection[str]]) -> Floats:
    """How many keys each first has in common with each second, shape (len(firsts), len(seconds))."""
    column: dict[str, int] = {}
    for keys in firsts:
        for key in keys:
            column.setdefault(key, len(column))
    one, other = (np.zeros((len(firsts), max(len(column), 1)), np.float32) for _ in range(2))
    for matrix, sets in ((one, firsts), (other, seconds)):
        for row, keys in enumerate(sets):
            for key in keys:
                if key in column:
                    matrix[row, column[key]] = 1
    counted: Floats = one @ other.T
    return counted
