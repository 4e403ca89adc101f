"""What the search bench wants of an engine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path

from tests.bench.archive import Archive
from tests.bench.questions import Question

TOP = 50
"""Hits that every question is answered with, beside how many there are."""

TITLE_BOOST = 3.0
"""What a word in the title counts, as in the product."""


class Engine(ABC):
    """One engine on one index, of title, body, source and date: texts searched as words, not stored.

    Args:
        folder: the index's own.
        archive: what it is an index of.
    """

    most_articles = 10_000_000
    """More would take the machine's day."""

    def __init__(self, folder: Path, archive: Archive) -> None:
        self.folder = folder
        self.archive = archive

    @classmethod
    @abstractmethod
    def version(cls) -> str:
        """Names the engine and what format it writes: an index of another version is built anew."""

    @classmethod
    def code(cls) -> str:
        """Names what could change an index that has the same version; nothing, of an engine that is released."""
        return ""

    @abstractmethod
    def build(self) -> None:
        """Write the index into the empty folder and commit it."""

    @abstractmethod
    def open(self) -> None:
        """Open what was built."""

    @abstractmethod
    def asked(self, question: Question) -> str | None:
        """The question in this engine's terms, for a reader of the figures; None where it can't answer it."""

    @abstractmethod
    def ask(self, question: Question) -> int:
        """The best `TOP` of the question, made ready; how many articles it finds in all, counted exactly."""

    @abstractmethod
    def change(self, number: int, word: str) -> None:
        """Put an article of title and text `word` in the place of that number, and commit."""

    @abstractmethod
    def refresh(self) -> None:
        """See what was committed since."""
