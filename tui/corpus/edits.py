"""What the reader puts right about names: kept by folded name, so that it outlasts store, index and corpus.

Edits are an ordered list in the desk; what they come to is worked out anew against whatever the corpus decides
(`tui.corpus.canonical`), so that each goes on to count when articles come and go. A name that no article has just
now waits until one does.
"""

from __future__ import annotations

import json
from typing import NamedTuple, cast

from tui.article import MENTION_TYPES, MentionType


class Merge(NamedTuple):
    """These are one entity: the last one."""

    keys: tuple[str, ...]


class Split(NamedTuple):
    """Who is called this folded name is another."""

    key: str
    name: str


class Retype(NamedTuple):
    """It is of this type."""

    key: str
    type: MentionType


class Rename(NamedTuple):
    """This is its name."""

    key: str
    name: str


class Hide(NamedTuple):
    """It is not to be seen, or is again."""

    key: str
    hidden: bool


class Line(NamedTuple):
    """A line of a gazetteer: an entity, apart from those of all other lines."""

    type: MentionType
    names: tuple[str, ...]
    """The first is what it is called."""
    others: tuple[str, ...] = ()
    """Names that it is not called by, whatever articles say."""
    hidden: bool = False


class Import(NamedTuple):
    """A whole gazetteer."""

    lines: tuple[Line, ...]


AnEdit = Merge | Split | Retype | Rename | Hide | Import


def encoded(edit: AnEdit) -> str:
    """The edit as JSON: an object with one member, whose name says what was done."""
    return json.dumps({type(edit).__name__.lower(): edit}, ensure_ascii=False)


def decoded(content: str) -> AnEdit | None:
    """The edit that `encoded` wrote; None for one of a later Broadsheet, or a damaged one."""
    try:
        ((kind, values),) = json.loads(content).items()
        match kind, values:
            case "merge", [keys]:
                return Merge(_texts(keys))
            case "import", [lines]:
                return Import(
                    tuple(
                        Line(_type(kind), _texts(names), _texts(others), bool(hidden))
                        for kind, names, others, hidden in lines
                        if names
                    )
                )
            case "retype", [key, kind]:
                return Retype(str(key), _type(kind))
            case "hide", [key, hidden]:
                return Hide(str(key), bool(hidden))
            case "split", [key, name]:
                return Split(str(key), str(name))
            case "rename", [key, name]:
                return Rename(str(key), str(name))
    except (ValueError, TypeError, AttributeError):
        pass  # the desk may be a later Broadsheet's, or damaged: its other edits still count
    return None


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError("not a list of texts")
    return tuple(cast("list[str]", values))


def _type(kind: object) -> MentionType:
    if kind not in MENTION_TYPES:
        raise ValueError("not a type")
    return kind
