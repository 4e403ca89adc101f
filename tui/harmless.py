"""Make text from outside harmless to a terminal.

Articles come from the web: a control sequence in a title must not reach the reader's terminal, a bidi override
must not turn a line around, a thousand combining marks must not climb over the screen.
"""

from __future__ import annotations

import re

LONGEST_MARK_RUN = 4
"""How many combining marks may follow one character; Vietnamese and Hebrew need three, Zalgo has hundreds."""

# C0 and C1 controls and DEL, lone surrogates, format characters that reorder, hide or join (category Cf, except the
# Arabic and Syriac number signs, which are visible), line and paragraph separators, non-characters.
_CLASS_CONTROL = "\x00-\x1f\x7f-\x9f"
_CLASS_INVISIBLE = (
    "\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_CLASS_SEPARATOR = "\u2028\u2029"
_CLASS_BROKEN = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_UNSAFE = re.compile(f"[{_CLASS_CONTROL}{_CLASS_INVISIBLE}{_CLASS_SEPARATOR}{_CLASS_BROKEN}]")
_SPACE = re.compile(f"[\t\n\r\x0b\x0c\x85{_CLASS_SEPARATOR}]+")
_BROKEN = re.compile(f"[{_CLASS_BROKEN}]")
# Only blocks of marks that stack on a base: cheap to find, and where abuse happens.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u0e31-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{%d,}" % (LONGEST_MARK_RUN + 1)
)


def harmless(text: str) -> str:
    """The text on one line, without anything that could act on a terminal.

    Tabs and line ends become one space; other controls and invisible format characters go; lone surrogates and
    non-characters become U+FFFD; runs of combining marks are cut after `LONGEST_MARK_RUN`. What is left is what was
    there. `harmless(harmless(text)) == harmless(text)`.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _SPACE.sub(" ", text)
    text = _BROKEN.sub("\N{REPLACEMENT CHARACTER}", text)
    text = _UNSAFE.sub("", text)
    return _MARKS.sub(lambda run: run.group()[:LONGEST_MARK_RUN], text)


def is_harmless(text: str) -> bool:
    """Whether the text holds nothing that `harmless` would take out."""
    return harmless(text) == text


def escape_json(encoded: str) -> str:
    """JSON text with every unsafe character that stands in it raw written as `\\uXXXX`.

    For output of `json.dumps(…, ensure_ascii=False)`: Cyrillic stays readable in a pipe, controls never arrive.
    """
    return _UNSAFE.sub(_json_escape, encoded)


def _json_escape(match: re.Match[str]) -> str:
    character = match.group()
    if character == "\n":
        return character
    return "".join(f"\\u{unit:04x}" for unit in _utf16_units(character))


def _utf16_units(character: str) -> list[int]:
    raw = character.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(raw[i : i + 2], "big") for i in range(0, len(raw), 2)]


