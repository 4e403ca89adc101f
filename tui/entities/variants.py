"""Forms of a name that stay the same however an outlet writes it, and where to look for names that may be its equal.

Everything here is a function of one name. Names that may be one share a block: whoever compares names needs to look
at those of one block only, so that comparing a corpus's names takes time in proportion to their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from tui.article import MentionType
from tui.entities.gazetteer import load_gazetteer
from tui.entities.names import fold_name

LONGEST_PERSON = 6
"""Words that a person's name has at most; longer ones are compared with nothing."""
LONGEST_ACRONYM = 8
_LONGEST = 200
"""Characters beyond which a name is compared with nothing."""

TITLES = frozenset(
    "mr mrs ms miss mx messrs dr prof professor sir dame rev reverend sen senator rep representative congressman"
    " congresswoman gov governor president chancellor premier minister secretary ambassador spokesman spokeswoman"
    " spokesperson gen general col colonel lt lieutenant maj capt captain cmdr adm admiral sgt sergeant cllr"
    " councillor commissioner chairman chairwoman executive mayor".split()
)
"""Folded words before a person's name that are no part of it, and that no first name is."""

SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
"""Folded words after a person's name that make it another person's."""
_SURNAME_PARTICLES = frozenset(
    "von van der den de di da del della do dos du la le bin ibn ben bint abu ap mac st ter ten".split()
)
FATHERS = frozenset(("bin", "ibn", "ben", "bint", "abu"))
"""Particles without which the rest is another's name: Salman is not bin Salman."""
_ARTICLES = frozenset(("al", "el", "ul"))
"""Particles that one outlet writes and another doesn't."""

_ONE_FIRST_NAME = (
    "sergei sergey sergej sergi", "andrei andrey andrej", "alexei alexey aleksei aleksey alexej",
    "dmitry dmitri dmitriy dmitrii", "yuri yury yuriy yurii iurii", "nikolai nikolay nikolaj", "yevgeny evgeny"
    " yevgeniy evgeniy evgeni yevgeni evgenii", "vitaly vitali vitaliy vitalii", "valery valeri valeriy valerii",
    "anatoly anatoli anatoliy anatolii", "gennady gennadi gennadiy gennadii", "grigory grigori grigoriy",
    "arkady arkadi arkadiy", "vasily vasili vasiliy vasilii", "georgy georgi georgiy georgii", "oleksiy oleksii",
    "serhiy serhii", "andriy andrii", "yevhen evhen", "mykhailo mykhaylo", "mikhail mihail", "oleksandr olexandr",
    "alexander aleksandr alexandr alyaksandr",
    "matvei matvey", "timofei timofey", "ilya ilia", "maria mariya", "natalia nataliya natalya",
    "yulia yuliya iulia julija", "sofia sofiya", "daria darya dariya", "tatiana tatyana",
    "mohammed muhammad mohamed mohammad muhammed mohamad mohamet", "ahmed ahmad", "hussein hussain husain husayn"
    " hosein hossein", "hassan hasan", "ali aly", "abdullah abdallah abdulla", "khaled khalid", "omar umar",
    "youssef yusuf yousef yousuf yussef", "mahmoud mahmud", "moammar muammar moamar muamar", "osama usama",
    "bashar bachar", "volodymyr wolodymyr",
)  # fmt: skip
_ONE_SURNAME = (
    "gaddafi qaddafi gadhafi kadhafi kaddafi qadhafi gadafi gadaffi khadafy", "hussein hussain husain husayn",
    "lukashenko lukashenka", "khamenei khamenai", "ahmadinejad ahmedinejad", "netanyahu netanyahoo",
)  # fmt: skip
_ENDINGS = (
    (re.compile("(?<=[sczn]k)[yij]{1,3}$"), "y"),  # Zelensky, Zelenskiy
    (re.compile("(?<=[^aeiou]n)[yij]{1,3}$"), "y"),  # Navalny, Navalnyy
    (re.compile("(?<=[^aeiou])(?:iy|yy|ii|ij)$"), "y"),
    (re.compile("(?<=[aeiou])[yij]ev$"), "ev"),  # Tokayev, Tokaev
)

_SPELLINGS = {
    "organisation": "organization", "organisations": "organizations", "defence": "defense", "centre": "center",
    "centres": "centers", "programme": "program", "programmes": "programs", "harbour": "harbor",
    "theatre": "theater", "honour": "honor", "&": "and",
}  # fmt: skip
SURNAME_FIRST = frozenset(
    "abe an ban bui cai chen chiang chung dang deng do doan fang feng gao guo han he hoang hu huang jang jiang jung"
    " kang kim kwon le lee li liang lim lin ling liu lu luo ma mao moon ngo nguyen pak park pham phan qian rhee roh"
    " shin song su sun tan tang tran trinh truong tsai vo vu wang wei wen wong wu xi xie xu yang yoon zhang zhao zheng"
    " zhou zhu".split()
)
"""Folded surnames of countries where they stand first."""

