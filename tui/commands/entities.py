from __future__ import annotations

import click


@click.command("entities")
def entities_command() -> int:
    """(being built)"""
    return 3
