"""Brings the index up to the store: one process at a time, in commits that are whole or not there.

A commit writes new segments (a merge of old ones among them), then a table of contents that names what counts, by
one rename. Readers go on with the generation that they have open. Killed at any moment, the last commit stands, and
the next writer takes up the store's change log from the sequence that it had come to.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from math import log
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage

from tui.errors import CorpusBusy
from tui.index.arrays import ArrayFile
from tui.index.articles import ArticleSource, ChangeKind
from tui.index.build import SegmentBuilder
from tui.index.codec import EXTENSION, ArraySegment
from tui.index.merge import Part, merge
from tui.index.schema import INDEX_NAME
from tui.index.stems import Stemmer
from tui.index.toc import latest_generation, read_toc, write_toc

_BATCH = 500
"""Articles asked of the store at once."""
_MOST_TOKENS = 4_000_000
"""Words gathered before a segment is written: about 100 MB."""
_TIER = 4
"""Segments of about one size that are merged into one of the next: an article is rewritten log₄(articles / 1000)
times."""
_SMALLEST_TIER = 1000
_MOST_DELETED = 0.4
"""Share of deleted articles at which a segment is written anew without them."""


class IndexWriter:
    """Writes one index. Use as a context manager: leaving it without `commit` leaves the index as it was.

    Args:
        directory: the index's own; made where it is missing.
        articles: the store that texts come from.
        rebuild: begin with an empty index, whatever is there.

    Raises:
        CorpusBusy: another process is writing this index.
        CorpusDamaged: what is there can't be read; open with `rebuild`.
    """

    def __init__(self, directory: Path, articles: ArticleSource, *, rebuild: bool = False) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._directory = directory
        self._articles = articles
        self._stemmer = Stemmer()
        self._lock = FileStorage(str(directory)).lock(f"{INDEX_NAME}_WRITELOCK")
        if not self._lock.acquire():
            raise CorpusBusy(
                f"another process is writing the index in {directory}: try again when it is done"
            )
        try:
            self._generation = latest_generation(directory)
            self._segments = [] if rebuild or self._generation < 0 else read_toc(directory, self._generation)
            self._files = {segment.segid: ArrayFile(segment.path(directory)) for segment in self._segments}
            if not rebuild:
                self._sweep()
        except BaseException:
            self._lock.release()
            raise
        self._sequence = max((segment.sequence for segment in self._segments), default=0)
        self._committed = {segment.segid for segment in self._segments}
        self._builder = SegmentBuilder(self._stemmer, _MOST_TOKENS)
        self._pending: set[int] = set()
        self._closed = False

    def _sweep(self) -> None:
        """Delete what a killed writer left: segments that no commit names, half a table of contents."""
        named = {segment.path(self._directory).name for segment in self._segments}
        for path in self._directory.iterdir():
            unfinished = path.name.startswith(f"_{INDEX_NAME}_") and ".toc." in path.name
            if unfinished or (path.suffix == EXTENSION and path.name not in named):
                path.unlink(missing_ok=True)

    @property
    def sequence(self) -> int:
        """How far in the store's change log the last commit came; 0 before the first."""
        return self._sequence

    def apply(
        self, changes: Iterable[tuple[int, ChangeKind]], progress: Callable[[int], None] | None = None
    ) -> None:
        """Take changes in; they count from the next `commit` on.

        Args:
            changes: article numbers, each with `put` (new, or changed: it takes the older one's place) or `delete`.
                An article that the store no longer has is deleted, whatever the change says.
            progress: called now and then with how many changes have been taken in since the last call.
        """
        batch: dict[int, ChangeKind] = {}
        for number, kind in changes:
            batch[int(number)] = kind
            if len(batch) >= _BATCH:
                self._apply(batch, progress)
                batch = {}
        if batch:
            self._apply(batch, progress)

    def _apply(self, batch: dict[int, ChangeKind], progress: Callable[[int], None] | None) -> None:
        if not self._pending.isdisjoint(batch):
            self._flush()
        self._delete(np.fromiter(batch, np.uint32, len(batch)))
        wanted = [number for number, kind in batch.items() if kind == "put"]
        texts = self._articles.texts(wanted) if wanted else {}
        entities_of = getattr(self._articles, "entities_of", None)  # until every source has it
        named = entities_of(wanted) if entities_of and wanted else {}
        self._builder.add({number: texts[number] for number in wanted if number in texts}, named)
        self._pending.update(texts)
        if self._builder.is_full:
            self._flush()
        if progress:
            progress(len(batch))

    def _delete(self, numbers: NDArray[np.uint32]) -> None:
        for segment in self._segments:
            for document in np.flatnonzero(np.isin(self._files[segment.segid]["number"], numbers)).tolist():
                segment.delete_document(document)

    def _flush(self) -> None:
        """Write what was gathered as a segment."""
        self._pending = set()
        if self._builder.numbers:
            self._add_segment(self._builder.write)

    def _add_segment(self, write: Callable[[Path], int]) -> None:
        segment = ArraySegment(INDEX_NAME)
        path = segment.path(self._directory)
        segment.set_doc_count(write(path))
        self._segments.append(segment)
        self._files[segment.segid] = ArrayFile(path)

    def commit(self, sequence: int) -> None:
        """Make everything applied so far the index, and note how far in the change log that is.

        May be called several times. Raises OSError (a full disk), and then the commit before stands.
        """
        self._flush()
        while group := _to_merge(self._segments):
            self._merge(group)
        if not self._segments:  # the sequence needs one to stand on
            self._add_segment(self._builder.write)
        for segment in self._segments:
            segment.sequence = sequence
        self._generation += 1
        write_toc(self._directory, self._generation, self._segments)
        self._sequence = sequence
        self._committed = {segment.segid for segment in self._segments}

    def optimize(self) -> None:
        """Make it one segment at the next commit; a search is quickest then."""
        self._flush()
        if len(self._segments) > 1 or any(segment.has_deletions() for segment in self._segments):
            self._merge(list(self._segments))

    def _merge(self, group: Sequence[ArraySegment]) -> None:
        taken = {segment.segid for segment in group}
        parts = []
        for segment in group:
            live = np.ones(segment.doc_count_all(), bool)
            live[list(segment.deleted_docs())] = False
            parts.append(Part(self._files[segment.segid], live if segment.has_deletions() else None))
        self._segments = [segment for segment in self._segments if segment.segid not in taken]
        if any(part.left for part in parts):
            self._add_segment(lambda path: merge(parts, path))
        for segid in taken:
            del self._files[segid]
        for segment in group:
            if segment.segid not in self._committed:
                segment.path(self._directory).unlink(missing_ok=True)

    def catch_up(self, progress: Callable[[int], None] | None = None) -> bool:
        """Apply and commit what the store's change log has since the last commit; False where that is nothing."""
        sequence, changes = self._articles.changes_since(self._sequence)
        if sequence == self._sequence and self._generation >= 0:
            return False
        self.apply(((change.number, change.kind) for change in changes), progress)
        self.commit(sequence)
        return True

    def close(self) -> None:
        """Let go of the index; what was not committed is dropped."""
        if self._closed:
            return
        self._closed = True
        for segment in self._segments:
            if segment.segid not in self._committed:
                segment.path(self._directory).unlink(missing_ok=True)
        self._lock.release()

    def __enter__(self) -> IndexWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _to_merge(segments: Sequence[ArraySegment]) -> list[ArraySegment]:
    """Segments that should become one: those of a size of which there are too many, or one full of deletions."""
    tiers: dict[int, list[ArraySegment]] = {}
    for segment in segments:
        live = segment.doc_count()
        if not segment.doc_count_all():
            if len(segments) > 1:
                return [segment]
            continue
        if live <= segment.doc_count_all() * (1 - _MOST_DELETED):
            return [segment]
        tiers.setdefault(int(log(max(live / _SMALLEST_TIER, 1), _TIER)), []).append(segment)
    for tier in sorted(tiers):
        if len(tiers[tier]) >= _TIER:
            return tiers[tier]
    return []


def index_size(directory: Path) -> int:
    """Bytes that the index takes on disk."""
    with os.scandir(directory) as entries:
        return sum(entry.stat().st_size for entry in entries if entry.is_file())
