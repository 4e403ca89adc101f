"""The screens that the snapshots hold and the README shows: each is keys from the first frame on."""

from __future__ import annotations

SIZES = ((80, 24), (120, 40), (200, 50))

_PAGE = ("slash", *"ryabkov", "enter", "enter", "right_square_bracket", "right_square_bracket", "enter")

_COMPARE = (
    "slash", *"title:americans OR title:seeks", "enter", "enter", "escape", "j", "c",
)  # fmt: skip

_STORY = ("slash", *"draft treaties", "enter", "s")

SCENES: dict[str, tuple[str, ...]] = {
    "greeting": (),
    "results": ("slash", *"natos security", "enter"),
    "article": ("slash", *"draft pacts", "enter", "enter", "n"),
    "beside": ("slash", *"draft pacts", "enter", "enter", "escape", "j", "v", "w"),
    "entities": ("slash", *"ryabkov", "enter", "enter", "e", "j"),
    "entities_in_order": ("slash", *"ryabkov", "enter", "enter", "e", "S", "j"),
    "page": _PAGE,
    "page_timeline": (*_PAGE, "1", "left", "left"),
    "page_quotes": (*_PAGE, "3", "j"),
    "page_concordance": (*_PAGE, "4", "greater_than_sign", "j", "j"),
    "page_articles": (*_PAGE, "5", "j"),
    "page_merge": (*_PAGE, "M", *"mos"),
    "compare": (*_COMPARE, "right_square_bracket"),
    "compare_published": (*_COMPARE, "1", "right_square_bracket"),
    "compare_differing": (*_COMPARE, "3"),
    "compare_three": (
        "slash",
        *"title:breakthrough OR title:slammed",
        "enter",
        "enter",
        "escape",
        "j",
        "c",
        "v",
        *"title:breakthrough kestrel",
        "enter",
        "j",
    ),
    "stories": ("B", "j"),
    "story": (*_STORY, "space", "j", "asterisk", "j"),
    "coverage": (*_STORY, "2", "j", "j", "l", "l", "l"),
    "coverage_left_out": (*_STORY, "2", *"llllll", "x", "j"),
    "article_ordered": ("slash", *"title:seeks", "enter", "enter", "P"),
    "facets": ("slash", *"storm", "enter", "f", "j"),
    "timeline": ("t",),
    "timeline_zoomed": ("slash", *"nato", "enter", "t", "N", "plus", "plus", "left"),
    "timeline_span": ("slash", *"nato", "enter", "t", "plus", "g", "v", *["right"] * 4),
    "timeline_narrowed": ("slash", *"nato", "enter", "t", "g", "right", "enter", "right"),
    "unknown": ("slash", *"kremlni"),
    "help": ("question_mark",),
}


def key_names(keys: tuple[str, ...]) -> list[str]:
    """Textual's names of the keys of a scene."""
    return [{" ": "space", ":": "colon"}.get(key, key) for key in keys]
