"""Where two sentences differ: word by word, figures by what they say, names by whom they name.

The shortest edit of one sentence's words into the other's (Myers, "An O(ND) Difference Algorithm and Its Variations",
Algorithmica 1, 1986, as rapidfuzz has it), in which edits that only a word or two stand between are one: what comes
out should read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tui.article import Figure, Mention, Span
from tui.stories.naming import Named
from tui.stories.prepared import Prepared
from tui.stories.values import Difference, DifferenceKind
from tui.stories.words import Word

_ISLAND = 2
"""Words in common between two edits that make them one, if all of them are little words."""
_LITTLE = frozenset(
    "a an the and or of to in on at by for from with as is are was were be been it its he she they his her their that "
    "this has have had will would not but said".split()
)
_OF_ONE_ORDER = 20
"""How many times as much as another a number may be and still be told of the same thing."""
_CONVERTED = 0.06
"""So far may a quantity be rounded when it is told in another unit: 60 miles, about 100 km."""


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
        start, end = self.words[first].start, self.words[after - 1].end
        return self.text[start:end], Span(self.paragraph, self.start + start, self.start + end)


def differences(left: Prepared, one: int, right: Prepared, other: int) -> tuple[Difference, ...]:
    """Where a sentence of the left article and one of the right article differ, in the left one's order.

    None where they are of the same words; at least one where not.
    """
    here, there = _Line.of(left, one), _Line.of(right, other)
    edits = _edits([word.text for word in here.words], [word.text for word in there.words])
    anchors = [
        *_anchors(edits, here, there, "figure", here.figures, there.figures, _agree, _comparable),
        *_anchors(edits, here, there, "name", here.names, there.names, _same_name, _of_a_type),
    ]
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
) -> Iterator[_Anchor]:
    """Which figure or name stands for which: said by one side only, of one sort, and nothing else could be meant.

    First within one edit, then anywhere in the sentence.
    """
    mine = [(one, here.words_in(_place(one))) for one in ours if not any(same(one, o) for o in theirs)]
    free = [(one, there.words_in(_place(one))) for one in theirs if not any(same(o, one) for o in ours)]
    whole = _Edit(0, len(here.words), 0, len(there.words))
    for edit in (*edits, whole):
        inside = [found for found in mine if edit.start <= found[1][0] < found[1][1] <= edit.end]
        others = [found for found in free if edit.right_start <= found[1][0] < found[1][1] <= edit.right_end]
        for found in inside:
            fitting = [other for other in others if comparable(found[0], other[0])]
            rivals = [another for another in inside if comparable(another[0], found[0])]
            if fitting and len(fitting) == len(rivals):
                other = fitting[rivals.index(found)]
                yield _Anchor(kind, _Edit(*found[1], *other[1]))
                mine.remove(found)
                free.remove(other)


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
        if start <= first < after <= end:
            stretches.append((start, first))
            start = after
    return [*stretches, (start, end)]


def _amount(figure: Figure) -> tuple[float | None, str]:
    """A figure's value as number and unit, as far as it has any."""
    number, _, unit = figure.value.partition(" ")
    if figure.kind == "money":
        number, unit = unit, number
    try:
        return float(number), unit
    except ValueError:
        return None, figure.value


def _agree(one: _Said, other: _Said) -> bool:
    assert isinstance(one, Figure) and isinstance(other, Figure)
    if (one.kind, one.value) == (other.kind, other.value):
        return True
    if one.kind == other.kind == "date":
        return _days_agree(one.value, other.value)
    if one.kind != "quantity" or other.kind != "quantity":
        return False
    (amount, unit), (another, another_unit) = _amount(one), _amount(other)
    if amount is None or another is None or unit != another_unit:
        return False
    # In the same unit 60 and 62 differ; in another one it was rounded.
    converted = _unit_word(one.text) != _unit_word(other.text)
    return converted and abs(amount - another) <= _CONVERTED * max(abs(amount), abs(another))


def _unit_word(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalpha()).removesuffix("s")


def _days_agree(one: str, other: str) -> bool:
    """Whether one day is the other told less precisely: `2021-12` has `2021-12-16`."""
    return one.startswith(f"{other}-") or other.startswith(f"{one}-")


def _comparable(one: _Said, other: _Said) -> bool:
    """Whether two figures may be told of one thing."""
    assert isinstance(one, Figure) and isinstance(other, Figure)
    if one.kind != other.kind:
        return False
    if one.kind == "quantity":
        return _amount(one)[1] == _amount(other)[1]
    (amount, _), (another, _) = _amount(one), _amount(other)
    if one.kind != "number" or amount is None or another is None:
        return True
    return max(amount, another) <= _OF_ONE_ORDER * min(amount, another)


def _same_name(one: _Said, other: _Said) -> bool:
    assert not isinstance(one, Figure) and not isinstance(other, Figure)
    return one.name == other.name


def _of_a_type(one: _Said, other: _Said) -> bool:
    assert not isinstance(one, Figure) and not isinstance(other, Figure)
    return one.mention.type == other.mention.type != "misc"