COMMON_FIRST = frozenset(
    "john james william robert michael david richard charles joseph thomas george paul peter mark mary anna ann anne"
    " elizabeth sarah jane margaret daniel andrew edward henry stephen steven brian kevin jason jeff matthew anthony"
    " christopher patrick frank scott eric jennifer susan karen lisa nancy linda barbara patricia alexander samuel"
    " jose juan luis carlos maria jean pierre hans ali ahmed mohammed".split()
)
"""Folded first names so common that two people of one surname may well share them."""

_INITIALS = re.compile(r"(?:[A-Z]\.){2,4}|[A-Z]{2,3}")
_MAY_DIFFER = re.compile("co operation|is(?:ation|ing|ed)|" + "|".join(_SPELLINGS))
_IS_SPELT = re.compile(r"(?<=[a-z]{4})is(?=(?:ations?|ing|ed)$)")
_COMPANY = frozenset("inc incorporated ltd limited plc corp corporation llc gmbh ag".split())

_SMALL_WORDS = frozenset("of the and for in on de du des la le to at & a an von und e y et".split())


class PersonName(NamedTuple):
    """A person's name taken apart; every part folded, and in the form that its spellings share."""

    first: str
    """Empty where there is a surname alone; one letter where it is an initial."""
    middle: tuple[str, ...]
    """Words or initials between."""
    last: str
    """The surname with the particles that belong to it."""
    suffix: str
    """`jr` and the like: another person than the one without."""

    @property
    def alone(self) -> bool:
        """Whether this is no more than a surname."""
        return not self.first


@cache
def _families() -> tuple[dict[str, str], dict[str, str]]:
    """First name → the one that stands for its spellings, and the same for surnames."""
    first = {name: names.split()[0] for names in _ONE_FIRST_NAME for name in names.split()}
    last = {name: names.split()[0] for names in _ONE_SURNAME for name in names.split()}
    return first, last


@cache
def _singular_demonyms() -> dict[str, str]:
    """Folded `russians` → `russian`."""
    names = load_gazetteer().names
    # Laos is a place and not what the Lao are.
    known = {fold_name(name) for name in load_gazetteer().demonyms if names.get(name) == "misc"}
    return {name: name[:-1] for name in known if name.endswith("s") and name[:-1] in known}


@cache
def _places() -> dict[str, str]:
    file = Path(__file__).parent / "data" / "demonym_places.txt"
    lines = (line.partition("=") for line in file.read_text(encoding="utf-8").split("\n"))
    return {demonym: place for place, _, demonyms in lines for demonym in demonyms.split(";")}


def place_of_demonym(key: str) -> str | None:
    """The key of the place that a demonym is of: `russians` → `russia`; None for other names."""
    return _places().get(_singular_demonyms().get(key, key))


@cache
def first_names() -> frozenset[str]:
    """First names, folded."""
    return frozenset(fold_name(name) for name in load_gazetteer().first_names)


@cache
def canonical_keys() -> frozenset[str]:
    """Keys that the list of aliases puts in the place of others."""
    return frozenset(load_gazetteer().aliases.values())


@lru_cache(maxsize=16384)
def spelt(key: str) -> str:
    """The form that all spellings of a key share: by the list of aliases, -isation as -ization, singular demonyms."""
    if len(key) > _LONGEST:
        return key
    aliases = load_gazetteer().aliases
    key = aliases.get(key, key)
    singular = _singular_demonyms().get(key)
    if singular is not None:
        return singular
    if " " not in key:
        return key
    if not _MAY_DIFFER.search(key):
        return key
    words = key.replace("co operation", "cooperation").split()
    form = " ".join(_SPELLINGS.get(word) or _IS_SPELT.sub("iz", word) for word in words)
    return aliases.get(form, form)


def company(key: str) -> str | None:
    """A company's name without what it is in law: `apple inc` → `apple`; None where it says nothing of that."""
    words = spelt(key).split() if len(key) <= _LONGEST else []
    kept = len(words)
    while kept > 1 and words[kept - 1] in _COMPANY:
        kept -= 1
    return " ".join(words[:kept]) if kept < len(words) else None


def same_surname(surname: str) -> str:
    """The form that spellings of a surname share: `zelensky`, `zelenskyy` and `zelenskiy` have one."""
    known = _families()[1].get(surname)
    if known is not None:
        return known
    if len(surname) > 4 and surname[-1] in "yijv":
        for ending, form in _ENDINGS:
            surname = ending.sub(form, surname)
    return surname


