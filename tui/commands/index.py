from __future__ import annotations

import click


@click.command("index")
def index_command() -> int:
    """(being built)"""
    return 3
