"""The project's annotated articles: those that may be learnt from, and those that are for measuring alone.

In both, national teams are places, as most who annotate have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from tests.bench import annotated
from tests.entities import scoring
from tests.making.documents import Annotated
from tui.entities.sentences import Name

HALF = slice(1, None, 2)
"""Which of `own_articles` the teacher is shown: on the others settings were compared."""


def own_articles(outside: Path) -> list[Annotated]:
    """Those whose errors have been looked at.

    Args:
        outside: The folder with the texts that the project does not carry.
    """
    eight, twenty = annotated.own_articles()["eight"], annotated.outside_articles(outside)["twenty"]
    return list(_articles([*eight, *twenty]))


def measuring_articles(outside: Path) -> dict[str, list[Annotated]]:
    """The others, by the name of their set."""
    own = annotated.own_articles()
    sets = {
        "unseen": annotated.outside_articles(outside)["unseen"],
        "written": own["written"],
        "samples": own["samples"],
    }
    return {name: list(_articles(articles)) for name, articles in sets.items()}


def _articles(articles: Iterable[scoring.Annotated]) -> Iterator[Annotated]:
    for article in articles:
        names = cast("tuple[Name, ...]", article.names)
        yield Annotated("own", article.name, article.text, names)
