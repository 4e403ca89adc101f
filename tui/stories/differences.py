"""Where two sentences differ: word by word, figures by what they say, names by whom they name.

The shortest edit of one sentence's words into the other's (Myers, "An O(ND) Difference Algorithm and Its Variations",
Algorithmica 1, 1986, as rapidfuzz has it), in which edits that only a word or two stand between are one: what comes
out should read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tui.article import Figure, Mention, Span
from tui.stories.prepared import Prepared
from tui.stories.values import Difference, DifferenceKind
from tui.stories.words import Word

_ISLAND = 2
"""Words in common between two edits that make them one, if all of them are little words."""
_LITTLE = frozenset(
    "a an the and or of to in on at by for from with as is are was were be been it its he she they his her their that "
    "this has have had will would not but said".split()
)
_CONVERTED = 0.06
"""So far may a quantity be rounded when it is told in another unit: 60 miles, about 100 km."""


class _Edit(NamedTuple):
    """Words `[start, end)` of the left sentence that stand for words of the right one."""

    start: int
    end: int
    right_start: int
    right_end: int


class _Anchor(NamedTuple):
    """A figure or a name that stands for another one, as `_Edit`."""

    kind: DifferenceKind
    edit: _Edit


class _Line(NamedTuple):
    """A sentence to be compared."""

    paragraph: int
    start: int
    text: str
    words: Sequence[Word]
    figures: Sequence[Figure]
    names: Sequence[tuple[str, Mention]]

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

    def said(self, first: int, after: int) -> tuple[str, Span | None]:
        """The text of words `[first, after)`, and where it stands."""
        if first >= after:
            return "", None
        start, end = self.words[first].start, self.words[after - 1].end
        return self.text[start:end], Span(self.paragraph, self.start + start, self.start + end)


def differences(left: Prepared, one: int, right: Prepared, other: int) -> tuple[Difference, ...]:
    """Where a sentence of the left article and one of the right article differ, in the left one's order.

    None where they are of the same words; at least one where not.
    """
    here, there = _Line.of(left, one), _Line.of(right, other)
    told = []
    for edit in _edits([word.text for word in here.words], [word.text for word in there.words]):
        anchors = [
            *_anchors(edit, here, there, "figure", here.figures, there.figures, _agree, _comparable),
            *_anchors(edit, here, there, "name", here.names, there.names, _same_name, _of_a_type),
        ]
        for kind, part in _divided(edit, anchors):
            said, span = here.said(part.start, part.end)
            other_said, other_span = there.said(part.right_start, part.right_end)
            told.append(Difference(kind, said, other_said, span, other_span))
    return tuple(told)


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
    edit: _Edit,
    here: _Line,
    there: _Line,
    kind: DifferenceKind,
    ours: Sequence[_Said],
    theirs: Sequence[_Said],
    same: Callable[[_Said, _Said], bool],
    comparable: Callable[[_Said, _Said], bool],
) -> Iterator[_Anchor]:
    """What in an edit stands for another figure or name: said by one side only, and of one sort with the other's."""
    mine = [
        (one, here.words_in(_place(one))) for one in ours if not any(same(one, other) for other in theirs)
    ]
    others = [
        (other, there.words_in(_place(other)))
        for other in theirs
        if not any(same(one, other) for one in ours)
    ]
    free = [found for found in others if edit.right_start <= found[1][0] < found[1][1] <= edit.right_end]
    for one, (first, after) in mine:
        if not edit.start <= first < after <= edit.end:
            continue
        for found in free:
            if comparable(one, found[0]):
                yield _Anchor(kind, _Edit(first, after, *found[1]))
                free.remove(found)
                break


_Said = Figure | tuple[str, Mention]


def _place(said: _Said) -> Figure | Mention:
    return said if isinstance(said, Figure) else said[1]


def _divided(edit: _Edit, anchors: list[_Anchor]) -> Iterator[tuple[DifferenceKind, _Edit]]:
    """An edit as its figures and names, and the words between them."""
    left, right = edit.start, edit.right_start
    for kind, part in sorted(anchors, key=lambda anchor: anchor.edit):
        if part.start < left or part.right_start < right:
            continue  # crosses the one before
        if part.start > left or part.right_start > right:
            yield "word", _Edit(left, part.start, right, part.right_start)
        yield kind, part
        left, right = part.end, part.right_end
    if left < edit.end or right < edit.right_end:
        yield "word", _Edit(left, edit.end, right, edit.right_end)


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
    return one.kind != "quantity" or _amount(one)[1] == _amount(other)[1]


def _same_name(one: _Said, other: _Said) -> bool:
    assert not isinstance(one, Figure) and not isinstance(other, Figure)
    return one[0] == other[0]


def _of_a_type(one: _Said, other: _Said) -> bool:
    assert not isinstance(one, Figure) and not isinstance(other, Figure)
    return one[1].type == other[1].type
