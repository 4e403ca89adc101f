"""The follow-up of an indexing run: what repeats, what is a reprint, which articles tell one story.

Follows the store by the change log once the articles are committed and can be found (`tui.corpus.due`). Each commit
holds the outcome of a step for some articles together with the note that it is done, so that a kill costs no more
than a batch. Readers see what the last commit says.

The steps: keys of paragraphs (`repeating`), the boilerplate of sources that have grown, signatures and features
without it (`derived`), reprints within two weeks (`reprinting`), stories in one pass (`telling`), the latest articles
clustered all at once in a process of its own (`clustering`), and which stories lead on to which (`leading_on`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from tui.corpus import due, reprinting
from tui.corpus.clustering import clusters_apart
from tui.corpus.derived import Derived
from tui.corpus.features_ahead import FeaturesAhead
from tui.corpus.leading_on import MOST as MOST_LINKED
from tui.corpus.leading_on import LeadingOn
from tui.corpus.repeating import derive_again, keep_keys, look_at, sources_to_look_at
from tui.corpus.story_rows import StoryRows
from tui.corpus.telling import Telling
from tui.corpus.writer import StoreWriter
from tui.stories.bands import estimated
from tui.stories.features import Features
from tui.stories.reprints import sketches

_BATCH = 500
"""Articles in a commit at most, until their stories are told."""
_TOLD_AT_ONCE = 4_000
"""Articles whose stories are told in a commit: with it all that the online pass knows is written."""
_TOLD_AT_LEAST = 1_000
"""As many where there are few, so that two processes have something to do."""
_STILL = 0.5
"""Likeness from which another version of an article tells the same story."""
_STEPS = 3
_MANY = 1_000
"""Articles from which on a second process is worth its start."""

Report = Callable[[int, int], None]
"""Told how many of how many articles are done."""


def group(writer: StoreWriter, report: Report, jobs: int = 1) -> None:
    """Do whatever is due, to its end.

    Args:
        writer: the store's, of the one indexer.
        report: told how far it has come.
        jobs: how many processes may work.
    """
    _Grouping(writer, report, jobs).run()


class _Grouping:
    """One run over what is due."""

    def __init__(self, writer: StoreWriter, report: Report, jobs: int) -> None:
        self._writer = writer
        self._jobs = jobs
        self._connection = writer.connection
        self._report = report
        self._derived = Derived(self._connection, writer.packing)
        self._rows = StoryRows(self._connection, self._derived)
        self._telling = Telling(self._connection, self._derived, self._rows)
        self._leading_on = LeadingOn(self._connection, self._derived)
        self._done = self._total = 0

    def run(self) -> None:
        """All steps, one after the other."""
        self._take_changes()
        waiting = {
            step: due.count_due(self._connection, step) for step in (due.KEYS, due.DERIVING, due.TELLING)
        }
        self._total = sum(count * (_STEPS + 1 - step) for step, count in waiting.items())
        self._say(0)
        self._keep_keys()
        self._look_for_boilerplate()
        self._derive()
        self._tell()
        self._put_right()
        self._link()
        self._finish()
        self._report(self._total // _STEPS, self._total // _STEPS)

    def _take_changes(self) -> None:
        if self._writer.meta("grouping") != due.GROUPING:
            with self._writer.transaction():
                due.begin_anew(self._connection)
            self._telling.forget()
        more = True
        while more:
            with self._writer.transaction():
                gone, more = due.take_changes(self._connection)
                reprinting.let_go(self._connection, gone)
                for number in gone:
                    self._rows.move(number, 0)
                self._rows.write()
                due.forget(self._connection, gone)

    def _keep_keys(self) -> None:
        while numbers := due.due(self._connection, due.KEYS, _BATCH):
            with self._writer.transaction():
                keep_keys(self._connection, self._derived, numbers)
            self._say(len(numbers))

    def _look_for_boilerplate(self) -> None:
        sources = sources_to_look_at(self._connection)
        if not sources:
            return
        with self._writer.transaction():
            others = look_at(self._connection, sources, self._rows.stories)
            before = due.count_due(self._connection, due.DERIVING)
            derive_again(self._connection, others)
            more = due.count_due(self._connection, due.DERIVING) - before
        self._derived.forget_boilerplate()
        self._total += 2 * more

    def _derive(self) -> None:
        while numbers := due.due(self._connection, due.DERIVING, _BATCH):
            with self._writer.transaction():
                self._derive_batch(numbers)
            self._say(len(numbers))

    def _derive_batch(self, numbers: Sequence[int]) -> None:
        texts = self._derived.texts(numbers)
        before = self._derived.signed_numbers(numbers)
        found = sketches([text.own for text in texts.values()])
        place = {number: at for at, number in enumerate(texts)}
        for at, number in enumerate(before.numbers.tolist()):
            if number in place and self._rows.story_of(number):
                both = np.stack((before.signatures[at], found.signatures[place[number]]))
                zero, one = np.zeros(1, np.int64), np.ones(1, np.int64)
                if both.any() and estimated(both, zero, one)[0] < _STILL:
                    self._rows.move(number, 0)  # it tells something else now
                self._rows.touch(number)
        self._connection.executemany(
            "INSERT OR REPLACE INTO signatures VALUES (?, ?, ?)",
            (
                (number, int(size), signature.astype("<u2").tobytes() if signature.any() else b"")
                for number, size, signature in zip(texts, found.sizes, found.signatures, strict=True)
            ),
        )
        marks = ",".join("?" * len(numbers))
        self._connection.execute(f"DELETE FROM features WHERE number IN ({marks})", list(numbers))
        self._rows.write()
        due.done(self._connection, numbers, due.TELLING)

    def _tell(self) -> None:
        """Tell the stories of what is due, in time."""
        waiting = self._connection.execute(
            "SELECT number FROM grouping_due JOIN articles USING (number) WHERE step = ?"
            " ORDER BY day = 0, day, number",
            (due.TELLING,),
        ).fetchall()
        numbers = [number for (number,) in waiting]
        size = max(_TOLD_AT_LEAST, min(_TOLD_AT_ONCE, len(numbers) // 8))
        batches = [numbers[start : start + size] for start in range(0, len(numbers), size)]
        if self._jobs < 2 or len(numbers) < _MANY:
            for batch in batches:
                self._tell_batch(batch, {})
            return
        ahead = FeaturesAhead(self._writer.place.store)
        try:
            ahead.ask(batches[0])
            for batch, following in pairwise((*batches, [])):
                known = ahead.take()
                ahead.ask(following)
                self._tell_batch(batch, known)
        finally:
            ahead.close()

    def _tell_batch(self, batch: Sequence[int], known: Mapping[int, Features]) -> None:
        with self._writer.transaction():
            reprinting.group_reprints(self._connection, self._derived, batch)
            self._telling.tell(batch, known)
            self._telling.save()
            due.done(self._connection, batch, None)
            self._writer.set_meta("unclustered", int(self._writer.meta("unclustered") or 0) + len(batch))
            self._telling.keep_features_of_latest()
        self._say(len(batch))
        if self._leading_on.count_due() > MOST_LINKED:
            self._link()

    def _put_right(self) -> None:
        """Cluster the latest articles anew where that is worth it."""
        if not due.is_clustering_due(self._connection):
            return
        latest = self._telling.latest()
        features = self._derived.features(latest.numbers)
        labels = clusters_apart(
            [features[number] for number in latest.numbers],
            latest.days,
            self._telling.online().frequencies,
            self._breathe,
        )
        with self._writer.transaction():
            if labels is not None:
                self._telling.put_right(latest, labels)
                self._telling.save()
            self._writer.set_meta("unclustered", 0)

    def _link(self) -> None:
        """Find what the stories that changed lead on from."""
        if self._leading_on.count_due():
            with self._writer.transaction():
                self._leading_on.link()

    def _finish(self) -> None:
        """All is done: stories that were made anew take their former ids."""
        if self._connection.execute("SELECT 1 FROM former_stories LIMIT 1").fetchone():
            with self._writer.transaction():
                self._rows.keep_former_ids()

    def _say(self, articles: int) -> None:
        self._done += articles
        self._breathe()

    def _breathe(self) -> None:
        self._report(min(self._done, self._total) // _STEPS, self._total // _STEPS)
