from __future__ import annotations

import click


@click.command("search")
def search_command() -> int:
    """(being built)"""
    return 3
