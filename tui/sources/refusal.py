"""Why a file isn't taken, and the limits that decide it: one line for the summary and the report, never a
crash.
"""

from __future__ import annotations

import errno

from tui.errors import BroadsheetError

LARGEST_FILE = 20_000_000
"""Bytes; a larger file is refused without being read. A newspaper's longest read is under 200 kB."""

LONGEST_LINE = 2_500_000
"""Characters; a text with a longer line is data, not prose, and is refused."""

LONGEST_PARAGRAPH = 20_000
"""Characters; a longer paragraph is cut at the ends of sentences, so that drawing one stays quick."""

MOST_LINES = 100_000
"""A text of more is a list or a log, and is refused: "War and Peace" has 66,000."""

LONGEST_TITLE = 400
"""Characters; a longer title is cut, and stands in full as the first paragraph."""


class NotAnArticle(BroadsheetError):
    """The file holds no article that can be read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        """One line, without the file's name: "empty", "binary", …"""


class Unreadable(NotAnArticle):
    """The system didn't hand the file over: it may be an article, and readable another time."""

    @classmethod
    def because(cls, error: OSError) -> Unreadable:
        """The refusal that says in words what the system said."""
        return cls(reason_of(error))


def reason_of(error: OSError) -> str:
    """What went wrong with a file or folder, in one line, without its name."""
    known = _REASONS.get(error.errno or 0)
    if known is not None:
        return known
    return f"can't be read: {(error.strerror or str(error)).lower()}"


_REASONS = {
    errno.EACCES: "can't be read: permission denied",
    errno.EPERM: "can't be read: permission denied",
    errno.ENOENT: "no such file or folder",
    errno.ELOOP: "link loop: the link leads back to itself",
    errno.EISDIR: "a folder, not a file",
    errno.ENXIO: "can't be read: nothing stands behind it",
}


def size_in_words(size: int) -> str:
    """A number of bytes or characters as a person says it: 340, 12 k, 100 M (to be followed by the unit)."""
    if size < 1_000:
        return f"{size} "
    if size < 1_000_000:
        return f"{size / 1_000:.3g} k" if size < 999_500 else "1 M"
    return f"{size / 1_000_000:.3g} M" if size < 999_500_000 else f"{size / 1_000_000_000:.3g} G"
