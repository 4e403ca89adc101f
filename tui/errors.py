"""What can go wrong in a way that the person at the prompt can do something about.

Each message is one line: what happened, to what, and what to do. Commands print it and exit with `exit_code`.
"""

from __future__ import annotations


class BroadsheetError(Exception):
    """An error written for the person who meets it."""

    exit_code = 3


class UsageError(BroadsheetError):
    """The words of the command were wrong: exit code 2."""

    exit_code = 2


class NoSuchCorpus(BroadsheetError):
    """There is no corpus for that path."""


class NoSuchArticle(BroadsheetError):
    """No article has that id; it may have gone since it was found."""

    exit_code = 1


class CorpusBusy(BroadsheetError):
    """Another process is indexing this corpus."""


class CorpusDamaged(BroadsheetError):
    """The store or the index can't be read as what it should be."""


class SearchCancelled(BroadsheetError):
    """A newer search took this one's place; raised inside the search only."""


class NoSuchEntity(BroadsheetError):
    """No entity of the corpus has that id."""

    exit_code = 1


class NoSuchStory(BroadsheetError):
    """No story of the corpus has that id, or none has any more."""

    exit_code = 1


class ModelUnusable(BroadsheetError):
    """A model file is damaged, is none, or is of another version."""
