"""One stretch of text that may be a name, with the votes that it has."""

from __future__ import annotations

from tui.entities.line import Line

PERSON, ORGANISATION, PLACE, MISC = range(4)
INDEX_OF = {"person": PERSON, "organisation": ORGANISATION, "place": PLACE, "misc": MISC}


class Candidate:
    """A stretch of text that may be a name."""

    __slots__ = ("end", "line", "listed", "size", "start", "sure", "text", "votes", "weak")

    def __init__(self, line: Line, start: int, end: int, text: str, votes: list[float]) -> None:
        self.line = line
        self.start = start
        self.end = end
        self.text = text
        self.size = 1
        """How many words."""
        self.votes = votes
        self.listed = True
        """A list, a title or an ending speaks for it, not its capital and neighbours alone."""
        self.weak = False
        """Nothing but its capital speaks for it, and the capital has another reason: other mentions must confirm it."""
        self.sure = False
        """Its own surroundings settle its type: `Mr Washington` is a person wherever Washington is a place."""
