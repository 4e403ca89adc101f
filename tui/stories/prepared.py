"""An article taken apart for comparing: done once, however many others it is set beside."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from tui.article import Article, Figure, Mention
from tui.entities.figures import find_figures
from tui.entities.reporting import ADDING, SPOKEN
from tui.index.stems import Stemmer
from tui.stories.naming import Named, Names, named_as_one, names_of
from tui.stories.sentences import sentences_of, title_of
from tui.stories.values import Sentence, Side
from tui.stories.words import Word, words_of

_DATELINE = re.compile(
    r"(?:[^\W\d_a-z][^\W\d_a-z.'’-]+(?:[ /-][^\W\d_a-z][^\W\d_a-z.'’-]*){0,4}(?:, [^\W\d_][\w. ]{1,20})?"
    r"(?:, [^\W\d_][\w.]{1,9} \d{1,2})?\s?(?:\([^()]{2,30}\))?|\([A-Z][^()]{1,20}\))\s?[-–—―]{1,2}\s"
)
"""`LONDON (Reuters) - `, `HARTFORD, Conn. — `: where a report was filed says nothing of what it reports."""
_CREDIT = re.compile(
    r"[(\[]?\s*(?:(?:additional |more )?"
    r"(?:reporting|writing|editing|edited|written|reported|compiled|photographs?|graphics?)"
    r"(?: and (?:reporting|writing|editing))? by:? (?-i:[A-Z])"
    r"|by (?-i:[A-Z][\w.’'-]+ [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)?)"
    r"(?:,? (?:and|for|of|in|at)\b.{0,60})?$|.{2,60} contributed to this (?:report|story|article)\b"
    r"|(?:the )?(?:associated press|reuters|afp|pa media|bloomberg)[.)]*$|(?:©|copyright\b|\(c\) )"
    r"|(?:(?:photo|image|picture|video|illustration)s? )?(?:credit|courtesy)(?:s:|:| of\b)|advertisement\W*$)",
    re.IGNORECASE,
)
"""Who wrote it and for whom: takes no part."""
_LONGEST_CREDIT = 240
_SAYING = (SPOKEN | ADDING) - frozenset("states reports claims notes promises pledges recalls".split())
"""Verbs of reporting, which say the same of who says it; without what is as often a noun."""
_SAYING_STEM = "said"
_STEMMER = Stemmer()
_Place = TypeVar("_Place", Figure, Named)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What comparing asks of an article. All sequences but `sentences` are aligned with it."""

    sentences: tuple[Sentence, ...]
    words: tuple[tuple[Word, ...], ...]
    """Of each sentence; its dateline left out. Offsets count from the sentence's beginning."""
    normal: tuple[str, ...]
    """The words, joined: two sentences with the same are identical."""
    stems: tuple[tuple[str, ...], ...]
    """Of the words, in order; one for all verbs of reporting."""
    figures: tuple[tuple[Figure, ...], ...]
    names: tuple[tuple[Named, ...], ...]
    """In order."""
    known: Names
    """All that the article names."""
    language: str | None
    day: datetime.date | None
    """When it was published."""
    aliases: tuple[tuple[str, ...], ...] = ()
    """Of each sentence: stems of what it names by other words, `putin` for "the Russian president"; none before
    `side_by_side`."""


def prepared(side: Side) -> Prepared:
    """An article taken apart; boilerplate and credits are left out."""
    return prepared_with_title(side)[0]


def prepared_title(side: Side, sentence: Sentence) -> Prepared:
    """A sentence taken apart, as an article of one."""
    return _prepared(side.article, [sentence], _said_in(side))


def prepared_with_title(side: Side) -> tuple[Prepared, Prepared]:
    """An article taken apart, and its title as an article of one sentence."""
    article = side.article
    sentences = [one for one in sentences_of(article, side.boilerplate) if not is_credit(one.text)]
    said = _said_in(side)
    return _prepared(article, sentences, said), _prepared(article, [title_of(article)], said)


def side_by_side(articles: Sequence[Prepared]) -> list[Prepared]:
    """The articles with one name for what is one in all of them."""
    found = []
    for article, named in zip(articles, named_as_one([one.known for one in articles]), strict=True):
        names = tuple(map(tuple, _by_sentence(article.sentences, named, _where_named)))
        aliases = tuple(
            _aliases(words, of_it, article.language)
            for words, of_it in zip(article.words, names, strict=True)
        )
        found.append(replace(article, names=names, aliases=aliases))
    return found


def _aliases(words: Sequence[Word], names: Sequence[Named], language: str | None) -> tuple[str, ...]:
    said = {word.text for word in words}
    others = {one.short for one in names if said.isdisjoint(one.short.split())}
    return tuple(_STEMMER.stem(word, language) for name in sorted(others) for word in name.split())


def is_credit(text: str) -> bool:
    """Whether a sentence only says who wrote it."""
    return len(text) <= _LONGEST_CREDIT and _CREDIT.match(text) is not None


class _Said(NamedTuple):
    """What a whole article says, title and all."""

    figures: tuple[Figure, ...]
    names: Names


def _said_in(side: Side) -> _Said:
    figures = find_figures(side.article) if side.figures is None else side.figures
    return _Said(figures, names_of(side.article, side.mentions))


def _prepared(article: Article, sentences: list[Sentence], said: _Said) -> Prepared:
    words = []
    for sentence in sentences:
        dateline = _DATELINE.match(sentence.text)
        skipped = dateline.end() if dateline is not None and dateline.end() < len(sentence.text) else 0
        words.append(
            tuple(
                Word(word.text, word.start + skipped, word.end + skipped)
                for word in words_of(sentence.text[skipped:])
            )
        )
    kept = [index for index, found in enumerate(words) if found]
    sentences, words = [sentences[index] for index in kept], [words[index] for index in kept]
    distinct = sorted({word.text for found in words for word in found})
    stem_of = dict(zip(distinct, _STEMMER.stems(distinct, article.language), strict=True))
    if article.language in (None, "en"):
        stem_of.update(dict.fromkeys(_SAYING.intersection(distinct), _SAYING_STEM))
    return Prepared(
        tuple(sentences),
        tuple(words),
        tuple(" ".join(word.text for word in found) for found in words),
        tuple(tuple(stem_of[word.text] for word in found) for found in words),
        tuple(map(tuple, _by_sentence(sentences, said.figures, _where))),
        tuple(map(tuple, _by_sentence(sentences, said.names.named, _where_named))),
        said.names,
        article.language,
        article.date or (article.published.date() if article.published is not None else None),
    )


def _where(place: Figure) -> Figure:
    return place


def _where_named(place: Named) -> Mention:
    return place.mention


def _by_sentence(
    sentences: Sequence[Sentence], found: Iterable[_Place], where: Callable[[_Place], Figure | Mention]
) -> list[list[_Place]]:
    """What was found, by the sentence that it begins in."""
    places = [(sentence.paragraph, sentence.start) for sentence in sentences]
    divided: list[list[_Place]] = [[] for _ in sentences]
    for one in found:
        place = where(one)
        at = bisect_right(places, (place.paragraph, place.start)) - 1
        if at >= 0 and sentences[at].paragraph == place.paragraph and place.end <= sentences[at].end:
            divided[at].append(one)
    return divided
