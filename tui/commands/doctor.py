from __future__ import annotations

import click


@click.command("doctor")
def doctor_command() -> int:
    """(being built)"""
    return 3
