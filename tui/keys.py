"""Every key of the program, in one table: bindings, footer, help and palette are made from it.

Two states only: a text field takes every printable key; everywhere else letters are commands. A reader can change
any key under `[keys]` in `config.toml` by the command's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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

COMMANDS: tuple[Command, ...] = (
    # Moving
    Command("up", ("k", "up"), "up", "Up a line or an entry", "move", "Move"),
    Command("down", ("j", "down"), "down", "Down a line or an entry", "move", "Move"),
    Command("page_up", ("b", "pageup", "ctrl+b"), "page up", "Up a page", "move", "Move"),
    Command("page_down", ("space", "pagedown"), "page", "Down a page", "move", "Move"),
    Command("half_up", ("ctrl+u",), "half up", "Up half a page", "move", "Move"),
    Command("half_down", ("ctrl+d",), "half down", "Down half a page", "move", "Move"),
    Command("top", ("g", "home"), "top", "To the beginning", "move", "Move"),
    Command("bottom", ("G", "end"), "end", "To the end", "move", "Move"),
    Command(
        "choose",
        ("enter",),
        "read",
        "Read what is selected: an article, an entity, a facet",
        "move",
        "Move",
    ),
    Command("next_pane", ("tab", "right", "l"), "next pane", "To the next pane", "screen", "Move"),
    Command(
        "previous_pane", ("shift+tab", "left", "h"), "previous pane", "To the previous pane", "screen", "Move"
    ),
    Command(
        "next_article",
        ("J",),
        "next article",
        "Read the next article of the results in this pane",
        "screen",
        "Move",
    ),
    Command(
        "previous_article",
        ("K",),
        "previous article",
        "Read the article before it in this pane",
        "screen",
        "Move",
    ),
    # Searching
    Command(
        "search",
        ("slash",),
        "search",
        'Search: words, "phrases", OR, -not, prefix*, field:value',
        "screen",
        "Search",
        urgent=True,
    ),
    Command(
        "sort",
        ("S",),
        "sort",
        "Order: results by relevance, newest or oldest first; names by count or as they come; a concordance",
        "screen",
        "Search",
    ),
    Command(
        "facets",
        ("f",),
        "facets",
        "Narrow by source, person, organisation or place (E opens a name's page)",
        "screen",
        "Search",
    ),
    Command(
        "timeline",
        ("t",),
        "timeline",
        "When the hits are from: go there, close it there; Enter searches in a time",
        "screen",
        "Search",
    ),
    Command(
        "clear_facets",
        ("F",),
        "clear facets",
        "Take every facet out of the query",
        "screen",
        "Search",
    ),
    Command("related", ("r",), "related", "Articles like this one", "screen", "Search"),
    # Reading
    Command(
        "beside",
        ("v",),
        "beside",
        "Open the selected article beside the open one",
        "screen",
        "Read",
    ),
    Command("close_pane", ("x",), "close pane", "Close this pane", "screen", "Read"),
    Command("zoom", ("z",), "only this", "Show only this pane, or all again", "screen", "Read"),
    Command("next_match", ("n",), "next match", "To the next match", "screen", "Read"),
    Command("previous_match", ("N",), "previous match", "To the match before", "screen", "Read"),
    Command("find", ("ctrl+f",), "find", "Find in this article", "screen", "Read", urgent=True),
    Command(
        "entities",
        ("e",),
        "who & where",
        "People, organisations and places in this article",
        "screen",
        "Read",
    ),
    Command(
        "next_entity",
        ("right_square_bracket",),
        "entity",
        "Select the next entity in the text (Enter opens it)",
        "screen",
        "Read",
    ),
    Command(
        "previous_entity",
        ("left_square_bracket",),
        "entity before",
        "Select the entity before it",
        "screen",
        "Read",
    ),
    Command("show_person", ("1",), "people", "People marked in the text, or not", "screen", "Read"),
    Command("show_organisation", ("2",), "organisations", "Organisations marked, or not", "screen", "Read"),
    Command("show_place", ("3",), "places", "Places marked, or not", "screen", "Read"),
    Command("show_misc", ("4",), "other names", "Other names marked, or not", "screen", "Read"),
    Command(
        "marks", ("m",), "letter marks", "Entity types by letters as well as by colour", "screen", "Read"
    ),
    Command(
        "link", ("equals_sign",), "link panes", "Scroll the panes together, or each alone", "screen", "Read"
    ),
    Command(
        "words",
        ("w",),
        "words",
        "Side by side: mark the words that both have, that only one has, or none",
        "screen",
        "Read",
    ),
    Command(
        "compare",
        ("c",),
        "compare",
        "Set side by side the open articles, or the selected and the open one: what they share, where they differ",
        "screen",
        "Read",
    ),
    Command(
        "repeated",
        ("p",),
        "repeated text",
        "Paragraphs that the site repeats in all its articles: dimmed, hidden, or as the others",
        "screen",
        "Read",
    ),
    Command(
        "order",
        ("P",),
        "order",
        "Paragraphs in the order in which they were likely written, or as published",
        "screen",
        "Read",
    ),
    Command("wider", ("plus",), "wider", "A longer line of text", "screen", "Read"),
    Command("narrower", ("minus",), "narrower", "A shorter line of text", "screen", "Read"),
    # Who and where: an entity's page
    Command(
        "open_entity",
        ("E",),
        "find a name",
        "Open the selected name, in facets and lists too; without one, ask for a name",
        "screen",
        WHO_AND_WHERE,
    ),
    Command("go_bars", ("1", "t"), "timeline", "To the timeline", "entity", WHO_AND_WHERE),
    Command("go_company", ("2",), "with", "To those named with it", "entity", WHO_AND_WHERE),
    Command("go_said", ("3",), "said", "To what it said", "entity", WHO_AND_WHERE),
    Command("go_lines", ("4",), "lines", "To every sentence that names it", "entity", WHO_AND_WHERE),
    Command("go_articles", ("5",), "articles", "To its articles", "entity", WHO_AND_WHERE),
    Command("search_entity", ("s",), "search for it", "Search for this name", "entity", WHO_AND_WHERE),
    Command(
        "only_type",
        ("f",),
        "of a type",
        "Companions: all, people, organisations, places, other names",
        "entity",
        WHO_AND_WHERE,
    ),
    Command(
        "by_left",
        ("less_than_sign",),
        "by left word",
        "Concordance by the word before the name",
        "entity",
        WHO_AND_WHERE,
    ),
    Command(
        "by_right",
        ("greater_than_sign",),
        "by right word",
        "Concordance by the word after the name",
        "entity",
        WHO_AND_WHERE,
    ),
    Command("by_date", ("d",), "by date", "Concordance by date, newest first", "entity", WHO_AND_WHERE),
    Command(
        "merge",
        ("M",),
        "merge",
        "One entity: this one and another, or the picked companions and this one",
        "entity",
        WHO_AND_WHERE,
    ),
    Command(
        "split_alias", ("A",), "split off", "Make an alias an entity of its own", "entity", WHO_AND_WHERE
    ),
    Command(
        "retype",
        ("T",),
        "type",
        "Say that it is a person, an organisation, a place or something else",
        "entity",
        WHO_AND_WHERE,
    ),
    Command("rename", ("R",), "rename", "Give it another name", "entity", WHO_AND_WHERE),
    Command("hide", ("D",), "hide", "Drop it: it is no name", "entity", WHO_AND_WHERE),
    Command(
        "undo_edit",
        ("U",),
        "undo",
        "Undo the last merge, split, type, name or hiding",
        "screen",
        WHO_AND_WHERE,
    ),
    # Side by side: a comparison
    Command(
        "as_published",
        ("1",),
        "as published",
        "The articles as published, each beside the other's counterpart",
        "comparison",
        SIDE_BY_SIDE,
    ),
    Command("in_rows", ("2",), "in rows", "Sentence beside sentence", "comparison", SIDE_BY_SIDE),
    Command(
        "differing", ("3",), "only what differs", "Leave out what is the same", "comparison", SIDE_BY_SIDE
    ),
    Command(
        "alone",
        ("4",),
        "only here",
        "What one article alone has; again: only the first one's, the second one's, …",
        "comparison",
        SIDE_BY_SIDE,
    ),
    Command(
        "find_here", ("slash", "ctrl+f"), "find", "Find words in the comparison", "comparison", SIDE_BY_SIDE
    ),
    Command(
        "next_difference", ("n",), "next difference", "To the next difference", "comparison", SIDE_BY_SIDE
    ),
    Command(
        "previous_difference",
        ("N",),
        "difference before",
        "To the difference before",
        "comparison",
        SIDE_BY_SIDE,
    ),
    Command(
        "next_figure",
        ("right_square_bracket",),
        "next figure",
        "To the next figures that disagree",
        "comparison",
        SIDE_BY_SIDE,
    ),
    Command(
        "previous_figure",
        ("left_square_bracket",),
        "figure before",
        "To the figures before that disagree",
        "comparison",
        SIDE_BY_SIDE,
    ),
    Command(
        "next_side", ("tab", "right", "l"), "other article", "To the next article", "comparison", SIDE_BY_SIDE
    ),
    Command(
        "previous_side",
        ("shift+tab", "left", "h"),
        "article before",
        "To the article before",
        "comparison",
        SIDE_BY_SIDE,
    ),
    Command(
        "add_side",
        ("v",),
        "add a third",
        "Add a third article: one on the same matter, or any that words find",
        "comparison",
        SIDE_BY_SIDE,
    ),
    Command("drop_side", ("x",), "take away", "Take this article away", "comparison", SIDE_BY_SIDE),
    Command("swap_sides", ("e",), "swap", "Exchange the articles", "comparison", SIDE_BY_SIDE),
    Command("copy_row", ("y",), "copy", "Copy the selected sentences", "comparison", SIDE_BY_SIDE),
    Command(
        "save_page",
        ("w",),
        "save",
        "Write it to a file: .html, .md, .csv or .txt",
        "comparison",
        SIDE_BY_SIDE,
    ),
    # Stories: a story's page, and the list of stories
    Command(
        "story",
        ("s",),
        "story",
        "The story of this article: reports, who told what (×14 in the results: printed 14 times; +30: others)",
        "screen",
        STORIES,
    ),
    Command("stories", ("B",), "stories", "The stories of what is searched for", "screen", STORIES),
    Command("go_reports", ("1",), "reports", "To the reports, in time", "story", STORIES),
    Command(
        "go_coverage",
        ("2",),
        "coverage",
        "To the coverage: statements by sources, who had each first",
        "story",
        STORIES,
    ),
    Command("other_part", ("tab", "shift+tab"), "other part", "To the other part", "story", STORIES),
    Command(
        "unfold",
        ("space",),
        "unfold",
        "Show the reprints of a report, or fold them again; in the coverage a page down",
        "story",
        STORIES,
    ),
    Command(
        "mark_report",
        ("asterisk", "v"),
        "mark",
        "Mark this report: for comparing, for splitting off",
        "story",
        STORIES,
    ),
    Command(
        "compare_reports",
        ("c",),
        "compare",
        "Set the selected report beside the marked one, or the open one",
        "story",
        STORIES,
    ),
    Command(
        "source_before",
        ("left", "h"),
        "source before",
        "In the coverage: to the source before",
        "story",
        STORIES,
    ),
    Command(
        "source_after", ("right", "l"), "next source", "In the coverage: to the next source", "story", STORIES
    ),
    Command(
        "previous_teller",
        ("left_square_bracket",),
        "told before",
        "To the source before that tells this statement",
        "story",
        STORIES,
    ),
    Command(
        "next_teller",
        ("right_square_bracket",),
        "told next",
        "To the next source that tells this statement",
        "story",
        STORIES,
    ),
    Command(
        "order_statements",
        ("S",),
        "order",
        "Statements: most carried first, in time, those of one source first",
        "story",
        STORIES,
    ),
    Command(
        "told_alone", ("o",), "only here", "What the selected source alone tells, or all", "story", STORIES
    ),
    Command("left_out", ("x",), "left out", "What the selected source leaves out, or all", "story", STORIES),
    Command(
        "story_before",
        ("less_than_sign",),
        "goes on from",
        "The story that this one goes on from",
        "story",
        STORIES,
    ),
    Command(
        "story_after",
        ("greater_than_sign",),
        "goes on in",
        "The story that goes on from this one",
        "story",
        STORIES,
    ),
    Command(
        "story_times", ("t",), "timeline", "When its reports came: go there, close it there", "story", STORIES
    ),
    Command("search_story", ("s",), "in the results", "Its reports as results", "story", STORIES),
    Command(
        "merge_story", ("M",), "merge", "One story: this one and another that is asked for", "story", STORIES
    ),
    Command(
        "split_story", ("A",), "split off", "Make a story of its own of the marked reports", "story", STORIES
    ),
    Command("name_story", ("R",), "name", "Give the story another title", "story", STORIES),
    Command("undo_story", ("U",), "undo", "Undo the last merge, split or title of a story", "story", STORIES),
    Command(
        "copy_statement",
        ("y",),
        "copy",
        "Copy the statement with its sources, or the report",
        "story",
        STORIES,
    ),
    Command(
        "save_story",
        ("w",),
        "save",
        "Write the coverage to a file: .html, .md, .csv or .txt",
        "story",
        STORIES,
    ),
    Command(
        "order_stories", ("S",), "order", "Stories: the newest first, or the largest", "stories", STORIES
    ),
    # In a timeline: of what is searched for, of a name, of a story
    Command("earlier", ("left", "h"), "earlier", "To the bar before", "bars", TIMELINE),
    Command("later", ("right", "l"), "later", "To the next bar", "bars", TIMELINE),
    Command(
        "zoom_in",
        ("plus",),
        "closer",
        "Shorter times: from years to months, weeks and days",
        "bars",
        TIMELINE,
    ),
    Command(
        "zoom_out",
        ("minus",),
        "wider",
        "Longer times: from days to weeks, months and years",
        "bars",
        TIMELINE,
    ),
    Command("fit_all", ("0",), "all", "All of it in view", "bars", TIMELINE),
    Command(
        "page_earlier",
        ("less_than_sign", "left_curly_bracket", "pageup", "b"),
        "page back",
        "A page earlier",
        "bars",
        TIMELINE,
    ),
    Command(
        "page_later",
        ("greater_than_sign", "right_curly_bracket", "pagedown", "space"),
        "page on",
        "A page later",
        "bars",
        TIMELINE,
    ),
    Command("first_bar", ("g", "home"), "first", "To the first bar", "bars", TIMELINE),
    Command("last_bar", ("G", "end"), "last", "To the last bar", "bars", TIMELINE),
    Command("next_burst", ("n",), "burst", "To the next burst", "bars", TIMELINE),
    Command("previous_burst", ("N",), "burst before", "To the burst before", "bars", TIMELINE),
    Command("mark_span", ("v",), "span", "Begin a span at this bar, or give it up", "bars", TIMELINE),
    Command("leave_span", ("escape",), "no span", "Give the span up", "bars", TIMELINE),
    Command(
        "span_earlier", ("shift+left",), "span back", "A span, a bar further to the left", "bars", TIMELINE
    ),
    Command(
        "span_later", ("shift+right",), "span on", "A span, a bar further to the right", "bars", TIMELINE
    ),
    Command(
        "take_time", ("enter",), "search it", "Search in this time only, or in all again", "bars", TIMELINE
    ),
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

FOOTERS: dict[Context, tuple[str | tuple[str, str], ...]] = {
    "results": ("help", "choose", "search", "beside", "compare", "story", "facets", "timeline", "sort",
                "star", "related", "palette", "close"),
    "article": ("help", "next_match", "next_article", "search", "entities", "next_entity", "beside", "compare",
                "story", "find", "back", "close_pane", "palette", "close"),
    "facets": ("help", ("choose", "narrow"), ("open_entity", "who is it"), "timeline", "clear_facets", "search",
               "close"),
    "entities": ("help", ("choose", "open"), ("sort", "by count or in order"), "entities", "search", "close"),
    "greeting": ("help", ("choose", "open"), "search", ("open_entity", "find a name"), "facets", "timeline", "palette",
                 "close"),
    "bars": ("help", "take_time", "earlier", "later", "zoom_in", "zoom_out", "mark_span", "next_burst", "fit_all",
             "page_earlier", "page_later", ("next_pane", "next part"), "search_entity", "back", "merge", "rename",
             "close"),
    "timeline": ("help", "take_time", "earlier", "later", "zoom_in", "zoom_out", "mark_span", "next_burst", "fit_all",
                 "page_earlier", "page_later", ("timeline", "close it"), "search", "facets", "palette"),
    "company": ("help", ("choose", "open"), "merge", ("split_alias", "split"), "rename", "retype", "hide", "undo_edit",
                ("star", "pick"), "only_type", "search_entity", ("next_pane", "next part"), "back", "palette",
                "close"),
    "said": ("help", ("choose", "read there"), "beside", "search_entity", ("next_pane", "next part"), "back", "copy",
             "merge", "palette", "close"),
    "lines": ("help", ("choose", "read there"), "by_left", "by_right", "by_date", "search_entity",
              ("next_pane", "next part"), "beside", "back", "copy", "palette", "close"),
    "naming": ("help", "choose", "search_entity", "beside", "star", ("next_pane", "next part"), "back", "merge",
               "palette", "close"),
    "comparison": ("help", ("choose", "read there"), ("next_difference", "difference"), ("next_figure", "figures"),
                   ("as_published", "published"), ("in_rows", "rows"), ("differing", "differing"), "alone",
                   ("next_side", "other side"), ("close", "back"), "find_here", ("add_side", "third"), "save_page",
                   "copy_row", "swap_sides"),
    "reports": ("help", ("choose", "read"), "go_coverage", "unfold", "mark_report", "compare_reports", "story_times",
                "search_story",
                "merge_story", "split_story", "name_story", "story_before", "story_after", "close"),
    "coverage": ("help", ("choose", "read there"), "next_teller", "order_statements", "told_alone", "left_out",
                 "go_reports", "copy_statement", "save_story", "source_before", "source_after", "close"),
    "story_times": ("help", "take_time", "earlier", "later", "zoom_in", "zoom_out", "mark_span", "next_burst",
                    "fit_all", "page_earlier", "page_later", ("story_times", "close it"), "go_reports", "go_coverage"),
    "stories": ("help", ("choose", "open"), "order_stories", "close"),
}  # fmt: skip
"""What the footer shows of the commands: name, or name and what it does there; the most important first."""

FIELD_KEYS: dict[Context, tuple[tuple[str, str], ...]] = {
    "search": (("⏎ ↓", "to the results"), ("↑", "earlier searches"), ("tab", "complete"), ("esc", "leave")),
    "find": (("⏎", "find"), ("esc", "leave")),
    "finding": (("⏎ ↓", "next"), ("↑", "before"), ("esc", "leave")),
    "choosing": (("⏎", "choose"), ("↑ ↓", "select"), ("esc", "leave")),
    "writing": (("⏎", "do it"), ("esc", "leave")),
}
"""What the footer shows where a text field has the focus, and so no letter is a command."""

BY_NAME: Mapping[str, Command] = {command.name: command for command in COMMANDS}

_SHOWN = {
    "slash": "/", "question_mark": "?", "colon": ":", "asterisk": "*", "left_square_bracket": "[",
    "right_square_bracket": "]", "equals_sign": "=", "less_than_sign": "<",
    "greater_than_sign": ">", "left_curly_bracket": "{", "right_curly_bracket": "}", "plus": "+", "minus": "-",
    "enter": "⏎", "space": "space",
    "escape": "esc", "pageup": "PgUp", "pagedown": "PgDn", "up": "↑", "left": "←", "right": "→", "down": "↓",
    "home": "Home", "end": "End", "shift+left": "⇧←", "shift+right": "⇧→",
    "backspace": "⌫", "tab": "tab", "shift+tab": "⇧tab", "f1": "F1",
}  # fmt: skip


def shown(key: str) -> str:
    """How a key is written for people: `slash` as `/`, `ctrl+f` as `^F`."""
    if key in _SHOWN:
        return _SHOWN[key]
    if key.startswith("ctrl+"):
        return "^" + shown(key.removeprefix("ctrl+")).upper()
    return key


def keys_of(command: Command, changed: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The keys of a command after the reader's changes."""
    return changed.get(command.name, command.keys)


def commands_at(place: Place) -> Iterable[Command]:
    """The commands that are bound at a place."""
    return (command for command in COMMANDS if command.place == place)
