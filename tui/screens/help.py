"""Every key, from the key table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.strip import Strip

from tui.keys import BY_NAME, COMMANDS, keys_of, shown
from tui.screens.bound import bindings
from tui.terminal.cells import fitted, width_of, wrap
from tui.widgets.scroll_lines import ScrollLines

KEY_WIDTH = 16

QUERIES = (
    ("two words", "articles with both"),
    ('"two words"', "the phrase"),
    ("one OR other", "either"),
    ("-word, NOT word", "articles without it"),
    ("( )", "grouping"),
    ("rus*, wom?n", "any ending, any letter"),
    ("kremlni~", "one letter wrong"),
    ("title: source: url: lang:", "in the title, from an outlet, in the URL, by language code"),
    ("person: org: place:", "who and where; entity: any of them; in quotes it is that whole name"),
    ("date:2021-12", "a year, a month, a day, [2021-12-01 TO 2021-12-24], 'last week'"),
    ("story:", "a story, by words of its title in quotes, or by its id"),
    ("is:unread is:starred", "your own marks"),
)


class HelpText(ScrollLines):
    """The key table as lines."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"help--heading", "help--key", "help--text"}

    def __init__(self, changed: Mapping[str, tuple[str, ...]], begin: str = "") -> None:
        super().__init__(id="help-text")
        self._changed = changed
        self._begin = begin
        """The group that stands at the top at first; empty for the first."""
        self._lines: list[tuple[str, str, str]] = []

    def on_resize(self) -> None:
        """Wrap anew."""
        width = max(20, self.text_width - KEY_WIDTH - 4)
        lines: list[tuple[str, str, str]] = []

        def entry(key: str, text: str) -> None:
            key_width = KEY_WIDTH
            for at, (start, end) in enumerate(wrap(text, width)):
                if width_of(key) >= key_width and not at:
                    lines.append(("key", key, ""))
                    key = ""
                lines.append(("key", "" if at else key, text[start:end]))

        group = ""
        for command in COMMANDS:
            if command.group != group:
                group = command.group
                lines += [("heading", "", ""), ("heading", group, "")]
            keys = "  ".join(shown(key) for key in keys_of(command, self._changed))
            if keys:
                entry(keys, command.help)
        lines += [("heading", "", ""), ("heading", "The query language", "")]
        for key, text in QUERIES:
            entry(key, text)
        self._lines = lines
        self.set_length(len(lines))
        if self._begin and ("heading", self._begin, "") in lines:
            self.go_to_line(lines.index(("heading", self._begin, "")) - 1)
            self._begin = ""
        self.refresh()

    def draw_line(self, y: int) -> Strip:
        """A heading, or a key and what it does."""
        width = self.text_width
        index = y + self.top_line
        if index >= len(self._lines) or width <= 0:
            return self.blank()
        kind, key, text = self._lines[index]
        if kind == "heading":
            segments = [Segment("  " + key, self.get_component_rich_style("help--heading"))]
        else:
            segments = [
                Segment(
                    "  " + fitted(key, KEY_WIDTH) if text else "  " + key,
                    self.get_component_rich_style("help--key"),
                ),
                Segment(text, self.get_component_rich_style("help--text")),
            ]
        return Strip(segments).adjust_cell_length(width, self.rich_style)


class HelpScreen(ModalScreen[None]):
    """The help over whatever is shown."""

    CSS_PATH = Path(__file__).with_name("help.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("move", "move('{}')"),
        # By the commands' names, so that a changed key counts here too.
        *(
            Binding(",".join(BY_NAME[name].keys), "close", show=False, id=name)
            for name in ("help", "close", "leave")
        ),
        Binding("ctrl+q", "app.quit", show=False, id="quit"),
    ]

    def __init__(self, changed: Mapping[str, tuple[str, ...]], begin: str = "") -> None:
        """Show the keys.

        Args:
            changed: Those that the reader has changed.
            begin: The group that counts where the help was asked for.
        """
        super().__init__()
        self._changed = changed
        self._begin = begin

    def compose(self) -> ComposeResult:
        """The text alone."""
        yield HelpText(self._changed, self._begin)

    def action_move(self, command: str) -> None:
        """Scroll."""
        self.query_one(HelpText).move_by(command)

    def action_close(self) -> None:
        """Back to the reader."""
        self.dismiss()
