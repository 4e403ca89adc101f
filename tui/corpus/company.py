"""Who and what is named together with an entity, those first whom chance explains least.

Ranked by the log-likelihood ratio of Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence"
(Computational Linguistics 19, 1993), which stays right where counts are small; pointwise mutual information (Church
and Hanks, "Word Association Norms, Mutual Information, and Lexicography", Computational Linguistics 16, 1990) is told
beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.corpus.numbers import running, unpack_rows
from tui.corpus.postings import unpack_articles
from tui.corpus.store import chunked
from tui.corpus.values import Companion, Entity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BLOCK = 500
"""Entities that are looked at before it is asked whether any other could still be among the first."""


class Units(NamedTuple):
    """What is counted: articles, or what articles are grouped to."""

    total: int
    """How many there are."""
    of: NDArray[np.int64] | None
    """The unit of each article, by its number; None where every article is one of its own."""


def units_of_counting(connection: sqlite3.Connection) -> Units:
    """What company is counted in. The only place that knows that these are articles."""
    (articles,) = connection.execute("SELECT value FROM meta WHERE key = 'articles'").fetchone()
    return Units(int(articles), None)


def likelihood_ratio(
    together: NDArray[np.int64], one: int, others: NDArray[np.int64], total: int
) -> NDArray[np.float64]:
    """Dunning's G² of one entity with each of some others, below 0 where they meet less often than by chance.

    Args:
        together: In how many units both are, shape (others,).
        one: In how many units the one is.
        others: In how many units each of the others is, same shape.
        total: How many units there are.
    """
    import numpy as np

    expected = one * others / total
    cells = (
        (together, expected),
        (one - together, one - expected),
        (others - together, others - expected),
        (total - one - others + together, total - one - others + expected),
    )
    ratio = np.zeros(len(together))
    for seen, by_chance in cells:
        there = seen > 0
        ratio[there] += seen[there] * np.log(seen[there] / by_chance[there])
    ratio = np.maximum(2 * ratio, 0)  # what rounding makes of 0
    return np.where(together < expected, -ratio, ratio)


def mutual_information(
    together: NDArray[np.int64], one: int, others: NDArray[np.int64], total: int
) -> NDArray[np.float64]:
    """Pointwise mutual information in bits; arguments as for `likelihood_ratio`, `together` none of them 0."""
    import numpy as np

    information: NDArray[np.float64] = np.log2(together * total / (one * others.astype(np.float64)))
    return information


def company(
    connection: sqlite3.Connection,
    own: NDArray[np.bool_],
    numbers: NDArray[np.int64],
    canonical: NDArray[np.uint32],
    wanted: NDArray[np.bool_],
    describe: Callable[[Sequence[int]], Mapping[int, Entity]],
    limit: int,
) -> list[Companion]:
    """Who is named together with an entity, the surest first.

    Companions are counted by keys: a name that the reader took out of one, and that is none itself, still counts as
    who it was taken out of.

    Args:
        connection: A snapshot of the store.
        own: By number, which raw entities are this one.
        numbers: The articles that name it.
        canonical: The canonical number of each raw one.
        wanted: Which canonical numbers may be told.
        describe: What the entities with these canonical numbers are; those that are not to be told are left out.
        limit: How many at most.
    """
    import numpy as np

    if limit < 1:
        return []
    units = units_of_counting(connection)
    together = _together(connection, numbers, canonical, units)
    one = len(numbers) if units.of is None else len(np.unique(units.of[numbers]))
    together[canonical[np.flatnonzero(own)]] = 0
    together[~wanted] = 0
    candidates = np.flatnonzero(together)
    candidates = candidates[np.argsort(-together[candidates], kind="stable")]
    counts = together[candidates]
    # Nothing is surer than what is never seen without the other.
    bounds = likelihood_ratio(counts, one, counts, units.total)
    alone, ratios, first = np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64)
    for start in range(0, len(candidates), _BLOCK):
        if len(first) >= limit:
            last = first[limit - 1]
            if (ratios[last], counts[last]) > (bounds[start], counts[start]):
                break
        block = slice(start, start + _BLOCK)
        both = counts[block]
        alone = np.append(alone, np.maximum(_alone(connection, candidates[block], canonical, units), both))
        ratios = np.append(ratios, likelihood_ratio(both, one, alone[block], units.total))
        first = np.lexsort((-counts[: len(ratios)], -ratios))
    if len(first) > limit:  # among equals mentions and names decide, so all equal to the last one stay
        last = first[limit - 1]
        equal = (ratios[first] == ratios[last]) & (counts[first] == counts[last])
        first = np.append(first[:limit], first[limit:][equal[limit:]])
    bits = mutual_information(counts[first], one, alone[first], units.total)
    entities = describe(candidates[first].tolist())
    found = [
        Companion(entities[number], count, ratio, information)
        for number, count, ratio, information in zip(
            candidates[first].tolist(),
            counts[first].tolist(),
            ratios[first].tolist(),
            bits.tolist(),
            strict=True,
        )
        if number in entities
    ]
    found.sort(key=lambda c: (-c.likelihood, -c.together, -c.entity.mentions, c.entity.name, c.entity.id))
    return found[:limit]


def _together(
    connection: sqlite3.Connection, numbers: NDArray[np.int64], canonical: NDArray[np.uint32], units: Units
) -> NDArray[np.int64]:
    """In how many units of these articles each entity is, by its canonical number."""
    import numpy as np

    counts = np.zeros(len(canonical), np.int64)
    named, within = [], []
    for marks, chunk in chunked(numbers.tolist()):
        rows = connection.execute(
            f"SELECT number, entities FROM mentions WHERE number IN ({marks})", chunk
        ).fetchall()
        gaps, start = unpack_rows([entities for _, entities in rows])
        named.append(running(gaps, start))
        articles = np.fromiter((number for number, _ in rows), np.int64, len(rows))
        within.append(np.repeat(articles, np.diff(start)))
    if not named:
        return counts
    entities, articles = canonical[np.concatenate(named)].astype(np.int64), np.concatenate(within)
    if units.of is None:  # an article can have only those twice that several names were joined to
        several = (np.bincount(canonical, minlength=len(counts)) > 1)[entities]
        counts += np.bincount(entities[~several], minlength=len(counts))
        entities, articles = entities[several], articles[several]
    else:
        articles = units.of[articles]
    return counts + np.bincount(_distinct(entities, articles), minlength=len(counts))


def _alone(
    connection: sqlite3.Connection, leaders: NDArray[np.int64], canonical: NDArray[np.uint32], units: Units
) -> NDArray[np.int64]:
    """In how many units of the corpus each of these entities is, same shape."""
    import numpy as np

    place = np.full(len(canonical), -1, np.int64)
    place[leaders] = np.arange(len(leaders))
    members = np.flatnonzero(place[canonical] >= 0)
    sizes = np.bincount(place[canonical[members]], minlength=len(leaders))
    alone = np.zeros(len(leaders), np.int64)
    if units.of is None:  # of what was joined to nothing the number is kept
        for marks, chunk in chunked(leaders[sizes == 1].tolist()):
            rows = connection.execute(
                f"SELECT number, articles FROM entities WHERE number IN ({marks})", chunk
            ).fetchall()
            for number, articles in rows:
                alone[place[number]] = articles
        members = members[sizes[place[canonical[members]]] > 1]
    owners, within = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for marks, chunk in chunked(members.tolist()):
        rows = connection.execute(
            f"SELECT entity, first, others FROM entity_articles WHERE entity IN ({marks})", chunk
        ).fetchall()
        lengths = np.fromiter((1 + len(others) // 2 for _, _, others in rows), np.int64, len(rows))
        entities = np.fromiter((entity for entity, _, _ in rows), np.int64, len(rows))
        owners.append(np.repeat(place[canonical[entities]], lengths))
        within.append(unpack_articles([(first, others) for _, first, others in rows]))
    articles = np.concatenate(within)
    pairs = _distinct(np.concatenate(owners), articles if units.of is None else units.of[articles])
    return alone + np.bincount(pairs, minlength=len(leaders))


def _distinct(entities: NDArray[np.int64], units: NDArray[np.int64]) -> NDArray[np.int64]:
    """The entities of these pairs, each pair taken once."""
    import numpy as np

    pairs = units << 32 | entities
    pairs.sort(kind="stable")  # articles come nearly in order: a third of the time of `np.unique`
    first = np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]
    distinct: NDArray[np.int64] = pairs[first] & 0xFFFFFFFF
    return distinct
