"""Two articles side by side: which sentences they share, what was reworded, what only one has, where they differ."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable

from tui.stories.prepared import Prepared, prepared_with_title, side_by_side
from tui.stories.values import Comparison, Difference, Pair, Side

LONG = 600
"""Sentences of an article from which on it is said that it is long."""
SURE_ENOUGH = 0.3
"""Score of a pair from which on figures in it disagree: doubtful pairs have mostly other figures of other things."""
_LETTERS = 400
"""Of an article, to see what script it is in."""
_MANY = 4
"""One in so many letters is no chance."""


def compare(left: Side, right: Side, cancelled: Callable[[], bool] | None = None) -> Comparison:
    """Two articles, sentence by sentence, whatever order they stand in.

    Args:
        left: One article.
        right: The other; the very same is all right.
        cancelled: Asked now and then whether to stop; what is answered then is of no use.
    """
    from tui.stories.stopping import Stopped

    try:
        return _compared(left, right, cancelled)
    except Stopped:
        return Comparison((), (), (), (), (), 0.0)


def _compared(left: Side, right: Side, cancelled: Callable[[], bool] | None) -> Comparison:
    from tui.stories.alignment import aligned, kind_of
    from tui.stories.differences import differences
    from tui.stories.stopping import ask, asking

    ours, our_title = prepared_with_title(left)
    ask(cancelled)
    theirs, their_title = prepared_with_title(right)
    ask(cancelled)
    found = aligned(ours, theirs, cancelled)
    ours, theirs = side_by_side([ours, theirs])
    pairs = tuple(
        Pair(
            i, j,
            kind := kind_of([word.text for word in ours.words[i]], [word.text for word in theirs.words[j]]),
            round(score, 3),
            () if kind == "identical" else _told(differences(ours, i, theirs, j), score),
        )
        for i, j, score in asking(found, cancelled)
    )  # fmt: skip
    paired, others = {pair.left for pair in pairs}, {pair.right for pair in pairs}
    only_left = tuple(index for index in range(len(ours.sentences)) if index not in paired)
    only_right = tuple(index for index in range(len(theirs.sentences)) if index not in others)
    return Comparison(
        ours.sentences, theirs.sentences, pairs, only_left, only_right,
        _shared(ours, theirs, len(paired), len(others)),
        _titles_apart(our_title, their_title),
        _note(left, right, ours, theirs),
    )  # fmt: skip


def _told(differing: tuple[Difference, ...], score: float) -> tuple[Difference, ...]:
    """What differs in a pair; where it is doubtful whether it is one, figures and names are words like any other."""
    if score >= SURE_ENOUGH:
        return differing
    return tuple(one._replace(kind="word") for one in differing)


def _titles_apart(left: Prepared, right: Prepared) -> tuple[Difference, ...]:
    """Where the titles of two articles differ."""
    from tui.stories.differences import differences

    left, right = side_by_side([left, right])
    return differences(left, 0, right, 0) if left.sentences and right.sentences else ()


def _shared(left: Prepared, right: Prepared, paired: int, others: int) -> float:
    """The share of the shorter one's sentences that have a pair; where both are as long, the greater share."""
    shorter, count = min((len(left.sentences), -paired), (len(right.sentences), -others))
    return -count / shorter if shorter else 0.0


def _note(left: Side, right: Side, ours: Prepared, theirs: Prepared) -> str | None:
    for name, side in (("left", ours), ("right", theirs)):
        if not side.sentences:
            return f"The {name} article has no sentence to compare"
    languages = left.article.language, right.article.language
    if None not in languages and languages[0] != languages[1]:
        return (
            f"In different languages ({languages[0]} and {languages[1]}): hardly any sentence can have a pair"
        )
    if _scripts(ours).isdisjoint(_scripts(theirs)):
        return "In different scripts: hardly any sentence can have a pair"
    longest = max(len(ours.sentences), len(theirs.sentences))
    return f"Long: {longest:,} sentences; only the likeliest pairs were looked at" if longest > LONG else None


def _scripts(article: Prepared) -> set[str]:
    """The scripts of most of its first letters, as Unicode names them: `LATIN`, `CYRILLIC`, `CJK`."""
    letters = [
        unicodedata.name(char, "").partition(" ")[0]
        for char in "".join(article.normal)[:_LETTERS]
        if char.isalpha()
    ]
    return {script for script, count in Counter(letters).items() if count * _MANY >= len(letters)}
