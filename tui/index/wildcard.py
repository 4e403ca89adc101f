"""`wom?n` and `un*ed`: a pattern tried on a word in time that grows with the word, whatever the pattern."""

from __future__ import annotations

import re


class Wildcard:
    """A pattern of letters, `?` for any one and `*` for any number of them.

    Its pieces between stars are looked for one after the other, leftmost first: that finds a fit where there is one,
    and never tries twice, where a regular expression of twenty `.*` would for ever.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        first = re.search(r"[*?]", pattern)
        self.prefix = pattern[: first.start()] if first else pattern
        """What every word that fits begins with."""
        self.letters = pattern.replace("*", "").replace("?", "")
        """What every word that fits has in it."""
        self.is_one_letter = (
            len(self.letters) == 1 and self.letters.isascii() and pattern == f"*{self.letters}*"
        )
        """Whether having that letter is all that is asked."""
        self._open = "*" in pattern
        pieces = [re.compile(re.escape(piece).replace(r"\?", "."), re.DOTALL) for piece in pattern.split("*")]
        lengths = [len(piece) for piece in pattern.split("*")]
        self._first, self._last = pieces[0], pieces[-1]
        self._first_length, self._last_length = lengths[0], lengths[-1]
        self._between = [piece for piece, length in zip(pieces[1:-1], lengths[1:-1], strict=True) if length]

    def fits(self, term: str) -> bool:
        """Whether the whole term is of the pattern."""
        if not self._open:
            return self._first.fullmatch(term) is not None
        end = len(term) - self._last_length
        if end < self._first_length or not self._first.match(term) or not self._last.match(term, end):
            return False
        position = self._first_length
        for piece in self._between:
            match = piece.search(term, position, end)
            if match is None:
                return False
            position = match.end()
        return True
