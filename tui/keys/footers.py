"""What the footer shows, by what has the focus."""

from __future__ import annotations

from tui.keys.command import Context

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
