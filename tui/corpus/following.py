"""The index follows the store: by the change log, or from the beginning where it is missing or damaged."""

from __future__ import annotations

from collections.abc import Callable

from tui.corpus.locate import Place


def catch_up(place: Place, *, anew: bool, report: Callable[[int, int], None]) -> None:
    """Bring the index up to the store's last change. Only the one indexer does this."""
