"""What a recogniser finds, and what it has to be.

Offsets are Unicode code points: `text[start:end] == mention.text` always.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from tui.article import MentionType

RECOGNISER_VERSION = 3
"""Goes up whenever the same text may give other mentions or keys, so that a store knows what to recognise anew."""


class RawMention(NamedTuple):
    """A name in a text, as the recogniser saw it there."""

    start: int
    end: int
    text: str
    type: MentionType


class KeyedMention(NamedTuple):
    """A name in an article, with what it stands for there."""

    paragraph: int
    """-1 is the title."""
    start: int
    end: int
    text: str
    type: MentionType
    key: str
    """The folded fullest name that this article gives for it: all mentions with one key are one entity."""


class Recogniser(Protocol):
    """Anything that finds names: rules here, a model later."""

    def recognise(self, text: str, language: str | None = None) -> list[RawMention]:
        """The names in a text, in order, not overlapping; the same text gives the same list every time.

        Line ends divide paragraphs: no mention crosses one. Evidence anywhere in the text may decide a name
        elsewhere in it, so whole articles are worth more than single paragraphs.

        Args:
            text: Any text.
            language: Its ISO 639-1 code as detected at ingest; None where nobody knows.
        """
        ...
