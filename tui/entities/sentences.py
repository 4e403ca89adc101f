"""Sentences whose names somebody has marked: the value that annotated data is read as and models are trained on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tui.article import MENTION_TYPES, MentionType
from tui.entities.line import Line

OUTSIDE = "O"
_TYPE_OF: dict[str, MentionType] = {f"B-{kind}": kind for kind in MENTION_TYPES}
_NO_SPACE_BEFORE = re.compile(r"[.,;:!?%)\]}]|['’](?:s|re|ll|ve|d|m)|n['’]t", re.IGNORECASE)
_NO_SPACE_BEHIND = frozenset("([{$£€#")

Complain = Callable[[str], None]
"""Takes one line that names the file, where it can the line, and what is wrong there."""

Name = tuple[int, int, MentionType]
"""Start, end and type of a name in a text; code points."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or where the data doesn't divide them a line of text, its names marked."""

    tokens: tuple[str, ...]
    labels: tuple[str, ...]
    """One a token: `O`, or `B-` or `I-` with one of our types: `B-person`."""
    text: str | None = None
    """The sentence as it was written, where the data has it."""
    offsets: tuple[tuple[int, int], ...] = ()
    """Start and end of each token in `text`, in code points; empty where there is no text."""

    def names(self) -> Iterator[tuple[int, int, MentionType]]:
        """First token, the token after the last, and type of each name."""
        start: int | None = None
        for index, label in enumerate((*self.labels, OUTSIDE)):
            if start is not None and not label.startswith("I-"):
                yield start, index, _TYPE_OF[self.labels[start]]
                start = None
            if label.startswith("B-"):
                start = index

    def written(self) -> Sentence:
        """The sentence with a text: its own, else its tokens, spaced as people write."""
        if self.text is not None:
            return self
        text = before = ""
        offsets = []
        for token in self.tokens:
            if text and before not in _NO_SPACE_BEHIND and not _NO_SPACE_BEFORE.fullmatch(token):
                text += " "
            offsets.append((len(text), len(text) + len(token)))
            text += token
            before = token
        return replace(self, text=text, offsets=tuple(offsets))


def sentences_of(text: str, names: Iterable[Name]) -> Iterator[Sentence]:
    """Each line of a text as a sentence, in the recogniser's own tokens.

    Where a name begins or ends inside a token (`US` in `US-led`), the token is divided there.

    Args:
        text: Any text.
        names: In it, apart from each other, none across a line end, in order.
    """
    waiting = iter(names)
    name = next(waiting, None)
    offset = 0
    for content in text.split("\n"):
        end = offset + len(content)
        here = []
        while name is not None and name[0] < end:
            here.append((name[0] - offset, name[1] - offset, name[2]))
            name = next(waiting, None)
        line = Line(content, 0)
        spans = _divided(list(zip(line.starts, line.ends, strict=True)), here)
        if spans:
            yield Sentence(
                tuple(content[start:end] for start, end in spans), _labels(spans, here), content, tuple(spans)
            )
        offset += len(content) + 1


def _divided(spans: list[tuple[int, int]], names: Sequence[Name]) -> list[tuple[int, int]]:
    """The same tokens, cut where a name begins or ends inside one."""
    cuts = sorted({cut for start, end, _ in names for cut in (start, end)})
    divided = []
    index = 0
    for start, end in spans:
        while index < len(cuts) and cuts[index] <= start:
            index += 1
        while index < len(cuts) and cuts[index] < end:
            divided.append((start, cuts[index]))
            start = cuts[index]
            index += 1
        divided.append((start, end))
    return divided


def _labels(spans: Sequence[tuple[int, int]], names: Sequence[Name]) -> tuple[str, ...]:
    labels = []
    index = 0
    begun = False
    for start, end in spans:
        while index < len(names) and names[index][1] <= start:
            index += 1
            begun = False
        if index < len(names) and names[index][0] < end:
            labels.append(f"{'I' if begun else 'B'}-{names[index][2]}")
            begun = True
        else:
            labels.append(OUTSIDE)
    return tuple(labels)


def as_text(document: Sequence[Sentence]) -> tuple[str, list[Name]]:
    """The document as lines of text, and its names there. Sentences without their text are spaced as people write."""
    lines: list[str] = []
    names: list[Name] = []
    offset = 0
    for sentence in document:
        written = sentence.written()
        for first, last, kind in sentence.names():
            places = written.offsets
            names.append((offset + places[first][0], offset + places[last - 1][1], kind))
        line = (written.text or "").replace("\n", " ")
        lines.append(line)
        offset += len(line) + 1
    return "\n".join(lines), names
