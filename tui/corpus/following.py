"""The index follows the store: by the change log, or from the beginning where it is missing or damaged.

Imports NumPy and Whoosh, but only where there is something to do: a run that found nothing new ends without.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tui.corpus.columns import StoreArticles
from tui.corpus.locate import Place
from tui.corpus.store import Store, last_sequence
from tui.errors import CorpusDamaged
from tui.index.format import FORMAT

_MARK = "sequence"
"""A file in the index's directory that says how far it has come, to be read without opening the index.

Then what files that index has, a line each with its size: one that went or was cut short is seen without opening any.
"""

Report = Callable[[int, int], None]
"""Told (done, total)."""


def catch_up(place: Place, *, anew: bool, report: Report, jobs: int | None = None) -> None:
    """Bring the index up to the store's last change. Only the one indexer does this.

    Args:
        place: The corpus.
        anew: Make the index from nothing, whatever is there.
        jobs: Processes that make segments; None for one a processor.
        report: Told how far it has come.

    Raises:
        OSError: The disk is full; the commit before stands.
    """
    store = Store(place.store)
    try:
        with store.reading() as connection:
            last = last_sequence(connection)
        if not anew and _marked(place) == last:
            report(0, 0)
            return
        from tui.index.arrays import NewerFormat

        _mark(place, None)
        try:
            _follow(place, store, anew, last, jobs, report)
        except (CorpusDamaged, FileNotFoundError) as error:  # a segment may be lost
            if isinstance(error, NewerFormat):
                raise  # the newer program's work is not thrown away unasked
            # Losing the index loses nothing.
            _follow(place, store, True, last, jobs, report)
        _mark(place, last)
    finally:
        store.close()


def state_of_index(place: Place) -> tuple[int, int]:
    """How far in the change log the index has come, and how many articles it knows.

    Raises:
        CorpusDamaged: There is none, or it can't be read.
    """
    from tui.index.toc import latest_generation, read_toc

    generation = latest_generation(place.index)
    if generation < 0:
        raise CorpusDamaged("There is no index: `broadsheet index` makes it")
    segments = read_toc(place.index, generation)
    for segment in segments:
        if not segment.path(place.index).exists():
            raise CorpusDamaged(
                f"The index lacks its file {segment.path(place.index).name}: run `broadsheet index --rebuild`"
            )
    sequence = max((segment.sequence for segment in segments), default=0)
    return sequence, sum(segment.doc_count() for segment in segments)


def contents_of_index(place: Place) -> tuple[list[int], list[str]]:
    """The numbers of the articles that the index holds, ascending, and what of its files is damaged, a line each.

    Every byte is compared with its checksum; the numbers are empty where any is not as it was written.

    Raises:
        CorpusDamaged: There is none, or it can't be read.
    """
    from tui.index.search import Index

    store = Store(place.store)
    try:
        index = Index.open(place.index, StoreArticles(store))
        damaged = index.damaged()
        return ([] if damaged else index.numbers().tolist()), damaged
    finally:
        store.close()


def _follow(place: Place, store: Store, anew: bool, last: int, jobs: int | None, report: Report) -> None:
    from tui.index.distribution import check_whoosh

    check_whoosh()
    from tui.index.writer import IndexWriter

    articles = StoreArticles(store)
    opener = partial(_open_articles, place.store)
    with IndexWriter(place.index, articles, rebuild=anew, opener=opener, jobs=jobs) as writer:
        if writer.sequence > last:
            raise CorpusDamaged("The index is of another store")
        done, total = 0, store.count_changes(writer.sequence)

        def applied(more: int) -> None:
            nonlocal done
            done += more
            report(min(done, total), total)

        report(0, total)
        writer.catch_up(applied)


def _open_articles(path: Path) -> StoreArticles:
    """The store, in a process that makes segments."""
    return StoreArticles(Store(path))


def _marked(place: Place) -> int | None:
    try:
        sequence, *files = (place.index / _MARK).read_text(encoding="ascii").splitlines()
        # What the mark is about may have been deleted by hand, or be an older program's.
        return int(sequence) if len(files) > 1 and files == _files(place) else None
    except (OSError, ValueError):
        return None


def _mark(place: Place, sequence: int | None) -> None:
    mark = place.index / _MARK
    if sequence is None:
        mark.unlink(missing_ok=True)
    else:
        mark.write_text("\n".join((f"{sequence}", *_files(place), "")), encoding="ascii")


def _files(place: Place) -> list[str]:
    paths = (*place.index.glob("*.toc"), *place.index.glob("*.arrays"))
    return [f"format {FORMAT}", *sorted(f"{path.name} {path.stat().st_size}" for path in paths)]
