"""Text measured, cut and wrapped in terminal cells: a Chinese character takes two, a combining mark none."""

from __future__ import annotations

from rich.cells import cell_len, get_character_cell_size

ELLIPSIS = "…"


def width_of(text: str) -> int:
    """How many cells the text takes."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells, with an ellipsis where something was cut."""
    if width <= 0:
        return ""
    if width_of(text) <= width:
        return text
    return text[: _fits(text, 0, width - 1)].rstrip() + ELLIPSIS


def fitted(text: str, width: int) -> str:
    """The text cut or filled with spaces to exactly `width` cells."""
    text = cut(text, width)
    return text + " " * (width - width_of(text))


def cut_before(text: str, width: int) -> str:
    """The end of the text in at most `width` cells, with an ellipsis where something before it was cut."""
    if width <= 0:
        return ""
    if width_of(text) <= width:
        return text
    start, used = len(text), 0
    while start:
        used += get_character_cell_size(text[start - 1])
        if used > width - 1:
            break
        start -= 1
    return ELLIPSIS + text[start:].lstrip()


def _fits(text: str, start: int, width: int) -> int:
    """The furthest offset such that `text[start:offset]` takes at most `width` cells."""
    used = 0
    for offset in range(start, len(text)):
        used += get_character_cell_size(text[offset])
        if used > width:
            return offset
    return len(text)


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Where to break the text into lines of at most `width` cells.

    Breaks at spaces, and between characters of scripts that are written without them; a word longer than a line is
    cut.

    Returns:
        `[start, end)` of each line, in order; the spaces at a break belong to no line. An empty text has one line.
    """
    width = max(width, 2)
    if text.isascii():
        return _wrap_narrow(text, width)
    lines: list[tuple[int, int]] = []
    start, length = 0, len(text)
    while start < length:
        end = _fits(text, start, width)
        if end < length:
            end = _break_before(text, start, end)
        lines.append((start, len(text[start:end].rstrip()) + start if text[start:end].strip() else end))
        start = end
        while start < length and text[start] == " ":
            start += 1
    return lines or [(0, 0)]


def _break_before(text: str, start: int, end: int) -> int:
    """The last good place to break at or before `end`, which is in the middle of the text."""
    if text[end] == " " or get_character_cell_size(text[end]) == 2:
        return end
    for offset in range(end - 1, start, -1):
        if text[offset] == " ":
            return offset
        if get_character_cell_size(text[offset]) == 2:
            return offset + 1
    while end - 1 > start and get_character_cell_size(text[end]) == 0:
        end -= 1
    return end


def _wrap_narrow(text: str, width: int) -> list[tuple[int, int]]:
    """`wrap` where every character takes one cell."""
    lines: list[tuple[int, int]] = []
    start, length = 0, len(text)
    while length - start > width:
        space = text.rfind(" ", start, start + width + 1)
        end = space if space > start else start + width
        stripped = end
        while stripped > start and text[stripped - 1] == " ":
            stripped -= 1
        lines.append((start, stripped if stripped > start else end))
        start = end
        while start < length and text[start] == " ":
            start += 1
    if start < length or not lines:
        lines.append((start, length))
    return lines
