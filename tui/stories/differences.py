"""Where two sentences differ: word by word, figures by what they say, names by whom they name.

The shortest edit of one sentence's words into the other's (Myers, "An O(ND) Difference Algorithm and Its Variations",
Algorithmica 1, 1986, as rapidfuzz has it), in which edits that only a word or two stand between are one: what comes
out should read.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tui.article import Figure, Mention, Span
from tui.stories.alignment import kind_of
from tui.stories.amounts import agree, comparable, may_be_one_day, of_like_size
from tui.stories.naming import Named
from tui.stories.prepared import Prepared
from tui.stories.values import Difference, DifferenceKind
from tui.stories.words import Word, words_of

_ISLAND = 3
"""Words in common between two edits that make them one, if all of them are little words."""
_AROUND = 8
"""Words before and behind a figure that may say what it is told of, the nearer the likelier."""
_OF_ONE_THING = 24
"""What words around two figures count together, at least, where both are told of one thing: one that both have next to
them, or several farther off."""
_BESIDE = 3
"""Words more than a figure or a name that a short edit replaces with it."""
_REPLACED = 1_000
"""More than any words around a figure count."""
_OF_LIKE_SIZE = 4
"""How many times as likely a figure stands for one of about its size."""
_BEGINNING = 5
"""Letters by which words count as one there: `soldier` and `soldiers`."""
_LITTLE = frozenset(
    "a an the and or of to in on at by for from with as is are was were be been it its he she they his her their that "
    "this has have had will would not but said".split()
)
_QUALIFYING = frozenset(
    "about around some nearly almost roughly more less over under least most than up only just total million billion "
    "thousand hundred percent per cent pct after before since until last next this early late year years month months "
    "week weeks day days who which when while during per he told says new first".split()
)
"""Words that stand beside figures of any kind."""


_BRACKETS = (("(", ")"), ("[", "]"), ("“", "”"), ("‘", "’"), ("«", "»"))
_BEFORE_CLOSING = frozenset(".,!?…")


class _Edit(NamedTuple):
    """Words `[start, end)` of the left sentence that stand for words of the right one."""

    start: int
    end: int
    right_start: int
    right_end: int


class _Anchor(NamedTuple):
    """A figure or a name that stands for another one, as `_Edit`; perhaps elsewhere in the sentence."""

    kind: DifferenceKind
    edit: _Edit


class _Line(NamedTuple):
    """A sentence to be compared."""

    paragraph: int
    start: int
    text: str
    words: Sequence[Word]
    figures: Sequence[Figure]
    names: Sequence[Named]

    @classmethod
    def of(cls, article: Prepared, index: int) -> _Line:
        sentence = article.sentences[index]
        return cls(
            sentence.paragraph, sentence.start, sentence.text,
            article.words[index], article.figures[index], article.names[index],
        )  # fmt: skip

    def words_in(self, place: Figure | Mention) -> tuple[int, int]:
        """Which words a figure or a name is made of: `[first, after)`."""
        start, end = place.start - self.start, place.end - self.start
        inside = [index for index, word in enumerate(self.words) if word.start < end and word.end > start]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def said(self, first: int, after: int) -> tuple[str, Span]:
        """The text of words `[first, after)`, and where it stands."""
        if first >= after:
            at = self.start + (self.words[first].start if first < len(self.words) else self.words[-1].end)
            return "", Span(self.paragraph, at, at)
        start, end = self._with_marks(self.words[first].start, self.words[after - 1].end)
        return self.text[start:end], Span(self.paragraph, self.start + start, self.start + end)

    def _with_marks(self, start: int, end: int) -> tuple[int, int]:
        """With the point of an abbreviation, and the other half of a bracket or a quotation mark within."""
        text = self.text
        if text.startswith(".", end) and any(map(str.isalnum, text[end:])):
            end += 1
        for opening, closing in _BRACKETS:
            within = text[start:end]
            if text.endswith(opening, 0, start) and text.startswith(closing, end):
                start, end = start - 1, end + 1
                continue
            if within.count(opening) < within.count(closing) and text.endswith(opening, 0, start):
                start -= 1
            if within.count(opening) > within.count(closing):
                after = end + (text[end : end + 1] in _BEFORE_CLOSING)
                if text.startswith(closing, after):
                    end = after + 1
        return start, end


_TOGETHER = datetime.timedelta(6)
"""So far apart two articles that say "on Thursday" mean one Thursday."""


def differences(left: Prepared, one: int, right: Prepared, other: int) -> tuple[Difference, ...]:
    """Where a sentence of the left article and one of the right article differ, in the left one's order.

    None where they are of the same words; at least one where not.
    """
    here, there = _Line.of(left, one), _Line.of(right, other)
    edits = _edits([word.text for word in here.words], [word.text for word in there.words])
    together = left.day is not None and right.day is not None and abs(left.day - right.day) <= _TOGETHER
    agrees = _agree_of_one_week if together else _agree
    alike = kind_of([word.text for word in here.words], [word.text for word in there.words]) != "reworded"
    each_its_own = left.day != right.day and not alike

    def told_of_two_days(one: _Said, other: _Said) -> bool:
        return each_its_own and _is(one, left.day) and _is(other, right.day)

    found = [
        *_anchors(edits, here, there, "figure", here.figures, there.figures, agrees, _comparable),
        *_anchors(edits, here, there, "name", here.names, there.names, _same_name, _of_a_type),
    ]
    anchors = [anchor for one, other, anchor in found if not told_of_two_days(one, other)]
    told: list[tuple[DifferenceKind, _Edit]] = [(kind, edit) for kind, edit in anchors]
    for edit in edits:
        told += _between(edit, [anchor.edit for anchor in anchors])
    return tuple(_difference(kind, edit, here, there) for kind, edit in sorted(told, key=lambda one: one[1]))


def _difference(kind: DifferenceKind, edit: _Edit, here: _Line, there: _Line) -> Difference:
    said, span = here.said(edit.start, edit.end)
    other_said, other_span = there.said(edit.right_start, edit.right_end)
    return Difference(kind, said, other_said, span, other_span)


def _edits(left: Sequence[str], right: Sequence[str]) -> list[_Edit]:
    """The edits, those with little between them as one."""
    from rapidfuzz.distance import Indel

    merged: list[_Edit] = []
    for code in Indel.opcodes(left, right):
        if code.tag == "equal":
            continue
        edit = _Edit(code.src_start, code.src_end, code.dest_start, code.dest_end)
        if merged:
            before = merged[-1]
            between = left[before.end : edit.start]
            if len(between) <= _ISLAND and all(word in _LITTLE for word in between):
                merged[-1] = _Edit(before.start, edit.end, before.right_start, edit.right_end)
                continue
        merged.append(edit)
    return merged


def _anchors(
    edits: Sequence[_Edit],
    here: _Line,
    there: _Line,
    kind: DifferenceKind,
    ours: Sequence[_Said],
    theirs: Sequence[_Said],
    same: Callable[[_Said, _Said], bool],
    comparable: Callable[[_Said, _Said], bool],
) -> Iterator[tuple[_Said, _Said, _Anchor]]:
    """Which figure or name stands for which, and where: said by one side only, of one sort, and told of the same.

    That is so where a short edit replaces the one with the other; and of figures where words around them are shared.
    """
    mine = [(one, here.words_in(_place(one))) for one in ours if not any(same(one, o) for o in theirs)]
    free = [(one, there.words_in(_place(one))) for one in theirs if not any(same(o, one) for o in ours)]
    likely = [
        (-nearness * (_OF_LIKE_SIZE if _alike(one, other) else 1), number, other_number)
        for number, (one, words) in enumerate(mine)
        for other_number, (other, other_words) in enumerate(free)
        if comparable(one, other) and (nearness := _nearness(edits, here, there, kind, words, other_words))
    ]
    taken: set[int] = set()
    others_taken: set[int] = set()
    for _, number, other_number in sorted(likely):
        if number not in taken and other_number not in others_taken:
            taken.add(number)
            others_taken.add(other_number)
            (one, words), (other, others) = mine[number], free[other_number]
            yield one, other, _Anchor(kind, _Edit(*words, *others))


def _nearness(
    edits: Sequence[_Edit],
    here: _Line,
    there: _Line,
    kind: DifferenceKind,
    words: tuple[int, int],
    others: tuple[int, int],
) -> int:
    """How plainly two figures or names are told of one thing; 0 where nothing says that they are."""
    for edit in edits:
        if edit.start <= words[0] < words[1] <= edit.end and (
            edit.right_start <= others[0] < others[1] <= edit.right_end
        ):
            more = (edit.end - edit.start) - (words[1] - words[0])
            other_more = (edit.right_end - edit.right_start) - (others[1] - others[0])
            if max(more, other_more) <= _BESIDE:
                return _REPLACED
    if kind == "name":
        return 0
    before, behind = _around(here.words, words)
    other_before, other_behind = _around(there.words, others)
    straight = _shared(before, other_before) + _shared(behind, other_behind)
    nearness = 2 * straight + _shared(before, other_behind) + _shared(behind, other_before)
    return nearness if nearness >= _OF_ONE_THING else 0


def _around(words: Sequence[Word], place: tuple[int, int]) -> tuple[dict[str, int], dict[str, int]]:
    """Words before and behind that say what a figure is told of, each with how near it stands."""
    before = words[max(0, place[0] - _AROUND) : place[0]][::-1]
    behind = words[place[1] : place[1] + _AROUND]
    return _telling(before), _telling(behind)


def _telling(words: Sequence[Word]) -> dict[str, int]:
    return {
        word.text[:_BEGINNING]: _AROUND - distance
        for distance, word in reversed(list(enumerate(words)))
        if word.text not in _LITTLE and word.text not in _QUALIFYING and word.text.isalpha()
    }


def _shared(ones: dict[str, int], others: dict[str, int]) -> int:
    return sum(nearness * others[word] for word, nearness in ones.items() if word in others)


_Said = Figure | Named


def _place(said: _Said) -> Figure | Mention:
    return said if isinstance(said, Figure) else said.mention


def _between(edit: _Edit, anchors: Sequence[_Edit]) -> Iterator[tuple[DifferenceKind, _Edit]]:
    """What is left of an edit where figures and names are told apart from it."""
    ours = _without(edit.start, edit.end, [(anchor.start, anchor.end) for anchor in anchors])
    theirs = _without(
        edit.right_start, edit.right_end, [(anchor.right_start, anchor.right_end) for anchor in anchors]
    )
    for index in range(max(len(ours), len(theirs))):
        start, end = ours[index] if index < len(ours) else (edit.end, edit.end)
        right_start, right_end = theirs[index] if index < len(theirs) else (edit.right_end, edit.right_end)
        if start < end or right_start < right_end:
            yield "word", _Edit(start, end, right_start, right_end)


def _without(start: int, end: int, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of `[start, end)` before, between and behind what was taken, empty ones included."""
    stretches = []
    for first, after in sorted(taken):
        if first < end and after > start:
            stretches.append((start, max(first, start)))
            start = min(after, end)
    return [*stretches, (start, end)]


