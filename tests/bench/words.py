"""An invented vocabulary without end, that is as frequent, as long and as inflected as that of a newspaper.

A word is a pure function of its rank, so none is kept beyond a table of the frequent ones. Ranks follow Zipf
with two regimes (Ferrer i Cancho & Solé 2001): about 1/r among the frequent words, steeper in the tail. New
words then keep turning up as text grows, as in Reuters' RCV1 (Heaps' law: 44 · n^0.49).
"""

from __future__ import annotations

from functools import cache
from random import Random

FREQUENT = 20_000
"""Ranks below are drawn from a table; above, from a tail without end."""

TAIL_SHARE = 0.05
"""The share of content words that come from the tail."""

TAIL_EXPONENT = 1.0
"""Of the tail's survival function: P(rank > r) = (r / FREQUENT) ** -TAIL_EXPONENT."""

LAST_RANK = 40_000_000

_ONSETS = "b c d f g h j k l m n p r s t v w z st tr ch sh br".split()
_VOWELS = "a e i o u ai ea".split()
_CODAS = ["", "n", "r", "l", "s", "t"]
_SYLLABLES = [onset + vowel + coda for vowel in _VOWELS for coda in _CODAS for onset in _ONSETS]
_ENDINGS = "s ed ing s er ly s al ing ed s ity ing".split()


def word(rank: int) -> str:
    """The word of that rank (0 is the most frequent), in lower-case ASCII letters.

    Two neighbouring ranks are two inflections of one stem, so that a stemmer has something to do.
    """
    stem, inflected = divmod(rank, 2)
    return _stem(stem) + _ENDINGS[stem % len(_ENDINGS)] if inflected else _stem(stem)


def _stem(number: int) -> str:
    """Number → one syllable or more, each number its own; scattered over the alphabet."""
    base, length, size = len(_SYLLABLES), 1, 300
    while number >= size:
        number -= size
        length += 1
        size = base**length
    number = (number * 514_229 + 11) % base**length  # the factor is prime to the base, so this permutes
    syllables = []
    for _ in range(length):
        number, syllable = divmod(number, base)
        syllables.append(_SYLLABLES[syllable])
    return "".join(syllables)


@cache
def _pool() -> list[str]:
    """The frequent words, each as many times as its weight has it; an empty entry stands for the tail.

    Choosing evenly from this is three times as fast as choosing by weights.
    """
    weights = [1 / (rank + 12) for rank in range(FREQUENT)]  # Mandelbrot's shift: function words stand apart
    entries_a_weight = 1 / weights[-1]  # so that the rarest of them has one entry
    pool: list[str] = []
    for rank, weight in enumerate(weights):
        pool += [word(rank)] * round(weight * entries_a_weight)
    return pool + [""] * int(len(pool) * TAIL_SHARE / (1 - TAIL_SHARE))


def draw(random: Random, count: int) -> list[str]:
    """`count` content words as they would follow each other in a text."""
    words = random.choices(_pool(), k=count)
    if "" in words:
        words = [drawn or rare(random) for drawn in words]
    return words


def rare(random: Random) -> str:
    """A word from the tail."""
    return word(min(LAST_RANK, int(FREQUENT * (1 - random.random()) ** (-1 / TAIL_EXPONENT))))
