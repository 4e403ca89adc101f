"""Whether the Whoosh that is imported is one that we know.

Two maintained distributions, `whoosh3` and `Whoosh-Reloaded`, and the old `Whoosh`, all install the same package
`whoosh`: in one environment they overwrite each other's files without a word, and what is left is a mixture.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from tui.errors import BroadsheetError

_DISTRIBUTIONS = ("whoosh3", "Whoosh-Reloaded", "Whoosh")
_WANTED = "whoosh3"


def check_whoosh() -> None:
    """Raise where the installed Whoosh can't be relied on. Imports nothing of it.

    Raises:
        BroadsheetError: there is none, or there are two that overwrote each other.
    """
    installed = [f"{name} {found}" for name in _DISTRIBUTIONS if (found := _version(name)) is not None]
    if not installed:
        raise BroadsheetError(f"Whoosh is not installed: pip install {_WANTED}")
    if len(installed) > 1:
        raise BroadsheetError(
            f"{' and '.join(installed)} are installed together and have overwritten each other: pip uninstall -y"
            f" {' '.join(name.split()[0] for name in installed)} && pip install {_WANTED}"
        )


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
