"""The texts of the labelled pairs of reports.

    python -m tests.bench.alignment_texts BASIL CHAINS FOLDER

writes the texts of both halves to FOLDER/dev and FOLDER/test. BASIL and CHAINS are checkouts or bare git folders of
the repositories that `tests/stories/labelled/README.md` names; of a bare one, HEAD is read. Every text is held against
its hash.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.stories.labelled_pairs import HALVES, labelled

CHAINS_FILE = "gedikli-business_energy_news_dataset-2021-06-29-article_texts.csv"


class Report(NamedTuple):
    """A title and the paragraphs below it."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """As it is hashed and written."""
        return "\n".join((self.title, *self.paragraphs))


def file_of(repository: Path, path: str) -> bytes:
    """A file of a checkout, or of HEAD where the repository is bare.

    Raises:
        FileNotFoundError: it is in neither.
    """
    if (repository / path).is_file():
        return (repository / path).read_bytes()
    shown = subprocess.run(
        ["git", "-C", repository, "show", f"HEAD:{path}"], capture_output=True, check=False
    )
    if shown.returncode:
        raise FileNotFoundError(f"{repository} has no {path}")
    return shown.stdout


def names_in(repository: Path, folder: str) -> list[str]:
    """The paths of all files below a folder of a checkout or a bare repository, sorted.

    Raises:
        FileNotFoundError: there is no such folder.
    """
    if (repository / folder).is_dir():
        found = (path for path in (repository / folder).rglob("*") if path.is_file())
        return sorted(path.relative_to(repository).as_posix() for path in found)
    listed = subprocess.run(
        ["git", "-C", repository, "ls-tree", "-r", "--name-only", "HEAD", folder],
        capture_output=True,
        check=False,
        text=True,
    )
    if listed.returncode or not listed.stdout:
        raise FileNotFoundError(f"{repository} has no {folder}")
    return sorted(listed.stdout.splitlines())


def basil_report(data: bytes) -> Report:
    """The report in one of BASIL's files."""
    entry = json.loads(data)
    paragraphs = (" ".join(filter(None, map(str.strip, one))) for one in entry["body-paragraphs"])
    return Report(entry["title"].strip(), tuple(filter(None, paragraphs)))


def chains_reports(data: bytes) -> list[Report]:
    """The reports of the chains, each with its whole body as one paragraph."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""))
    return [Report(row["title"].strip(), (" ".join(row["text"].split()),)) for row in rows]


def write_texts(basil: Path, chains: Path, folder: Path) -> int:
    """Write the texts of both halves, and answer how many.

    Raises:
        FileNotFoundError: a repository lacks a file.
        ValueError: a text is not the one that was labelled.
    """
    rows = chains_reports(file_of(chains, CHAINS_FILE))
    written = 0
    for half in HALVES:
        (folder / half).mkdir(parents=True, exist_ok=True)
        for origin in (one for reports in labelled(half) for one in (reports.left, reports.right)):
            kind, place = origin.origin.split(" ", 1)
            report = (
                rows[int(place)]
                if kind == "chains"
                else basil_report(file_of(basil, f"data/articles/{place}.json"))
            )
            data = report.text.encode("utf-8")
            if hashlib.sha256(data).hexdigest() != origin.sha256:
                raise ValueError(f"{origin.origin} is not the text that was labelled")
            (folder / half / origin.file).write_bytes(data)
            written += 1
    return written


def main(arguments: Sequence[str]) -> int:
    """Answers the exit code: 0 done, 2 wrong usage, 3 could not."""
    if len(arguments) != 3:
        print("usage: python -m tests.bench.alignment_texts BASIL CHAINS FOLDER", file=sys.stderr)
        return 2
    try:
        written = write_texts(*map(Path, arguments))
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 3
    print(f"{written} texts in {arguments[2]}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
