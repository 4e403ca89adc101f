"""How the store keeps which articles a story has, and which story an article is in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from tui.corpus.numbers import pack_numbers, unpack_numbers
from tui.errors import CorpusDamaged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK = 4_096
"""Articles whose stories are one row of `article_stories`."""


def pack_members(numbers: Iterable[int]) -> bytes:
    """Article numbers, ascending, as a story's row keeps them."""
    return pack_numbers(number - before for before, number in pairwise((0, *numbers)))


def unpack_members(packed: bytes) -> list[int]:
    """The numbers that `pack_members` packed."""
    return list(accumulate(unpack_numbers(packed)))


def stories_by_article(connection: sqlite3.Connection) -> NDArray[np.uint32]:
    """The number of the story of each article, by number; 0 for none.

    Raises:
        CorpusDamaged: Some of it is not as it was written.
    """
    import numpy as np

    blocks = connection.execute("SELECT block, stories FROM article_stories ORDER BY block").fetchall()
    stories = np.zeros(((blocks[-1][0] + 1) if blocks else 0) * BLOCK, np.uint32)
    for block, packed in blocks:
        if len(packed) != BLOCK * stories.itemsize:
            raise CorpusDamaged("What is known of stories is damaged: run `broadsheet doctor --fix`")
        stories[block * BLOCK : (block + 1) * BLOCK] = np.frombuffer(packed, "<u4")
    return stories
