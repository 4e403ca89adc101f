"""What a corpus decides about keys that may be one entity: pure functions over counts, block by block.

Raw keys come from single articles. Here spellings of one name (`Zelensky`, `Zelenskyy`), names with and without
middle names, a surname alone and the full name, an acronym and what it stands for become one, where the corpus's own
evidence leaves no doubt; where it does, they stay apart. A block (`variants.blocks_of`) is decided from the counts of
its own members alone, in whatever order they come, so that a change is felt in its blocks and nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from tui.article import MentionType
from tui.entities.variants import (
    COMMON_FIRST,
    FATHERS,
    SURNAME_FIRST,
    PersonName,
    canonical_keys,
    company,
    first_names,
    initials,
    lone_of,
    person_name,
    same_surname,
    spelt,
    without_title,
)

RESOLVER_VERSION = 3
"""Goes up whenever the same counts may be decided otherwise, so that a store knows what to decide anew."""

DOMINANT = 8
"""How many times what any other has one must have to be the one that is meant."""
_ALL_OTHERS = 3
"""The same of what all others have together: many with a little are mostly mistakes."""
_MORE_SHORT = 5
"""How many times as many articles may have the short name alone as have the full one."""
_MORE_UNSAID = 2
"""The same where no article that gives the full name says the short one."""
_UNSURE = 5
"""A surname is left alone where one in so many of its articles has two people whose it is."""
_SHARED = 4
"""First names that a surname of many people has at least."""
_LONG_ACRONYM = 3
"""Letters from which on an acronym may say enough by itself."""


class Known(NamedTuple):
    """What the corpus knows of one key."""

    key: str
    name: str
    """How it is written."""
    type: MentionType
    articles: int
    mentions: int


Uses = Callable[[str], Mapping[str, int]]
"""Key → how often each single folded word stood for it."""
Together = Callable[[str, str], int]
"""Two keys → how many articles name both."""
Same = tuple[str, str]
"""(key, the key that it is the same as): of the two, the other is the fuller or the commoner."""


def same_in(block: str, members: Sequence[Known], uses: Uses, together: Together) -> list[Same]:
    """Which keys of a block are the same entity; each is first of a pair at most once.

    Args:
        block: as `variants.blocks_of` names it.
        members: all keys of the block that articles have, each once; others than belong there do no harm.
        uses: what single words stood for a key.
        together: how many articles name both of two keys.
    """
    how, _, form = block.partition(" ")
    ordered = sorted(members, key=_commonest)
    if how == "v":
        return _spellings(form, ordered)
    if how == "n":
        return _people(form, ordered, uses, together)
    return _acronyms(form, ordered, uses)


def leader_of(members: Iterable[Known], sources: frozenset[str]) -> str:
    """The key that an entity of several keys goes by.

    Args:
        members: its keys.
        sources: keys that stand first in a pair of `same_in`: there is a fuller or commoner one.
    """
    canonical = canonical_keys()

    def standing(known: Known) -> tuple[bool, bool, bool, tuple[int, int, str]]:
        words = known.key.split()
        titled = known.type == "person" and without_title(words) != words
        return known.key not in canonical, titled, known.key in sources, _commonest(known)

    return min(members, key=standing).key


def _commonest(known: Known) -> tuple[int, int, str]:
    return -known.articles, -known.mentions, known.key


def _spellings(form: str, members: list[Known]) -> list[Same]:
    alike = [known for known in members if spelt(known.key) == form]
    found = [(known.key, alike[0].key) for known in alike[1:]]
    # A firm with and without "Inc" is one; a fruit of that name is another thing.
    firms = [known for known in members if known.type == "organisation" and company(known.key) == form]
    for known in firms:
        firm = next((other for other in (*alike, *firms) if other.type == "organisation"), known)
        if firm is not known:
            found.append((known.key, firm.key))
    return found


class _Named(NamedTuple):
    """Keys that are spellings of one name."""

    keys: list[Known]
    name: PersonName = PersonName("", (), "", "")
    """Its parts, where it is a person's."""

    @property
    def articles(self) -> int:
        """Of each spelling, added up: good enough to compare."""
        return sum(known.articles for known in self.keys)


