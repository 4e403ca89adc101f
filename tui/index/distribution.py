"""Whether the Whoosh that is imported is one that we know.

Two maintained distributions, `whoosh3` and `Whoosh-Reloaded`, and the old `Whoosh`, all install the same package
`whoosh`: in one environment they overwrite each other's files without a word, and what is left is a mixture.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from tui.errors import BroadsheetError

_DISTRIBUTIONS = {"whoosh3": "whoosh3", "whoosh_reloaded": "Whoosh-Reloaded", "whoosh": "Whoosh"}
_WANTED = "whoosh3"


def check_whoosh() -> None:
    """Raise where the installed Whoosh can't be relied on. Imports nothing of it.

    Reads names of folders only: `importlib.metadata` takes 50 ms, which the first search would wait for.

    Raises:
        BroadsheetError: there is none, or there are two that overwrote each other.
    """
    spec = find_spec("whoosh")
    if spec is None or spec.origin is None:
        raise BroadsheetError(f"Whoosh is not installed: pip install {_WANTED}")
    names = distributions(entry.name for entry in Path(spec.origin).parents[1].iterdir())
    if len(names) > 1:
        raise BroadsheetError(
            f"{' and '.join(names)} are installed together and have overwritten each other: pip uninstall -y"
            f" {' '.join(name.split()[0] for name in names)} && pip install {_WANTED}"
        )


def distributions(entries: Iterable[str]) -> list[str]:
    """The distributions of Whoosh, with their versions, among the entries of a folder of packages."""
    found = []
    for entry in sorted(entries):
        name, _, version = entry.removesuffix(".dist-info").partition("-")
        known = _DISTRIBUTIONS.get(name.lower().replace("-", "_").replace(".", "_"))
        if entry.endswith(".dist-info") and known is not None:
            found.append(f"{known} {version}")
    return found
