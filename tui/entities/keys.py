"""One article: which of its mentions are one name.

A key is the folded fullest name that the article gives: `Mr Putin` is `vladimir putin` where the article also says
`Vladimir Putin` and names no other Putin. Two people who share a surname stay apart: when in doubt, apart.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import pairwise

from tui.article import TITLE, Article
from tui.entities.gazetteer import load_gazetteer
from tui.entities.mention import KeyedMention, RawMention, Recogniser
from tui.entities.names import fold_name
from tui.entities.variants import FATHERS, SUFFIXES, initials_apart, is_acronym, without_title

_MOST_WHOLES = 8
"""Full names that share a part: with more it is ambiguous, and comparing them all would take time in their square."""
_MOST_PARTS = 8
"""Words of a name, the last of which may stand for it."""


def recognise_article(article: Article, recogniser: Recogniser) -> tuple[KeyedMention, ...]:
    """The names in title and paragraphs, in reading order, each with its key.

    It depends on this article alone: other articles of the corpus change nothing.
    """
    parts = (article.title, *article.paragraphs)
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part) + 1)
    text = "\n".join(parts)
    found = recogniser.recognise(text, article.language)
    keys = article_keys(found, text)
    mentions = []
    for mention, key in zip(found, keys, strict=True):
        part_index = bisect_right(starts, mention.start) - 1
        paragraph = part_index - 1 if part_index else TITLE
        start, end = mention.start - starts[part_index], mention.end - starts[part_index]
        mentions.append(KeyedMention(paragraph, start, end, mention.text, mention.type, key))
    return tuple(mentions)


def article_keys(mentions: list[RawMention], text: str = "") -> list[str]:
    """The key of each mention, in the same order.

    Args:
        mentions: in reading order.
        text: what they are offsets into; brackets in it say what an acronym stands for.
    """
    gazetteer = load_gazetteer()
    plain = [
        person_key(mention.text) if mention.type == "person" else fold_name(mention.text)
        for mention in mentions
    ]
    possessor = _lost_possessives(mentions, plain)
    people = {
        possessor[key] for key, mention in zip(plain, mentions, strict=True) if mention.type == "person"
    }
    alike = _initials_alike(mentions, plain, possessor)
    people = {alike.get(name, name) for name in people}
    same = _middle_names(people)
    fullest = _fullest_names({same.get(name, name) for name in people})
    acronyms = _acronyms(mentions, plain) | _in_brackets(mentions, plain, text)
    keys = []
    for key, mention in zip(plain, mentions, strict=True):
        key = possessor[key]
        if mention.type == "person":
            key = alike.get(key, key)
            key = same.get(key, key)
            key = fullest.get(key, key)
        elif mention.type == "organisation" or is_acronym(mention.text):
            key = acronyms.get(key, key)
            key = fullest.get(same.get(key, key), key) if key in people else key
        key = gazetteer.aliases.get(key, key)
        keys.append(key or mention.text)
    return keys


def person_key(name: str) -> str:
    """A person's name folded, without the titles before it: `Mr Putin` is `putin`."""
    return " ".join(without_title(fold_name(name).split()))


def _initials_alike(mentions: list[RawMention], keys: list[str], possessor: dict[str, str]) -> dict[str, str]:
    """Name → the one of the same initials in other spelling that stands for all: `jk rowling` → `j k rowling`."""
    ways: defaultdict[str, set[str]] = defaultdict(set)
    for key, mention in zip(keys, mentions, strict=True):
        if mention.type == "person" and " " in key:
            name = possessor[key]
            ways[" ".join(initials_apart(name.split(), mention.text))].add(name)
    return {name: min(names) for names in ways.values() if len(names) > 1 for name in names}


def _middle_names(people: set[str]) -> dict[str, str]:
    """Name → the same with other middle names, where an article has a name in two ways: `joe r biden` → `joe biden`.

    Initials go; names stay. With three ways, or where the middle names disagree, they are several people.
    """
    ways: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for name in people:
        words = name.split()
        if len(words) > 1 and words[-1] not in SUFFIXES and not FATHERS.intersection(words[1:-1]):
            ways[words[0], words[-1]].add(name)
    found = {}
    for names in ways.values():
        if len(names) == 2:
            plain, full = sorted(names, key=len)
            middle = full.split()[1:-1]
            if len(plain.split()) == 2:
                initials = all(len(word) == 1 for word in middle)
                found.update({full: plain} if initials else {plain: full})
    return found


