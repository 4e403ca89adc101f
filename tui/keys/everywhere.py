"""Commands about the reader's own things, and about going about."""

from __future__ import annotations

from tui.keys.command import Command

EVERYWHERE: tuple[Command, ...] = (
    # The reader's own
    Command(
        "star",
        ("asterisk",),
        "star",
        "Star this article, or take the star away; on a name's page pick a companion, for merging",
        "screen",
        "Keep",
    ),
    Command("unread", ("u",), "unread", "Mark as unread, or as read", "screen", "Keep"),
    Command("copy", ("y",), "copy", "Copy title, source, date and URL to the clipboard", "screen", "Keep"),
    Command("copy_article", ("Y",), "copy text", "Copy the whole article to the clipboard", "screen", "Keep"),
    Command(
        "open_url", ("o",), "open URL", "Open the URL in a browser (over SSH: copy it)", "screen", "Keep"
    ),
    # Going about
    Command("back", ("H", "backspace"), "back", "Back to what was shown before", "screen", "Go"),
    Command("forward", ("L",), "forward", "Forward again", "screen", "Go"),
    Command("help", ("question_mark", "f1"), "help", "Every key", "screen", "Go"),
    Command(
        "palette",
        ("colon", "ctrl+p"),
        "commands",
        "Every command, by name",
        "screen",
        "Go",
    ),
    Command("redraw", ("ctrl+l",), "redraw", "Draw the screen afresh", "screen", "Go"),
    Command("suspend", ("ctrl+z",), "suspend", "Back to the shell; `fg` returns", "screen", "Go"),
    Command("leave", ("escape",), "leave", "Leave this field or panel", "screen", "Go"),
    Command("close", ("q",), "close", "Close what is on top; at last the program", "screen", "Go"),
    Command("quit", ("ctrl+q",), "quit", "Leave the program at once", "screen", "Go"),
)
"""Nearly everywhere."""
