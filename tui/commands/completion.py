from __future__ import annotations

import click


@click.command("completion")
def completion_command() -> int:
    """(being built)"""
    return 3
