"""A screen that asks a question at its bottom, and stays as it is meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual import on
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from tui.keys import Context
from tui.widgets.choices import Choice, Question

if TYPE_CHECKING:
    from tui.widgets.asking import Asking

_Result = TypeVar("_Result")


class Offered(Message):
    """What may be chosen is found."""

    def __init__(self, question: Question, text: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.question = question
        self.text = text
        self.choices = choices


class Asks(Screen[_Result], Generic[_Result]):
    """The part of a screen that asks; what it may offer is looked for in a worker."""

    asking: Asking | None = None
    """Made when something is asked for the first time."""
    _focus_before: Widget | None = None

    def explore(self, work: Callable[..., None], *arguments: Any) -> None:
        """Do work in a thread."""
        raise NotImplementedError

    def asked(self, question: Question) -> None:
        """A question is there: give its field the keys."""
        raise NotImplementedError

    def unasked(self, before: Widget | None) -> None:
        """It is answered or left: give the keys back to what had them."""
        raise NotImplementedError

    @property
    def asking_context(self) -> Context | None:
        """What the keys are for while a question has them."""
        if self.asking is None or self.focused is not self.asking.field:
            return None
        question = self.asking.question
        return "writing" if question is not None and question.offer is None else "choosing"

    async def ask(self, question: Question) -> None:
        """Put a question at the bottom of the screen; its `answer` is told."""
        if self.asking is None:
            from tui.widgets.asking import Asking

            self.asking = Asking(id="asking")
            # First among the parts: Textual would paint all that come after it when it comes and goes.
            await self.mount(self.asking, before=0)
        if self.focused is not self.asking.field:
            self._focus_before = self.focused
        self.asking.ask(question)
        self.asked(question)

    def on_asking_offers_wanted(self, wanted: Asking.OffersWanted) -> None:
        """Look in a worker; what was written since then makes it worthless."""
        self.explore(self._find_offers, wanted.question, wanted.text)

    def _find_offers(self, question: Question, text: str) -> None:
        asking = self.asking
        if asking is None or asking.question is not question or asking.field.value != text:
            return
        assert question.offer is not None
        self.post_message(Offered(question, text, question.offer(text)))

    @on(Offered)
    def _show_offers(self, offered: Offered) -> None:
        if self.asking is not None:
            self.asking.show_offers(offered.question, offered.text, offered.choices)

    async def on_asking_ended(self, ended: Asking.Ended) -> None:
        """Back to what had the focus, and on with the answer."""
        assert self.asking is not None
        self.asking.display = False
        self.unasked(self._focus_before)
        if ended.choice is not None:
            self.call_later(ended.question.answer, ended.choice)
