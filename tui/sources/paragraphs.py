"""Which lines are one paragraph: a text says it in one of two ways, and never says in which.

Either every line is a paragraph (the founding format, text out of a web page), or paragraphs are wrapped to a
width and parted by empty lines or by indentation (mail, old wires, most Markdown). A wrapped line breaks
where the next word had no room and seldom at the end of a sentence; a paragraph ends nearly always at one.
"""

from __future__ import annotations

import itertools
import re

from tui.sources.refusal import LONGEST_PARAGRAPH

_ENDS_SENTENCE = re.compile(r"[.!?…。！？؟۔][\"'”’»)\]*_]*$|[”»]$")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s|[。！？؟۔]")
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]")
_NOT_PROSE = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s")

LONGEST_WRAPPED_LINE = 160
"""Characters; nobody wraps to more."""

NARROWEST = 40
"""Characters; nobody wraps to less: such lines are verse or a list. Ideographs count twice."""


def ends_sentence(line: str) -> bool:
    """Whether a sentence ends with the line."""
    return _ENDS_SENTENCE.search(line.rstrip()) is not None


def are_wrapped(groups: list[list[str]]) -> bool:
    """Whether the lines of a group are one paragraph, judged by all groups that have more than one line."""
    inner = [line for group in groups for line in group[:-1]]
    if not inner:
        return True
    long = sum(len(line) > LONGEST_WRAPPED_LINE for line in inner)
    ending = sum(ends_sentence(line) for line in inner)
    data = sum(" " not in line.strip() and not _WIDE.search(line) for line in inner)
    return long * 5 < len(inner) and data * 2 < len(inner) and ending * 2 < len(inner)


def are_verse(groups: list[list[str]]) -> bool:
    """Whether the lines are too short to have been wrapped: verse, or a list."""
    width = wrap_width(groups)
    return 0 < width < NARROWEST // 2 or (
        width < NARROWEST
        and not any(_WIDE.search(line) for group in groups for line in group if len(group) > 1)
    )


def wrap_width(groups: list[list[str]]) -> int:
    """The width that the text was wrapped to: the longest line but for the longest twentieth, which
    overflows.
    """
    lengths = sorted(len(line.strip()) for group in groups for line in group if len(group) > 1)
    return lengths[(len(lengths) - 1) * 19 // 20] if lengths else 0


def join_wrapped(group: list[str], width: int) -> list[str]:
    """The paragraphs of one group of wrapped lines.

    A new one begins where the line before had ample room for the next word, or where a line is indented and
    the one before wasn't.
    """
    if len(group) == 1:
        return [group[0].strip()]
    paragraphs: list[list[str]] = [[group[0].strip()]]
    hangs = _NOT_PROSE.match(group[0]) is not None
    for before, line in itertools.pairwise(group):
        stripped = line.strip()
        word = stripped.split(None, 1)[0] if stripped else ""
        room = len(before.strip()) + 1 + len(word) <= 0.7 * width
        indented = not hangs and _indent(line) >= _indent(before) + 2
        if (room and not hangs and not _WIDE.search(word)) or (indented and ends_sentence(before)):
            paragraphs.append([stripped])
        else:
            paragraphs[-1].append(stripped)
    return [_joined(lines) for lines in paragraphs]


def cut(paragraph: str) -> list[str]:
    """The paragraph in pieces that are no longer than `LONGEST_PARAGRAPH`, cut at ends of sentences or at
    spaces.
    """
    pieces = []
    start = 0
    while len(paragraph) - start > LONGEST_PARAGRAPH:
        end = _place_to_cut(paragraph, start, start + LONGEST_PARAGRAPH)
        pieces.append(paragraph[start:end].strip())
        start = end
    pieces.append(paragraph[start:].strip())
    return [piece for piece in pieces if piece]


def _place_to_cut(text: str, start: int, limit: int) -> int:
    last = None
    # Only the last part is looked at: the pieces shall be long, and the time not quadratic.
    for end in _SENTENCE_END.finditer(text, max(start, limit - 4_000), limit):
        last = end.end()
    if last:
        return last
    space = text.rfind(" ", start, limit)
    return space + 1 if space > start else limit


def _joined(lines: list[str]) -> str:
    text = lines[0]
    parts = [text]
    for line in lines[1:]:
        # Chinese and Japanese have no spaces to put back.
        if parts[-1] and line and not (_WIDE.match(parts[-1][-1]) and _WIDE.match(line[0])):
            parts.append(" ")
        parts.append(line)
    return "".join(parts)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
