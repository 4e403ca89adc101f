"""Articles as published, each in a column of its own: the counterpart of what is selected stands beside it, and a
thread leads there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.segment import Segment

from tui.stories.board import SIGNS, Board
from tui.stories.values import Sentence
from tui.terminal.cells import fitted, wrap
from tui.widgets.compared_layout import MARGIN, Selection, numbers_of, widths_of
from tui.widgets.compared_look import STYLES, Look, filled, marks_drawn


class Published(NamedTuple):
    """A line of an article."""

    paragraph: int
    """-1 for the blank line between two."""
    start: int = 0
    end: int = 0


class PublishedFace:
    """The articles of a board as published.

    Attributes:
        lines: Of each article.
        tops: The first line in view of each; below 0 where it begins further down.
        widths: How a line is divided.
    """

    def __init__(self, board: Board, width: int, height: int) -> None:
        self.board = board
        self.width = width
        count = len(board.sides)
        self.widths = widths_of(width, count)
        self.height = max(1, (height - count + 1) // count if self.widths.stacked else height)
        """Lines that each article has to itself."""
        self.lines = [list(self._wrapped(side.article.paragraphs)) for side in board.sides]
        self.tops = [0] * count
        self._numbers = numbers_of(board)
        self._first = [
            {line.paragraph: at for at, line in reversed(list(enumerate(lines)))} for lines in self.lines
        ]
        self._sentences: list[dict[int, list[tuple[int, Sentence]]]] = []
        for sentences in board.sentences:
            by_paragraph: dict[int, list[tuple[int, Sentence]]] = {}
            for number, sentence in enumerate(sentences):
                by_paragraph.setdefault(sentence.paragraph, []).append((number, sentence))
            self._sentences.append(by_paragraph)

    def _wrapped(self, paragraphs: Sequence[str]) -> Iterator[Published]:
        for number, paragraph in enumerate(paragraphs):
            if number:
                yield Published(-1)
            for start, end in wrap(paragraph, self.widths.column):
                yield Published(number, start, end)

    def order(self, column: int) -> list[int]:
        """The rows in the order that up and down go through them: as this article was published."""
        return list(dict.fromkeys(self.board.row_of[column]))

    def _lines_of(self, column: int, sentence: Sentence) -> tuple[int, int]:
        """Where a sentence's lines begin, and how many they are."""
        lines = self.lines[column]
        first = self._first[column].get(sentence.paragraph, 0)
        after = first
        while after < len(lines) and lines[after].paragraph == sentence.paragraph:
            after += 1
        starts = [line.start for line in lines[first:after]]
        at = first + max(0, bisect_right(starts, sentence.start) - 1)
        last = first + max(0, bisect_right(starts, sentence.end - 1) - 1)
        return at, last - at + 1

    def _sentences_of(self, row: int, column: int) -> list[Sentence]:
        return [self.board.sentences[column][index] for index in self.board.rows[row].cells[column].sentences]

    def follow(self, selection: Selection) -> bool:
        """Bring what is selected into view, and its counterparts beside it; whether anything moved."""
        if not self.board.rows:
            return False
        before = list(self.tops)
        own = self._sentences_of(selection.row, selection.column)
        at = self.height // 3
        if own:
            first, count = self._lines_of(selection.column, own[0])
            top = self.tops[selection.column]
            if first < top or first + count > top + self.height:
                top = first - self.height // 3
            top = max(0, min(top, len(self.lines[selection.column]) - self.height))
            self.tops[selection.column] = top
            at = first - top
        for column in range(len(self.board.sides)):
            counterparts = self._sentences_of(selection.row, column)
            if column == selection.column:
                continue
            if counterparts:
                self.tops[column] = max(self._lines_of(column, counterparts[0])[0] - at, -at)
            else:  # stays where it is, as far as it fills its column
                most = max(0, len(self.lines[column]) - self.height)
                self.tops[column] = max(0, min(self.tops[column], most))
        return self.tops != before

    def _place(self, y: int, x: int) -> tuple[int, int] | None:
        """Which article's which line is at a cell; None for a rule between two, and below all."""
        if not self.widths.stacked:
            column = min(self.widths.column_at(x), len(self.board.sides) - 1)
            return column, self.tops[column] + y
        column, line = divmod(y, self.height + 1)
        if column >= len(self.board.sides) or line == self.height:
            return None
        return column, self.tops[column] + line

    def lines_in_view(self, row: int) -> set[int]:
        """The lines of the view in which a row's sentences stand."""
        found: set[int] = set()
        for column in range(len(self.board.sides)):
            offset = column * (self.height + 1) if self.widths.stacked else 0
            for sentence in self._sentences_of(row, column):
                first, count = self._lines_of(column, sentence)
                lines = range(first - self.tops[column], first - self.tops[column] + count)
                found.update(offset + line for line in lines if 0 <= line < self.height)
        return found

    def in_view(self, column: int) -> int:
        """How many of an article's sentences begin in view."""
        top = max(0, self.tops[column])
        lines = self.lines[column][top : top + self.height]
        return sum(
            any(
                line.paragraph == sentence.paragraph and line.start <= sentence.start < line.end
                for line in lines
            )
            for paragraph in dict.fromkeys(line.paragraph for line in lines)
            for _, sentence in self._sentences[column].get(paragraph, ())
        )

    def at(self, x: int, y: int) -> Selection | None:
        """What is at a cell; None where there is nothing."""
        place = self._place(y, x)
        if place is None:
            return None
        column, line = place
        if not 0 <= line < len(self.lines[column]):
            return None
        offset = x - MARGIN - (0 if self.widths.stacked else column * (MARGIN + self.widths.column))
        paragraph, start, end = self.lines[column][line]
        position = start + max(0, min(offset, end - start - 1))
        here = self._sentences[column].get(paragraph, ())
        found = [number for number, sentence in here if sentence.start <= position] or [n for n, _ in here]
        return Selection(self.board.row_of[column][found[-1]], column) if found else None

    # Drawing

    def draw(self, y: int, selection: Selection, look: Look) -> list[Segment]:
        """A line of the view."""
        if self.widths.stacked:
            place = self._place(y, 0)
            if place is not None:
                return self._line(*place, selection, look, y)
            column = y // (self.height + 1) + 1
            return self._rule(column, look) if column < len(self.board.sides) else []
        segments: list[Segment] = []
        for column in range(len(self.board.sides)):
            segments += self._line(column, self.tops[column] + y, selection, look, y)
        return segments

    def _rule(self, column: int, look: Look) -> list[Segment]:
        """Between two articles: whose text begins below."""
        article = self.board.sides[column].article
        text = fitted(f"── {column + 1} {article.source or article.title} ", self.width).rstrip()
        return filled([look.sign(f"{text} ")], self.width, look.sign("─"))

    def _line(self, column: int, at: int, selection: Selection, look: Look, y: int) -> list[Segment]:
        """A line of one article, before it the number of the sentence that begins in it."""
        width = self.widths.column
        lines = self.lines[column]
        if not 0 <= at < len(lines) or lines[at].paragraph < 0:
            return self._blank(column, selection, look, y)
        paragraph, start, end = lines[at]
        text = self.board.sides[column].article.paragraphs[paragraph]
        here = [
            (number, sentence)
            for number, sentence in self._sentences[column].get(paragraph, ())
            if sentence.start < end and sentence.end > start
        ]
        beginning = [
            (number, self.board.row_of[column][number]) for number, s in here if start <= s.start < end
        ]
        segments: list[Segment] = []
        position = start
        quiet = look.style("compared--apart")
        for number, sentence in here:
            first, after = max(sentence.start, start), min(sentence.end, end)
            if first > position:
                segments.append(Segment(text[position:first], quiet))
            row = self.board.row_of[column][number]
            base = look.style(STYLES[self.board.rows[row].kind], row == selection.row)
            segments += look.marked(text, first, after, self._marks(column, number, sentence), base)
            position = after
        if position < end:
            segments.append(Segment(text[position:end], quiet))
        threaded = self._threaded(y, selection)
        tail = look.sign("─") if threaded and threaded[0] <= column < threaded[-1] else look.blank(1)
        label = self._label(column, [row for _, row in beginning], selection, column in threaded[1:], look)
        return [label, *filled(segments, width, tail)]

    def _blank(self, column: int, selection: Selection, look: Look, y: int) -> list[Segment]:
        """An empty line; a thread may lead over it."""
        threaded = self._threaded(y, selection)
        over = threaded and threaded[0] < column < threaded[-1]
        return filled([], MARGIN + self.widths.column, look.sign("─") if over else look.blank(1))

    def _threaded(self, y: int, selection: Selection) -> tuple[int, ...]:
        """The articles in which the selected row begins in this line: a thread leads from one to the next."""
        if self.widths.stacked or not self.board.rows:
            return ()
        found = []
        for column in range(len(self.board.sides)):
            sentences = self._sentences_of(selection.row, column)
            if sentences and self._lines_of(column, sentences[0])[0] - self.tops[column] == y:
                found.append(column)
        return tuple(found) if len(found) > 1 else ()

    def _marks(self, column: int, number: int, sentence: Sentence) -> list[tuple[int, int, str]]:
        """What differs in a sentence, in offsets of its paragraph."""
        cell = self.board.rows[self.board.row_of[column][number]].cells[column]
        before = 0
        for other in cell.sentences:
            if other == number:
                break
            before += len(self.board.sentences[column][other].text) + 1
        shift = sentence.start - before
        after = before + len(sentence.text)
        return [
            (s + shift, e + shift, kind) for s, e, kind in marks_drawn(cell) if before <= s and e <= after
        ]

    def _label(
        self, column: int, rows: Sequence[int], selection: Selection, threaded: bool, look: Look
    ) -> Segment:
        """Which sentences go together, and how: the same number on both sides; a dot where this one alone has it."""
        if not rows:
            return look.sign(" " * MARGIN)
        row = selection.row if selection.row in rows else rows[0]
        number = self._numbers.get(row)
        label = f"{number or ''}{SIGNS[self.board.rows[row].kind]}"
        pointer = "▸" if row == selection.row and column == selection.column else " "
        if threaded:
            return look.sign(f"{label:─>{MARGIN - 1}} ")
        return look.sign(f"{pointer}{label:>{MARGIN - 2}} ")
