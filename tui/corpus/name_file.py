"""Names put right, as a text that people share, compare line by line and change by hand.

UTF-8, one entity a line, its parts divided by tabs: type, name, other names.

    # what follows is for people
    person	Volodymyr Zelensky	Volodymyr Zelenskyy	Zelenskyy
    person	Vladimir Putin	!Lyudmila
    -misc	Read More

Entities of different lines are different ones, and all names of a line are one entity. `-` before the type hides it.
`!` before a name says that the entity is not called so, whatever articles say; a backslash before a name's first
character means just that character. The order of lines plays no part; they are written sorted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tui.article import MENTION_TYPES
from tui.corpus.edits import Line
from tui.entities.names import fold_name
from tui.folding import fold
from tui.harmless import harmless

HEADER = (
    "# Names for Broadsheet, one entity a line, divided by tabs: type, name, other names.",
    f"# Types: {', '.join(MENTION_TYPES)}; -type hides; !name is not called so.",
)
_LONGEST = 1_000
"""Characters of a bad part that are shown."""


def clean(name: str) -> str:
    """A name as it can stand in the file: on one line, single spaces between its words."""
    return " ".join(harmless(name).split())


def written(lines: Iterable[Line]) -> str:
    """The file of these lines, whose names must be clean."""
    return "\n".join((*HEADER, *sorted(map(_written, lines), key=_order), ""))


def read(text: str, refused: Callable[[str], None]) -> list[Line]:
    """The lines of a file; what can't be taken is told and left out.

    Args:
        text: the file's.
        refused: told in one line what is wrong with which line.
    """
    found: list[Line] = []
    seen: dict[str, int] = {}
    for number, text_line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not text_line.strip() or text_line.startswith("#"):
            continue
        try:
            line = _read(text_line)
            for name in line.names:
                before = seen.get(fold_name(name))
                if before is not None:
                    raise ValueError(f"{_shown(name)} is in line {before} already")
        except ValueError as error:
            refused(f"line {number}: {error}")
            continue
        seen.update((fold_name(name), number) for name in line.names)
        found.append(line)
    return found


def _written(line: Line) -> str:
    names = (f"\\{name}" if name[0] in "!\\" else name for name in line.names)
    others = (f"!{name}" for name in line.others)
    return "\t".join((f"{'-' * line.hidden}{line.type}", *names, *others))


def _order(text: str) -> tuple[str, str]:
    kind, _, names = text.partition("\t")
    return fold(names), kind


def _read(text: str) -> Line:
    kind, *parts = text.split("\t")
    hidden = kind.strip().startswith("-")
    kind = kind.strip().removeprefix("-")
    if kind not in MENTION_TYPES:
        raise ValueError(f"{_shown(kind)} is not a type: {', '.join(MENTION_TYPES)}")
    names: list[str] = []
    others: list[str] = []
    for part in parts:
        part = clean(part)
        among = others if part.startswith("!") else names
        name = clean(part[1:]) if part[:1] in ("!", "\\") else part
        if name and name not in among:
            among.append(name)
    if not names:
        raise ValueError("there is no name after the type and a tab")
    return Line(kind, tuple(names), tuple(others), hidden)


def _shown(text: str) -> str:
    text = harmless(text)
    return f"{text[:_LONGEST]!r}{'…' if len(text) > _LONGEST else ''}"
