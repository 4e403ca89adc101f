"""Read an article: a file, its bytes, or its text."""

from __future__ import annotations

import datetime
import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tui.article import Article
from tui.harmless import harmless
from tui.sources import dates, markdown, paragraphs
from tui.sources.dates import When
from tui.sources.decode import decode
from tui.sources.fields import Header
from tui.sources.front_matter import has_front_matter
from tui.sources.header import date_in_dateline, read_header
from tui.sources.language import detect_language
from tui.sources.refusal import (
    LARGEST_FILE,
    LONGEST_LINE,
    LONGEST_PARAGRAPH,
    LONGEST_TITLE,
    MOST_LINES,
    NotAnArticle,
    Unreadable,
    size_in_words,
)

_LINE_ENDS = re.compile("\r\n?|\x85|\u2028")
_PARAGRAPH_ENDS = re.compile("[\f\u2029]")
_MARKDOWN_NAMES = (".md", ".markdown")
_FOUNDING_DATE = re.compile(r"\s*\d{8}\s*")
_FOUNDING_URL = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*://\S+)\s*")
_SPACES = re.compile(" {2,}")
_NAME_DATE = re.compile(r"(?:^|[^\d])((?:19|20)\d\d)([-_.]?)([01]\d)\2([0-3]\d)(?!\d)")
_OPENING = 90
"""Characters of a text that stand as its title where it has none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as it was read, and what has to be said about it."""

    article: Article
    warnings: tuple[str, ...] = ()
    """One line each, without the file's name; the article was taken all the same."""


def read_article(path: Path) -> Reading:
    """Read the article in a file.

    Raises:
        NotAnArticle: the file holds none, or is too large; `Unreadable` where the system doesn't hand it
        over.
    """
    return article_from_bytes(read_bytes(path), path.name)


def read_bytes(path: Path) -> bytes:
    """What a file holds, without ever waiting for a pipe or a device.

    Raises:
        NotAnArticle: not a regular file, or larger than `LARGEST_FILE`; `Unreadable` for anything the system
        says.
    """
    try:
        # Opening can have effects on a device, so look first; and look again at what was opened in the end.
        _refuse_other_than_file(path.stat())
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            _refuse_other_than_file(os.fstat(descriptor))
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Unreadable.because(error) from error
    except ValueError as error:
        raise Unreadable("not a possible file name") from error
    if len(data) > LARGEST_FILE:
        raise _too_large(len(data))
    return data


def _refuse_other_than_file(status: os.stat_result) -> None:
    kind = stat.S_IFMT(status.st_mode)
    if kind == stat.S_IFDIR:
        raise NotAnArticle("a folder, not a file")
    if kind != stat.S_IFREG:
        raise NotAnArticle(
            "a FIFO (named pipe), not a file" if kind == stat.S_IFIFO else "a device or socket, not a file"
        )
    if status.st_size > LARGEST_FILE:
        raise _too_large(status.st_size)


def _too_large(size: int) -> NotAnArticle:
    return NotAnArticle(f"too large ({size_in_words(size)}B; the limit is {size_in_words(LARGEST_FILE)}B)")


def article_from_bytes(data: bytes, name: str) -> Reading:
    """Read the article that a file of this name would hold.

    Raises:
        NotAnArticle: the bytes hold none.
    """
    text, warnings = decode(data)
    reading = article_from_text(text, name)
    return Reading(reading.article, (*warnings, *reading.warnings)) if warnings else reading


def article_from_text(text: str, name: str) -> Reading:
    """Read the article that a text file of this name would hold.

    Raises:
        NotAnArticle: the text holds none.
    """
    text = text.removeprefix("\ufeff")
    if max(map(text.count, "\n\r\u2028\u2029\f")) > MOST_LINES:
        raise NotAnArticle(f"more than {MOST_LINES:,} lines: a list or a log, not an article")
    header = None if name.lower().endswith(_MARKDOWN_NAMES) else _founding_header(text)
    if header:
        return _reading(header, header.body, name)
    lines = _PARAGRAPH_ENDS.sub("\n\n", _LINE_ENDS.sub("\n", text)).split("\n")
    _refuse_long_lines(lines)
    in_markdown = (
        name.lower().endswith(_MARKDOWN_NAMES) or has_front_matter(lines) or markdown.is_markdown(text)
    )
    header = read_header(markdown.without_comments(lines) if in_markdown else lines)
    if in_markdown:
        header.title = markdown.plain(header.title) if header.title else None
        body = _paragraphs_of(markdown.blocks(header.body), markdown.plain)
    else:
        header.title = markdown.unescape_entities(header.title) if header.title else None
        groups = _groups(header.body)
        # In Markdown a line end is never more than a space; in plain text short lines have a reason.
        if paragraphs.are_verse(groups):
            groups = [[line] for group in groups for line in group]
        body = _paragraphs_of(groups, markdown.unescape_entities)
    if header.when is None and body:
        header.when = date_in_dateline(body[0]) or _date_in_name(name)
    return _reading(header, [_SPACES.sub(" ", paragraph) for paragraph in body], name)


