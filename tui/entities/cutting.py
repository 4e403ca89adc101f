"""Texts cut into lines, and overlong lines into pieces: whatever comes, what is held at once stays small."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BREAK = re.compile(r"[.!?…]['\"”’)]*\s+|\s+")


def cut_lines(text: str, longest: int) -> Iterator[tuple[str, int]]:
    """Lines of at most so many characters with their offsets in the text; those of white space alone are left out.

    A longer one is cut where a sentence ends, else between words; a name across a cut is lost.
    """
    offset = 0
    for line in text.split("\n"):
        begin = 0
        while len(line) - begin > longest:
            cut = _cut(line, begin, begin + longest)
            yield line[begin:cut], offset + begin
            begin = cut
        if begin < len(line) and not line[begin:].isspace():
            yield line[begin:], offset + begin
        offset += len(line) + 1


def _cut(line: str, begin: int, end: int) -> int:
    """Where to cut between begin and end: after the last sentence in the second half, the last word, or just there."""
    word = sentence = 0
    for match in _BREAK.finditer(line, begin + (end - begin) // 2, end):
        word = match.end()
        if not match.group()[0].isspace():
            sentence = word
    return sentence or word or end
