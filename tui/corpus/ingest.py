"""Indexing: look what is new, changed or gone, read that, write it down, bring the index up to date.

Nothing here depends on having been run to its end. What is committed stays, and the next run finds out by itself
what is left to do: unread files by their stamps, a late index by the change log.
"""

from __future__ import annotations

import errno
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from tui.corpus.locate import Place, folder_at, make_corpus, require_corpus, shown
from tui.corpus.lock import only_indexer
from tui.corpus.placing import IdCollision
from tui.corpus.plan import Plan
from tui.corpus.reading import NotTaken, Read, Same, Taken, Task
from tui.corpus.recognition import Recognition
from tui.corpus.values import Failure, IndexReport, Phase, Progress
from tui.corpus.workers import FEW, read_files
from tui.corpus.writer import FileKey, Stamp, StoreWriter
from tui.entities.choice import Choices, Setting
from tui.errors import BroadsheetError
from tui.harmless import harmless

_BATCH = 1_000
"""Files in one commit at most."""
_BATCH_BYTES = 16_000_000
"""So much compressed text ends a batch too: until its commit it is all in memory."""
_BATCH_S = 2.0
"""A commit is due after so long: what a kill costs."""
_LEARNT_FROM = 1_000
"""Articles that texts' dictionary is learnt from; of a run with less than ten times as many, a tenth, but at least a
quarter of this."""
_BREATH_S = 0.05
"""Between two reports of progress."""

Report = Callable[[Progress], None]


def index_corpus(
    paths: Sequence[Path] = (),
    *,
    corpus: Path | None = None,
    jobs: int | None = None,
    rebuild: bool = False,
    index_dir: Path | None = None,
    progress: Report | None = None,
    recogniser: Setting | Choices = None,
    substitute: bool = False,
    say: Callable[[str], None] | None = None,
) -> IndexReport:
    """Take up what is new, changed or gone below the paths.

    Args:
        paths: Folders. Without `corpus`, the first says which corpus is meant, made where there is none; those that
            aren't roots of it yet become so. None at all: all roots of the corpus.
        corpus: A folder whose corpus is meant.
        jobs: Processes that read and make the index; None for one a processor.
        rebuild: Read every file again, and make the index anew. Ids stay.
        index_dir: Where store and index are kept instead of the data directory.
        progress: Told how far it has come, at most twenty times a second.
        recogniser: Who finds the names; with another one than before every file is read again.
        substitute: Whether what ships goes on where the chosen model, or its package, is missing.
        say: Told in a line what is to be known of the recogniser.

    Raises:
        RecogniserMissing: The chosen model, or its package, is not there.
        UsageError: A path is not a folder.
        CorpusBusy: Another process is indexing this corpus.
        BroadsheetError: The disk is full or can't be written; what was committed stays.
    """
    place, roots = _roots_to_index([Path(path) for path in paths], corpus, index_dir)
    try:
        with only_indexer(place):
            recognition = Recognition(recogniser, substitute, say or (lambda line: None))
            report = progress or (lambda progress: None)
            run = _Run(place, jobs or _processors(), rebuild, report, recognition)
            try:
                return run.index(roots)
            finally:
                run.close()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise BroadsheetError(
                f"The disk of {shown(place.directory)} is full: what was stored stays; make room and run it again"
            ) from error
        raise


def _roots_to_index(
    paths: list[Path], corpus: Path | None, index_dir: Path | None
) -> tuple[Place, list[Path]]:
    """The corpus, with all its roots, and those of them that this run is about."""
    if corpus is not None:
        place = make_corpus(corpus, index_dir=index_dir)
    elif paths:
        place = make_corpus(paths[0], index_dir=index_dir)
    else:
        place = require_corpus(None, index_dir=index_dir)
    given = []
    for path in paths:
        real = path.expanduser().resolve()
        # A root that is known may be gone for a while: that is for the run to say.
        given.append(real if real in place.roots else _known_as(real, place) or folder_at(path))
    roots = (*place.roots, *(root for root in dict.fromkeys(given) if root not in place.roots))
    return replace(place, roots=roots), list(dict.fromkeys(given)) or list(roots)


