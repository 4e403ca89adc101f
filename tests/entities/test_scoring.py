"""How recognisers are scored: what counts as the same name, and data of others as articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.annotated import development
from tests.entities.scoring import Annotated, bare, read_annotated, score_names

TEXT = "The Guardian met Angela Merkel's aide in Paris."
ARTICLE = Annotated("one", TEXT, ((0, 12, "organisation"), (17, 30, "person"), (41, 46, "place")))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Guardian", "Guardian"),
        ("THE GUARDIAN", "GUARDIAN"),
        ("Merkel's", "Merkel"),
        ("Merkel’s", "Merkel"),
        ("Merkel 's", "Merkel"),
        ("The", "The"),
        ("Theresa", "Theresa"),
        ("'s", "'s"),
    ],
)
def test_an_article_before_and_a_possessive_after_do_not_count(text: str, name: str) -> None:
    start, end = bare(text, 0, len(text))
    assert text[start:end] == name


def test_strict_wants_span_and_type_lenient_the_type_and_an_overlap() -> None:
    found = [(4, 12, "organisation"), (24, 32, "person"), (41, 46, "organisation")]
    strict, lenient = score_names([ARTICLE], [found])
    assert (strict.precision(), strict.recall()) == pytest.approx((100 / 3, 100 / 3))
    assert lenient.f1() == pytest.approx(100 * 2 / 3)
    assert (strict.f1("organisation"), strict.f1("place")) == (pytest.approx(200 / 3), 0)


def test_a_wanted_name_counts_once_however_many_overlap_it() -> None:
    _, lenient = score_names([ARTICLE], [[(17, 23, "person"), (24, 30, "person")]])
    assert lenient.right["person"] == 1


def test_a_type_that_nobody_marked_is_left_out() -> None:
    strict, _ = score_names([ARTICLE], [[*ARTICLE.names, (13, 16, "misc")]])
    assert strict.f1() == 100


def test_nothing_found_and_nothing_there_is_no_error() -> None:
    strict, _ = score_names([Annotated("none", "", ())], [[]])
    assert (strict.f1(), strict.precision(), strict.recall()) == (100, 100, 100)


def test_marks_are_taken_out_of_a_text(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text("[[Angela Merkel|person]] and [[the UN|organisation]]\n", encoding="utf-8")
    article = read_annotated(path)
    assert article.text == "Angela Merkel and the UN\n"
    assert [article.text[start:end] for start, end, _ in article.names] == ["Angela Merkel", "the UN"]


def test_columns_are_an_article_of_a_sentence_a_line(tmp_path: Path) -> None:
    path = tmp_path / "columns.conll"
    path.write_text("He O\nmet O\nAngela B-PER\nMerkel I-PER\n. O\n\nNato B-ORG\nspoke O\n", encoding="utf-8")
    (article,) = development([path])
    assert article.text == "He met Angela Merkel .\nNato spoke"
    assert [(article.text[start:end], kind) for start, end, kind in article.names] == [
        ("Angela Merkel", "person"),
        ("Nato", "organisation"),
    ]
