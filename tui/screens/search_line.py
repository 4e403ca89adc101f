"""The search line: what is typed, earlier searches, completion, and the word that was probably meant."""

from __future__ import annotations

import re
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.worker import get_current_worker

from tui.errors import BroadsheetError
from tui.screens.history import Visit
from tui.screens.searching import SearchingScreen
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from textual.widget import Widget

    from tui.corpus import Corpus
    from tui.index.results import Results
    from tui.settings import Settings

BURST_S = 0.01
"""Letters nearer to one another than this were pasted, or sent in one go: nobody sees each of them."""

_IN_VALUE = re.compile(r"""\w:("[^"]*|'[^']*|[^\s()]*)$""")
"""What ends in the value of a field; one in quotes may have spaces."""


class Completed(Message):
    """Ways to complete the word at the cursor: (start, end, text, detail)."""

    def __init__(self, query: str, candidates: list[tuple[int, int, str, str]]) -> None:
        super().__init__()
        self.query = query
        self.candidates = candidates


class SearchLineScreen(SearchingScreen):
    """The part of the reader that one types a search into."""

    def __init__(self, corpus: Corpus, settings: Settings, *, query: str, letters: bool) -> None:
        super().__init__(corpus, settings, query=query, letters=letters)
        # Not on mounting: keys may come before.
        self.search_field.tell_apart(self._typed, self._submitted, self._search_left)

    _candidates: tuple[tuple[int, int, str, str], ...] = ()
    _candidate_at = 0
    _completed_query = ""
    _earlier: tuple[str, ...] | None = None
    _earlier_at = 0

    def action_search(self) -> None:
        """Into the search line."""
        self.focus_on(self.search_field)

    def _typed(self, changed: TextField.Changed) -> None:
        query = changed.value
        if self._earlier is not None and query != self._earlier[self._earlier_at]:
            self._earlier = None
        self._candidates = ()
        present = self.visits.present
        # All that is typed in one go is one visit: back leads to before it.
        if self._amending and present.article is None and present.related_to is None:
            self.visits.amend(Visit(query, typing=True))
        else:
            self.visits.go(Visit(query, typing=True))
            self._amending = True
        now = monotonic()
        in_burst, self._typed_at = now - self._typed_at < BURST_S, now
        if in_burst:
            self.search_soon(query)
        else:
            self.paint()  # the letter, before its search takes the interpreter
            self.search_for(query, typing=True)
        if not self._inserting and _IN_VALUE.search(query[: self.search_field.cursor]):
            self._complete(query, self.search_field.cursor)

    _amending = False

    _typed_at = 0.0

    def _submitted(self, submitted: TextField.Submitted) -> None:
        self._leave_search()
        self.when_answered(self.take_correction)

    def take_correction(self) -> None:
        """Search for what was probably meant, where nothing was found."""
        if self.corrected and not self.results.count and self._answered_query == self.query_typed:
            query = self.corrected.strip()
            self.search_field.set_value(query, quiet=True)
            self.visits.amend(Visit(query))
            self.search_for(query)

    def _search_left(self, left: TextField.Left) -> None:
        if left.value == "up":
            self._show_earlier(1)
        elif left.value == "down" and self._earlier is not None:
            self._show_earlier(-1)
        elif left.value == "tab":
            self._complete_or_go()
        else:
            self._leave_search()

    def _leave_search(self) -> None:
        """To the results, the query kept."""
        self._amending = False
        query = self.search_field.value.strip()
        if query:
            self.keep(self.corpus.desk.remember_query, query)
        self.focus_on(self.results)

    def set_query(self, query: str) -> None:
        """Search for something that was chosen, not typed."""
        self._amending = False
        self.search_field.set_value(query, quiet=True)
        self.visits.go(Visit(query))
        self.search_for(query)
        if query.strip():
            self.keep(self.corpus.desk.remember_query, query)

    def clear_query(self) -> None:
        """Show everything again."""
        if self.search_field.value:
            self.set_query("")

    # Earlier queries

    def _show_earlier(self, step: int) -> None:
        if self._earlier is None:
            history = self.corpus.desk.query_history(50)
            self._earlier = (self.search_field.value, *(q for q in history if q != self.search_field.value))
            self._earlier_at = 0
        at = self._earlier_at + step
        if 0 <= at < len(self._earlier):
            self._earlier_at = at
            self.search_field.set_value(self._earlier[at])
        elif at < 0:
            self._earlier = None
            self._leave_search()

    # Completion

    def _complete_or_go(self) -> None:
        field = self.search_field
        if self._candidates and field.value == self._completed_query:
            if len(self._candidates) == 1 and self._candidate_at:
                self._leave_search()
                return
            start, end, text, _ = self._candidates[self._candidate_at % len(self._candidates)]
            previous = (
                self._candidate_at and self._candidates[(self._candidate_at - 1) % len(self._candidates)]
            )
            if previous:
                start, end = previous[0], previous[0] + len(previous[2])
            candidates, at = self._candidates, self._candidate_at
            self._inserting = True
            field.replace(start, end, text)
            self._inserting = False
            self._show_candidates(candidates, at + 1, field.value)
        elif not self.results.count and self.corrected:
            field.set_value(self.corrected)
        elif field.value.strip():
            self._complete(field.value, field.cursor, insert=True)
        else:
            self._leave_search()

    def _show_candidates(
        self, candidates: tuple[tuple[int, int, str, str], ...], at: int, query: str
    ) -> None:
        self._candidates, self._candidate_at, self._completed_query = candidates, at, query
        if candidates:
            inserted = (at - 1) % len(candidates) if at else None
            said = [
                f"{'▸' * (index == inserted)}{text.strip()} {detail}".strip()
                for index, (_, _, text, detail) in enumerate(candidates)
            ]
            # The line may have no room for all: the inserted one is in view, and the one before it.
            first = max(0, inserted - 1) if inserted is not None else 0
            self.notice.say("  ".join(["tab", *["…"] * bool(first), *said[first:]]))
            self._completions_said = self.notice.text

    _completions_said = ""
    """What the notice says of the candidates."""
    _insert_completion = False
    _inserting = False
    """Whether the search line changes because a completion is put in: no reason for others."""

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """As ever; what may be completed goes with the focus of the search line."""
        super().set_focus(widget, scroll_visible, from_app_focus)
        if self._completions_said and self.focused is not self.search_field:
            self._candidates = ()
            said, self._completions_said = self._completions_said, ""
            if self.notice.text != said:
                return
            self.notice.say("")
            if self._results is not None and not self.is_searching:
                super()._explain(self._results)

    def _explain(self, results: Results) -> None:
        """What may be completed stays in view when the answer to what was typed comes after it."""
        super()._explain(results)
        field = self.search_field
        if self._candidates and self.focused is field and field.value == self._completed_query:
            self._show_candidates(self._candidates, self._candidate_at, self._completed_query)

    def _complete(self, query: str, cursor: int, *, insert: bool = False) -> None:
        self._insert_completion = insert
        work = partial(self._find_completions, query, cursor)
        self.run_worker(work, group="complete", exclusive=True, thread=True, exit_on_error=False)

    def _find_completions(self, query: str, cursor: int) -> None:
        try:
            found = self.corpus.complete(query, cursor)
        except BroadsheetError:
            return  # the search itself says why
        candidates = [(c.start, c.end, c.text, c.detail) for c in found]
        if not get_current_worker().is_cancelled:
            self.post_message(Completed(query, candidates))

    @on(Completed)
    def _take_completions(self, completed: Completed) -> None:
        if completed.query != self.search_field.value or self.focused is not self.search_field:
            return
        self._show_candidates(tuple(completed.candidates), 0, completed.query)
        if self._insert_completion:
            self._insert_completion = False
            if completed.candidates:
                self._complete_or_go()
            else:
                self._leave_search()
