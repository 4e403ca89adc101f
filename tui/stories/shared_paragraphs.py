"""Finds an article's paragraphs in another one that has mostly the same text, and so the order they have there.

By runs of three words: they survive a changed word here and there, and where paragraphs were merged or divided they
still tell where in the other one a text stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from tui.stories.words import words_of

RUN = 3
LEAST_SHARE = 0.4
"""Of a paragraph's telling runs that the other article has in one paragraph."""

_MOST_PLACES = 6
"""Runs that come more often in the other article don't tell where in it a paragraph stands."""

_Run = tuple[str, ...]


def runs_of(text: str) -> list[_Run]:
    """The runs of three words in a text, in order; a shorter text is one run by itself."""
    words = [word.text for word in words_of(text)]
    if len(words) <= RUN:
        return [tuple(words)] if words else []
    return [tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)]


def order_in(ours: Sequence[Sequence[_Run]], theirs: Sequence[str]) -> list[int]:
    """Which of our paragraphs another text has, in the order it has them.

    Args:
        ours: What `runs_of` says of each of our paragraphs.
        theirs: The other text's paragraphs.

    Returns:
        Indices of `ours`, each once at most.
    """
    places: dict[_Run, list[tuple[int, int]]] = defaultdict(list)
    for number, text in enumerate(theirs):
        for offset, run in enumerate(runs_of(text)):
            places[run].append((number, offset))
    found = []
    for index, runs in enumerate(ours):
        telling = {run for run in runs if len(places.get(run, ())) <= _MOST_PLACES}
        shared: Counter[int] = Counter()
        first: dict[int, int] = {}
        for run in telling:
            here = places.get(run, ())
            shared.update({number for number, _ in here})
            for number, offset in here:
                first[number] = min(first.get(number, offset), offset)
        if shared:
            number, count = max(shared.items(), key=lambda one: (one[1], -one[0]))
            if count >= LEAST_SHARE * len(telling):
                found.append((number, first[number], index))
    return [index for _, _, index in sorted(found)]