def _agree(one: _Said, other: _Said) -> bool:
    return isinstance(one, Figure) and isinstance(other, Figure) and agree(one, other)


def _agree_of_one_week(one: _Said, other: _Said) -> bool:
    if not isinstance(one, Figure) or not isinstance(other, Figure):
        return False
    return agree(one, other) or may_be_one_day(one, other)


def _is(said: _Said, day: datetime.date | None) -> bool:
    """Whether a figure is that day: articles of two days that say what was on theirs tell of two things."""
    return isinstance(said, Figure) and day is not None and said.value == day.isoformat()


def _comparable(one: _Said, other: _Said) -> bool:
    return isinstance(one, Figure) and isinstance(other, Figure) and comparable(one, other)


def _alike(one: _Said, other: _Said) -> bool:
    return isinstance(one, Figure) and isinstance(other, Figure) and of_like_size(one, other)


def _same_name(one: _Said, other: _Said) -> bool:
    assert not isinstance(one, Figure) and not isinstance(other, Figure)
    return one.name == other.name


def _of_a_type(one: _Said, other: _Said) -> bool:
    """Whether two names may be told of one thing, and are not the same, longer and shorter."""
    assert not isinstance(one, Figure) and not isinstance(other, Figure)
    mine, theirs = ({word.text for word in words_of(said.mention.text)} for said in (one, other))
    return one.mention.type == other.mention.type != "misc" and mine.isdisjoint(theirs)