def initials_apart(words: list[str], name: str) -> list[str]:
    """The words of a person's name with initials that are written as one divided: `J.K. Rowling`, `JK Rowling`.

    Args:
        words: the folded words.
        name: how it is written: its dots and capitals say what is initials.
    """
    if not _INITIALS.search(name):
        return words
    tokens = [token for token in name.split() if _INITIALS.fullmatch(token)]
    shouting = name.isupper()  # then "LEE" is no initials, whatever "L.E.E." is
    folded = {fold_name(token) for token in tokens if "." in token or not shouting}
    folded -= first_names() | SURNAME_FIRST | _SURNAME_PARTICLES | _ARTICLES | TITLES | SUFFIXES
    return [
        part
        for at, word in enumerate(words)
        for part in (word if word in folded and at < len(words) - 1 else (word,))
    ]


def without_title(words: list[str]) -> list[str]:
    """The words of a folded name without the titles before it, but at least one."""
    start = 0
    while start < len(words) - 1 and words[start] in TITLES:
        start += 1
    return words[start:]


@lru_cache(maxsize=16384)
def person_name(key: str, name: str) -> PersonName | None:
    """The parts of a person's name; None where it has too many.

    Args:
        key: the folded name.
        name: how it is written: its hyphens say what is one part.
    """
    if len(key) > _LONGEST:
        return None
    words = without_title(load_gazetteer().aliases.get(key, key).split())
    words = initials_apart(words, name)
    if not 1 <= len(words) <= LONGEST_PERSON:
        return None
    suffix = ""
    if len(words) > 1 and words[-1] in SUFFIXES:
        suffix = words.pop()
    # "al Assad" and "Al-Assad" are surnames; "Al Gore" isn't.
    spare = 0 if words[0] not in _ARTICLES or name[:1].islower() or "-" in name.split()[0] else 1
    words = [
        word for at, word in enumerate(words) if word not in _ARTICLES or at < spare or at == len(words) - 1
    ]
    start = len(words) - 1
    hyphenated = {fold_name(token) for token in name.split() if "-" in token}
    if start and " ".join(words[start - 1 :]) in hyphenated:
        start -= 1
    while start and words[start - 1] in _SURNAME_PARTICLES:
        start -= 1
    last = " ".join((*words[start:-1], same_surname(words[-1])))
    if not start:
        return PersonName("", (), last, suffix)
    first = words[0]
    return PersonName(_families()[0].get(first, first), tuple(words[1:start]), last, suffix)


def may_stand_alone(key: str) -> bool:
    """Whether a key can be a surname alone, titles and particles left aside."""
    return all(word in TITLES or word in _ARTICLES for word in key.split()[:-1])


def lone_of(name: PersonName) -> set[str]:
    """What this person is called by surname alone: with its particles, and without where that is usual."""
    words = name.last.split()
    if words[0] in FATHERS:
        return {name.last}
    return {name.last, words[-1]}


@lru_cache(maxsize=16384)
def initials(form: str) -> frozenset[str]:
    """Acronyms that a name of several words may have: of all its words, and of those that count."""
    words = form.split()
    if not 2 <= len(words) <= 12 or len(form) > _LONGEST:
        return frozenset()
    found = {"".join(word[0] for word in words), "".join(w[0] for w in words if w not in _SMALL_WORDS)}
    return frozenset(short for short in found if 2 <= len(short) <= LONGEST_ACRONYM)


def is_acronym(text: str) -> bool:
    """Whether a text looks like an acronym: `WHO`, `Nato`, `U.N.`, `MoD`."""
    letters = text.replace(".", "")
    return 2 <= len(letters) <= LONGEST_ACRONYM and letters.isalnum() and letters[0].isupper()


def blocks_of(key: str, surfaces: Iterable[tuple[MentionType, str]]) -> set[str]:
    """Where to look for names that may be the same as this one.

    Two keys that may be one have a block in common, given all surfaces of each; given some surfaces, what these
    make of it.

    Args:
        key: the key of an entity.
        surfaces: (type, text) of mentions of it.

    Returns:
        Blocks by how keys are compared in them: `v` spelling, `n` a person's surname, `a` an acronym. In `f`, a
        first name, nothing is compared: it belongs to the block of that surname where that stands alone in it.
    """
    if len(key) > _LONGEST:
        return set()
    form = spelt(key)
    # A key that is spelt as all its variants are is found by itself.
    blocks = {f"v {form}"} if form != key else set()
    short = company(key)
    if short is not None:
        blocks.add(f"v {short}")
    as_person = as_other = False
    for kind, text in surfaces:
        if kind == "person":
            if as_person:
                continue
            as_person = True
            words = without_title(load_gazetteer().aliases.get(key, key).split())
            if len(words) > 1 and words[-1] in SUFFIXES:
                words = words[:-1]
            if len(words) <= LONGEST_PERSON:
                blocks.add(f"n {same_surname(words[-1])}")
                if len(words) > 1:
                    blocks.add(f"f {same_surname(words[0])}")
        else:
            if not as_other:
                blocks |= {f"a {acronym}" for acronym in initials(form)}
            as_other = True
            if is_acronym(text):
                blocks.add(f"a {fold_name(text)}" if " " in key else f"a {key}")
    return blocks
