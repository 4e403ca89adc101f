"""The engines that `tests.bench.search` compares: ours, and its peers where they are installed.

Begin with `base`: what an engine answers. One module an engine; none is imported but in the process that asks it, so
that a peer that is not installed stops nobody, and nobody's memory is counted as another's.

    fts5      SQLite's, part of Python
    tantivy   pip install tantivy
    xapian    apt install python3-xapian; reachable for a virtual environment by a link to its `xapian` folder
    whoosh    whoosh3, a dependency of ours: its own codec, writer and searcher
"""

from __future__ import annotations

from importlib import import_module

from tests.bench.engines.base import Engine

PEERS = ("fts5", "tantivy", "xapian", "whoosh")
OURS = "broadsheet"
AS_WRITTEN = "as written"
"""Ours too, on the same index, but with words as they are written: the peers unite no stems."""

_MODULES = {OURS: "broadsheet", AS_WRITTEN: "broadsheet"}


def engine(name: str) -> type[Engine]:
    """The engine of that name.

    Raises:
        ImportError: it is not installed.
    """
    module = import_module(f"tests.bench.engines.{_MODULES.get(name, name)}")
    found: type[Engine] = module.AsWritten if name == AS_WRITTEN else module.ENGINE
    return found