def _people(form: str, members: list[Known], uses: Uses, together: Together) -> list[Same]:
    named = [
        (known, name)
        for known in members
        if known.type == "person" and (name := person_name(known.key, known.name)) is not None
    ]
    ours = [(known, name) for known, name in named if same_surname(name.last.split()[-1]) == form]
    full = _full_names([(known, name) for known, name in ours if len(name.first) > 1], together)
    found = [(known.key, person.keys[0].key) for person in full for known in person.keys[1:]]
    initialled: dict[PersonName, Known] = {}
    for known, name in ours:
        if len(name.first) == 1:  # "V. Putin"
            first = initialled.setdefault(name, known) if name.middle else known
            if first is not known:  # "JK Rowling" beside "J. K. Rowling"
                found.append((known.key, first.key))
            else:
                found += _if_one(known, [(p, p.articles, True) for p in full if _initialled(name, p)])
    lone: defaultdict[str, list[Known]] = defaultdict(list)
    for known, name in ours:
        if name.alone and not name.suffix:
            lone[name.last].append(known)
    for last, spellings in lone.items():
        found += [(known.key, spellings[0].key) for known in spellings[1:]]
        found += _surname_alone(last, spellings, full, named, uses, together)
    return found


def _initialled(short: PersonName, person: _Named) -> bool:
    """Whether initials and surname can be this person's."""
    name = person.name
    if name.first[0] != short.first or (name.last, name.suffix) != (short.last, short.suffix):
        return False
    ways = [way for known in person.keys if (way := person_name(known.key, known.name)) is not None]
    return not short.middle or any(_agree(short.middle, way.middle) for way in ways)


def _surname_alone(
    last: str,
    spellings: list[Known],
    full: list[_Named],
    named: list[tuple[Known, PersonName]],
    uses: Uses,
    together: Together,
) -> list[Same]:
    """Whose surname this is: the one that articles which give the full name call so far more often than others."""
    meant = []
    for person in full:
        if last in lone_of(person.name):
            used = sum(_used(uses(known.key), last) for known in person.keys)
            meant.append((person, used + person.articles, True))
    # Others have it for a first name: doubt, but where it is a surname that stands first, like Mr Xi's, or the name
    # that somebody goes by.
    for known, name in named:
        if name.first == last and last not in lone_of(name) and last not in FATHERS:
            used = _used(uses(known.key), last)
            by_last = _used(uses(known.key), name.last.split()[-1])
            goes_by = last in SURNAME_FIRST or (known.articles >= DOMINANT and used > _MORE_SHORT * by_last)
            meant.append((_Named([known], name), used, used > by_last and goes_by))
    articles = sum(known.articles for known in spellings)
    found = _if_one(spellings[0], meant, articles)
    if not found:
        return []
    best = meant[0][0]
    if not any(_used(uses(known.key), last) for known in best.keys):
        # No article says so outright; and a first name may be anybody's.
        most = 1 if last in first_names() else _MORE_UNSAID
        if articles > most * best.articles:
            return []
    # Within an article a surname goes to its one full name: where it did not, there were two who share it.
    unsure = sum(
        together(known.key, other.key)
        for person, _, _ in meant
        for other in person.keys
        for known in spellings
        if other.key.split()[-1] == known.key
    )
    return [] if unsure * _UNSURE > articles else found


def _used(words: Mapping[str, int], surname: str) -> int:
    return sum(count for word, count in words.items() if same_surname(word) == surname)


def _if_one(short: Known, meant: list[tuple[_Named, int, bool]], articles: int | None = None) -> list[Same]:
    """The pair, where one is meant far more often than all others, and is known well enough for it.

    Args:
        short: the short name.
        meant: who may be meant, with a weight, and whether that can be all.
        articles: how many articles have the short name, in all its spellings; None for those of `short`.
    """
    if not meant:
        return []
    meant.sort(key=lambda weighed: (-weighed[1], _commonest(weighed[0].keys[0])))
    best, weight, possible = meant[0]
    others = [other for _, other, _ in meant[1:]]
    if not possible or max(others, default=0) * DOMINANT > weight or sum(others) * _ALL_OTHERS > weight:
        return []
    if (articles or short.articles) > _MORE_SHORT * best.articles:
        return []
    return [(short.key, best.keys[0].key)]


