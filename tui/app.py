"""The Textual application: themes, keys, palette, clipboard; the work is in `tui.screens`."""

from __future__ import annotations

import asyncio
import difflib
import os
import signal
import sys
import threading
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from tui.harmless import harmless
from tui.keys import COMMANDS, WHO_AND_WHERE, keys_of, shown
from tui.screens.reader import ReaderScreen
from tui.settings import Settings, load_settings
from tui.themes import DEFAULT_THEME, PLAIN_THEME, THEMES, fallback_variables

if TYPE_CHECKING:
    from tui.corpus import Corpus

SWITCH_INTERVAL_S = 0.0005
"""How long a search may keep the interpreter lock from a key: Python's own 5 ms are felt several times over."""


class BroadsheetApp(App[int]):
    """The reader of one corpus."""

    TITLE = "Broadsheet"
    CSS_PATH = Path(__file__).parent / "screens" / "reader.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(
        self,
        corpus: Corpus,
        settings: Settings | None = None,
        *,
        query: str = "",
        takes_up_changes: bool = False,
    ) -> None:
        super().__init__()
        self.corpus = corpus
        self.settings = settings or Settings()
        self.complaints = list(self.settings.complaints)
        """What is wrong in the reader's settings, a line each."""
        self.start_query = query
        self.takes_up_changes = takes_up_changes
        """Whether to look, in the background, for what is new in the corpus's folders."""
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._first_theme()
        self.set_keymap({name: ",".join(keys) for name, keys in self.settings.keys.items()})

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables, and what our style sheets name and the theme doesn't define."""
        variables = super().get_css_variables()
        return {**fallback_variables(variables), **variables}

    def _first_theme(self) -> str:
        wanted = self.settings.theme
        if wanted and wanted not in self.available_themes:
            near = difflib.get_close_matches(wanted, self.available_themes, n=1)
            meant = f"; did you mean {near[0]}?" if near else ""
            self.complaints.append(f'theme: there is none of the name "{wanted}"{meant}')
            wanted = None
        wanted = wanted or self.corpus.desk.get("theme") or ""
        if wanted in self.available_themes:
            return wanted
        return PLAIN_THEME if self._few_colours else DEFAULT_THEME

    @property
    def _few_colours(self) -> bool:
        """Whether the terminal has 16 colours or less."""
        return self.console.color_system in {None, "standard", "windows"}

    def get_default_screen(self) -> Screen[None]:
        """The reader is the first and the lowest screen."""
        letters = self.settings.entity_marks
        if letters is None:
            letters = "NO_COLOR" in os.environ or self._few_colours
        return ReaderScreen(self.corpus, self.settings, query=self.start_query, letters=letters)

    def on_mount(self) -> None:
        """Remember the theme that is chosen, once the first one stands."""
        self.theme_changed_signal.subscribe(self, lambda theme: self._keep_theme(theme.name))
        # Elsewhere no handler can be set: there the program ends as Python ends it.
        if sys.platform != "win32" and threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(number, self.exit, 128 + number)

    def _keep_theme(self, name: str) -> None:
        reader = self.screen_stack[0]
        if isinstance(reader, ReaderScreen):
            reader.keep(self.corpus.desk.set, "theme", name)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every command of the key table, and the themes."""
        if isinstance(screen, ReaderScreen):
            for command in COMMANDS:
                if command.place in {"entity", "bars"} and not screen.page_open:
                    continue
                action = getattr(screen, f"action_{command.name}", None)
                if command.place == "move":
                    action = partial(screen.action_move, command.name)
                if action is not None and command.name != "palette":
                    keys = " ".join(shown(key) for key in keys_of(command, self.settings.keys))
                    label = command.label.capitalize()
                    if command.group == WHO_AND_WHERE:
                        label = f"{WHO_AND_WHERE}: {command.label}"
                    yield SystemCommand(f"{label}  {keys}", command.help, action)
        yield SystemCommand("Theme", "Choose the colours", self.action_change_theme)

    def open_or_copy(self, url: str) -> str:
        """Open a URL where the reader sits; returns what was done, in words."""
        if not url.startswith(("http://", "https://")):
            return "not opened: only http and https addresses are"
        if "SSH_CONNECTION" in os.environ or "SSH_TTY" in os.environ:
            self.copy_to_clipboard(url)
            return "URL copied: a browser here would open on the far machine"
        self.run_worker(lambda: _browse(url), thread=True, exit_on_error=False)
        return f"opening {url}"


def _browse(url: str) -> None:
    import webbrowser

    webbrowser.open(url)


def run_reader(corpus: Corpus, *, mouse: bool = True, plain: bool = False, query: str = "") -> int:
    """Open the reader on a corpus, until it is closed.

    Args:
        corpus: an open corpus.
        mouse: whether to ask the terminal for the mouse.
        plain: use the terminal's own 16 colours and letter marks.
        query: what to search for at once.

    Returns:
        The exit code.
    """
    settings = load_settings()
    if plain:
        from dataclasses import replace

        settings = replace(settings, theme=PLAIN_THEME, entity_marks=True)
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    app = BroadsheetApp(corpus, settings, query=query, takes_up_changes=True)
    code = app.run(mouse=mouse and settings.mouse)
    for complaint in app.complaints:
        print(f"broadsheet: {harmless(complaint)}", file=sys.stderr)
    if code is not None:
        return code
    return app.return_code or 0
