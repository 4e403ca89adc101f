"""Sentences whose names somebody has marked: the value that annotated data is read as and models are trained on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tui.article import MentionType
from tui.entities.line import Line

OUTSIDE = "O"

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

    def names(self) -> Iterator[tuple[int, int, str]]:
        """First token, the token after the last, and type of each name."""
        start: int | None = None
        for index, label in enumerate((*self.labels, OUTSIDE)):
            if start is not None and not label.startswith("I-"):
                yield start, index, self.labels[start][2:]
                start = None
            if label.startswith("B-"):
                start = index


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
