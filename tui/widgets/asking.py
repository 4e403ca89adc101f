"""A question at the bottom of the screen: a field, and above it what may be chosen, fewer with each letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.strip import Strip

from tui.terminal.cells import fitted, width_of
from tui.widgets.article_text import LETTERS
from tui.widgets.choices import Choice, Question
from tui.widgets.row_list import RowList
from tui.widgets.text_field import TextField

MOST_CHOICES = 8
"""Choices in view at once."""


class ChoiceList(RowList):
    """The choices, one a line; never has the focus: the field hands its arrows on."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--quiet",
        "entity--person",
        "entity--organisation",
        "entity--place",
        "entity--misc",
    }

    can_focus = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.choices: Sequence[Choice] = ()

    def show(self, choices: Sequence[Choice]) -> None:
        """Show other choices, the first one selected."""
        self.choices = choices
        self.show_rows(len(choices))

    def draw_row(self, index: int, line: int, width: int) -> Strip:
        """A choice."""
        choice = self.choices[index]
        part = self.get_component_rich_style
        base = part("row--selected") if index == self.selected else self.rich_style
        pointer = "▸ " if index == self.selected else "  "
        letter = f"{LETTERS[choice.type]} " if choice.type else ""
        style = base + part(f"entity--{choice.type}", partial=True) if choice.type else base
        room = width - width_of(pointer) - width_of(letter)
        detail = choice.detail if width_of(choice.detail) + 12 < room else ""
        text = fitted(choice.text, room - width_of(detail) - 2)
        quiet = base + part("list--quiet", partial=True)
        return Strip(
            [Segment(f" {pointer}", base), Segment(letter + text, style), Segment(f" {detail}", quiet)]
        ).adjust_cell_length(width, base)


class Asking(Vertical):
    """One question at a time; hidden while there is none."""

    DEFAULT_CSS = """
    Asking { dock: bottom; height: auto; margin-bottom: 1; display: none; }
    Asking ChoiceList { height: 8; }
    """

    class OffersWanted(Message):
        """Something else was written: what may be chosen now?"""

        def __init__(self, question: Question, text: str) -> None:
            super().__init__()
            self.question = question
            self.text = text

    class Ended(Message):
        """The question is answered (a choice), or left (None)."""

        def __init__(self, question: Question, choice: Choice | None) -> None:
            super().__init__()
            self.question = question
            self.choice = choice

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.field = TextField(id="asked")
        self.list = ChoiceList(id="choices")
        self.question: Question | None = None
        self._answer_when_offered = False
        self.field.tell_apart(self._written, self._submitted, self._left)

    def compose(self) -> ComposeResult:
        """What may be chosen, and the field below it."""
        yield self.list
        yield self.field

    def ask(self, question: Question) -> None:
        """Put a question."""
        self.question = question
        self._answer_when_offered = False
        self.field.prompt = f"{question.prompt} "
        self.field.set_value(question.text, quiet=True)
        self.field.set_status("")
        self.list.show(())
        self.list.display = question.offer is not None
        self.display = True
        if question.offer is not None:
            self.field.set_status("…")
            self.post_message(self.OffersWanted(question, question.text))

    def show_offers(self, question: Question, text: str, choices: Sequence[Choice]) -> None:
        """What may be chosen for what was written; too late where something else is written by now."""
        if question is not self.question or text != self.field.value:
            return
        self.list.show(choices)
        self.field.set_status("" if choices else "nothing of that name")
        if self._answer_when_offered:
            self._answer_when_offered = False
            self._end(choices[0] if choices else None)

    def _written(self, changed: TextField.Changed) -> None:
        self._answer_when_offered = False
        if self.question is not None and self.question.offer is not None:
            self.field.set_status("…")
            self.post_message(self.OffersWanted(self.question, changed.value))

    def _submitted(self, submitted: TextField.Submitted) -> None:
        if self.question is None:
            return
        if self.question.offer is None:
            self._end(Choice(submitted.value.strip()) if submitted.value.strip() else None)
        elif self.field.status == "…":
            self._answer_when_offered = True  # Enter was quicker than the worker
        elif self.list.choices:
            self._end(self.list.choices[self.list.selected])

    def _left(self, left: TextField.Left) -> None:
        if left.value == "escape":
            self._end(None)
        elif left.value in {"up", "shift+tab"}:
            self.list.move(-1)
        elif left.value in {"down", "tab"}:
            self.list.move(1)
        elif left.value == "pagedown":
            self.list.move(self.list.page)

    def on_row_list_chosen(self, chosen: RowList.Chosen) -> None:
        """A click on the selected choice."""
        chosen.stop()
        if self.list.choices:
            self._end(self.list.choices[self.list.selected])

    def _end(self, choice: Choice | None) -> None:
        question, self.question = self.question, None
        if question is not None:
            self.post_message(self.Ended(question, choice))