def _lost_possessives(mentions: list[RawMention], keys: list[str]) -> dict[str, str]:
    """Key → the same without an s that was once `'s`, where the article or the gazetteer knows it without."""
    gazetteer = load_gazetteer()
    known = set(keys)
    # "UNs" may lose its s; "Us" may not.
    acronyms = {
        key
        for key, mention in zip(keys, mentions, strict=True)
        if mention.text.endswith("s") and is_acronym(mention.text[:-1]) and mention.text[:-1].isupper()
    }

    def stem(key: str, known: set[str]) -> str:
        return _without_lost_possessive(key, 2 if key in acronyms else 3, known, gazetteer.folded)

    people = {key for key, mention in zip(keys, mentions, strict=True) if mention.type == "person"}
    full = [stem(key, known).split() for key in people]
    ends = {" ".join(words[cut:]) for words in full for cut in range(1, min(len(words), _MOST_PARTS))}
    # "Putins" beside "Vladimir Putin"; but beside "Robin Williams", "Williams" is his name.
    parts = known | ends
    return {key: key if key in ends else stem(key, parts if key in people else known) for key in known}


def _without_lost_possessive(key: str, shortest: int, known: set[str], gazetteer: frozenset[str]) -> str:
    """`putins` → `putin` where the article or the gazetteer knows the one and not the other."""
    stem = key[:-1]
    if not key.endswith("s") or len(stem) < shortest or key in gazetteer:
        return key
    if stem in known or stem in gazetteer:
        return stem
    return key


def _fullest_names(people: set[str]) -> dict[str, str]:
    """Part of a name → the one full name of the article that it can stand for; parts of several are left out."""
    wholes: defaultdict[str, set[str]] = defaultdict(set)
    for name in people:
        words = name.split()
        for cut in range(1, min(len(words), _MOST_PARTS)):
            if words[cut - 1] not in FATHERS and words[cut] not in SUFFIXES:
                wholes[" ".join(words[cut:])].add(name)
        if len(words) > 1:
            wholes[words[0]].add(name)
    found = {}
    for part, names in wholes.items():
        if len(names) > _MOST_WHOLES:
            continue
        # "rodham clinton" and "hillary rodham clinton" are one person: what is part of another doesn't count.
        longest = {
            name for name in names if not any(other != name and _is_part(name, other) for other in names)
        }
        if len(longest) == 1:
            found[part] = next(iter(longest))
    return found


def _is_part(name: str, whole: str) -> bool:
    if whole.startswith(f"{name} "):
        return whole[len(name) + 1 :] not in SUFFIXES
    return whole.endswith(f" {name}")


def _acronyms(mentions: list[RawMention], keys: list[str]) -> dict[str, str]:
    """Acronym → the one organisation of the article whose initials it has."""
    expansions: defaultdict[str, set[str]] = defaultdict(set)
    wanted = {
        key
        for key, mention in zip(keys, mentions, strict=True)
        if mention.type == "organisation"
        and 2 <= len(key) <= 8
        and " " not in key
        and mention.text[:2].isupper()
    }
    if not wanted:
        return {}
    for key, mention in zip(keys, mentions, strict=True):
        words = key.split()
        if mention.type == "organisation" and 1 < len(words) <= 10:
            initials = "".join(word[0] for word in words)
            capitals = "".join(word[0] for word in words if word not in _SMALL_WORDS)
            for short in {initials, capitals} & wanted:
                expansions[short].add(key)
    return {short: next(iter(names)) for short, names in expansions.items() if len(names) == 1}


def _in_brackets(mentions: list[RawMention], keys: list[str], text: str) -> dict[str, str]:
    """Acronym → what brackets say that it stands for: "World Health Organization (WHO)", or the other way round."""
    expansions: defaultdict[str, set[str]] = defaultdict(set)
    for (one, key), (other, other_key) in pairwise(zip(mentions, keys, strict=True)):
        if text[one.end : other.start] == " (" and text[other.end : other.end + 1] == ")":
            for short, short_key, full in ((other, other_key, key), (one, key, other_key)):
                letters = sum(letter.isupper() for letter in short.text)
                if letters > 1 and is_acronym(short.text) and _abbreviates(short_key, full):
                    expansions[short_key].add(full)
    return {short: next(iter(names)) for short, names in expansions.items() if len(names) == 1}


def _abbreviates(short: str, full: str) -> bool:
    """Whether the letters are in the words in this order, the first of them at the beginning of a word.

    After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions" (2003).
    """
    if " " not in full or " " in short:
        return False
    at = len(full)
    for place, letter in reversed(list(enumerate(short))):
        at = full.rfind(letter, 0, at)
        while place == 0 and at > 0 and full[at - 1] != " ":
            at = full.rfind(letter, 0, at)
        if at < 0:
            return False
    return True


_SMALL_WORDS: frozenset[str] = frozenset(
    {"of", "the", "and", "for", "in", "on", "de", "du", "des", "la", "&"}
)
