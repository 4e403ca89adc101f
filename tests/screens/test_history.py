"""Back and forward."""

from __future__ import annotations

from tui.article import ArticleId
from tui.screens.history import LONGEST, History, Visit


def test_back_and_forward_lead_along_what_was_shown() -> None:
    history = History()
    history.go(Visit("nato"))
    history.go(Visit("nato", article=ArticleId("a" * 16)))
    assert history.back() == Visit("nato")
    assert history.back() == Visit("")
    assert history.back() is None
    assert history.forward() == Visit("nato")


def test_going_elsewhere_forgets_what_was_forward() -> None:
    history = History()
    history.go(Visit("nato"))
    history.back()
    history.go(Visit("storm"))
    assert history.forward() is None
    assert history.back() == Visit("")


def test_a_query_while_it_is_typed_is_one_visit() -> None:
    history = History()
    history.go(Visit("n"))
    for query in ("na", "nat", "nato"):
        history.amend(Visit(query))
    assert history.back() == Visit("")


def test_the_same_again_is_no_visit_and_the_memory_is_bounded() -> None:
    history = History()
    for number in range(LONGEST * 2):
        history.go(Visit(str(number)))
        history.go(Visit(str(number)))
    assert len(history.visits) == LONGEST
    assert history.present == Visit(str(LONGEST * 2 - 1))