def _full_names(named: list[tuple[Known, PersonName]], together: Together) -> list[_Named]:
    """Full names, spellings and middle names put together; what comes commonest first stays so."""
    alike: defaultdict[tuple[str, str, str], list[tuple[Known, PersonName]]] = defaultdict(list)
    for known, name in named:
        alike[name.first, name.last, name.suffix].append((known, name))
    shared = len({first for first, _, _ in alike}) >= _SHARED
    people = []
    for (first, _, _), group in alike.items():
        for several in _by_middle(group, shared and first in COMMON_FIRST):
            people += _without_those_met(several, together)
    return people


def _by_middle(group: list[tuple[Known, PersonName]], common: bool) -> list[list[tuple[Known, PersonName]]]:
    """The same first and last name, by middle names: those that agree, and who has none with the only ones.

    Where many may have a name, who has no middle name goes with those who are far more or far fewer.
    """
    middles = list(dict.fromkeys(name.middle for _, name in group))
    if len(middles) == 1:
        return [group]
    spelt_out = [middle for middle in middles if middle]
    clashing = {
        middle
        for one, other in combinations(spelt_out, 2)
        for middle in (one, other)
        if not _agree(one, other)
    }
    if not clashing and not common:
        return [group]
    if clashing:
        found = [[(known, name) for known, name in group if name.middle == middle] for middle in middles]
    else:
        found = [
            [(known, name) for known, name in group if bool(name.middle) == has] for has in (True, False)
        ]
        found = [part for part in found if part]
    weights = {id(part): sum(known.articles for known, _ in part) for part in found}
    plain = next((part for part in found if not part[0][1].middle), None)
    if plain is not None and len(found) > 1:
        others = sorted((part for part in found if part is not plain), key=lambda part: -weights[id(part)])
        most, mine = weights[id(others[0])], weights[id(plain)]
        sure = most >= DOMINANT * sum(weights[id(part)] for part in others[1:])
        if sure and (not common or max(most, mine) >= DOMINANT * min(most, mine)):
            found.remove(plain)
            others[0] += plain
            others[0].sort(key=lambda pair: _commonest(pair[0]))
    return found


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether middle names can be one person's: `W.` and `Walker`."""
    return len(one) == len(other) and all(
        a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in zip(one, other, strict=True)
    )


def _without_those_met(group: list[tuple[Known, PersonName]], together: Together) -> list[_Named]:
    """People of one name by their spellings: an article that has both spellings has two people."""
    people: list[_Named] = []
    for known, name in group:
        for person in people:
            first = person.keys[0]
            shared = together(known.key, first.key)
            if not shared or shared * 2 * DOMINANT <= min(known.articles, first.articles):
                person.keys.append(known)
                break
        else:
            people.append(_Named([known], name))
    return people


def _acronyms(short: str, members: list[Known], uses: Uses) -> list[Same]:
    """What an acronym stands for: what articles say, else the only name with these initials."""
    alone = next((known for known in members if known.key == short), None)
    if alone is None or alone.type == "person" or spelt(short) in canonical_keys():
        return []
    capitals = sum(letter.isupper() for letter in alone.name) > 1
    forms: defaultdict[str, list[Known]] = defaultdict(list)
    for known in members:
        if " " in known.key and known.type != "person":
            forms[spelt(known.key)].append(known)
    said = []
    for form, spellings in forms.items():
        used = sum(uses(known.key).get(short, 0) for known in spellings)
        # "Cornell" is short for Cornell University, but no acronym of it.
        if used and (capitals or short in initials(form)):
            said.append((_Named(spellings), used, True))
    if not said and capitals and alone.type == "organisation":
        said = [
            (_Named(spellings), sum(known.articles for known in spellings), True)
            for form, spellings in forms.items()
            if short in initials(form) and all(known.type == "organisation" for known in spellings)
        ]
        if len(said) > 1 or len(short) < _LONG_ACRONYM or any(alone.articles > w for _, w, _ in said):
            return []
    # Of two letters there are too many, whatever one article says.
    if len(short) < _LONG_ACRONYM:
        said = [meaning for meaning in said if meaning[0].articles >= alone.articles]
    return _if_one(alone, said)
