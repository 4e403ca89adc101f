from __future__ import annotations

import click


@click.command("show")
def show_command() -> int:
    """(being built)"""
    return 3
