"""Whom and what the sentences of articles name, so that one name is one whatever it is called.

A corpus has decided that for its own articles. For others the mentions of one article are put together as on ingest
(`tui.entities.keys`), and those of several by full names, surnames that only one person has, and acronyms. `The Russian
president` names him whom one of the articles calls that beside his name, and `the president` the only one whom the
article itself calls so. (`tui.entities.descriptions` is stricter, and has to load its list of peoples for it, which
takes longer than to compare two articles; here a description counts only where it comes again word by word.)
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tui.article import TITLE, Article, Mention, MentionType
from tui.entities.names import fold_name

_BEFORE = "vice|prime|foreign|defen[cs]e|finance|interior|justice|trade|energy|deputy"
_OFFICE = (
    rf"(?:(?:{_BEFORE})[ -])*"
    r"(?:president|minister|chancellor|premier|king|queen|emperor|pope|governor|mayor|attorney general|chief justice)"
)
_HELD_NOW = (
    r"(?<![Ff]ormer )(?<![Ll]ate )(?<!then )(?<!then-)(?<!ex-)(?<![Aa]cting )(?<![Dd]eputy )(?<![Vv]ice )"
)
_PEOPLE = rf"(?!(?i:{_BEFORE}|former|late|then|acting|ex)\b)(?:(?:[A-Z]\.){{2,}}|[A-Z][\w-]*)"
_BESIDE = re.compile(
    rf"(?<![\w.-]){_HELD_NOW}(?:(?P<people>{_PEOPLE})(?:['’]s)? )?(?P<office>(?i:{_OFFICE})),? $"
)
"""What stands before a name: `Russian President `."""
_ALONE = re.compile(
    rf"\b[Tt]he {_HELD_NOW}(?P<phrase>(?:{_PEOPLE}(?:['’]s)? )?(?i:{_OFFICE}))(?:['’]s)?(?![\w-])(?! (?:of\b|[A-Z]))"
)
"""What stands for a name: `the Russian president`."""
_REACH = 60
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_SMALL = frozenset("of the and for de la".split())
_ACRONYM = range(2, 9)
"""Letters of one."""


class Named(NamedTuple):
    """What an article names."""

    name: str
    """The entity where a corpus decided it, else the fullest name that the article gives, folded."""
    mention: Mention
    short: str = ""
    """The shortest that any of the articles calls it, folded; nothing where only one was looked at."""


class Names(NamedTuple):
    """All that an article names, and what it calls it."""

    named: tuple[Named, ...]
    """In reading order."""
    decided: frozenset[str]
    """Those of them that a corpus decided."""
    forms: Mapping[str, frozenset[str]]
    """What each is called, folded; people without their titles."""
    offices: Mapping[str, str]
    """Description → whom it stands for, where it stands beside the name: `russian president`."""
    open: tuple[tuple[str, Mention], ...]
    """Descriptions for which this article has no name, and where they stand."""


def names_of(article: Article, mentions: Sequence[Mention]) -> Names:
    """What an article names.

    Args:
        article: Any.
        mentions: In reading order.
    """
    named = [Named(name, mention) for name, mention in zip(_names(article, mentions), mentions, strict=True)]
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for name, mention, _ in named:
        forms[name].add(_form(mention.text, mention.type))
    offices, bare = _offices(article, named)
    described: list[Named] = []
    unknown: list[tuple[str, Mention]] = []
    for phrase, mention in _descriptions(article):
        holder = offices.get(phrase) or bare.get(phrase)
        if holder is not None:
            described.append(Named(holder, mention))
        elif " " in phrase:
            unknown.append((phrase, mention))
    return Names(
        tuple(sorted([*named, *described], key=_place)),
        frozenset(one.entity for one in mentions if one.entity is not None),
        {name: frozenset(called) for name, called in forms.items()},
        offices,
        tuple(unknown),
    )


def named_as_one(articles: Sequence[Names]) -> list[tuple[Named, ...]]:
    """What each of some articles names, in reading order, with one name for what is one in all of them.

    What a corpus decided stays as it is.
    """
    same = _same(articles)
    short = _short(articles, same)
    offices: defaultdict[str, set[str]] = defaultdict(set)
    for article in articles:
        for phrase, name in article.offices.items():
            offices[phrase].add(same.get(name, name))
    found = []
    for article in articles:
        named = []
        for name, mention, _ in article.named:
            name = same.get(name, name)
            named.append(Named(name, mention, short.get(name, "")))
        for phrase, mention in article.open:
            if len(offices.get(phrase, ())) == 1:
                name = next(iter(offices[phrase]))
                named.append(Named(name, mention, short.get(name, "")))
        found.append(tuple(sorted(named, key=_place)) if article.open else tuple(named))
    return found


def _short(articles: Sequence[Names], same: Mapping[str, str]) -> dict[str, str]:
    """What each name is called shortest; a person by surname."""
    people = {name for article in articles for name, mention, _ in article.named if mention.type == "person"}
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for article in articles:
        for name, called in article.forms.items():
            forms[same.get(name, name)].update({_surname(called)} if name in people else called)
    return {name: min(called, key=_by_length) for name, called in forms.items()}


def _by_length(form: str) -> tuple[int, str]:
    return len(form), form


def _place(one: Named) -> tuple[int, int, int]:
    return one.mention.paragraph, one.mention.start, one.mention.end


def _form(text: str, type: MentionType) -> str:
    folded = fold_name(text)
    if type != "person":
        return folded
    from tui.entities.keys import person_key

    return person_key(text) or folded


def _names(article: Article, mentions: Sequence[Mention]) -> list[str]:
    if all(mention.entity is not None for mention in mentions):
        return [str(mention.entity) for mention in mentions]
    from tui.entities.keys import article_keys
    from tui.entities.mention import RawMention

    parts = (article.title, *article.paragraphs)
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part) + 1)
    raw = [
        RawMention(starts[m.paragraph + 1] + m.start, starts[m.paragraph + 1] + m.end, m.text, m.type)
        for m in mentions
    ]
    keys = article_keys(raw, "\n".join(parts))
    entities = {key: m.entity for key, m in zip(keys, mentions, strict=True) if m.entity is not None}
    return [str(m.entity or entities.get(key) or key) for key, m in zip(keys, mentions, strict=True)]


def _offices(article: Article, named: Iterable[Named]) -> tuple[dict[str, str], dict[str, str]]:
    """Descriptions that the article has beside names: with a people, and without; those of two people are left out."""
    whole: defaultdict[str, set[str]] = defaultdict(set)
    bare: defaultdict[str, set[str]] = defaultdict(set)
    for name, mention, _ in named:
        if mention.type != "person":
            continue
        text = article.text_of(mention.paragraph)
        found = _BESIDE.search(text, max(0, mention.start - _REACH), mention.start)
        if found is None:
            # "President Putin" may be one name to the recogniser.
            found = _BESIDE.match(f"{mention.text.rpartition(' ')[0]} ")
        if found is None:
            continue
        office = found["office"].lower()
        bare[office].add(name)
        if found["people"] is not None:
            whole[f"{fold_name(found['people'])} {office}"].add(name)
    return (
        {phrase: next(iter(names)) for phrase, names in whole.items() if len(names) == 1},
        {office: next(iter(names)) for office, names in bare.items() if len(names) == 1},
    )


def _descriptions(article: Article) -> Iterator[tuple[str, Mention]]:
    """Where somebody is called by an office alone: (`russian president`, the words)."""
    for paragraph in range(TITLE, len(article.paragraphs)):
        text = article.text_of(paragraph)
        for match in _ALONE.finditer(text):
            start, end = match.span("phrase")
            words = match["phrase"].replace("’s ", " ").replace("'s ", " ")
            yield fold_name(words), Mention(paragraph, start, end, text[start:end], "person")


def _same(articles: Sequence[Names]) -> dict[str, str]:
    """Name → the name that it is the same as, over all articles; not for what a corpus decided."""
    decided = {name for article in articles for name in article.decided}
    forms: defaultdict[str, set[str]] = defaultdict(set)
    people = set()
    for article in articles:
        for name, called in article.forms.items():
            forms[name] |= called
        people |= {name for name, mention, _ in article.named if mention.type == "person"}
    if decided.issuperset(forms):
        return {}
    by_key: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    expansions: defaultdict[str, set[str]] = defaultdict(set)
    for name, forms_of_it in forms.items():
        if name in people:
            by_key["person", _surname(forms_of_it)].add(name)
            continue
        for form in forms_of_it:
            by_key["other", form].add(name)
            expansions[_initials(form)].add(name)
    for letters, names in expansions.items():
        if len(names) == 1 and ("other", letters) in by_key:
            by_key["other", letters] |= names
    same: dict[str, str] = {}
    for (kind, _), names in by_key.items():
        settled = {name for name in names if name in decided}
        alike = kind == "other" or all(
            _compatible(forms[one], forms[other]) for one in names for other in names
        )
        if len(names) > 1 and len(settled) < 2 and alike:
            leader = min(settled or names)
            same.update({name: leader for name in names if name != leader and name not in decided})
    return {name: same.get(leader, leader) for name, leader in same.items()}


def _surname(called: Iterable[str]) -> str:
    words = _longest(called)
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words = words[:-1]
    return words[-1] if words else ""


def _longest(called: Iterable[str]) -> list[str]:
    return max(called, key=lambda form: (len(form), form), default="").split()


def _compatible(called: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two people of one surname may be one: the same first name, its initial, or none."""
    one, other = _longest(called), _longest(others)
    if len(one) < 2 or len(other) < 2:
        return True
    first, second = one[0], other[0]
    return first == second or (1 in (len(first), len(second)) and first[0] == second[0])


def _initials(form: str) -> str:
    """What may abbreviate it; nothing where it is too short or too long for that."""
    words = [word for word in form.split() if word not in _SMALL]
    return "".join(word[0] for word in words) if len(words) in _ACRONYM else ""
