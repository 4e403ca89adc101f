"""What the program runs in, as far as it explains how it behaves: versions, terminal, directories."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
from pathlib import Path

import tui

DISTRIBUTIONS = (
    "textual",
    "rich",
    "numpy",
    "click",
    "platformdirs",
    "charset-normalizer",
    "py3langid",
    "filelock",
)
WHOOSH_DISTRIBUTIONS = ("whoosh3", "Whoosh-Reloaded", "Whoosh")
"""All that import as `whoosh`; two of them in one environment overwrite each other."""


def versions() -> dict[str, str | None]:
    """Name to version of the program and of what it stands on; None for what isn't installed."""
    found: dict[str, str | None] = {"broadsheet": tui.__version__, "python": platform.python_version()}
    for name in DISTRIBUTIONS:
        found[name] = _version(name)
    for name in WHOOSH_DISTRIBUTIONS:
        version = _version(name)
        if version is not None:
            found[name.lower()] = version
    return found


def terminal() -> dict[str, str | int | bool | None]:
    """What is known of the terminal without asking it."""
    size = shutil.get_terminal_size(fallback=(0, 0))
    return {
        "stdin": sys.stdin.isatty(),
        "stdout": sys.stdout.isatty(),
        "term": os.environ.get("TERM"),
        "colorterm": os.environ.get("COLORTERM"),
        "no_color": bool(os.environ.get("NO_COLOR")),
        "columns": size.columns or None,
        "lines": size.lines or None,
        "encoding": sys.stdout.encoding,
        "program": os.environ.get("TERM_PROGRAM"),
        "multiplexer": _multiplexer(),
        "ssh": "SSH_CONNECTION" in os.environ,
    }


def directories(index_dir: Path | None) -> dict[str, str]:
    """Where things are kept."""
    from tui.corpus.locate import corpora_directory, data_directory

    return {"data": str(data_directory()), "corpora": str(corpora_directory(index_dir))}


def _multiplexer() -> str | None:
    if os.environ.get("TMUX"):
        return "tmux"
    return "screen" if os.environ.get("STY") else None


def _version(distribution: str) -> str | None:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None
