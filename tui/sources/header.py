"""What stands above an article's text: its title, date, address and author, in whatever order and notation.

Three notations are read: front matter between fences (`---`, `+++`), lines with a key (`Date: 16 December
2021`), and bare lines that are a date, an address or a byline from end to end. Bare lines count near the top
only; everything that isn't recognised is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tui.sources import dates, markdown
from tui.sources.dates import When

HEADER_LINES = 14
"""How many lines that aren't empty can belong to the header."""

LONGEST_TITLE_LINE = 250
"""Characters; a longer first line is text."""

_FRONT_MATTER_LINES = 200

URL = re.compile(r"[ \t]*<?(https?://[^\s<>]+)>?[ \t]*$", re.IGNORECASE)
_LABELLED_URL = re.compile(
    r"[ \t]*(?:\W{0,3}(?:url|link|source|original|originally published(?: at| on)?|permalink|via|from|read more)\W{1,4})"
    r"[ \t]*<?(https?://[^\s<>)]+)[>)]?[ \t]*$",
    re.IGNORECASE,
)
_KEYED = re.compile(r"[ \t]*([A-Za-z][A-Za-z _-]{1,24}?)[ \t]*(?::[ \t]+|:$|=[ \t]*)(.*)$")
_BYLINE = re.compile(r"[\W_]*(?:written by|words by|by|von|par|por)[:\s]\s*(\S.{1,120})", re.IGNORECASE)
_PARTICLES = frozenset(
    "and & y et und e de da do dos del della di du des la le van von der den ter ten bin ibn al el in for of at the "
    "with to zu".split()
)
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’-]*,?|[^\W\d_]\.,?|&")
_SEPARATORS = re.compile(r"\s*[|·•/]\s+|\s+[–—-]\s+|\t+| {3,}")
_SMALL_PRINT = re.compile(
    r"\W*\d{1,3}[ -]?min(?:ute)?s?(?: read)?\W*|\W*(?:comments?|share|print)\W*", re.IGNORECASE
)
_DATELINE = re.compile(r"[^\W\d_a-z][^\W\d_a-z .'’-]{2,40}(?:, [A-Z][A-Za-z. ]{1,20})?,\s+")

_FIELDS = {
    "title": "title headline",
    "date": "date published publisheddate publishdate datepublished publishedat publishedon publicationdate pubdate "
    "posted postedon datetime created timestamp",
    "url": "url link canonical canonicalurl permalink sourceurl original originalurl articleurl",
    "author": "author authors by byline creator writer",
    "source": "source site sitename publisher publication outlet website newspaper",
}
_FIELD_OF = {key: name for name, keys in _FIELDS.items() for key in keys.split()}


@dataclass(slots=True)
class Header:
    """What was found; every field None until it is."""

    title: str | None = None
    when: When | None = None
    url: str | None = None
    author: str | None = None
    source: str | None = None
    body: list[str] = field(default_factory=list)
    """The lines that are left."""

    def take(self, name: str, value: str) -> bool:
        """Put the value of a named field where it belongs, the first that comes; False where it can't be
        that.
        """
        if name == "date":
            when = dates.read_date(value)
            self.when = self.when or when
            return when is not None
        if name == "url" or (name == "source" and URL.match(value)):
            address = URL.match(value)
            if address:
                self.url = self.url or address[1]
            return address is not None
        if name == "title":
            self.title = self.title or value
        elif name == "author":
            self.author = self.author or value
        else:
            self.source = self.source or value
        return True


def read_header(lines: list[str]) -> Header:
    """Part the header from the text below it."""
    header = Header()
    rest = _read_front_matter(lines, header)
    _read_lines(rest, header)
    return header


def has_front_matter(lines: list[str]) -> bool:
    """Whether the text begins with front matter between fences."""
    return _front_matter_end(lines) is not None


def date_in_dateline(text: str) -> When | None:
    """The date in "LONDON, 16 December 2021 (Wire) —" at the head of an article's first paragraph."""
    place = _DATELINE.match(text)
    found = dates.date_at(text, place.end()) if place else None
    if not found or not re.match(
        r"\s*[,/]?\s*(?:\([^()]{2,40}\)\s*)?[-–—:]|\s*\([^()]{2,40}\)", text[found[1] :]
    ):
        return None
    return found[0]


def _front_matter_end(lines: list[str]) -> tuple[int, int] | None:
    """The lines of the two fences."""
    start = next((number for number, line in enumerate(lines[:5]) if line.strip()), None)
    if start is None or lines[start].rstrip() not in ("---", "+++"):
        return None
    fence = lines[start].rstrip()
    for number in range(start + 1, min(len(lines), start + _FRONT_MATTER_LINES)):
        if lines[number].rstrip() in (fence, "..." if fence == "---" else fence):
            inner = lines[start + 1 : number]
            return (start, number) if any(_KEYED.match(line) for line in inner) else None
    return None


def _read_front_matter(lines: list[str], header: Header) -> list[str]:
    fences = _front_matter_end(lines)
    if fences is None:
        return lines
    values: dict[str, str] = {}
    key: str | None = None
    for line in lines[fences[0] + 1 : fences[1]]:
        keyed = _KEYED.match(line)
        if keyed and not line[0].isspace():
            key = _field_name(keyed[1])
            if key and key not in values:
                values[key] = _unquoted(keyed[2])
            else:
                key = None
        elif key and line.strip() and (line[0].isspace() or line.startswith("-")):
            more = _unquoted(re.sub(r"^(?:-\s+)?(?:name\s*:\s*)?", "", line.strip()))
            values[key] = f"{values[key]}{', ' if key == 'author' else ' '}{more}" if values[key] else more
    for name, value in values.items():
        if value:
            header.take(name, value)
    return lines[fences[1] + 1 :]


