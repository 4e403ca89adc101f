"""What the selected cell of a coverage matrix says in words: who, when, how long after whom, and in which words."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from tui.article import Article
from tui.stories.values import DifferenceKind, Matrix, PairKind, Sentence, Side, Statement, Telling
from tui.terminal.cells import cut, wrap
from tui.widgets.at_once import draw_at_once
from tui.widgets.coverage_times import Reports, first_report, is_before, own_reports
from tui.widgets.known_styles import KnownStyles
from tui.widgets.report_rows import Report, later_by, long_when, moment_of
from tui.widgets.source_names import short_name

KINDS: dict[PairKind, str] = {
    "identical": "in the same words",
    "near": "in nearly the same words",
    "reworded": "reworded",
}


class Note(NamedTuple):
    """What is said of a cell."""

    source: str
    facts: str
    text: str
    marks: tuple[tuple[int, int, DifferenceKind], ...] = ()
    """`[start, end)` in the text where it differs from the statement."""


def note_of(matrix: Matrix, statement: Statement, column: int, reports: Reports) -> Note:
    """What there is to say of a source and a statement."""
    source = matrix.columns[column].source or "unknown source"
    telling = statement.tellings[column]
    first = first_report(statement, reports)
    if telling is None:
        return Note(
            source, " · ".join(_of_left_out(matrix, statement, column, reports)), statement.sentence.text
        )
    report = reports.get(telling.article)
    facts = [long_when(report)] if report is not None else []
    facts += _of_first(statement, column, report, first)
    if statement.carried > 1:
        facts.append(KINDS[telling.kind])
    if report is not None:
        facts.append(f"“{report.title}”")
    return Note(source, " · ".join(facts), telling.sentence.text, _marks(statement, telling))


def _of_first(statement: Statement, column: int, report: Report | None, first: Report | None) -> list[str]:
    if statement.carried == 1:
        return ["nobody else has it"]
    if statement.first == column:
        return ["the first to have it"]
    if statement.first is None or first is None:
        return ["same day: who was first is not known" if statement.day else "undated"]
    began, then = moment_of(first), moment_of(report) if report is not None else None
    name = short_name(first.source)
    if began is not None and then is not None and then > began:
        return [f"{later_by(began, then)} after {name}"]
    return [f"after {name}"]


def _of_left_out(matrix: Matrix, statement: Statement, column: int, reports: Reports) -> list[str]:
    first, own = first_report(statement, reports), own_reports(matrix, column, reports)
    said = ["leaves this out"]
    if is_before(matrix, statement, column, reports):
        who = f"{short_name(first.source)} had it" if first is not None else "anybody had it"
        said = [f"leaves this out: published before {who}"]
    if own:
        which = "its report" if len(own) == 1 else f"the last of its {len(own)} reports"
        said.append(f"{which}: {long_when(own[-1])}")
    if first is not None:
        said.append(f"first in {short_name(first.source)}, {long_when(first)}")
    return said


def _marks(statement: Statement, telling: Telling) -> tuple[tuple[int, int, DifferenceKind], ...]:
    if telling.kind == "identical":
        return ()
    return differing(statement.sentence.text, telling.sentence.text)


@lru_cache(256)
def differing(left: str, right: str) -> tuple[tuple[int, int, DifferenceKind], ...]:
    """Where a sentence differs from another one: stretches of `right`."""
    from tui.stories.differences import differences
    from tui.stories.prepared import prepared_title

    one, other = (
        prepared_title(Side(Article("", (text,), language="en")), Sentence(0, 0, len(text), text))
        for text in (left, right)
    )
    if not one.sentences or not other.sentences:
        return ()
    found = [
        (difference.right_span.start, difference.right_span.end, difference.kind)
        for difference in differences(one, 0, other, 0)
        if difference.right
    ]
    return tuple(sorted(found))


class CoverageNote(KnownStyles):
    """One line of facts, and the sentence."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "note--source", "note--facts", "note--text", "note--word", "note--figure", "note--name",
    }  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.note: Note | None = None

    def show_note(self, note: Note | None) -> None:
        """Say something else."""
        if note == self.note:
            return
        before, self.note = self.note, note
        same_text = before and note and (before.text, before.marks) == (note.text, note.marks)
        lines = 1 if same_text else self.size.height
        draw_at_once(self, Region(0, 0, self.size.width, lines))

    def render_line(self, y: int) -> Strip:
        """The facts, or a line of the sentence."""
        width = self.size.width
        note = self.note
        if note is None or not width:
            return Strip.blank(width, self.rich_style)
        style = self.get_component_rich_style
        if y == 0:
            source = cut(note.source, width // 2)
            segments = [
                Segment(f" {source} ", style("note--source")),
                Segment(" " + cut(note.facts, width - len(source) - 4), style("note--facts")),
            ]
        else:
            lines = wrap(note.text, width - 4)
            if y > len(lines):
                return Strip.blank(width, self.rich_style)
            start, end = lines[y - 1]
            if y == self.size.height - 1 and y < len(lines):
                end = start + len(cut(note.text[start:], width - 4)) - 1
                segments = [*self._marked(note, start, end), Segment("…", style("note--text"))]
            else:
                segments = self._marked(note, start, end)
            segments.insert(0, Segment("   ", style("note--text")))
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _marked(self, note: Note, start: int, end: int) -> list[Segment]:
        base = self.get_component_rich_style("note--text")
        segments: list[Segment] = []
        at = start
        for first, after, kind in note.marks:
            first, after = max(first, at), min(after, end)
            if first >= after:
                continue
            segments.append(Segment(note.text[at:first], base))
            mark: Style = self.get_component_rich_style(f"note--{kind}", partial=True)
            segments.append(Segment(note.text[first:after], base + mark))
            at = after
        segments.append(Segment(note.text[at:end], base))
        return segments
