"""Every mention of an entity with what stands before and after it: keyword in context.

By date only what is shown is read. By word the paragraphs of all mentions have to be, once; then the order is known.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.article import TITLE
from tui.corpus.names import SPAN
from tui.corpus.numbers import running, unpack_rows
from tui.corpus.store import Store, chunked
from tui.corpus.values import ConcordanceOrder, Line
from tui.errors import SearchCancelled
from tui.folding import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CONTEXT = 160
"""Characters that are told of each side: half a line of the widest screens."""
_WORD_CUT = 40
"""A context begins and ends with a whole word unless that would cost more than this."""

_COMPARED = 48
"""Characters of each side that are sorted by."""
_COMPARED_WORDS = 4
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def places_of(
    connection: sqlite3.Connection, numbers: NDArray[np.int64], wanted: NDArray[np.bool_]
) -> NDArray[np.int32]:
    """Where these articles mention some keys: in the order given, in each in reading order.

    Args:
        connection: A snapshot of the store.
        numbers: The articles.
        wanted: Which keys, by number.

    Returns:
        Rows of article number, paragraph, start, end and key, shape (mentions, 5).
    """
    import numpy as np

    found = [np.zeros((0, 5), np.int32)]
    for marks, chunk in chunked(numbers.tolist()):
        rows = {
            row[0]: row
            for row in connection.execute(
                f"SELECT number, entities, spans FROM mentions WHERE number IN ({marks})", chunk
            ).fetchall()
        }
        there = [rows[number] for number in chunk if number in rows]
        gaps, start = unpack_rows([entities for _, entities, _ in there])
        keys = running(gaps, start)
        values, begins = unpack_rows([spans for _, _, spans in there])
        mentions = values.reshape(-1, SPAN)
        sizes = np.diff(begins) // SPAN
        named = keys[mentions[:, SPAN - 1] + np.repeat(start[:-1], sizes)]
        articles = np.repeat(np.fromiter((number for number, _, _ in there), np.int64, len(there)), sizes)
        ours = np.flatnonzero(wanted[named])
        mentions = mentions[ours]
        begin, length = mentions[:, 1], mentions[:, 2] >> 2
        columns = (articles[ours], mentions[:, 0] - 1, begin, begin + length, named[ours])
        found.append(np.stack(columns, axis=1).astype(np.int32))
    return np.concatenate(found)


def first_places(
    connection: sqlite3.Connection, numbers: NDArray[np.int64], wanted: NDArray[np.bool_], count: int
) -> NDArray[np.int32]:
    """As `places_of`, of as many of the articles as it takes to have so many mentions."""
    import numpy as np

    found = [np.zeros((0, 5), np.int32)]
    step = max(count, 1)
    for start in range(0, len(numbers), step):
        found.append(places_of(connection, numbers[start : start + step], wanted))
        if sum(map(len, found)) >= count:
            break
    return np.concatenate(found)


def by_word(
    connection: sqlite3.Connection,
    store: Store,
    places: NDArray[np.int32],
    order: ConcordanceOrder,
    cancelled: Callable[[], bool],
) -> NDArray[np.int32]:
    """The same mentions by the words before or after them; equals stay as they are.

    Compared folded, from the mention outwards, without punctuation; where nothing stands, that comes first.

    Raises:
        SearchCancelled: `cancelled` said so.
    """
    keys: list[tuple[str, ...]] = [()] * len(places)
    key = _left_words if order == "left" else _right_words
    for text, among in paragraphs(connection, store, places, cancelled):
        for place, start, end in among:
            keys[place] = key(text, start if order == "left" else end)
    return places[sorted(range(len(keys)), key=keys.__getitem__)]


def lines(connection: sqlite3.Connection, store: Store, places: NDArray[np.int32]) -> tuple[Line, ...]:
    """These mentions in their contexts; those whose article has another text by now are left out."""
    pages = store.pages(connection, sorted(set(places[:, 0].tolist())))
    told = []
    for number, paragraph, start, end, _ in places.tolist():
        if number not in pages:
            continue
        id, article = pages[number]
        if paragraph >= len(article.paragraphs) or end > len(article.text_of(paragraph)):
            continue
        text = article.text_of(paragraph)
        left, right = _left(text, start), _right(text, end)
        told.append(
            Line(id, article.title, article.date, article.source, paragraph, start, end,
                 left, text[start:end], right)
        )  # fmt: skip
    return tuple(told)


def paragraphs(
    connection: sqlite3.Connection,
    store: Store,
    places: NDArray[np.int32],
    cancelled: Callable[[], bool],
) -> Iterator[tuple[str, list[tuple[int, int, int]]]]:
    """Each paragraph that has some of the mentions: its text, and (row, start, end) of those.

    Raises:
        SearchCancelled: `cancelled` said so.
    """
    import numpy as np

    # As the store keeps them: neighbours share pages.
    order = np.lexsort((places[:, 1], places[:, 0]))
    rows = places[order]
    changes = np.flatnonzero(np.any(rows[1:, :2] != rows[:-1, :2], axis=1)) + 1
    begins = [0, *changes.tolist(), len(rows)] if len(rows) else [0]
    among: dict[int, list[tuple[int, list[tuple[int, int, int]]]]] = {}
    for begin, end in pairwise(begins):
        number, paragraph = rows[begin, :2].tolist()
        spans = zip(
            order[begin:end].tolist(), rows[begin:end, 2].tolist(), rows[begin:end, 3].tolist(), strict=True
        )
        among.setdefault(number, []).append((paragraph, list(spans)))
    for title, number, body in _texts(connection, store, list(among), cancelled):
        paragraphs: Sequence[str] | None = None
        for paragraph, spans_of in among[number]:
            if paragraph == TITLE:
                yield title, spans_of
                continue
            paragraphs = body.split("\n") if paragraphs is None else paragraphs
            if paragraph < len(paragraphs):
                yield paragraphs[paragraph], spans_of


def _texts(
    connection: sqlite3.Connection, store: Store, numbers: list[int], cancelled: Callable[[], bool]
) -> Iterator[tuple[str, int, str]]:
    for marks, chunk in chunked(numbers):
        if cancelled():
            raise SearchCancelled("nobody waits for this order any more")
        rows = connection.execute(
            f"SELECT title, number, text FROM articles JOIN bodies USING (number) WHERE number IN ({marks})",
            chunk,
        ).fetchall()
        for title, number, body in rows:
            yield title, number, store.unpack(body)


def _left(text: str, end: int) -> str:
    """What stands before `end`, not much more than `CONTEXT`: from the beginning of a word on, if one is near."""
    start = end - CONTEXT
    if start <= 0:
        return text[:end]
    cut = text.find(" ", start - 1, min(start + _WORD_CUT, end))
    if cut >= 0:
        return text[cut + 1 : end]
    while start < end and unicodedata.combining(text[start]):  # what it stands on is cut off
        start += 1
    return text[start:end]


def _right(text: str, start: int) -> str:
    """What stands after `start`, not much more than `CONTEXT`: to the end of a word, if one is near."""
    end = start + CONTEXT
    if end >= len(text):
        return text[start:]
    cut = text.rfind(" ", max(end - _WORD_CUT, start), end + 1)
    return text[start:cut] if cut >= 0 else text[start:end]


def _left_words(text: str, end: int) -> tuple[str, ...]:
    """The words before `end`, the nearest first."""
    words = _WORDS.findall(fold(text[max(end - _COMPARED, 0) : end]))
    if end > _COMPARED and len(words) > 1:
        del words[0]  # only the end of one, perhaps
    return tuple(words[: -_COMPARED_WORDS - 1 : -1])


def _right_words(text: str, start: int) -> tuple[str, ...]:
    """The words after `start`, the nearest first."""
    words = _WORDS.findall(fold(text[start : start + _COMPARED]))
    if start + _COMPARED < len(text) and len(words) > 1:
        del words[-1]
    return tuple(words[:_COMPARED_WORDS])
