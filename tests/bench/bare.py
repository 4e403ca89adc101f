"""The least that a Textual program can be: one list of the lines in a file. What `start` compares with."""

from __future__ import annotations

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Label, ListItem, ListView, OptionList


class Bare(App[None]):
    """One list, nothing else."""

    def __init__(self, kind: str, lines: list[str]) -> None:
        super().__init__()
        self.kind = kind
        self.lines = lines

    def compose(self) -> ComposeResult:
        """An `OptionList`, or a `ListView` with a widget a line."""
        if self.kind == "option-list":
            yield OptionList(*self.lines)
        else:
            yield ListView(*(ListItem(Label(line)) for line in self.lines))


if __name__ == "__main__":
    Bare(sys.argv[1], Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()).run()
