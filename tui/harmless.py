"""Make text from outside harmless to a terminal.

Articles come from the web: a control sequence in a title must not reach the reader's terminal, a bidi override
must not turn a line around, a thousand combining marks must not climb over the screen.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_MARK_RUN = 4
"""How many combining marks may follow one character; Vietnamese and Hebrew need three, Zalgo has hundreds."""

# C0 and C1 controls and DEL; format characters that reorder, hide or join, and what Unicode calls ignorable when
# it isn't known (but not the Arabic and Syriac number signs, which are visible); lone surrogates and
# non-characters; the separators of lines and paragraphs.
_CLASS_CONTROL = "\x00-\x1f\x7f-\x9f"
_CLASS_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
_CLASS_SEPARATOR = "\u2028\u2029"
_CLASS_BROKEN = "\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)
)
_UNSAFE = re.compile(f"[{_CLASS_CONTROL}{_CLASS_INVISIBLE}{_CLASS_SEPARATOR}{_CLASS_BROKEN}]")
_SPACE = re.compile(f"[\t\n\r\x0b\x0c\x85{_CLASS_SEPARATOR}]+")
_BROKEN = re.compile(f"[{_CLASS_BROKEN}]")
# No mark is a word character to `re`: a run of other characters beyond ASCII is where too many can stand.
_MAYBE_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{LONGEST_MARK_RUN + 1},}}")
_MARKS = ("Mn", "Me")
"""Categories of marks that stand on the character before and take no room."""


def harmless(text: str) -> str:
    """The text on one line, without anything that could act on a terminal.

    Tabs and line ends become one space; other controls and invisible format characters go; lone surrogates and
    non-characters become U+FFFD; runs of combining marks are cut after `LONGEST_MARK_RUN`. What is left is what was
    there. `harmless(harmless(text)) == harmless(text)`.
    """
    if text.isascii() and text.isprintable():
        return text
    # Each different character is looked at once: a sixth of the time of searching the text for what it seldom has.
    different = "".join(set(text))
    if _UNSAFE.search(different):
        text = _without_unsafe(text)
    return _MAYBE_MARKS.sub(_few_marks, text) if _has_marks(different) else text


def _without_unsafe(text: str) -> str:
    text = _SPACE.sub(" ", text)
    text = _BROKEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return _UNSAFE.sub("", text)


def _has_marks(text: str) -> bool:
    return any(not character.isascii() and unicodedata.category(character) in _MARKS for character in text)


def _few_marks(run: re.Match[str]) -> str:
    kept = []
    marks = 0
    for character in run.group():
        marks = marks + 1 if unicodedata.category(character) in _MARKS else 0
        if marks <= LONGEST_MARK_RUN:
            kept.append(character)
    return "".join(kept)


def is_harmless(text: str) -> bool:
    """Whether the text holds nothing that `harmless` would take out."""
    return harmless(text) == text


def escape_json(encoded: str) -> str:
    """JSON text with every unsafe character that stands in it raw written as `\\uXXXX`.

    For output of `json.dumps(…, ensure_ascii=False)`: Cyrillic stays readable in a pipe, controls never arrive.
    """
    if encoded.isascii() and encoded.isprintable():  # megabytes of offsets are
        return encoded
    return _UNSAFE.sub(_json_escape, encoded)


def _json_escape(match: re.Match[str]) -> str:
    character = match.group()
    if character == "\n":
        return character
    return "".join(f"\\u{unit:04x}" for unit in _utf16_units(character))


def _utf16_units(character: str) -> list[int]:
    raw = character.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(raw[i : i + 2], "big") for i in range(0, len(raw), 2)]
