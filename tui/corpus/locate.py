"""Where a corpus is, and which corpus a folder belongs to.

Every corpus has a directory named by its UUID in the data directory, or where `--index-dir` says. In it stand
the store, the index, the indexer's lock, and a card (`corpus.json`) that repeats the store's name and roots, so
that finding a corpus opens no database, and a damaged store still says which folders to read again. The store
is the truth; the writer keeps the card in step.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tui.errors import BroadsheetError, NoSuchCorpus, UsageError
from tui.harmless import harmless

APPLICATION = "broadsheet"
DATA_VARIABLE = "BROADSHEET_DATA_DIR"
INDEX_VARIABLE = "BROADSHEET_INDEX_DIR"
CORPUS_VARIABLE = "BROADSHEET_CORPUS"

CARD = "corpus.json"

Origin = Literal["given", "environment", "folder", "sample"]
"""Why this corpus: its path was given, `$BROADSHEET_CORPUS`, the current folder is in it, or nothing else is."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one corpus stands."""

    directory: Path
    uuid: str
    name: str
    roots: tuple[Path, ...]
    """Real paths of the folders that it is read from."""

    @property
    def store(self) -> Path:
        """The SQLite file."""
        return self.directory / "store.sqlite"

    @property
    def index(self) -> Path:
        """The directory of the Whoosh index."""
        return self.directory / "index"

    @property
    def searchable(self) -> bool:
        """Whether an index was ever committed; a run that was killed early leaves a store without one."""
        return any(self.index.glob("*.toc"))

    @property
    def lock(self) -> Path:
        """The file that the one indexer holds locked."""
        return self.directory / "indexer.lock"

    @property
    def holder(self) -> Path:
        """The file in which the indexer leaves its process id, for the message to a second one."""
        return self.directory / "indexer.pid"


