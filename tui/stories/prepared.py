"""An article taken apart for comparing: done once, however many others it is set beside."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from tui.article import Article, Figure, Mention
from tui.entities.figures import find_figures
from tui.entities.names import fold_name
from tui.index.stems import Stemmer
from tui.stories.sentences import sentences_of
from tui.stories.values import Sentence, Side
from tui.stories.words import Word, words_of

_DATELINE = re.compile(
    r"(?:[^\W\d_a-z][^\W\d_a-z.'’-]+(?:[ /-][^\W\d_a-z][^\W\d_a-z.'’-]*){0,4}(?:, [^\W\d_][\w. ]{1,20})?"
    r"(?:, [^\W\d_][\w.]{1,9} \d{1,2})?\s?(?:\([^()]{2,30}\))?|\([A-Z][^()]{1,20}\))\s?[-–—]{1,2}\s"
)
"""`LONDON (Reuters) - `, `HARTFORD, Conn. — `: where a report was filed says nothing of what it reports."""
_CREDIT = re.compile(
    r"[(\[]?\s*(?:(?:additional |more )?"
    r"(?:reporting|writing|editing|edited|written|reported|compiled|photographs?|graphics?)"
    r"(?: and (?:reporting|writing|editing))? by\b|by [A-Z][\w.’'-]+ [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)?"
    r"(?:,? (?:and|for|of|in|at)\b.{0,60})?$|.{2,60} contributed to this (?:report|story|article)\b"
    r"|(?:the )?(?:associated press|reuters|afp|pa media|bloomberg)[.)]*$|(?:©|copyright\b|\(c\) ))",
    re.IGNORECASE,
)
"""Who wrote it and for whom: takes no part."""
_LONGEST_CREDIT = 240
_STEMMER = Stemmer()
_Place = TypeVar("_Place", Figure, Mention)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What comparing asks of an article. All sequences but `sentences` are aligned with it."""

    sentences: tuple[Sentence, ...]
    words: tuple[tuple[Word, ...], ...]
    """Of each sentence; its dateline left out. Offsets count from the sentence's beginning."""
    normal: tuple[str, ...]
    """The words, joined: two sentences with the same are identical."""
    stems: tuple[tuple[str, ...], ...]
    """Of the words, in order."""
    figures: tuple[tuple[Figure, ...], ...]
    names: tuple[tuple[tuple[str, Mention], ...], ...]
    """(what is named, where), in order: an entity, else the folded name, of a person the last word of it."""


def prepared(side: Side) -> Prepared:
    """An article taken apart; boilerplate and credits are left out."""
    article = side.article
    sentences = [one for one in sentences_of(article, side.boilerplate) if not is_credit(one.text)]
    return _prepared(article, sentences, side)


def prepared_title(side: Side, sentence: Sentence) -> Prepared:
    """A title taken apart, as an article of one sentence."""
    return _prepared(side.article, [sentence], side)


def is_credit(text: str) -> bool:
    """Whether a sentence only says who wrote it."""
    return len(text) <= _LONGEST_CREDIT and _CREDIT.match(text) is not None


def _prepared(article: Article, sentences: list[Sentence], side: Side) -> Prepared:
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
    figures = find_figures(article) if side.figures is None else side.figures
    distinct = sorted({word.text for found in words for word in found})
    stem_of = dict(zip(distinct, _STEMMER.stems(distinct, article.language), strict=True))
    return Prepared(
        tuple(sentences),
        tuple(words),
        tuple(" ".join(word.text for word in found) for found in words),
        tuple(tuple(stem_of[word.text] for word in found) for found in words),
        tuple(map(tuple, _by_sentence(sentences, figures))),
        tuple(
            tuple((_named(mention), mention) for mention in found)
            for found in _by_sentence(sentences, side.mentions)
        ),
    )


def _by_sentence(sentences: list[Sentence], found: Iterable[_Place]) -> list[list[_Place]]:
    """What was found, by the sentence that it begins in."""
    places = [(sentence.paragraph, sentence.start) for sentence in sentences]
    divided: list[list[_Place]] = [[] for _ in sentences]
    for one in found:
        at = bisect_right(places, (one.paragraph, one.start)) - 1
        if at >= 0 and sentences[at].paragraph == one.paragraph and one.end <= sentences[at].end:
            divided[at].append(one)
    return divided


def _named(mention: Mention) -> str:
    if mention.entity is not None:
        return mention.entity
    name = fold_name(mention.text)
    return name.split()[-1] if mention.type == "person" and name else name
