"""A page that lies over the reader: with its own keys, the reader's threads, and a line to ask for a file name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from tui.harmless import harmless
from tui.keys import BY_NAME, Context
from tui.screens.background import Background, Failed
from tui.screens.bound import bindings
from tui.widgets.key_footer import KeyFooter
from tui.widgets.scroll_lines import ScrollLines
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.app import BroadsheetApp
    from tui.settings import Settings

_Result = TypeVar("_Result")

EVERYWHERE = ("help", "redraw", "suspend", "quit")
"""Commands of the reader that mean here what they mean there; `close`, `leave` and `back` lead back."""


def page_bindings() -> list[BindingType]:
    """The bindings that every page has."""
    return [
        *bindings("move", "move('{}')"),
        *(Binding(",".join(BY_NAME[name].keys), name, show=False, id=name) for name in EVERYWHERE),
        *(
            Binding(",".join(BY_NAME[name].keys), "close", show=False, id=name)
            for name in ("close", "leave", "back")
        ),
    ]


class Done(Message):
    """A worker has brought something for the page."""

    def __init__(self, show: Callable[[], None]) -> None:
        super().__init__()
        self.show = show


class PageScreen(Screen[_Result], Generic[_Result]):
    """What pages have in common; a subclass composes what is above the footer."""

    context: Context

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.footer = KeyFooter(settings.keys, id="page-footer")
        self.path_field = TextField("write to ", "name.html, .md, .csv or .txt", id="path")
        self.path_field.display = False
        self.path_field.tell_apart(lambda changed: self.footer.say(""), self._path_given, self._path_left)
        self._background = Background(self.post_message)
        self._over: str | None = None
        """The file that exists already and is written over if Enter comes again."""

    @property
    def broadsheet(self) -> BroadsheetApp:
        """The application, by its own type."""
        from tui.app import BroadsheetApp

        assert isinstance(self.app, BroadsheetApp)
        return self.app

    @property
    def body(self) -> ScrollLines:
        """What keys that move go to."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Begin with the keys on the body."""
        self.footer.show(self.context)
        self.set_focus(self.body, scroll_visible=False)

    def on_unmount(self) -> None:
        """Nobody waits for what is under way."""
        self._background.finish()

    def explore(self, work: Callable[..., None], *arguments: Any) -> None:
        """Do work in a thread."""
        self._background.explore(work, *arguments)

    @property
    def idle(self) -> bool:
        """Whether all work is done."""
        return self._background.idle

    @on(Done)
    def _show_done(self, done: Done) -> None:
        done.show()

    @on(Failed)
    def _say_failed(self, failed: Failed) -> None:
        self.footer.say(failed.reason)

    async def on_event(self, event: events.Event) -> None:
        """A word in the footer stands until the next key."""
        if isinstance(event, events.Key):
            self.footer.say("")
        await super().on_event(event)

    def action_move(self, command: str) -> None:
        """A command that moves."""
        self.body.move_by(command)

    def action_close(self) -> None:
        """Back to the reader."""
        self.dismiss(None)

    def action_quit(self) -> None:
        """Leave the program."""
        self.app.exit(0)

    def action_help(self) -> None:
        """Every key."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.settings.keys))

    def action_redraw(self) -> None:
        """Draw everything afresh."""
        self.app.refresh(repaint=True, layout=True)

    async def action_suspend(self) -> None:
        """Back to the shell, until `fg`."""
        self.app.action_suspend_process()

    # Writing it to a file

    def action_save_page(self) -> None:
        """Ask for a file's name."""
        self.path_field.display = True
        self.path_field.set_value("", quiet=True)  # what is typed would be put behind the last name
        self._over = None
        self.set_focus(self.path_field)
        self.footer.show("writing")

    def _path_left(self, left: TextField.Left) -> None:
        if left.value == "escape":
            self._end_asking()

    def _end_asking(self) -> None:
        self.path_field.display = False
        self.set_focus(self.body, scroll_visible=False)
        self.footer.show(self.context)

    def _path_given(self, submitted: TextField.Submitted) -> None:
        name = submitted.value.strip()
        if not name:
            self._end_asking()
            return
        path = Path(name).expanduser()
        if path.suffix.lower() not in self.suffixes:
            self.footer.say(f"the name's end says what it will be: {', '.join(self.suffixes)}")
        elif path.exists() and self._over != name:
            self._over = name
            self.footer.say(f"{harmless(name)} is there already: Enter again writes over it")
        else:
            self._end_asking()
            self.explore(self._write, path)

    suffixes: Sequence[str] = (".html", ".md", ".csv", ".txt")

    def _write(self, path: Path) -> None:
        try:
            path.write_text(self.content(path.suffix.lower()), encoding="utf-8", errors="replace")
            said = f"written: {harmless(str(path))}"
        except OSError as error:
            said = f"not written: {harmless(str(path))}: {error.strerror or error}"
        self.post_message(Done(lambda: self.footer.say(said)))

    def content(self, suffix: str) -> str:
        """What is written to a file whose name ends so."""
        raise NotImplementedError
