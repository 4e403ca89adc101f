"""What the index needs of the store, and nothing more.

The index knows article numbers, words and positions; titles, texts, entities and the reader's own marks stay with
the store, and this protocol is the whole of what passes between the two. `tui.corpus` implements it; the index's
tests implement it over a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tui.article import Article, ArticleNumber
    from tui.index.results import Hit

NameField = Literal["person", "org", "place", "entity"]
"""Query fields whose values are names of entities; `entity` is any type."""

Flag = Literal["unread", "read", "starred"]
"""Values of `is:`."""
FLAGS: tuple[Flag, ...] = ("unread", "read", "starred")

ChangeKind = Literal["put", "delete"]
"""`put`: the article is new or has another text; `delete`: it has gone."""


class Change(NamedTuple):
    """One line of the store's change log."""

    sequence: int
    number: ArticleNumber
    kind: ChangeKind


class ToldByText(NamedTuple):
    """Entities that articles name by how a name is written, as the reader says, not by what was recognised alone."""

    entities: NDArray[np.int64]
    """By number as `ArticleSource.canonical` has them; below 0 those that nothing recognised is, shape (entities,)."""
    kinds: NDArray[np.uint8]
    """What each is, as `ArticleSource.entity_kinds`, same shape."""
    articles: NDArray[np.uint32]
    """Numbers of the articles that name them, one's after the other's, shape (articles,)."""
    whose: NDArray[np.int64]
    """The place in `entities` of the one that each names, same shape."""


class ArticleSource(Protocol):
    """The store, as the index sees it. Every method may be called from any thread."""

    @property
    def generation(self) -> int:
        """Goes up with every change that `rows` would show; reading marks and edits of entities don't count."""

    def rows(self, numbers: Sequence[int]) -> list[Hit]:
        """A Hit without snippet for each number, in the order given; numbers that have gone are left out."""

    def texts(self, numbers: Sequence[int]) -> dict[int, Article]:
        """The articles of these numbers; numbers that have gone are left out. Any number of them may be asked."""

    def boilerplate(self, numbers: Sequence[int]) -> dict[int, frozenset[int]]:
        """The paragraphs of each article that its source repeats, by index; articles without any are left out."""

    def entities_named(self, field: NameField, name: str, *, whole: bool = False) -> NDArray[np.int64]:
        """All that were recognised, by number, ascending, and are an entity of that type with this name or alias.

        Before them numbers below 0 of such entities that nothing recognised is (`told_by_text`).

        Compared as `tui.folding.fold` folds; part of a name counts as its whole words do (`Putin` finds Vladimir
        Putin); a trailing `*` finds every name with a word that begins so. `whole` are those alone that are called so
        and no more, where there are any.
        """

    def articles_naming(self, entities: NDArray[np.int64]) -> NDArray[np.uint32]:
        """Numbers, ascending, of the articles that name any of these, as `entities_named` gives them."""

    def surfaces(self, entities: NDArray[np.int64]) -> Sequence[str]:
        """How articles write the names of these, as they were recognised: what a reader of the articles sees marked."""

    def flagged(self, flag: Flag) -> NDArray[np.uint32]:
        """Numbers, ascending, of the articles that the reader has marked so (`unread`: not read)."""

    def articles_of_story(self, text: str, *, quoted: bool, begun: bool) -> NDArray[np.uint32] | None:
        """Numbers, ascending, of the articles of the stories that a text may mean; None where it means none.

        It is an id, its first four digits or more, or words of a title; in quotes words in any case, and a whole title
        only the stories of that title. The last word may be only begun where it says so.
        """

    def stories_named(self, typed: str, limit: int) -> list[tuple[str, int]]:
        """Titles of stories that have words that begin as typed, and how many articles each has, most first."""

    def entities_of(self, numbers: Sequence[int]) -> dict[int, NDArray[np.uint32]]:
        """The numbers of the entities that each article names, as they were recognised, ascending, each once.

        They stay as they are while the article does, whatever the corpus decides. Articles that have gone are left
        out; any number of them may be asked.
        """

    def canonical(self) -> NDArray[np.uint32]:
        """The entity that each recognised one is, by its number: another's where it was joined to that one.

        Shape (highest number + 1,) at least as far as any entity that an article names. The very same array as long
        as neither the corpus nor the reader decides otherwise.
        """

    def entity_kinds(self) -> NDArray[np.uint8]:
        """What each entity that `canonical` tells of is, by its number, shape as there.

        0 is nothing (any more) or hidden, else 1 + the type's place in `MENTION_TYPES`.
        """

    def told_by_text(self) -> ToldByText:
        """The entities that `articles_naming` finds by text: mostly none. Of the same time as `canonical`."""

    def entity_names(self, numbers: Sequence[int]) -> dict[int, str]:
        """What the corpus or its reader calls these entities; those that no article names are left out."""

    def names_like(self, field: NameField, typed: str, limit: int) -> list[tuple[str, int]]:
        """Names of entities one of whose names has a word that begins so, and how many articles name each.

        Most articles first; where nothing is typed, of all. Where thousands begin so, the rarer of them may be left
        out.
        """

    def names_near(self, field: NameField, typed: str, limit: int) -> list[tuple[str, int]]:
        """As `names_like`, of names that have a word that begins nearly so: one letter put in, left out, changed or
        swapped with the next.
        """

    def changes_since(self, sequence: int, limit: int = -1) -> tuple[int, list[Change]]:
        """The log's last sequence, and the last change of each article that changed after `sequence`, in order.

        With a limit (-1 is none), the first so many of them.
        """
