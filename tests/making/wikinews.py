"""Articles of Wikinews, from tables (2019 and 2020) and from JSON lines of wikitext (before)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.making.documents import Document
from tests.making.held_out import HeldOut, bare_title
from tests.making.snapshots import WIKINEWS_LINES, WIKINEWS_TABLES

_YEARS = ("2019", "2020")
_BLOBS = ("6f85a57b37715c85a310eec4df3c35e099a7ec71", "ab02015d8a10475b8cbc3932ab84904deb852592")
"""`endataset.json` and `cleaned_endataset.json`, which a later commit deleted."""
_SHORTEST_PARAGRAPH = 40
_ENGLISH = re.compile(r"\b(the|of|and)\b")


def wikinews(snapshots: Path, held_out: HeldOut) -> Iterator[Document]:
    """Each article once, by its title, but those held out."""
    seen: set[str] = set()
    for title, paragraphs in _articles(snapshots):
        bare = bare_title(title)
        if held_out.has_title(title) or bare in seen:
            continue
        seen.add(bare)
        if paragraphs:
            yield Document("wikinews", title, title, paragraphs)


def _articles(snapshots: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for year in _YEARS:
        table = WIKINEWS_TABLES.text(snapshots, f"data/wikinews_{year}.csv")
        for row in csv.DictReader(io.StringIO(table)):
            lines = (" ".join(line.split()) for line in row["text"].split("\n"))
            yield row["title"], tuple(line for line in lines if line)
    for blob in _BLOBS:
        for line in WIKINEWS_LINES.blob(snapshots, blob).split("\n"):
            record = _record(line)
            if record is not None:
                yield record["title"], _paragraphs(record["text"])


def _record(line: str) -> dict[str, Any] | None:
    """An article; None where the line is none: a few are cut off."""
    try:
        record: dict[str, Any] = json.loads(line)
    except ValueError:
        return None
    return record


def _paragraphs(text: list[str] | str) -> tuple[str, ...]:
    """The paragraphs of an article in wikitext; none where it isn't English."""
    lines = text if isinstance(text, list) else text.split("\n")
    plain = (plain_text(line) for line in lines)
    paragraphs = tuple(
        line for line in plain if len(line) > _SHORTEST_PARAGRAPH and "{{" not in line and "[[" not in line
    )
    if not paragraphs:
        return ()
    first = paragraphs[0]
    is_english = sum(map(str.isascii, first)) > 0.95 * len(first) and _ENGLISH.search(first)
    return paragraphs if is_english else ()


def plain_text(wikitext: str) -> str:
    """A paragraph without references, templates (but the words of links in them), links and emphasis."""
    text = re.sub(r"<ref[^>]*>.*?</ref>|<[^>]+>", "", wikitext, flags=re.DOTALL)
    for _ in range(3):
        text = re.sub(r"\{\{w\|(?:[^{}|]*\|)*([^{}|]*)\}\}", r"\1", text)
        text = re.sub(r"\{\{[^{}]*\}\}", "", text)
    text = re.sub(r"\[\[(?:File|Image)[^\]]*\]\]", "", text)
    text = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]", r"\1", text)
    text = re.sub(r"\[https?:\S+ ([^\]]*)\]", r"\1", text)
    text = text.replace("'''", "").replace("''", "")
    return " ".join(text.split())
