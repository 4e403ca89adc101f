"""What the reader puts right about names, as edits on the desk."""

from __future__ import annotations

import datetime
import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.article import MENTION_TYPES, EntityId, MentionType
from tui.corpus.edits import AnEdit, Hide, Import, Line, Merge, Rename, Retype, Split, encoded
from tui.corpus.locate import shown
from tui.corpus.name_file import clean, read, written
from tui.corpus.store import chunked
from tui.corpus.values import Entity, NameEdit
from tui.entities.names import fold_name
from tui.errors import BroadsheetError, NoSuchEntity, UsageError

if TYPE_CHECKING:
    from tui.corpus.canonical import Canonical
    from tui.corpus.desk import Desk
    from tui.corpus.store import Store

_LONGEST = 60
"""Characters of a name that are repeated in words."""
_MOST_NAMED = 3
"""Entities that are named in words."""


class Editing:
    """The edits of one corpus by one reader."""

    def __init__(self, canonical: Canonical, store: Store, desk: Desk) -> None:
        self._canonical = canonical
        self._store = store
        self._desk = desk

    def merge(self, ids: Sequence[EntityId], into: EntityId) -> None:
        """As `Corpus.merge`."""
        with self._store.snapshot() as connection:
            key, entity = self._find(connection, into)
            found = dict(self._find(connection, id) for id in ids)
        found.pop(key, None)
        if found:
            some = _listed([_name(other) for other in found.values()])
            self._add(f"Merged {some} into {_name(entity)}", Merge((*found, key)))

    def split(self, id: EntityId, alias: str) -> None:
        """As `Corpus.split`."""
        with self._store.snapshot() as connection:
            key, entity = self._find(connection, id)
        name = fold_name(alias)
        names = {fold_name(known) for known in (entity.name, *entity.aliases)}
        if name not in names:
            raise UsageError(f"{_name(entity)} is not called {_cut(alias)} in this corpus")
        if len(names) == 1:
            raise UsageError(f"{_name(entity)} has no other name")
        self._add(f"Took {_cut(alias)} out of {_name(entity)}", Split(key, name))

    def retype(self, id: EntityId, type: MentionType) -> None:
        """As `Corpus.retype`."""
        if type not in MENTION_TYPES:
            raise UsageError(f"{_cut(str(type))} is no type; there are {', '.join(MENTION_TYPES)}")
        with self._store.snapshot() as connection:
            key, entity = self._find(connection, id)
        if entity.type != type:
            self._add(f"Made {_name(entity)} a {type}" if type != "organisation" else
                      f"Made {_name(entity)} an organisation", Retype(key, type))  # fmt: skip

    def rename(self, id: EntityId, name: str) -> None:
        """As `Corpus.rename`."""
        name = clean(name)
        if not name:
            raise UsageError("A name needs a letter at least")
        with self._store.snapshot() as connection:
            key, entity = self._find(connection, id)
        if entity.name != name:
            self._add(f"Renamed {_name(entity)} to {_cut(name)}", Rename(key, name))

    def hide(self, id: EntityId, hidden: bool) -> None:
        """As `Corpus.hide`."""
        with self._store.snapshot() as connection:
            key, entity = self._find(connection, id)
            before = self._canonical.overlay(connection).hidden
            found = self._canonical.find(connection, id)
        if found is not None and (found[0] in before) != hidden:
            self._add(f"{'Hid' if hidden else 'Brought back'} {_name(entity)}", Hide(key, hidden))

    def undo(self) -> str | None:
        """As `Corpus.undo_edit`."""
        edit = self._desk.drop_edit()
        return edit.words if edit else None

    def edits(self) -> list[NameEdit]:
        """As `Corpus.edits`."""
        return [
            NameEdit(edit.words, datetime.datetime.fromtimestamp(edit.at).astimezone())
            for edit in reversed(self._desk.edits())
        ]

    def export(self, path: Path | None) -> int:
        """As `Corpus.export_names`."""
        with self._store.snapshot() as connection:
            lines = self._lines(connection)
        text = written(lines).encode("utf-8", "replace")
        try:
            if path is None:
                sys.stdout.buffer.write(text)
            else:
                path.write_bytes(text)
        except OSError as error:
            raise BroadsheetError(f"Can't write {shown(path or '-')}: {error.strerror or error}") from error
        return len(lines)

    def import_(self, path: Path | None, refused: Callable[[str], None]) -> int:
        """As `Corpus.import_names`."""
        name = shown(path) if path else "standard input"
        try:
            data = path.read_bytes() if path else sys.stdin.buffer.read()
            lines = read(data.decode("utf-8"), refused)
        except OSError as error:
            raise BroadsheetError(f"Can't read {name}: {error.strerror or error}") from error
        except UnicodeDecodeError as error:
            raise BroadsheetError(f"{name} is not UTF-8 text: save it so, and import it again") from error
        if lines:
            self._add(f"Imported {len(lines):,} names from {_cut(name)}", Import(tuple(lines)))
        return len(lines)

    def _add(self, words: str, edit: AnEdit) -> None:
        self._desk.add_edit(words, encoded(edit))

    def _find(self, connection: sqlite3.Connection, id: EntityId) -> tuple[str, Entity]:
        """The leading key, and the entity."""
        found = self._canonical.find(connection, id)
        if found is None:
            raise NoSuchEntity(f"There is no entity {shown(id)} in this corpus; it may have gone")
        leader, entity = found
        if not leader:
            raise UsageError(f"{_name(entity)} was taken out of another name: to edit it, undo that first")
        (key,) = connection.execute("SELECT key FROM entities WHERE number = ?", (leader,)).fetchone()
        return key, entity

    def _lines(self, connection: sqlite3.Connection) -> list[Line]:
        """A line for each entity that the reader had a hand in."""
        overlay = self._canonical.overlay(connection)
        names: dict[int, str] = {}
        for marks, chunk in chunked(sorted(overlay.leading)):
            rows = connection.execute(
                f"SELECT number, key, name FROM entities WHERE number IN ({marks})", chunk
            )
            names.update((number, name if fold_name(name) == key else key) for number, key, name in rows)
        lines = list(overlay.waiting)
        for leader, group in overlay.groups.items():
            entity = overlay.entities[leader]
            # The leader comes first, so that whoever reads the line has the same one lead.
            keys = [leader, *(member for member in group.members if member != leader)]
            found = dict.fromkeys(clean(name) for name in (entity.name, *(names[key] for key in keys)))
            others = tuple(sorted(filter(None, map(clean, group.others))))
            lines.append(Line(entity.type, tuple(filter(None, found)), others, group.hidden))
        return [line for line in lines if line.names]


def _listed(names: list[str]) -> str:
    """`A, B and C`; of many the first, and how many more."""
    if len(names) > _MOST_NAMED:
        names = [*names[:_MOST_NAMED], f"{len(names) - _MOST_NAMED} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _name(entity: Entity) -> str:
    return _cut(entity.name)


def _cut(name: str) -> str:
    name = clean(name)
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
