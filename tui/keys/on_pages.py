"""Commands of the pages that lie over the reader: a name's, a comparison, a story, and the bars of a timeline."""

from __future__ import annotations

from tui.keys.command import SIDE_BY_SIDE, STORIES, TIMELINE, WHO_AND_WHERE, Command

ON_PAGES: tuple[Command, ...] = (
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
)
"""Page by page."""