def _field_name(key: str) -> str | None:
    return _FIELD_OF.get(re.sub(r"[ _-]", "", key).lower())


def _unquoted(value: str) -> str:
    value = value.strip()
    if value in ("|", ">", "|-", ">-"):
        return ""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        quote = value[0]
        return value[1:-1].replace('\\"', '"') if quote == '"' else value[1:-1].replace("''", "'")
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_unquoted(part) for part in value[1:-1].split(","))
    return re.sub(r"\s+#\s.*$", "", value)


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
    keyed = _KEYED.match(line)
    if keyed and (name := _field_name(keyed[1])) and keyed[2].strip():
        # "By" and "Source" also begin sentences; a key is believed after nothing but header.
        if not after_text and getattr(header, "when" if name == "date" else name) is None:
            return header.take(name, _unquoted(keyed[2]))
        if not after_text and name == "date":
            return dates.read_date(keyed[2]) is not None
    if header.title is None and not dates.read_date(line):
        return False
    return _take_bare(line, header, lines, number, after_text)


def _take_bare(line: str, header: Header, lines: list[str], number: int, after_text: bool) -> bool:
    """A line that is a date, a byline, or both with a separator between."""
    when = _plausible_date(line)
    if when:
        if after_text and _is_timeline(lines, number):
            return False
        header.when = header.when or when
        return True
    author = _author(line)
    if author and header.author is None:
        header.author = author
        return True
    if len(line) > 200:
        return False
    parts = [part for part in _SEPARATORS.split(line) if part.strip()]
    if len(parts) < 2:
        parts = _byline_and_date(line)
    if len(parts) < 2:
        return False
    found = [
        (_plausible_date(part), _author(part) or _bare_name(part), _SMALL_PRINT.fullmatch(part))
        for part in parts
    ]
    if not all(any(kinds) for kinds in found) or not any(kinds[0] for kinds in found):
        return False
    for when, author, small_print in found:
        if when:
            header.when = header.when or when
        elif author and not small_print:
            header.author = header.author or author
    return True


def _plausible_date(line: str) -> When | None:
    when = dates.read_date(line)
    # Eight digits that are no day are a date gone wrong only if they begin like a year of ours.
    if when and when.date is None and when.written.isdecimal() and not re.match("1[5-9]|20|21", when.written):
        return None
    return when


def _byline_and_date(line: str) -> list[str]:
    """ "By Jane Doe, 16 December 2021" in its two parts."""
    for comma in re.finditer(r",\s+|\s+on\s+", line):
        if dates.read_date(line[comma.end() :]) and _author(line[: comma.start()]):
            return [line[: comma.start()], line[comma.end() :]]
    return []


def _author(line: str) -> str | None:
    """Who wrote it, if the line is a byline: "By" and nothing but names."""
    byline = _BYLINE.fullmatch(line.strip())
    if not byline:
        return None
    names = byline[1].strip(" \t*_:.,")
    return names if _are_names(names) else None


def _bare_name(part: str) -> str | None:
    part = part.strip(" \t*_")
    return part if 2 <= len(part.split()) <= 4 and _are_names(part) else None


def _are_names(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= 14 or text.endswith(("!", "?")):
        return False
    capitals = 0
    for word in words:
        if not _NAME_WORD.fullmatch(word.strip("()")):
            return False
        if word[0].islower() and word.lower().strip(",") not in _PARTICLES and "." not in word:
            return False
        capitals += not word[0].islower()
    return capitals >= 1


def _title_at(lines: list[str], number: int, header: Header) -> int:
    """How many lines from here are the title; 0 where here is text already."""
    line = lines[number].strip()
    following = lines[number + 1].strip() if number + 1 < len(lines) else ""
    heading = markdown.HEADING.match(line)
    if heading and heading[2]:
        header.title = heading[2]
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
    """One, or two or three where a wrapped title stands as a block of its own; 0 at the head of wrapped text."""
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
    # The first line of wrapped text is as wide as the next; a title is usually shorter and could have held a
    # word more.
    return 1 if len(first) + 1 + len(second.split(None, 1)[0]) <= 0.8 * len(second) else 0


def _is_metadata(line: str) -> bool:
    return bool(URL.match(line) or _LABELLED_URL.match(line) or _plausible_date(line) or _author(line))


def _stands_alone(lines: list[str], number: int) -> bool:
    """Whether the line has an empty line or the text's end on either side, or is text of a line a paragraph."""
    above = (
        number == 0
        or not lines[number - 1].strip()
        or len(lines[number - 1]) > 100
        or _is_metadata(lines[number - 1])
    )
    below = number + 1 == len(lines) or not lines[number + 1].strip() or len(lines[number + 1]) > 100
    return above and (below or _is_metadata(lines[number + 1]))


def _repeats_title(line: str, header: Header) -> bool:
    heading = markdown.HEADING.match(line)
    return (heading[2] if heading else line).strip().casefold() == (header.title or "").strip().casefold()


def _is_timeline(lines: list[str], number: int) -> bool:
    return any(len(line) < 60 and dates.read_date(line) for line in lines[number + 1 : number + 60])