def _known_as(real: Path, place: Place) -> Path | None:
    for root in place.roots:
        try:
            if root.samefile(real):
                return root
        except OSError:
            pass
    return None


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Run:
    """One indexing run, by the one indexer of a corpus."""

    def __init__(
        self, place: Place, jobs: int, rebuild: bool, report: Report, recognition: Recognition
    ) -> None:
        self._place = place
        self._jobs = jobs
        self._rebuild = rebuild
        self._report = report
        self._recognition = recognition
        self._writer = StoreWriter(place)
        self._counts = dict.fromkeys(("read", "added", "updated", "same"), 0)
        self._warnings: list[Failure] = []
        self._sample = 0
        """How many of the first articles a dictionary is learnt from."""
        self._ahead = 0
        """How many files were read before the first was written down."""
        self._began = time.monotonic()
        self._phase_began = self._began
        self._last_report = 0.0

    def close(self) -> None:
        self._writer.close()

    def index(self, roots: list[Path]) -> IndexReport:
        """Everything, from walking to the summary."""
        numbers = self._writer.keep_roots(self._place.roots)
        again = self._recognition.begins_anew(self._writer.meta("recogniser")) or self._rebuild
        plan = Plan(self._writer)
        self._walk(plan, {root: numbers[root] for root in roots})
        plan.compare(everything=again, trusting=self._rebuild)
        if again or plan.to_read:
            self._remember(self._recognition.while_reading(self._writer.meta("recogniser")))
        self._read(plan)
        self._remove(plan)
        with self._writer.transaction():
            if again or plan.to_read:
                self._writer.set_meta("recogniser", self._recognition.afterwards())
            self._writer.settle_names()
        self._catch_up()
        self._group()
        counts = self._counts
        return IndexReport(
            read=counts["read"],
            added=counts["added"],
            updated=counts["updated"],
            unchanged=plan.unchanged + counts["same"],
            removed=self._writer.removed,
            failed=plan.failures(),
            warnings=(*plan.warnings, *self._warnings),
            seconds=time.monotonic() - self._began,
        )

    def _remember(self, recogniser: str) -> None:
        """Write down who recognises, so that a run that is ended early leaves no doubt of it."""
        with self._writer.transaction():
            self._writer.set_meta("recogniser", recogniser)

    def _walk(self, plan: Plan, roots: dict[Path, int]) -> None:
        found = 0

        def seen(more: int) -> None:
            nonlocal found
            found += more
            self._say("walking", found, None)

        self._begin_phase("walking", None)
        for root, number in roots.items():
            plan.walk(root, number, seen)
        self._last_report = 0.0
        self._say("walking", found, None)

    def _read(self, plan: Plan) -> None:
        """Read what is new or changed, and commit it batch by batch."""
        total = plan.to_read
        self._begin_phase("reading", total)
        self._sample = self._to_learn_from(total)
        files: deque[tuple[FileKey, Stamp, Task]] = deque()

        def tasks() -> Iterator[Task]:
            for file in plan.tasks(self._sample):
                files.append(file)
                yield file[-1]

        if not total:
            return
        jobs = self._jobs if total > FEW else 1
        choices = self._recognition.load()
        processes = read_files(tasks(), jobs, lambda: self._writer.dictionary, choices)
        try:
            reads = self._learn(processes, plan.bytes_to_read, total) if self._sample else processes
            more = True
            while more:
                with self._writer.transaction():
                    more = self._read_batch(reads, files, total)
        finally:
            close = getattr(processes, "close", None)
            if close is not None:
                close()

    def _to_learn_from(self, total: int) -> int:
        """Of how many articles to learn a dictionary; 0 where there are few, or one was learnt from nearly as many."""
        if total < _LEARNT_FROM:
            return 0
        sample = min(max(total // 10, _LEARNT_FROM // 4), _LEARNT_FROM)
        return sample if sample >= 4 * self._writer.learnt_from else 0

    def _learn(self, reads: Iterator[Read], size: int, total: int) -> Iterator[Read]:
        """The same, after a dictionary for texts of that many bytes was learnt from the first of them."""
        first: list[Read] = []
        texts: list[str] = []
        held = 0
        while len(first) < self._sample and held < _BATCH_BYTES and (read := next(reads, None)) is not None:
            first.append(read)
            self._ahead += 1
            self._say("reading", self._ahead, total)
            if isinstance(read, Taken):
                texts.append(self._writer.packing.unpack(read.record.body))
                held += len(read.record.body)
        with self._writer.transaction():
            self._writer.learn(texts, size)
        return chain(first, reads)

    def _read_batch(
        self, reads: Iterator[Read], files: deque[tuple[FileKey, Stamp, Task]], total: int
    ) -> bool:
        """One commit's worth; whether there may be more."""
        due = time.monotonic() + _BATCH_S
        size = 0
        for _ in range(_BATCH):
            read = next(reads, None)
            if read is None:
                return False
            file, stamp, task = files.popleft()
            self._take(file, stamp, task, read)
            self._counts["read"] += 1
            self._say("reading", max(self._counts["read"], self._ahead), total)
            size += len(read.record.body) if isinstance(read, Taken) else 0
            if size > _BATCH_BYTES or time.monotonic() > due:
                break
        return True

    def _take(self, file: FileKey, stamp: Stamp, task: Task, read: Read) -> None:
        match read:
            case Taken():
                try:
                    outcome = self._writer.put(file, stamp, read.digest, read.record)
                except IdCollision as collision:
                    self._writer.refuse(file, stamp, read.digest, str(collision))
                    return
                if outcome != "kept":
                    self._counts[outcome] += 1
                path = shown(task.path)
                self._warnings += (Failure(path, harmless(warning)) for warning in read.warnings)
            case Same():
                self._writer.touch(file, stamp)
                self._counts["same"] += 1
            case NotTaken(passing=True):
                self._writer.keep_unread(file, read.reason)
            case NotTaken():
                self._writer.refuse(file, stamp, read.digest, read.reason)

    def _remove(self, plan: Plan) -> None:
        """Note what can't be read, and let go of what is no longer there."""
        with self._writer.transaction():
            for file, reason, passing in plan.refused():
                if passing:
                    self._writer.keep_unread(file, reason)
                else:
                    self._writer.refuse(file, Stamp(-1, -1), None, reason)
        gone = plan.gone()
        while batch := list(islice(gone, _BATCH)):
            with self._writer.transaction():
                for file in batch:
                    self._writer.forget(file)

    def _catch_up(self) -> None:
        """Bring the index up to the store."""
        from tui.corpus.following import catch_up

        self._begin_phase("indexing", 0)
        catch_up(
            self._place,
            anew=self._rebuild,
            jobs=self._jobs,
            report=lambda done, total: self._say("indexing", done, total),
        )

    def _group(self) -> None:
        """Bring reprints and stories up to the store, where there is anything new."""
        from tui.corpus.due import is_due

        if not is_due(self._writer.connection):
            return
        from tui.corpus.grouping import group

        self._begin_phase("grouping", 0)
        group(self._writer, lambda done, total: self._say("grouping", done, total), self._jobs)

    def _begin_phase(self, phase: Phase, total: int | None) -> None:
        self._phase_began = time.monotonic()
        self._report(Progress(phase, 0, total, 0.0))
        self._last_report = self._phase_began

    def _say(self, phase: Phase, done: int, total: int | None) -> None:
        now = time.monotonic()
        if now - self._last_report >= _BREATH_S or done == total:
            self._last_report = now
            self._report(Progress(phase, done, total, done / max(now - self._phase_began, 1e-6)))
