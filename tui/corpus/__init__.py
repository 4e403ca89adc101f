"""The corpus: what was read, kept, and found again. Everyone holds one object, `Corpus`.

Begin reading at `corpus` (the facade), then `ingest` (how files get in). `locate` says where things are,
`schema` what the store holds, `store` reads it, `writer` writes it, `identity` decides which files are one
article, `record` is an article on its way in, `plan` finds what is new, `workers` read it in processes of
their own, `decisions` keeps the corpus's names, `desk` the reader's own things, `doctor` looks for damage.
`exploring` follows one entity through all articles (`timeline`, `company`, `concordance`, `said`);
`bins` puts the days of a timeline together to longer times.

Reprints and stories are found by `grouping`, once the articles are there: `due` says what is to be done, `repeating`
finds boilerplate, `reprinting` reprints, `telling` stories, `story_rows` keeps these and their ids, `leading_on` links
them. `stories` and `story_lists` read them, with what the reader put right (`story_editing`, `story_overlay`).

Nothing outside this folder and `tui.index` sees SQLite. Opening a corpus imports neither NumPy nor Whoosh:
the first frame waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.corpus.corpus import Corpus
from tui.corpus.desk import Desk
from tui.corpus.locate import Place, find_corpus, make_corpus, sample_data_path

if TYPE_CHECKING:
    from tui.corpus.ingest import index_corpus
    from tui.corpus.values import Entity, Failure, Finding, IndexReport, Overview, Progress

_VALUES = frozenset({"Entity", "Failure", "Finding", "IndexReport", "Overview", "Progress"})

__all__ = [
    "Corpus",
    "Desk",
    "Entity",
    "Failure",
    "Finding",
    "IndexReport",
    "Overview",
    "Place",
    "Progress",
    "find_corpus",
    "index_corpus",
    "make_corpus",
    "sample_data_path",
]


def __getattr__(name: str) -> Any:
    """What a reader's first frame doesn't need is imported when it is asked for: 20 ms of its time."""
    if name == "index_corpus":
        from tui.corpus.ingest import index_corpus

        return index_corpus
    if name in _VALUES:
        from tui.corpus import values

        return getattr(values, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
