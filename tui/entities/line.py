"""One line of an article, taken apart: tokens with places and shapes, and what kind of line it is."""

from __future__ import annotations

from tui.entities.cues import CALENDAR
from tui.entities.tokens import TOKEN, Shape, shape_of

_SENTENCE_ENDS = frozenset(".!?:;…|•·*>")
_OPENING = frozenset("\"“‘„«([{'`—–-")
HEADLINE_LENGTH = 40
"""A line of more tokens is no headline, whatever its capitals."""


class Line:
    """Tokens of one line as parallel lists.

    A possessive ending is no part of its token: `Putin's` is the word `Putin`, ends before the apostrophe, and is
    in `possessive`.
    """

    __slots__ = ("ends", "offset", "possessive", "shapes", "starts", "text", "words")

    def __init__(self, text: str, offset: int) -> None:
        self.text = text
        self.offset = offset
        """Where the line begins in the article."""
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.shapes: list[Shape] = []
        self.possessive: set[int] = set()
        self._tokenise()

    def _tokenise(self) -> None:
        words, starts, ends, shapes = self.words, self.starts, self.ends, self.shapes
        for match in TOKEN.finditer(self.text):
            word = match.group()
            start, end = match.span()
            if word[-2:] in ("'s", "’s") and len(word) > 2:
                self.possessive.add(len(words))
                word = word[:-2]
                end -= 2
            words.append(word)
            starts.append(start)
            ends.append(end)
            shapes.append(shape_of(word))

    def adjacent(self, index: int) -> bool:
        """Whether one space alone stands between this token and the one before it."""
        return (
            index > 0
            and self.starts[index] == self.ends[index - 1] + 1
            and index - 1 not in self.possessive
            and self.text[self.ends[index - 1]].isspace()
        )

    def opens_sentence(self, index: int) -> bool:
        """Whether a capital at this token means nothing, because a sentence, quote or list item begins there."""
        index -= 1
        if index < 0:
            return True
        word = self.words[index]
        if word in _SENTENCE_ENDS:
            return True
        if word not in _OPENING:
            return False
        if index == 0 or word in "\"“‘„«'`":
            return self._opening_quote(index)
        return self.words[index - 1] in _SENTENCE_ENDS

    def _opening_quote(self, index: int) -> bool:
        """A straight quote opens where a space or nothing stands before it."""
        before = self.starts[index] - 1
        return before < 0 or self.text[before].isspace() or self.text[before] in "([—–-"

    def kind(self, common: frozenset[str]) -> str:
        """`plain`, `headline` (Most Words Begin With a Capital) or `shouting` (MOST WORDS ARE CAPITALS).

        In a headline some of the words with capitals are `common`: a line of names alone is plain.
        """
        capitals = shouts = lower = ordinary = 0
        shapes = self.shapes
        for word, shape in zip(self.words, shapes, strict=True):
            if shape == Shape.CAPITAL and word not in CALENDAR:
                capitals += 1
                ordinary += word.lower() in common
            elif shape == Shape.SHOUT:
                shouts += 1
            elif shape == Shape.LOWER and len(word) > 3:
                lower += 1
        if shouts >= 4 and shouts > 2 * (capitals + lower):
            return "shouting"
        if (
            len(shapes) <= HEADLINE_LENGTH
            and capitals >= 4
            and capitals > 2 * lower
            and ordinary >= 2
            and self._unfinished()
        ):
            return "headline"
        return "plain"

    def _unfinished(self) -> bool:
        """Headlines have no full stop."""
        return self.words[-1] != "."
