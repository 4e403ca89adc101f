"""The command line: what `broadsheet` and each of its commands take, print and exit with.

A module a command; `group` joins them and decides between a command and a folder, `request` holds the
options that all share, `opening` finds the corpus that a command works on, `printing` writes to stdout,
`narration` to stderr, `failures` turns errors into a line and an exit code, and `shapes` is the one place
where JSON gets its form (`schemas/` describes it). Stdout is data, stderr is narration, the exit code is an
interface.

Nothing here imports Whoosh, NumPy, SQLite or Textual at the top of a module: `--version` and `recognise` must
start in the time of Python and click alone. Begin with `group`.
"""

from __future__ import annotations


def main() -> None:
    """Run `broadsheet` with the words of the command line, and exit with its code."""
    from tui.commands.group import broadsheet

    broadsheet.main(prog_name="broadsheet")