def _founding_header(text: str) -> Header | None:
    """The header of the founding format, whose text is taken as it stands; None where this is another.

    Line 1 the title, line 2 YYYYMMDD, line 3 the address, then a paragraph a line. A line 3 without an
    address is the first paragraph; a date in another notation will do where an address follows.
    """
    lines = (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).split("\n")
    if len(lines) < 2:
        return None
    third = lines[2] if len(lines) > 2 else ""
    address = _FOUNDING_URL.fullmatch(third)
    when = dates.read_date(lines[1]) if address or _FOUNDING_DATE.fullmatch(lines[1]) else None
    if when is None or (when.date is None and not address and lines[1].strip()[:2] not in ("19", "20")):
        return None
    _refuse_long_lines(lines)
    return Header(
        title=lines[0],
        when=when,
        url=address[1] if address else None,
        body=lines[3 if address or not third.strip() else 2 :],
    )


def _groups(lines: list[str]) -> list[list[str]]:
    """Plain text's lines, parted at empty ones and at rules drawn with characters."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if not line.strip() or markdown.RULE.match(line):
            groups.append([])
        else:
            groups[-1].append(line)
    return [group for group in groups if group]


def _paragraphs_of(groups: list[list[str]], plain: Callable[[str], str]) -> list[str]:
    if not paragraphs.are_wrapped(groups):
        return [plain(line.strip()) for group in groups for line in group]
    width = paragraphs.wrap_width(groups)
    return [plain(paragraph) for group in groups for paragraph in paragraphs.join_wrapped(group, width)]


def _reading(header: Header, body: list[str], name: str) -> Reading:
    """Put the article together: everything harmless, nothing too long."""
    warnings: list[str] = []
    whole = [paragraph for line in body if (paragraph := harmless(line).strip())]
    if not whole:
        raise NotAnArticle(
            "no text below the header" if harmless(header.title or header.url or "").strip() else "empty"
        )
    if any(len(paragraph) > LONGEST_PARAGRAPH for paragraph in whole):
        longest = max(map(len, whole))
        warnings.append(f"a paragraph of {longest:,} characters: cut into shorter ones")
        whole = [piece for paragraph in whole for piece in paragraphs.cut(paragraph)]
    title = harmless(header.title or "").strip()
    if len(title) > LONGEST_TITLE:
        warnings.append(f"a title of {len(title):,} characters: cut, and kept whole as the first paragraph")
        whole = [*paragraphs.cut(title), *whole]
        title = _opening_of(title, LONGEST_TITLE)
    elif not title:
        title = _opening_of(whole[0], _OPENING) or harmless(name)
    if header.when and header.when.date is None:
        warnings.append(
            f"date {harmless(header.when.written)} is not a day of the calendar: taken without a date"
        )
    url = harmless(header.url).strip() if header.url else None
    article = Article(
        title=title,
        paragraphs=tuple(whole),
        date=header.when.date if header.when else None,
        published=header.when.published if header.when else None,
        source=source_of(url) if url else harmless(header.source or "").strip() or None,
        url=url,
        author=harmless(header.author or "").strip() or None,
        language=detect_language(" ".join(whole[:20])),
    )
    return Reading(article, tuple(warnings))


def source_of(url: str) -> str | None:
    """The outlet that a URL belongs to: its host in lower case without `www.`; None where it has none."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.").strip(".") or None if host else None


def _refuse_long_lines(lines: list[str]) -> None:
    longest = max(map(len, lines))
    if longest > LONGEST_LINE:
        long, limit = size_in_words(longest).strip(), size_in_words(LONGEST_LINE).strip()
        raise NotAnArticle(f"a line of {long} characters (the limit is {limit}): data, not an article")


def _opening_of(text: str, limit: int) -> str:
    """The text's first words, with an ellipsis where it goes on."""
    if len(text) <= limit:
        return text
    space = text.rfind(" ", limit // 2, limit)
    return text[: space if space > 0 else limit - 1].rstrip(" ,;:.") + "…"


def _date_in_name(name: str) -> When | None:
    """The date that a file's name begins or ends with, as in `2021-12-16-talks.md`; never a warning."""
    found = _NAME_DATE.search(name)
    if not found:
        return None
    try:
        return When(found.group(), datetime.date(int(found[1]), int(found[3]), int(found[4])))
    except ValueError:
        return None
