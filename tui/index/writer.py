"""Brings the index up to the store: one writer at a time, in commits that are whole or not there.

Segments are made by `tui.index.making`, in this process or in several. A commit is a table of contents that names what
counts, brought there by one rename. Readers go on with the generation that they have open. Killed at any moment, the
last commit stands, and the next writer takes up the store's change log from the sequence that it had come to.

Segments are merged after the commit that made their articles findable, by the policy of `tui.index.tiers`.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage

from tui.errors import CorpusBusy
from tui.index.arrays import ArrayFile
from tui.index.articles import ArticleSource, Change, ChangeKind
from tui.index.codec import EXTENSION, ArraySegment
from tui.index.making import FOLDER, Build, Made, Maker, Makers, ManyMakers, Merge, OneMaker, Opener, sweep
from tui.index.schema import INDEX_NAME
from tui.index.tiers import Size, to_drop, to_merge, too_many
from tui.index.toc import latest_generation, read_toc, sweep_tocs, write_toc

_BATCH = 500
"""Changes applied at once."""
_SLICE = 8_000
"""Changes that one process makes a segment of, and that one commit makes findable."""
_FEW = 2_000
"""Up to so many changes are made findable by this process alone: sooner done than others started."""
_NEARLY_ALL = 2
"""A run that made at least one in so many of all articles ends in one segment: searches meet it alone for long."""
_MOST_JOBS = 4
"""More processes than these would not fit the memory that all together may take."""
_SMALL_MERGE = 20_000
"""Articles that may be rewritten after a commit of a few changes: about a second."""

Progress = Callable[[int], None]


@dataclass
class _Slice:
    """Changes that are being made into segments."""

    sequence: int
    numbers: NDArray[np.uint32]
    made: list[Made] | None = None


@dataclass
class _Merging:
    """Segments that are becoming one, with what was dead in each when that began."""

    group: list[ArraySegment]
    dead: list[NDArray[np.uint32]] = field(default_factory=list)


class IndexWriter:
    """Writes one index. Use as a context manager: leaving it without `commit` leaves the index as it was.

    Args:
        directory: the index's own; made where it is missing.
        articles: the store that texts come from.
        rebuild: begin with an empty index, whatever is there.
        opener: opens the store in another process; without, everything is done in this one.
        jobs: how many processes may make segments; None is one a core, four at most.

    Raises:
        CorpusBusy: another process is writing this index.
        CorpusDamaged: what is there can't be read; open with `rebuild`.
    """

    def __init__(
        self, directory: Path, articles: ArticleSource, *, rebuild: bool = False, opener: Opener | None = None,
        jobs: int | None = None,
    ) -> None:  # fmt: skip
        directory.mkdir(parents=True, exist_ok=True)
        self._directory = directory
        self._articles = articles
        self._opener = opener
        self._jobs = min(jobs or _cores(), _MOST_JOBS) if opener else 1
        self._folder = directory / f"{FOLDER}{os.getpid()}"
        self._lock = FileStorage(str(directory)).lock(f"{INDEX_NAME}_WRITELOCK")
        if not self._lock.acquire():
            raise CorpusBusy(
                f"another process is writing the index in {directory}: try again when it is done"
            )
        try:
            self._generation = latest_generation(directory)
            self._segments = [] if rebuild or self._generation < 0 else read_toc(directory, self._generation)
            self._files = {segment.segid: ArrayFile(segment.path(directory)) for segment in self._segments}
            sweep(directory)
            sweep_tocs(directory)
            if not rebuild:
                self._sweep()
        except BaseException:
            self._lock.release()
            raise
        self._sequence = max((segment.sequence for segment in self._segments), default=0)
        self._committed = {segment.segid for segment in self._segments}
        self._maker = Maker(lambda: self._articles, self._folder, "0")
        self._pending: set[int] = set()
        self._added = 0
        """Articles put into segments since the last commit."""
        self._busy: list[ArraySegment] = []
        """Segments that are being merged by another process."""
        self._closed = False

    def _sweep(self) -> None:
        """Delete the files of segments that the last commit does not name."""
        named = {segment.path(self._directory).name for segment in self._segments}
        for path in self._directory.glob(f"*{EXTENSION}"):
            if path.name not in named:
                path.unlink(missing_ok=True)

    @property
    def sequence(self) -> int:
        """How far in the store's change log the last commit came; 0 before the first."""
        return self._sequence

    # Some changes, in this process

    def apply(self, changes: Iterable[tuple[int, ChangeKind]], progress: Progress | None = None) -> None:
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

    def _apply(self, batch: dict[int, ChangeKind], progress: Progress | None) -> None:
        if not self._pending.isdisjoint(batch):
            self._flush()
        self._delete(np.fromiter(batch, np.uint32, len(batch)), self._segments)
        wanted = [number for number, kind in batch.items() if kind == "put"]
        self._pending.update(self._maker.add(wanted))
        if self._maker.is_full:
            self._flush()
        if progress:
            progress(len(batch))

    def _flush(self) -> None:
        self._pending = set()
        self._added += sum(segment.doc_count_all() for segment in self._adopt(self._maker.write()))

    def commit(self, sequence: int) -> None:
        """Make everything applied so far the index, and note how far in the change log that is; then merge a little.

        May be called several times. Raises OSError (a full disk), and then the commit before stands.
        """
        self._flush()
        self._publish(sequence)
        added, self._added = self._added, 0
        self._merge_some(max(_SMALL_MERGE, 3 * added))

    def optimize(self) -> None:
        """Make it one segment at the next commit; a search is quickest then."""
        self._flush()
        if len(self._segments) > 1 or any(len(segment.dead) for segment in self._segments):
            self._merge(list(self._segments))

    def _merge_some(self, most: int) -> None:
        while group := to_merge(self._sizes(), most) or too_many(self._sizes(), most):
            self._merge([self._segments[place] for place in group])
            self._publish(self._sequence)

    def _merge(self, group: list[ArraySegment]) -> None:
        merging, task = self._merging(group)
        self._merged(merging, self._maker.do(task, lambda more: None))

    # Many changes, in several processes

    def catch_up(self, progress: Progress | None = None) -> bool:
        """Apply and commit what the store's change log has since the last commit; False where that is nothing.

        Commits as it goes. Raises OSError (a full disk) and BroadsheetError (no process could do the work); what was
        committed before stands.
        """
        report = progress or (lambda more: None)
        reached, changes = self._articles.changes_since(self._sequence, _SLICE)
        if reached == self._sequence and self._generation >= 0:
            return False
        if len(changes) <= _FEW:
            self.apply(((change.number, change.kind) for change in changes), report)
            self.commit(reached)
            return True
        makers: Makers
        if self._jobs > 1 and self._opener is not None:
            makers = ManyMakers(self._jobs, self._opener, self._folder, report)
        else:
            makers = OneMaker(self._maker, report)
        catching_up = _CatchingUp(self, makers, reached, changes)
        try:
            catching_up.run()
        finally:
            makers.close()
        if catching_up.taken * _NEARLY_ALL >= sum(size.live for size in self._sizes()):
            self.optimize()  # when the processes have gone, so that their memory is not needed as well
            self._publish(self._sequence)
        return True

    # Segments

    def _sizes(self, without: Sequence[ArraySegment] = ()) -> list[Size]:
        """Places in the list of segments, with how many articles live and how many documents there are."""
        return [
            Size(place, segment.doc_count(), segment.doc_count_all())
            for place, segment in enumerate(self._segments)
            if segment not in without
        ]

    def _delete(self, numbers: NDArray[np.uint32], segments: Iterable[ArraySegment]) -> None:
        for segment in segments:
            column = self._files[segment.segid].whole("number")
            segment.delete(np.flatnonzero(np.isin(column, numbers)))

    def _adopt(self, made: Iterable[Made]) -> list[ArraySegment]:
        """Let finished files be segments, from the next commit on."""
        adopted = []
        for file in made:
            segment = ArraySegment(INDEX_NAME, file.articles)
            path = segment.path(self._directory)
            file.path.rename(path)
            self._segments.append(segment)
            self._files[segment.segid] = ArrayFile(path)
            adopted.append(segment)
        return adopted

    def _merging(self, group: list[ArraySegment]) -> tuple[_Merging, Merge]:
        merging = _Merging(group, [segment.dead for segment in group])
        self._busy += group
        paths = tuple(segment.path(self._directory) for segment in group)
        return merging, Merge(paths, tuple(merging.dead))

    def _merged(self, merging: _Merging, made: list[Made]) -> None:
        """Put the merged segment in the place of its group, with what was deleted meanwhile."""
        (segment,) = self._adopt(made)
        base = 0
        for old, dead in zip(merging.group, merging.dead, strict=True):
            since = np.setdiff1d(old.dead, dead)
            segment.delete(base + since - np.searchsorted(dead, since))
            base += old.doc_count_all() - len(dead)
        self._segments = [other for other in self._segments if other not in merging.group]
        self._busy = [other for other in self._busy if other not in merging.group]
        self._forget(merging.group)

    def _forget(self, segments: Iterable[ArraySegment]) -> None:
        for segment in segments:
            del self._files[segment.segid]
            if segment.segid not in self._committed:
                segment.path(self._directory).unlink(missing_ok=True)

    def _publish(self, sequence: int) -> None:
        """Commit the segments as they are."""
        dropped = [self._segments[place] for place in to_drop(self._sizes(self._busy))]
        self._segments = [segment for segment in self._segments if segment not in dropped]
        self._forget(dropped)
        if not self._segments:  # the sequence needs one to stand on
            self._adopt([self._maker.write_nothing()])
        for segment in self._segments:
            segment.sequence = sequence
        write_toc(self._directory, self._generation + 1, self._segments)
        self._generation += 1
        self._sequence = sequence
        self._committed = {segment.segid for segment in self._segments}
        self._sweep()

    def close(self) -> None:
        """Let go of the index; what was not committed is dropped."""
        if self._closed:
            return
        self._closed = True
        for segment in self._segments:
            if segment.segid not in self._committed:
                segment.path(self._directory).unlink(missing_ok=True)
        sweep(self._directory)
        self._lock.release()

    def __enter__(self) -> IndexWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _CatchingUp:
    """Many changes on their way into the index: slices of them are made by turns, and committed in their order."""

    def __init__(self, writer: IndexWriter, makers: Makers, reached: int, changes: list[Change]) -> None:
        self._writer, self._makers = writer, makers
        self._reached, self._next = reached, changes
        self.taken = 0
        """Articles in slices so far."""
        self._key = 0
        self._slices: dict[int, _Slice] = {}
        self._merges: dict[int, _Merging] = {}
        self._waiting: deque[int] = deque()
        """Slices in the order in which they will be committed."""

    def run(self) -> None:
        """Until all is committed and merged."""
        while self._hand_out() or self._slices or self._merges:
            key, made = self._makers.wait()
            if key in self._merges:
                self._writer._merged(self._merges.pop(key), made)
                self._writer._publish(self._writer.sequence)
            else:
                self._slices[key].made = made
                self._commit_what_is_made()
            self._merge_what_should()
        writer = self._writer
        if self._reached != writer.sequence:
            writer._publish(self._reached)
        writer._merge_some(1 << 62)

    def _hand_out(self) -> bool:
        """Give slices to makers that would wait for one; whether any is under way."""
        while self._next and len(self._slices) < self._writer._jobs + 1:
            changes = {int(change.number): change.kind for change in self._next}
            numbers = np.fromiter(changes, np.uint32, len(changes))
            if any(np.isin(numbers, other.numbers).any() for other in self._slices.values()):
                break  # an article changed twice: the older text is to be committed first
            whole = len(self._next) == _SLICE
            sequence = self._next[-1].sequence if whole else self._reached
            self._key += 1
            self._slices[self._key] = _Slice(sequence, numbers)
            self._waiting.append(self._key)
            wanted = [number for number, kind in changes.items() if kind == "put"]
            self.taken += len(wanted)
            self._makers.submit(self._key, Build(np.array(wanted, np.uint32)))
            self._next = []
            if whole:
                self._reached, self._next = self._writer._articles.changes_since(sequence, _SLICE)
        return bool(self._slices)

    def _commit_what_is_made(self) -> None:
        while self._waiting and (made := self._slices[self._waiting[0]].made) is not None:
            finished = self._slices.pop(self._waiting.popleft())
            self._writer._delete(finished.numbers, self._writer._segments)
            self._writer._adopt(made)
            self._writer._publish(finished.sequence)

    def _merge_what_should(self) -> None:
        group = to_merge(self._writer._sizes(self._writer._busy), 1 << 62)
        if group:
            merging, task = self._writer._merging([self._writer._segments[place] for place in group])
            self._key += 1
            self._merges[self._key] = merging
            self._makers.submit(self._key, task)
