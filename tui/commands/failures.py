"""From an exception to a line on stderr and an exit code.

0 done; 1 nothing found, or done but not everything was taken; 2 wrong usage; 3 could not do it. A traceback
is for those who mend the program: `BROADSHEET_TRACEBACK=1` shows it, made harmless like everything else.
"""

from __future__ import annotations

import errno
import os
import sys

import click

from tui.commands.narration import say
from tui.errors import BroadsheetError
from tui.harmless import harmless

DONE = 0
NOT_ALL = 1
WRONG_USAGE = 2
COULD_NOT = 3
INTERRUPTED = 130
"""As a shell reports a program that SIGINT ended."""
PIPE_CLOSED = 141
"""As a shell reports a program that SIGPIPE ended: what `grep … | head -1` gives too."""

_FULL = (errno.ENOSPC, errno.EDQUOT)
_UNWRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS)


def report_failure(error: BaseException) -> int:
    """Say on stderr what went wrong, as far as there is something to say, and return the exit code."""
    if os.environ.get("BROADSHEET_TRACEBACK"):
        _show_traceback(error)
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case KeyboardInterrupt() | click.Abort():
            say(str(error) or "Stopped")
            return INTERRUPTED
        case BrokenPipeError():
            return PIPE_CLOSED
        case click.UsageError():
            say(f"{error.format_message().rstrip('.')}: see `{_program(error)} --help`")
            return WRONG_USAGE
        case click.ClickException():
            say(error.format_message().rstrip("."))
            return COULD_NOT
        case BroadsheetError():
            say(str(error))
            return error.exit_code
        case OSError():
            say(describe_os_error(error))
            return COULD_NOT
        case MemoryError():
            say("There is not enough memory for this")
            return COULD_NOT
        case _:
            say(
                f"Something went wrong that should not: {type(error).__name__}: {error}"
                " (BROADSHEET_TRACEBACK=1 shows where)"
            )
            return COULD_NOT


def describe_os_error(error: OSError) -> str:
    """What the system refused, to what, and what to do about it, in one line."""
    reason = error.strerror or str(error)
    where = f": {os.fsdecode(error.filename)}" if isinstance(error.filename, str | bytes) else ""
    advice = ""
    if error.errno in _FULL:
        reason, advice = "the disk is full", ": make room and run it again; what was finished is kept"
    elif error.errno in _UNWRITABLE:
        advice = ": --index-dir or $BROADSHEET_DATA_DIR keeps the index elsewhere"
    return f"{reason[:1].upper()}{reason[1:]}{where}{advice}"


def _program(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx is not None else "broadsheet"
    return "broadsheet" if path == "broadsheet broadsheet" else path


def _show_traceback(error: BaseException) -> None:
    import traceback

    for block in traceback.format_exception(error):
        for line in block.splitlines():
            sys.stderr.write(f"{harmless(line)}\n")
