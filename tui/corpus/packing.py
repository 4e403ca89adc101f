"""Texts as the store keeps them: Zstandard, by a dictionary that is learnt from the corpus's own articles.

An article alone is too short to pack well: what it has in common with all others stands in the dictionary, and
news shrinks to 31 % instead of 49 %, in less time. A packed text is a whole Zstandard frame that names its
dictionary by number. Dictionaries are kept in the store, written in the same commit as the first text that needs
them, and never taken out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from tui.errors import CorpusDamaged

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# Level 3 packs the same news to 34 % in 15 µs an article, 6 to 32 % in 50, 9 to 31 % in 120, 12 to 30 % in 190;
# zlib at its quickest takes 55, the names in an article 2,000.
_LEVEL = 9
_OPTIONS = {int(zstd.CompressionParameter.compression_level): _LEVEL}

_MOST_BYTES = 512 * 1024
"""A dictionary's size at most: twice as much gains half a percent of the text, and every process holds it."""
_SHARE = 50
"""A dictionary takes at most this part of what it is for."""
_LEAST_BYTES = 8 * 1024
_SAMPLE_BYTES = 20_000
"""So much of a long text is learnt from."""

Dictionary = tuple[int, bytes]
"""Its number and content."""


class Packing:
    """Packs texts by the dictionary in use, and unpacks those packed by it or any other of a store.

    May be used by several threads.
    """

    def __init__(self, find: Callable[[int], bytes | None] = lambda number: None) -> None:
        """Without a dictionary in use; `find` looks in the store for that of a number."""
        self._find = find
        self._known: dict[int, zstd.ZstdDict] = {}
        self._in_use = 0
        self._compressor = zstd.ZstdCompressor(options=_OPTIONS)

    def use(self, dictionary: Dictionary) -> None:
        """Pack by this dictionary from now on."""
        number, content = dictionary
        known = self._known[number] = zstd.ZstdDict(content)
        self._in_use = number
        self._compressor = zstd.ZstdCompressor(options=_OPTIONS, zstd_dict=known.as_digested_dict)

    def pack(self, text: str) -> bytes:
        """Text as the store keeps it; half characters become question marks."""
        return self._compressor.compress(text.encode("utf-8", "replace"), zstd.ZstdCompressor.FLUSH_FRAME)

    def renew(self, data: bytes) -> bytes:
        """A packed text as `pack` would pack it now."""
        return (
            data if zstd.get_frame_info(data).dictionary_id == self._in_use else self.pack(self.unpack(data))
        )

    def unpack(self, data: bytes) -> str:
        """The text that `pack` packed.

        Raises:
            CorpusDamaged: It is not such a text, or its dictionary is lost.
        """
        try:
            number = zstd.get_frame_info(data).dictionary_id
            if not number:
                return zstd.decompress(data).decode("utf-8")
            known = self._load(number)
            return zstd.decompress(data, zstd_dict=known.as_digested_dict).decode("utf-8")
        except (zstd.ZstdError, ValueError) as error:
            raise CorpusDamaged(
                f"A text in the store can't be read ({error}): run `broadsheet doctor --fix`"
            ) from error

    def prepare(self, numbers: Iterable[int]) -> None:
        """Have the dictionaries with these numbers at hand."""
        for number in numbers:
            with suppress(zstd.ZstdError, ValueError):  # whoever unpacks a text by a damaged one is told
                self._load(number)

    def _load(self, number: int) -> zstd.ZstdDict:
        known = self._known.get(number)
        if known is None:
            content = self._find(number)
            if content is None:
                raise ValueError(f"dictionary {number} is missing")
            known = self._known[number] = zstd.ZstdDict(content)
        return known


def learn(samples: Sequence[str], size: int, number: int) -> Dictionary | None:
    """A dictionary for texts like these; None where there is too little to learn from.

    Args:
        samples: Texts from all over the corpus, some hundred at least.
        size: Bytes of text that it is for.
        number: What to call it, positive; a packed text repeats the number, so small ones are best.
    """
    learnt_from = [sample.encode("utf-8", "replace")[:_SAMPLE_BYTES] for sample in samples]
    room = min(_MOST_BYTES, size // _SHARE, sum(map(len, learnt_from)) // 4)
    if room < _LEAST_BYTES:
        return None
    try:
        content = zstd.train_dict(learnt_from, room).dict_content
    except zstd.ZstdError:  # texts that are all the same, or nearly empty, teach nothing
        return None
    # Bytes 4 to 7 are the number, drawn by lot in training.
    # https://github.com/facebook/zstd/blob/dev/doc/zstd_compression_format.md#dictionary-format
    return number, content[:4] + number.to_bytes(4, "little") + content[8:]
