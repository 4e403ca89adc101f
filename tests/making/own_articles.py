"""The project's annotated articles that may be learnt from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.bench import annotated
from tests.entities.scoring import teams_as_places
from tests.making.documents import Annotated
from tui.article import MENTION_TYPES


def own_articles(outside: Path) -> Iterator[Annotated]:
    """Those whose errors have been looked at, national teams being places; the other sets are for measuring alone.

    Args:
        outside: The folder with the texts that the project does not carry.
    """
    here = annotated.own_articles()["eight"]
    for article in (*here, *annotated.outside_articles(outside)["twenty"]):
        names = tuple(
            (start, end, MENTION_TYPES[MENTION_TYPES.index(kind)])
            for start, end, kind in teams_as_places(article).names
        )
        yield Annotated("own", article.name, article.text, names)
