"""Our themes: a dark one, a light one, and a plain one of the terminal's own 16 colours.

Every colour of the program is a theme's variable; style sheets name variables only.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import BUILTIN_THEMES, Theme

DEFAULT_THEME = "broadsheet-dark"
PLAIN_THEME = "broadsheet-plain"


_FALLBACKS = {
    "person": ("success",),
    "organisation": ("warning",),
    "place": ("primary",),
    "misc": ("secondary",),
    "match-background": ("warning-muted", "background"),
    "shared-background": ("success-muted", "background"),
    "only-background": ("error-muted", "background"),
    "selection": ("primary-muted", "background"),
    "rule": ("foreground-disabled", "secondary"),
    "quiet": ("foreground-muted", "foreground"),
}
"""What our style sheets need, and what stands for it in a theme of Textual's own: the first that the theme has."""


def fallback_variables(variables: Mapping[str, str]) -> dict[str, str]:
    """Our own variables for a theme that doesn't define them, from what it does define."""
    return {
        name: next((variables[known] for known in stand_ins if known in variables), "ansi_default")
        for name, stand_ins in _FALLBACKS.items()
        if name not in variables
    }


DARK = Theme(
    name=DEFAULT_THEME,
    dark=True,
    primary="#7aa2d6",
    secondary="#b39ddb",
    accent="#e0af68",
    warning="#e0af68",
    error="#e06c75",
    success="#8fc37f",
    foreground="#d5d3cd",
    background="#16181d",
    surface="#16181d",
    panel="#23262d",
    boost="#2a2e37",
    variables={
        "person": "#8fc37f",
        "organisation": "#e39b6d",
        "place": "#7ab8d6",
        "misc": "#b39ddb",
        "match-background": "#5c4a12",
        "shared-background": "#23402b",
        "only-background": "#4a2a33",
        "selection": "#343b49",
        "rule": "#3a3e47",
        "quiet": "#8d9099",
        "scrollbar": "#3a3e47",
        "scrollbar-background": "#16181d",
    },
)

LIGHT = Theme(
    name="broadsheet-light",
    dark=False,
    primary="#1f5f9e",
    secondary="#6b4fa0",
    accent="#9a5b00",
    warning="#9a5b00",
    error="#b3261e",
    success="#2e7031",
    foreground="#24221f",
    background="#fbf9f4",
    surface="#fbf9f4",
    panel="#eeeae0",
    boost="#e4dfd2",
    variables={
        "person": "#26692a",
        "organisation": "#a34a12",
        "place": "#1b5e96",
        "misc": "#6b4fa0",
        "match-background": "#ffe08a",
        "shared-background": "#cfe8c6",
        "only-background": "#f6d3cf",
        "selection": "#dcd5c2",
        "rule": "#cfc9ba",
        "quiet": "#6b675e",
        "scrollbar": "#cfc9ba",
        "scrollbar-background": "#fbf9f4",
    },
)

PLAIN = Theme(
    name=PLAIN_THEME,
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_magenta",
    accent="ansi_yellow",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        **BUILTIN_THEMES["ansi-dark"].variables,
        "person": "ansi_green",
        "organisation": "ansi_yellow",
        "place": "ansi_cyan",
        "misc": "ansi_magenta",
        "match-background": "ansi_default",
        "shared-background": "ansi_default",
        "only-background": "ansi_default",
        "selection": "ansi_default",
        "rule": "ansi_bright_black",
        "quiet": "ansi_default",
        "scrollbar": "ansi_bright_black",
        "scrollbar-hover": "ansi_white",
        "scrollbar-active": "ansi_white",
        "scrollbar-background": "ansi_default",
        "scrollbar-corner-color": "ansi_default",
    },
)

THEMES = (DARK, LIGHT, PLAIN)
