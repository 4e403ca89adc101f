"""What is new in the corpus's folders, taken up in a process of its own while the reader reads."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from tui.corpus import Corpus

DOING = {
    "walking": "looking for changes", "reading": "reading", "indexing": "indexing", "grouping": "finding stories",
}  # fmt: skip


class Refreshed(Message):
    """How far the background has come."""

    def __init__(self, busy: str = "", *, said: str = "", changed: bool = False) -> None:
        super().__init__()
        self.busy = busy
        """What goes on, for the search line; empty when all is done."""
        self.said = said
        """What came of it, for the notice; empty where nothing changed."""
        self.changed = changed
        """Whether the corpus has moved on."""


class Refresh:
    """One run of `broadsheet index` beside the reader: it shares no interpreter lock with the keys."""

    def __init__(self, corpus: Corpus, tell: Callable[[Refreshed], Any]) -> None:
        self._corpus = corpus
        self._tell = tell

    async def run(self) -> None:
        """Start it, tell of its progress, and end it with the reader."""
        place = self._corpus.place
        options = ["--index-dir", str(place.directory.parent), "index", "--progress-lines"]
        command = [sys.executable, "-m", "tui", *options, "--", *map(str, place.roots)]
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,
                limit=1 << 26,
            )
        except OSError:
            return
        try:
            await self._follow(process)
        finally:
            if process.returncode is None:
                process.terminate()

    async def _follow(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        grouping = False
        async for line in process.stdout:
            try:
                step = json.loads(line)
            except ValueError:
                continue
            if "notice" in step:
                self._tell(Refreshed(said=str(step["notice"])))
            elif "phase" in step:
                # What is new can be found from here on, even while its stories are looked for.
                begun = step["phase"] == "grouping" and not grouping
                if begun:
                    grouping = True
                    await asyncio.to_thread(self._corpus.refresh)
                self._tell(Refreshed(_progress(step), changed=begun))
            elif "added" in step:
                # The store moves on before its index: only now can all of it be found.
                before = self._corpus.generation
                moved = await asyncio.to_thread(self._corpus.refresh)
                # A run that found nothing new may count up the generation; names put right do not.
                names = moved and self._corpus.generation == before
                self._tell(Refreshed(said=_summary(step), changed=names or grouping or bool(_summary(step))))
        await process.wait()
        self._tell(Refreshed())


def _progress(step: dict[str, Any]) -> str:
    doing = DOING.get(step["phase"], "")
    if step["phase"] == "walking" or not step.get("total"):
        return doing
    return f"{doing} {step['done']:,}/{step['total']:,}"


def _summary(report: dict[str, Any]) -> str:
    parts = [f"{report[kind]:,} {kind}" for kind in ("added", "updated", "removed") if report.get(kind)]
    return "taken up from the folder: " + ", ".join(parts) if parts else ""
