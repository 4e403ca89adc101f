"""Commands of the reader: moving, searching, reading."""

from __future__ import annotations

from tui.keys.command import Command

READING: tuple[Command, ...] = (
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
)
"""Where there is no page over it; what moves counts everywhere."""
