"""Print figures: a table on a terminal, the same without drawing in a pipe."""

from __future__ import annotations

import math
import os
import platform
import statistics
import sys
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

PIPE_WIDTH = 160
"""Columns where there is no terminal to ask."""


def machine() -> str:
    """What the figures were taken on, in a line."""
    load = os.getloadavg()[0]
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} at the end"


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], note: str = "") -> None:
    """Print rows of text; the first column is words, the others are numbers."""
    console = Console(width=None if sys.stdout.isatty() else PIPE_WIDTH, highlight=False)
    table = Table(title=title, title_justify="left", box=box.SIMPLE)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    for row in rows:
        table.add_row(*row)
    console.print(table)
    if note:
        console.print(f"  {note}")
    console.print(f"  {machine()}\n", style="dim")


def known(values: Iterable[float]) -> list[float]:
    """Without those that could not be measured."""
    return [value for value in values if not math.isnan(value)]


def median(values: Iterable[float]) -> float:
    """The median of the values that were measured; NaN where none was."""
    measured = known(values)
    return statistics.median(measured) if measured else math.nan


def high(values: Iterable[float]) -> float:
    """The 95th percentile of the values that were measured."""
    measured = sorted(known(values))
    return measured[min(len(measured) - 1, int(len(measured) * 0.95))] if measured else math.nan


def number(value: float, digits: int = 0) -> str:
    """A figure as text; a dash where it could not be measured."""
    return "–" if math.isnan(value) else f"{value:,.{digits}f}"
