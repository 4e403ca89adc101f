"""What stands above an article's text: its title, date, address and author, in whatever order and notation.

Three notations are read: front matter between fences, lines with a key (`Date: 16 December 2021`), and bare
lines that are a date, an address or a byline from end to end. Bare lines count near the top only; everything
that isn't recognised is text.
"""

from __future__ import annotations

import re

from tui.sources import dates, markdown
from tui.sources.bylines import author_of, bare_name, byline_and_date
from tui.sources.dates import When
from tui.sources.fields import KEYED, URL, Header, field_name, unquoted
from tui.sources.front_matter import read_front_matter
from tui.sources.paragraphs import ends_sentence

HEADER_LINES = 14
"""How many lines that aren't empty can belong to the header."""

LONGEST_TITLE_LINE = 250
"""Characters; a longer first line is text."""

_LABELLED_URL = re.compile(
    r"\W{0,3}(?:url|link|source|original|originally published(?: at| on)?|permalink|via|from|"
    r"read more)\W{1,4}<?(https?://[^\s<>)]+)[>)]?$",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s*[|·•/]\s+|\s+[–—-]\s+|\t+| {3,}")
_SMALL_PRINT = re.compile(
    r"\W*\d{1,3}[ -]?min(?:ute)?s?(?: read)?\W*|\W*(?:comments?|share|print)\W*", re.IGNORECASE
)
_DATELINE = re.compile(r"[^\W\d_a-z][^\W\d_a-z .'’-]{2,40}(?:, [A-Z][A-Za-z. ]{1,20})?,\s+")


def read_header(lines: list[str]) -> Header:
    """Part the header from the text below it."""
    header = Header()
    rest = read_front_matter(lines, header)
    _read_lines(rest, header)
    return header


def date_in_dateline(text: str) -> When | None:
    """The date in "LONDON, 16 December 2021 (Wire) —" at the head of an article's first paragraph."""
    place = _DATELINE.match(text)
    found = dates.date_at(text, place.end()) if place else None
    if not found or not re.match(
        r"\s*[,/]?\s*(?:\([^()]{2,40}\)\s*)?[-–—:]|\s*\([^()]{2,40}\)", text[found[1] :]
    ):
        return None
    return found[0]


def _read_lines(lines: list[str], header: Header) -> None:
    """Take the header's lines off the top.

    One line of text (a standfirst) may stand between the title and the rest; after it, only lines that can't
    be anything else are taken, and a date only if it isn't the first of several, as a timeline has them.
    """
    named_before = header.title is not None
    taken: set[int] = set()
    text_lines = 0
    seen = 0
    number = 0
    while number < len(lines) and seen < HEADER_LINES and text_lines < 2:
        line = lines[number].strip()
        if not line:
            number += 1
            continue
        seen += 1
        if text_lines and not _stands_alone(lines, number):
            text_lines += 1
        elif _take_line(line, header, lines, number, after_text=text_lines > 0):
            taken.add(number)
        elif header.title is None and text_lines == 0 and (used := _title_at(lines, number, header)):
            taken.update(range(number, number + used))
            number += used - 1
        elif named_before and text_lines == 0 and _repeats_title(line, header):
            taken.add(number)
        elif not (markdown.RULE.match(line) and text_lines == 0):
            text_lines += 1
        number += 1
    header.body = [line for number, line in enumerate(lines) if number not in taken]


def _take_line(line: str, header: Header, lines: list[str], number: int, *, after_text: bool) -> bool:
    line = line.strip("*_> \t") if not line.startswith("<http") else line
    address = URL.match(line) or _LABELLED_URL.match(line)
    if address:
        if header.url is not None:
            return False
        header.url = address[1]
        return True
    keyed = KEYED.match(line)
    if keyed and (name := field_name(keyed[1])) and keyed[2].strip():
        # "By" and "Source" also begin sentences; a key is believed after nothing but header.
        if not after_text and getattr(header, "when" if name == "date" else name) is None:
            return header.take(name, unquoted(keyed[2]))
        if not after_text and name == "date":
            return header.take(name, unquoted(keyed[2]))
    if header.title is None and not dates.read_date(line):
        return False
    return _take_bare(line, header, lines, number, after_text)


def _take_bare(line: str, header: Header, lines: list[str], number: int, after_text: bool) -> bool:
    """A line that is a date, a byline, or both with a separator between."""
    when = _plausible_date(line)
    if when:
        if after_text and _is_timeline(lines, number):
            return False
        header.take_date(when)
        return True
    author = author_of(line)
    if author and header.author is None:
        header.author = author
        return True
    if len(line) > 200:
        return False
    parts = [part for part in _SEPARATORS.split(line) if part.strip()]
    if len(parts) < 2:
        parts = byline_and_date(line)
    if len(parts) < 2:
        return False
    found = [
        (_plausible_date(part), author_of(part) or bare_name(part), _SMALL_PRINT.fullmatch(part))
        for part in parts
    ]
    if not all(any(kinds) for kinds in found) or not any(kinds[0] for kinds in found):
        return False
    for when, author, small_print in found:
        if when:
            header.take_date(when)
        elif author and not small_print:
            header.author = header.author or author
    return True


def _plausible_date(line: str) -> When | None:
    when = dates.read_date(line)
    # Eight digits that are no day are a date gone wrong only if they begin like a year of ours.
    if when and when.date is None and when.written.isdecimal() and not re.match("1[5-9]|20|21", when.written):
        return None
    return when


def _title_at(lines: list[str], number: int, header: Header) -> int:
    """How many lines from here are the title; 0 where here is text already."""
    line = lines[number].strip()
    following = lines[number + 1].strip() if number + 1 < len(lines) else ""
    heading = markdown.heading_of(line)
    if heading:
        header.title = heading
        return 1
    if markdown.RULE.match(line):
        # reStructuredText draws a line above its title too: the rule is passed over.
        return 1 if following and not markdown.RULE.match(following) else 0
    if following and markdown.UNDERLINE.match(following) and len(following) >= 3:
        header.title = line
        return 2
    if len(line) > LONGEST_TITLE_LINE or (len(line) > 120 and line.endswith((".", "。", "؟", "।"))):
        return 0
    used = _lines_of_title(lines, number)
    if used:
        header.title = " ".join(part.strip() for part in lines[number : number + used])
    return used


def _lines_of_title(lines: list[str], number: int) -> int:
    """One; two or three where a wrapped title stands as a block of its own; 0 at the head of wrapped text."""
    block = 1
    while number + block < len(lines) and lines[number + block].strip() and block < 5:
        block += 1
    if block == 1:
        # A title alone, or a text that is a single line.
        line = lines[number].strip()
        alone = not any(other.strip() for other in lines[number + 1 :])
        return 0 if alone and line.endswith((".", "!", "?", "…", "。", "”", '"')) else 1
    first, second = lines[number].strip(), lines[number + 1].strip()
    if _is_metadata(second):
        return 1
    if len(second) > 160 or first.endswith((".", "!", "?", "…", "。", "”", '"', ":")):
        return 1
    if block <= 3:
        joined = " ".join(part.strip() for part in lines[number : number + block])
        if len(joined) <= LONGEST_TITLE_LINE and not joined.endswith((".", "。", ":", ",")):
            return block if 45 < len(first) < 110 else 1
    if all(ends_sentence(other) for other in lines[number + 1 : number + block]):
        return 1
    # The first line of wrapped text is as wide as the next; a title is usually shorter and could have held a
    # word more.
    return 1 if len(first) + 1 + len(second.split(None, 1)[0]) <= 0.8 * len(second) else 0


def _is_metadata(line: str) -> bool:
    return bool(URL.match(line) or _LABELLED_URL.match(line) or _plausible_date(line) or author_of(line))


def _stands_alone(lines: list[str], number: int) -> bool:
    """Whether empty lines, the text's end, other header or long paragraphs stand on either side."""
    above = (
        number == 0
        or not lines[number - 1].strip()
        or len(lines[number - 1]) > 100
        or _is_metadata(lines[number - 1])
    )
    below = number + 1 == len(lines) or not lines[number + 1].strip() or len(lines[number + 1]) > 100
    return above and (below or _is_metadata(lines[number + 1]))


def _repeats_title(line: str, header: Header) -> bool:
    return (markdown.heading_of(line) or line).strip().casefold() == (header.title or "").strip().casefold()


def _is_timeline(lines: list[str], number: int) -> bool:
    return any(len(line) < 60 and dates.read_date(line) for line in lines[number + 1 : number + 60])
