"""What a command is: its keys, where they are bound, what is said of it."""

from __future__ import annotations

from typing import Literal, NamedTuple

Place = Literal["move", "screen", "entity", "bars", "comparison", "story", "stories"]
"""Where a command is bound: whatever scrolls, the whole screen, an entity's page, the bars of its timeline, or a page
that lies over everything: a comparison, a story, the list of stories."""

PAGES: tuple[Place, ...] = ("entity", "bars", "comparison", "story", "stories")
"""Places whose keys may mean something else than everywhere."""

Context = Literal[
    "search", "results", "article", "facets", "entities", "find", "greeting", "timeline", "bars", "company", "said",
    "lines", "naming", "choosing", "writing", "comparison", "finding", "reports", "coverage", "story_times",
    "stories",
]  # fmt: skip
"""What has the focus: decides what the footer shows."""


class Command(NamedTuple):
    """Something that a key does."""

    name: str
    """What `[keys]` in the settings calls it; also the action's name."""
    keys: tuple[str, ...]
    """Textual's names of the keys, the one to show first."""
    label: str
    """One or two words, for the footer."""
    help: str
    """A sentence, for the help and the palette."""
    place: Place
    group: str
    urgent: bool = False
    """Whether what is typed right after it is meant for where it leads: in one read, as over SSH, too."""


def ground_of(command: Command) -> str:
    """Where its keys must be its own: everywhere, or on one kind of page."""
    return command.place if command.place in PAGES else "everywhere"


WHO_AND_WHERE = "Who and where"
"""The group of commands about a name."""

SIDE_BY_SIDE = "Side by side"
"""The group of commands about a comparison."""

STORIES = "Stories"
"""The group of commands about a story: its reports, and who told what."""

TIMELINE = "In a timeline"
"""The group of commands about the bars of a timeline."""
