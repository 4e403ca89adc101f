"""What the world calls the types of names, and which of our four each of them is.

One table for all that comes from outside: annotated data, pipelines, and models with labels of their own.
"""

from __future__ import annotations

from tui.article import MentionType

_LABELS: dict[MentionType, str] = {
    "person": "per person people pers actor author artist politician musician scientist writer fictional_character",
    "organisation": "org organisation organization corporation company corp group institution agency team sports_team"
    " party politicalparty political_party band government university media newspaper brand",
    "place": "loc location place gpe geo geo-loc geoloc geopolitical fac facility building city country state region"
    " land river street stadium airport",
    "misc": "misc miscellaneous other norp nationality nationalities religion demonym ethnicity event work_of_art"
    " creative-work creative_work work title product law language award animate vehicle other_name",
}
_FIGURES = (
    "date time money percent percentage quantity cardinal ordinal number num age duration price currency tim email url"
    " phone"
)

TYPE_OF_LABEL: dict[str, MentionType | None] = {
    **{label: kind for kind, labels in _LABELS.items() for label in labels.split()},
    **dict.fromkeys(_FIGURES.split()),
}
"""Our type of a label in small letters; None for labels of what is no name: figures, addresses."""


def knows_label(label: str) -> bool:
    """Whether the table has that label, however it is capitalised."""
    return label.lower() in TYPE_OF_LABEL


def type_of_label(label: str) -> MentionType | None:
    """Our type of a label; None where it is unknown or of what is no name."""
    return TYPE_OF_LABEL.get(label.lower())
