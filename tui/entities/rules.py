"""The recogniser that ships: rules over capitals, cues and lists, then what the whole article says.

The steps: `line` (tokens) → `candidates` (runs, cut and voted on, with `context`) → `document` (one name, one type) →
here, headlines and repeats: where every word has a capital, only names known from elsewhere count.
"""

from __future__ import annotations

from collections.abc import Iterator

from tui.article import MentionType
from tui.entities import cues
from tui.entities.candidate import Candidate
from tui.entities.candidates import CandidateFinder
from tui.entities.document import Document
from tui.entities.gazetteer import Gazetteer
from tui.entities.line import Line
from tui.entities.mention import RawMention
from tui.entities.tokens import NAME_SHAPES, Shape

_LONGEST_LINE = 20_000
"""Longer lines are read in pieces, so that memory stays bounded; a name across a seam is lost."""
_SURELY_GERMAN = 6
"""Of `cues.GERMAN`, how many different words an article in German has at least."""
_LONGEST_KNOWN = 6
"""Words of a name looked up in a headline."""


class RuleRecogniser:
    """Names by rule. Holds the lists only: one serves all threads."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def recognise(self, text: str, language: str | None = None) -> list[RawMention]:
        """See `Recogniser.recognise`. Time is linear in the length of the text."""
        finder = CandidateFinder(self._gazetteer)
        candidates: list[Candidate] = []
        headlines: list[tuple[Line, bool]] = []
        lowered: set[str] = set()
        for piece, offset in _pieces(text):
            line = Line(piece, offset)
            if not line.words:
                continue
            kind = line.kind(self._gazetteer.common)
            if kind == "plain":
                lowered.update(
                    word for word, shape in zip(line.words, line.shapes, strict=True) if shape == Shape.LOWER
                )
                candidates.extend(finder.find(line))
            else:
                headlines.append((line, kind == "shouting"))
        if len(lowered & cues.GERMAN) >= _SURELY_GERMAN and "the" not in lowered:
            candidates = [candidate for candidate in candidates if candidate.listed]
        document = Document(candidates, lowered, self._gazetteer)
        found = []
        for candidate in candidates:
            kind_found = document.type_of(candidate)
            if kind_found is not None:
                found.append(RawMention(candidate.start, candidate.end, candidate.text, kind_found))
        for line, shouting in headlines:
            found.extend(self._known_names(line, document, shouting))
        found.sort()
        return found

    def _known_names(self, line: Line, document: Document, shouting: bool) -> Iterator[RawMention]:
        """The names of a line whose capitals say nothing: those that the article or a list knows."""
        known = {**document.parts, **document.types}
        if shouting:
            known = _shouted(known)
        index, count = 0, len(line.words)
        while index < count:
            step = 1
            if line.shapes[index] in NAME_SHAPES:
                for length in range(min(_LONGEST_KNOWN, count - index), 0, -1):
                    start, end = line.starts[index], line.ends[index + length - 1]
                    name = line.text[start:end]
                    kind = known.get(name) or self._listed(name, length)
                    if (
                        kind is None
                        and 2 <= length <= 3
                        and not shouting
                        and self._looks_like_person(line, index, length)
                    ):
                        kind = "person"
                    if kind is not None:
                        yield RawMention(line.offset + start, line.offset + end, name, kind)
                        step = length
                        break
            index += step

    def _listed(self, name: str, length: int) -> MentionType | None:
        kind = self._gazetteer.names.get(name)
        if (
            kind
            and length == 1
            and (name.lower() in self._gazetteer.common or name in self._gazetteer.minor_places)
        ):
            return None
        return kind

    def _looks_like_person(self, line: Line, index: int, length: int) -> bool:
        words = line.words[index : index + length]
        return (
            words[0] in self._gazetteer.first_names
            and words[0] not in cues.HONORIFICS
            and all(
                line.shapes[k] in NAME_SHAPES and line.adjacent(k) for k in range(index + 1, index + length)
            )
            and not any(word.lower() in self._gazetteer.common for word in words)
            and not any(word in self._gazetteer.names for word in words[1:])
        )


def _shouted(types: dict[str, MentionType]) -> dict[str, MentionType]:
    shouted: dict[str, MentionType] = {}
    for name in sorted(types):
        shouted.setdefault(name.upper(), types[name])
    return shouted


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """Lines with their offsets; overlong ones cut at a space, where there is one."""
    offset = 0
    for line in text.split("\n"):
        begin = 0
        while len(line) - begin > _LONGEST_LINE:
            cut = line.rfind(" ", begin, begin + _LONGEST_LINE)
            cut = begin + _LONGEST_LINE if cut <= begin else cut + 1
            yield line[begin:cut], offset + begin
            begin = cut
        yield line[begin:], offset + begin
        offset += len(line) + 1