def data_directory() -> Path:
    """The directory of everything that Broadsheet keeps; it may not exist yet."""
    chosen = os.environ.get(DATA_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path(APPLICATION, appauthor=False)


def corpora_directory(index_dir: Path | None = None) -> Path:
    """The directory that holds a directory for each corpus; it may not exist yet."""
    chosen = index_dir or os.environ.get(INDEX_VARIABLE) or None
    return Path(chosen).expanduser().absolute() if chosen else data_directory() / "corpora"


def sample_data_path() -> Path:
    """The folder of sample articles: beside the package in a checkout, inside it when installed.

    Raises:
        BroadsheetError: This installation has none.
    """
    package = Path(__file__).resolve().parents[1]
    for candidate in (package / "sample_data", package.parent / "sample_data"):
        if candidate.is_dir():
            return candidate
    raise BroadsheetError("This installation came without its sample data: give a folder of articles")


def shown(path: Path | str | bytes) -> str:
    """A path as it may be shown: undecodable bytes and controls made harmless."""
    return harmless(os.fsdecode(path))


def places(index_dir: Path | None = None) -> Iterator[Place]:
    """Every corpus there is, in no particular order."""
    try:
        entries = list(os.scandir(corpora_directory(index_dir)))
    except OSError:
        return
    for entry in entries:
        place = read_card(Path(entry.path))
        if place is not None:
            yield place


def read_card(directory: Path) -> Place | None:
    """The place that this directory's card describes; None where there is no card that can be read."""
    try:
        card = json.loads((directory / CARD).read_bytes())
        roots = tuple(Path(root) for root in card["roots"])
        return Place(directory, str(card["uuid"]), str(card["name"]), roots)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_card(place: Place) -> None:
    """Replace the card of a corpus, in one step."""
    card = {"uuid": place.uuid, "name": place.name, "roots": [str(root) for root in place.roots]}
    written = place.directory / f"{CARD}.new"
    written.write_text(json.dumps(card, indent=1) + "\n", encoding="ascii")
    written.replace(place.directory / CARD)


def find_corpus(path: Path, *, index_dir: Path | None = None) -> Place | None:
    """The corpus that has this folder as a root, also where the folder has moved; None where there is none."""
    real = path.expanduser().resolve()
    known = list(places(index_dir))
    for place in known:
        if real in place.roots:
            return place
    for place in known:
        # A disk that doesn't tell cases apart, or a folder mounted in two places.
        if any(_same_folder(root, real) for root in place.roots):
            return place
    return _find_moved(real, known)


def find_containing(folder: Path, *, index_dir: Path | None = None) -> Place | None:
    """The corpus with the deepest root that this folder is, or is in; None where there is none."""
    real = folder.expanduser().resolve()
    best: tuple[int, Place] | None = None
    for place in places(index_dir):
        for root in place.roots:
            if real.is_relative_to(root) and (best is None or len(root.parts) > best[0]):
                best = len(root.parts), place
    return best[1] if best else None


def choose(path: Path | None, *, index_dir: Path | None = None) -> tuple[Path, Origin]:
    """The folder whose corpus is meant, and why: PATH, the environment, the current folder, the sample data."""
    if path is not None:
        return path, "given"
    chosen = os.environ.get(CORPUS_VARIABLE)
    if chosen:
        return Path(chosen), "environment"
    place = find_containing(Path.cwd(), index_dir=index_dir)
    if place is not None:
        return place.roots[0], "folder"
    return sample_data_path(), "sample"


def require_corpus(path: Path | None, *, index_dir: Path | None = None) -> Place:
    """The corpus that is meant by this path, or by none.

    Raises:
        NoSuchCorpus: It has not been made.
    """
    folder, _origin = choose(path, index_dir=index_dir)
    place = find_corpus(folder, index_dir=index_dir)
    if place is None or not place.directory.is_dir():
        raise NoSuchCorpus(
            f"{shown(folder)} has not been indexed: run `broadsheet index` on it, or open it with `broadsheet`"
            if folder.is_dir()
            else f"{shown(folder)} is not a folder and no corpus is known by that path"
        )
    return place


def make_corpus(path: Path, *, index_dir: Path | None = None) -> Place:
    """The corpus that has this folder as a root, made where there is none yet.

    Raises:
        UsageError: The path is not a folder.
        BroadsheetError: The data directory can't be written.
    """
    from filelock import FileLock

    place = find_corpus(path, index_dir=index_dir)
    if place is not None:
        return place
    real = folder_at(path)
    corpora = corpora_directory(index_dir)
    try:
        corpora.mkdir(parents=True, exist_ok=True)
        # Two processes that open the same new folder at once must make one corpus.
        with FileLock(str(corpora / "making.lock"), timeout=10):
            place = find_corpus(path, index_dir=index_dir)
            if place is not None:
                return place
            name = str(uuid.uuid4())
            place = Place(corpora / name, name, name_of(real), (real,))
            place.directory.mkdir()
            write_card(place)
            return place
    except (OSError, TimeoutError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BroadsheetError(
            f"Can't write to {shown(corpora)} ({harmless(reason)}): choose another place with --index-dir"
        ) from error


def folder_at(path: Path) -> Path:
    """The real path of a folder.

    Raises:
        UsageError: There is no folder at that path.
    """
    real = path.expanduser().resolve()
    if real.is_dir():
        return real
    if real.exists():
        raise UsageError(f"{shown(path)} is a file: give the folder it is in")
    raise UsageError(f"There is no folder {shown(path)}")


def name_of(root: Path) -> str:
    """What to call a corpus that has this root."""
    return shown(root.name or str(root))


def _same_folder(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _find_moved(real: Path, known: list[Place]) -> Place | None:
    """The corpus a root of which is gone and whose files stand under `real` now."""
    if not real.is_dir():
        return None
    for place in known:
        for number, root in enumerate(place.roots):
            if not root.exists() and place.store.exists():
                from tui.corpus.moved import holds_files_of

                if holds_files_of(real, place, root):
                    roots = (*place.roots[:number], real, *place.roots[number + 1 :])
                    return Place(place.directory, place.uuid, place.name, roots)
    return None
