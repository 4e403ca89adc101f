"""Which sources belong to one publisher, told from their addresses and from the boilerplate that they share.

A publishing group is a set of sources that hang together by one of two signs: their hosts have one registered domain
(`news.example.com`, `example.com`), or they share two paragraphs of boilerplate that few others have. Boilerplate
that many sources have ("Advertisement", an agency's credit) says nothing about who publishes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tui.stories.boilerplate import FEW_ARTICLES, boilerplate_of, boilerplate_of_group

LEAST_SHARED = 2
"""Boilerplate paragraphs that two sources share before they are one publisher's."""

MOST_SOURCES = 8
"""Sources beyond which a paragraph is everybody's; or a tenth of all sources, where that is more."""

_SECOND_LEVEL = frozenset("ac co com edu gob gouv gov go gv ne net nhs nom or org police sch".split())
# Whoever wants gets an address there.
_HOSTING = frozenset(
    "blogspot.com github.io gitlab.io livejournal.com medium.com netlify.app pages.dev substack.com tumblr.com"
    " typepad.com vercel.app web.app wixsite.com wordpress.com".split()
)
_NUMERIC = re.compile(r"[\d.:]+|\[.*")


def registered_domain(host: str) -> str:
    """The part of a host's name that somebody registered: `bbc.co.uk` of `news.bbc.co.uk`.

    Without a list of all countries' customs: short second labels that are common under a country's code count as
    part of the ending.
    """
    labels = host.lower().rstrip(".").split(".")
    if _NUMERIC.fullmatch(host) or len(labels) < 3:
        return host.lower()
    wide = len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    domain = ".".join(labels[-3:] if wide else labels[-2:])
    return host.lower() if domain in _HOSTING or domain.startswith("blogspot.") else domain


def publishing_groups(hosts: Sequence[str], boilerplate: Sequence[NDArray[np.uint32]]) -> NDArray[np.int64]:
    """For each source a number that the sources of its publishing group have in common: that of the first.

    Args:
        hosts: the name of each source.
        boilerplate: of each source the keys that are boilerplate in it or, where it has few articles, boilerplate of
            others that it has too.
    """
    groups = np.arange(len(hosts))
    first_of: dict[str, int] = {}
    for source, host in enumerate(hosts):
        _join(groups, source, first_of.setdefault(registered_domain(host), source))
    for one, other in _sharing(boilerplate, max(MOST_SOURCES, len(hosts) // 10)):
        _join(groups, one, other)
    return np.array([_root(groups, source) for source in range(len(hosts))], np.int64)


def boilerplate_of_sources(
    hosts: Sequence[str],
    keys: NDArray[np.uint32],
    articles: NDArray[np.int64],
    days: NDArray[np.int32],
    sources: NDArray[np.int64],
    reprint_group: NDArray[np.int64] | None = None,
) -> Mapping[int, NDArray[np.uint32]]:
    """The boilerplate of every source: its own and, where it has few articles, its publishing group's, too.

    Args:
        hosts: the name of each source.
        keys, articles, days, reprint_group: of every paragraph, as for `boilerplate_of`.
        sources: the source of each paragraph, an index into `hosts`.

    Returns:
        By source, ascending keys; sources without any are left out.
    """
    order = np.argsort(sources, kind="stable")
    bounds = np.searchsorted(sources[order], np.arange(len(hosts) + 1))
    of_source = [order[bounds[source] : bounds[source + 1]] for source in range(len(hosts))]
    own = [boilerplate_of(*_chosen(rows, keys, articles, days, reprint_group)) for rows in of_source]
    few = np.array([len(np.unique(articles[rows])) < FEW_ARTICLES for rows in of_source], np.bool_)
    known = np.unique(np.concatenate([*own, np.zeros(0, np.uint32)]))
    signs = [
        np.union1d(own[source], np.intersect1d(keys[rows], known)) if few[source] else own[source]
        for source, rows in enumerate(of_source)
    ]
    groups = publishing_groups(hosts, signs)
    found = {source: repeated for source, repeated in enumerate(own) if len(repeated)}
    for group in np.unique(groups[few]).tolist():
        members = np.flatnonzero(groups == group)
        if len(members) < 2:
            continue
        rows = np.concatenate([of_source[source] for source in members.tolist()])
        key, article, day, reprints = _chosen(rows, keys, articles, days, reprint_group)
        shared = boilerplate_of_group(key, article, day, sources[rows], reprints)
        shared = np.union1d(shared, np.concatenate([own[source] for source in members.tolist()]))
        for source in members[few[members]].tolist():
            of_both = np.union1d(own[source], np.intersect1d(keys[of_source[source]], shared))
            if len(of_both):
                found[source] = of_both
    return found


def _chosen(
    rows: NDArray[np.int64],
    keys: NDArray[np.uint32],
    articles: NDArray[np.int64],
    days: NDArray[np.int32],
    reprint_group: NDArray[np.int64] | None,
) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int32], NDArray[np.int64] | None]:
    return keys[rows], articles[rows], days[rows], None if reprint_group is None else reprint_group[rows]


def _sharing(boilerplate: Sequence[NDArray[np.uint32]], most: int) -> list[tuple[int, int]]:
    """Pairs of sources with `LEAST_SHARED` keys in common that no more than so many sources have."""
    keys = np.concatenate([*boilerplate, np.zeros(0, np.uint32)])
    sources = np.repeat(np.arange(len(boilerplate)), [len(of_one) for of_one in boilerplate])
    order = np.lexsort((sources, keys))
    having: dict[tuple[int, int], int] = {}
    for block in np.split(sources[order], np.flatnonzero(np.diff(keys[order])) + 1):
        if 2 <= len(block) <= most:
            for at, one in enumerate(block.tolist()):
                for other in block[at + 1 :].tolist():
                    having[one, other] = having.get((one, other), 0) + 1
    return [pair for pair, count in having.items() if count >= LEAST_SHARED]


def _root(groups: NDArray[np.int64], source: int) -> int:
    while groups[source] != source:
        groups[source] = groups[groups[source]]
        source = int(groups[source])
    return source


def _join(groups: NDArray[np.int64], one: int, other: int) -> None:
    lower, higher = sorted((_root(groups, one), _root(groups, other)))
    groups[higher] = lower
