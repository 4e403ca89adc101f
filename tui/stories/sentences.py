"""An article's sentences, as they are set side by side.

By rule: where a mark ends a sentence and what begins behind it, but for abbreviations, initials, dates and quotations
that go on (`"Is it?" Smith asked.`). What scripts without capitals or spaces end sentences with counts, too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from tui.article import TITLE, Article
from tui.entities.reporting import SPOKEN
from tui.stories.values import Sentence

_END = re.compile(
    r"(?P<mark>[.!?…]+)(?P<closed>[\"”’»')\]]*)(?P<space>\s+)(?P<next>[\"“‘«„'(\[\-–—―]*\s?)(?P<first>\S)"
    r"|(?P<full>[。！？｡][\"”’»」』）]*)(?=\S)"
    r"|(?P<other>[؟۔।॥።]+[\"”’»')\]]*)\s+(?=\S)"
)
_BEFORE_ALWAYS = frozenset(
    "mr mrs ms mx dr prof rev fr st mt ft sen sens rep reps gov govs gen lt col maj capt cmdr adm sgt cpl pvt hon pres "
    "supt det insp messrs vs v approx dept est vol fig al hr sra srta bros mm mgr maître me".split()
)
"""Abbreviations that something always follows."""
_BEFORE_NUMBERS = frozenset("no nos nr art sec ch pp p ss par".split())
_BEFORE_DAYS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
_MAYBE_LAST = frozenset("inc corp ltd co jr sr etc dist ave blvd rd".split())
"""Abbreviations that may end a sentence, too."""
_STARTERS = frozenset(
    "the a an in on at it he she they we i this that these those but and however meanwhile after before since "
    "when while if as for his her their its our my there then some many most several both all last earlier "
    "later officials police according one two what who how why although though despite during under with by "
    "from to no not yet still so also more another other you your".split()
)
"""Words with a capital that rather begin a sentence than a name."""
_DOTTED = re.compile(r"(?:^|[\s(\[\"“‘'])((?:[^\W\d_]\.)+[^\W\d_])$")
_LAST_WORD = re.compile(r"[^\W_]+$")
_SAYS = re.compile(
    rf"(?:(?:[^\W\d_][\w’'.-]*|of|the|al-\w+),? ){{1,6}}?(?:{'|'.join(sorted(SPOKEN))})\b", re.IGNORECASE
)
"""Who asked, and that they did, right behind what was asked."""
_HALVES = frozenset(["a.m", "p.m"])
_BEHIND_TIMES = frozenset(
    "eastern central mountain pacific est edt cst cdt mst mdt pst pdt et ct mt pt gmt utc bst cet cest msk local "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
"""What goes on with a time of day, though it has a capital."""
_OPENING = frozenset('"“‘«„')
_LOOKED_BACK = 16
_DASHES = frozenset("-–—―")
"""What follows where a dateline was written: `HARTFORD, Conn. — The`."""
_FOLLOWING = re.compile(r"[^\W_]+")


def sentences_of(article: Article, boilerplate: Collection[int] = ()) -> tuple[Sentence, ...]:
    """The sentences of an article's body in reading order, those of boilerplate paragraphs left out."""
    return tuple(
        Sentence(paragraph, start, end, text[start:end])
        for paragraph, text in enumerate(article.paragraphs)
        if paragraph not in boilerplate
        for start, end in bounds(text)
    )


def title_of(article: Article) -> Sentence:
    """The title as a sentence."""
    return Sentence(TITLE, 0, len(article.title), article.title)


def bounds(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a paragraph begin and end, in order, white space around them left out."""
    found = []
    start = 0
    for end, after in _breaks(text):
        if any(map(str.isalnum, text[start:end])):
            found.append((start, end))
            start = after
    found.append((start, len(text)))
    return [
        (start + len(part) - len(part.lstrip()), start + len(part.rstrip()))
        for start, part in ((start, text[start:end]) for start, end in found)
        if part.strip()
    ]


def _breaks(text: str) -> Iterator[tuple[int, int]]:
    """Where a sentence ends and the next begins."""
    position = 0
    while (match := _END.search(text, position)) is not None:
        if match["mark"] is None:
            position = match.end()
            yield (match.end() if match["full"] else match.start() + len(match["other"])), match.end()
            continue
        position = match.start("space")
        if _ends(text, match):
            yield match.start("space"), match.end("space")


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether a Latin mark ends its sentence."""
    mark, first = match["mark"], match["first"]
    if first.islower() or first in ",;:)]»”.#" or match["next"].strip() in _DASHES:
        return False
    after = match.start("first")
    if match["closed"] and mark[-1] in "?!…" and not match["next"].strip():
        # "Is it true?" Mr Smith asked.
        return not _SAYS.match(text, after, after + 120)
    if mark != ".":
        return first.isupper() or not first.isalpha() or first.lower() == first.upper()
    return match["closed"] != "" or not _abbreviates(text, match.start(), after)


def _abbreviates(text: str, point: int, after: int) -> bool:
    """Whether the point belongs to an abbreviation or an initial, and the sentence goes on at `after`."""
    before = text[max(0, point - _LOOKED_BACK) : point]
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    last = word.group().lower()
    following = _FOLLOWING.search(text, after)
    next_word = following.group() if following is not None and following.start() <= after + 1 else ""
    starts = next_word.lower() in _STARTERS and next_word[:1].isupper()
    dotted = _DOTTED.search(before)
    if dotted is not None:  # the U.S. Senate; a.m. The
        if dotted[1].lower() in _HALVES:  # at 2 p.m. Jackson will; 5 p.m. Eastern; 5 p.m. Friday
            return next_word.lower() in _BEHIND_TIMES or not (starts or text[after : after + 1].isalpha())
        return not starts and text[after - 1] not in _OPENING
    if last in _BEFORE_ALWAYS:
        return True
    if len(last) == 1 and word.group().isupper():  # J. Smith, but: Vitamin C. The
        return not starts
    if last in _BEFORE_NUMBERS:
        return next_word[:1].isdigit()
    if last in _BEFORE_DAYS:
        return next_word[:1].isdigit() or not starts
    return last in _MAYBE_LAST and not starts and next_word[:1].isupper() and last not in ("etc",)
