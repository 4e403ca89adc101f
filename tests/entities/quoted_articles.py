"""Reads the annotated quotes of `quoted/`, and measures what `find_quotes` makes of them.

A quote counts as found if it covers at least half of the annotated span or the other way round, and says the same
speaker: the same last word of the name.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tui.article import MENTION_TYPES, TITLE, Article, Mention, MentionType, Quote
from tui.entities.quotes import find_quotes

_FOLDER = Path(__file__).parent / "quoted"
_TYPES: dict[str, MentionType] = {kind: kind for kind in MENTION_TYPES}
_MARK = re.compile(r"\[\[(?P<name>[^|\]]+)\|(?P<type>\w+)\]\]|\{\{(?P<speaker>[^|]+)\||\}\}")


class Said(NamedTuple):
    """An annotated quote."""

    paragraph: int
    start: int
    end: int
    direct: bool
    speaker: str | None


class Annotated(NamedTuple):
    """An article with its mentions and its quotes."""

    article: Article
    mentions: tuple[Mention, ...]
    said: tuple[Said, ...]


class Score(NamedTuple):
    """How many quotes with speakers there are, were found, and were found with the right speaker."""

    annotated: int
    found: int
    recalled: int
    precise: int

    @property
    def precision(self) -> float:
        """Of the quotes found with a speaker, the share whose words and speaker are right."""
        return self.precise / self.found

    @property
    def recall(self) -> float:
        """Of the quotes annotated with a speaker, the share found with that speaker."""
        return self.recalled / self.annotated


def annotated_articles(name: str) -> list[Annotated]:
    """The articles of one of the files."""
    text = (_FOLDER / f"{name}.txt").read_text("utf-8")
    return [_annotated(part.strip().splitlines()) for part in text.split("\n---\n")]


def _annotated(lines: Sequence[str]) -> Annotated:
    texts: list[str] = []
    mentions: list[Mention] = []
    said: list[Said] = []
    for number, line in enumerate(lines, start=-1):
        plain, position = "", 0
        opened: list[tuple[int, str]] = []
        for match in _MARK.finditer(line):
            plain += line[position : match.start()]
            position = match.end()
            if match["name"]:
                start = len(plain)
                plain += match["name"]
                kind = _TYPES[match["type"]]
                mentions.append(Mention(number, start, len(plain), match["name"], kind))
            elif match["speaker"]:
                opened.append((len(plain), match["speaker"]))
            else:
                start, speaker = opened.pop()
                name = speaker.removeprefix("~")
                said.append(
                    Said(
                        number, start, len(plain), not speaker.startswith("~"), None if name == "?" else name
                    )
                )
        texts.append(plain + line[position:])
    return Annotated(Article(texts[0], tuple(texts[1:]), language="en"), tuple(mentions), tuple(said))


def shuffled(annotated: Annotated, order: random.Random) -> Annotated:
    """The article with its paragraphs in another order."""
    article = annotated.article
    numbers = list(range(len(article.paragraphs)))
    order.shuffle(numbers)
    places = {number: place for place, number in enumerate(numbers)} | {TITLE: TITLE}
    mentions = [replace(mention, paragraph=places[mention.paragraph]) for mention in annotated.mentions]
    return Annotated(
        replace(article, paragraphs=tuple(article.paragraphs[number] for number in numbers)),
        tuple(sorted(mentions, key=lambda mention: (mention.paragraph, mention.start))),
        tuple(said._replace(paragraph=places[said.paragraph]) for said in annotated.said),
    )


def score(articles: Sequence[Annotated]) -> Score:
    """The score over all of them."""
    counts = [0, 0, 0, 0]
    for annotated in articles:
        quotes = find_quotes(annotated.article, annotated.mentions)
        wanted = [said for said in annotated.said if said.speaker is not None]
        named = [quote for quote in quotes if quote.speaker is not None]
        counts[0] += len(wanted)
        counts[1] += len(named)
        counts[2] += sum(any(agree(said, quote) for quote in named) for said in wanted)
        counts[3] += sum(any(agree(said, quote) for said in wanted) for quote in named)
    return Score(*counts)


def errors(annotated: Annotated) -> Iterator[str]:
    """What was not found, and what was found wrongly, for people to read."""
    quotes = find_quotes(annotated.article, annotated.mentions)
    for said in annotated.said:
        if said.speaker and not any(agree(said, quote) for quote in quotes):
            text = annotated.article.text_of(said.paragraph)
            yield f"missed {said.speaker}: {text[said.start : said.end]}"
    for quote in quotes:
        if quote.speaker and not any(agree(said, quote) for said in annotated.said):
            text = annotated.article.text_of(quote.paragraph)
            yield f"wrong {quote.speaker.text}: {text[quote.start : quote.end]}"


def agree(said: Said, quote: Quote) -> bool:
    """Whether a quote is the annotated one, speaker included."""
    if quote.paragraph != said.paragraph or quote.speaker is None or said.speaker is None:
        return False
    shared = min(quote.end, said.end) - max(quote.start, said.start)
    if shared * 2 < min(quote.end - quote.start, said.end - said.start):
        return False
    return quote.speaker.text.split()[-1] == said.speaker.split()[-1]
