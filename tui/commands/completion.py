"""`broadsheet completion SHELL`: the script that makes a shell complete commands, options and folders."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from tui.commands.failures import DONE
from tui.commands.request import examples, shared_options


@click.command(
    "completion",
    epilog=examples(
        "broadsheet completion bash >> ~/.bashrc",
        "broadsheet completion zsh >> ~/.zshrc",
        "broadsheet completion fish > ~/.config/fish/completions/broadsheet.fish",
    ),
)
@shared_options
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> int:
    """Print a script that completes commands, options and folders in bash, zsh or fish."""
    completion = get_completion_class(shell)
    assert completion is not None
    program = context.find_root().command
    click.echo(completion(program, {}, "broadsheet", "_BROADSHEET_COMPLETE").source())
    return DONE
