"""The screens that the snapshots hold and the README shows: each is keys from the first frame on."""

from __future__ import annotations

SIZES = ((80, 24), (120, 40), (200, 50))

SCENES: dict[str, tuple[str, ...]] = {
    "greeting": (),
    "results": ("slash", *"natos security", "enter"),
    "article": ("slash", *"draft pacts", "enter", "enter", "n"),
    "beside": ("slash", *"draft pacts", "enter", "enter", "escape", "j", "v", "w"),
    "entities": ("slash", *"ryabkov", "enter", "enter", "e", "j"),
    "facets": ("slash", *"storm", "enter", "f", "j"),
    "timeline": ("t",),
    "unknown": ("slash", *"kremlni"),
    "help": ("question_mark",),
}


def key_names(keys: tuple[str, ...]) -> list[str]:
    """Textual's names of the keys of a scene."""
    return ["space" if key == " " else key for key in keys]
