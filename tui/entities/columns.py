"""Annotated data in columns: a token a line with its tag, an empty line between sentences.

CoNLL-2003, CoNLL-U and their many relatives: columns divided by TAB or spaces, tags in BIO, IOB1, IOBES, BILOU or
bare, in a column of their own or as `NER=B-PER` among others. Which column is which is told from the first lines,
never from the file's name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from tui.entities.labels import knows_label, type_of_label
from tui.entities.sentences import OUTSIDE, Complain, Sentence

_SAMPLE = 2_000
"""Lines that are looked at to tell the columns."""
_FEW_BAD = 3
"""Bad lines that don't make one doubt which column holds the tags; of more than 150 lines, one in fifty."""
_TAG = re.compile(r"O|_|-|([BIESLUM])[-_](\S+)")
_ATTRIBUTE = re.compile(r"(?i)(?:^|\|)(?:NER|NE|Name)=([^|]+)")
_CONLLU_ID = re.compile(r"\d+(?:([-.])\d+)?")
_BEGINS = frozenset("BSU")
_ENDS = frozenset("ESLU")
_SENTENCE_ID = re.compile(r"#\s*sent_id\s*=\s*(.*?)[-_.:/]?s?\d+\s*$")
_TEXT = re.compile(r"#\s*text\s*=\s*(.*?)\s*$")
_NEW_DOCUMENT = "-DOCSTART-"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a file has what."""

    tabs: bool
    """Whether TAB divides the columns, rather than any white space."""
    token: int
    tag: int
    width: int
    """How many columns most lines have; in others the tag is as far from the first or the last column as in these."""
    attribute: bool
    """Whether the tag is one of several attributes in its column: `NER=B-PER|SpaceAfter=No`."""
    numbered: bool
    """Whether the first column counts the tokens, as in CoNLL-U."""


class _BadLine(Exception):
    """A line that isn't as the file's others."""


def read_columns(
    lines: Iterable[tuple[int, str | None]], name: str, complain: Complain, unknown: Counter[str]
) -> Iterator[list[Sentence]]:
    """The documents of a file in columns.

    A sentence with a bad line is left out: half of it would teach what is not so.

    Args:
        lines: With their numbers, without line ends; None for one that can't be read, which was said already.
        name: What the file is called in complaints.
        complain: Told what could not be used.
        unknown: Counts the names by label whose labels the table doesn't have.
    """
    lines = iter(lines)
    sample = list(islice(lines, _SAMPLE))
    layout = find_layout([line for _, line in sample if line is not None])
    if layout is None:
        complain(f"{name}: no column of tags like B-PER and O was found in it")
        return
    document: list[Sentence] = []
    reading = _Reading(layout, name, complain, unknown)
    for number, line in chain(sample, lines, [(0, "")]):
        sentence = reading.take(number, line)
        if sentence is not None:
            document.append(sentence)
        if reading.take_division() and document:
            yield document
            document = []
    if document:
        yield document


def find_layout(lines: Sequence[str]) -> Layout | None:
    """Which column of these lines holds tokens and which tags; None where none holds tags."""
    content = [line for line in lines if line.strip() and not line.startswith(("# ", _NEW_DOCUMENT))]
    if not content:
        return None
    tabs = sum("\t" in line for line in content) * 2 > len(content)
    rows = [fields for line in content if len(fields := _fields(line, tabs)) > 1]
    if not rows:
        return None
    width = Counter(map(len, rows)).most_common(1)[0][0]
    usual = [row for row in rows if len(row) == width]
    numbered = (
        width > 2
        and all(_CONLLU_ID.fullmatch(row[0]) for row in usual)
        and any(row[0] == "1" for row in rows)
    )
    token = 1 if numbered else 0
    best: tuple[float, int, bool] | None = None
    for column in range(token + 1, width):
        # Of lines with fewer or more columns, what stands in this one counts too: names may have columns of their own.
        values = [row[column] for row in rows if len(row) > column]
        for attribute in (False, True):
            score = _tagness(values, attribute)
            if score is not None and (best is None or score >= best[0]):
                best = (score, column, attribute)
    return None if best is None else Layout(tabs, token, best[1], width, best[2], numbered)


def _tagness(values: Sequence[str], attribute: bool) -> float | None:
    """How surely a column holds tags of names; None where it doesn't."""
    if attribute:
        tags = [match.group(1) for value in values if (match := _ATTRIBUTE.search(value))]
        return 2.0 + len(tags) / len(values) if tags and all(map(_is_tag, tags)) else None
    fitting = sum(map(_is_tag, values))
    if len(values) - fitting > max(_FEW_BAD, len(values) // 50) or 2 * fitting < len(values):
        return None
    marked = [value for value in values if value not in {"O", "_", "-"}]
    # Chunk tags are shaped alike, so that labels which are known count for more than shape.
    known = sum(knows_label(_parted(value)[1]) for value in marked)
    if not marked:
        return 0.5 if "O" in values else None
    return 1.0 + known / len(marked) if known else 0.1


def _is_tag(value: str) -> bool:
    return _TAG.fullmatch(value) is not None or knows_label(value)


def _parted(tag: str) -> tuple[str, str]:
    """A tag's prefix and label: `B-PER` → `B`, `PER`; a bare `PER` is taken for `I-PER`."""
    match = _TAG.fullmatch(tag)
    if match is None:
        return "I", tag
    if match.group(2) in (None, OUTSIDE):
        return OUTSIDE, ""
    return match.group(1), match.group(2)


def _fields(line: str, tabs: bool) -> list[str]:
    return line.rstrip("\r\n").split("\t") if tabs else line.split()


class _Reading:
    """One file's way from lines to sentences."""

    def __init__(self, layout: Layout, name: str, complain: Complain, unknown: Counter[str]) -> None:
        self._layout = layout
        self._name = name
        self._complain = complain
        self._unknown = unknown
        self._tokens: list[str] = []
        self._tags: list[str] = []
        self._text: str | None = None
        self._bad = False
        self._origin: str | None = None
        """What the last sentence's id said of its document."""
        self._divided = False

    def take(self, number: int, line: str | None) -> Sentence | None:
        """A line; the sentence that ends with it, if one does."""
        if line is None:
            self._bad = True
            return None
        if not line.strip():
            return self._end()
        if line.startswith(_NEW_DOCUMENT):
            self._divided = True
            return self._end()
        try:
            self._take_token(line)
        except _BadLine as bad:
            if line.startswith("#"):
                self._take_comment(line)
            else:
                self._complain(f"{self._name}:{number}: {bad}: its sentence is left out")
                self._bad = True
        return None

    def take_division(self) -> bool:
        """Whether the sentences after the line that was taken last are of another document."""
        divided, self._divided = self._divided, False
        return divided

    def _take_token(self, line: str) -> None:
        layout = self._layout
        fields = _fields(line, layout.tabs)
        if len(fields) < layout.token + 2:
            raise _BadLine("no tag")
        if layout.numbered:
            counted = _CONLLU_ID.fullmatch(fields[0])
            if counted is None:
                raise _BadLine(f"{_short(fields[0])} is no number of a token")
            if counted.group(1):  # a word that its parts follow, or one that isn't written
                return
        token, value = fields[layout.token], self._value(fields)
        if not token:
            raise _BadLine("no token")
        if layout.attribute:
            match = _ATTRIBUTE.search(value)
            value = match.group(1) if match else OUTSIDE
        if not _is_tag(value):
            raise _BadLine(f"{_short(value)} is no tag")
        self._tokens.append(token)
        self._tags.append(value)

    def _value(self, fields: Sequence[str]) -> str:
        """What stands in the tag's column; in a line of another width, in the column that is as far from the end."""
        layout = self._layout
        value = fields[layout.tag] if layout.tag < len(fields) else ""
        at = len(fields) + layout.tag - layout.width
        if len(fields) != layout.width and not (layout.attribute or _is_tag(value)) and at > layout.token:
            return fields[at]
        return value

    def _take_comment(self, line: str) -> None:
        text = _TEXT.match(line)
        if text:
            self._text = text.group(1)
        elif line.lstrip("# ").startswith("newdoc"):
            self._divided = True
            self._origin = None
        elif identified := _SENTENCE_ID.match(line):
            origin = identified.group(1)
            self._divided = self._origin not in (None, origin)
            self._origin = origin

    def _end(self) -> Sentence | None:
        tokens, tags, text, bad = tuple(self._tokens), self._tags, self._text, self._bad
        self._tokens, self._tags, self._text, self._bad = [], [], None, False
        if not tokens or bad:
            return None
        offsets = () if text is None else _located(tokens, text)
        return Sentence(tokens, _in_bio(tags, self._unknown), text if offsets else None, offsets)


def _in_bio(tags: Sequence[str], unknown: Counter[str]) -> tuple[str, ...]:
    """Tags of any scheme as BIO with our types."""
    labels = []
    before = ""
    open_name = False
    for tag in tags:
        prefix, label = _parted(tag)
        if prefix == OUTSIDE:
            labels.append(OUTSIDE)
            before, open_name = "", False
            continue
        begins = not open_name or prefix in _BEGINS or label != before
        kind = type_of_label(label)
        if kind is None:
            labels.append(OUTSIDE)
            if begins and not knows_label(label):
                unknown[label] += 1
        else:
            labels.append(f"{'B' if begins else 'I'}-{kind}")
        before, open_name = label, prefix not in _ENDS
    return tuple(labels)


def _located(tokens: Sequence[str], text: str) -> tuple[tuple[int, int], ...]:
    """Where each token stands in the text; nothing where they don't stand there in order."""
    offsets = []
    position = 0
    for token in tokens:
        start = text.find(token, position)
        if start < 0 or text[position:start].strip():
            return ()
        position = start + len(token)
        offsets.append((start, position))
    return tuple(offsets)


def _short(value: str) -> str:
    return repr(value if len(value) <= 40 else f"{value[:39]}…")
