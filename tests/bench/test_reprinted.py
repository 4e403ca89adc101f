"""The invented newspapers that reprints and boilerplate are measured on, and the figures of a small corpus of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.bench.corpus import make
from tests.bench.reprinted import MOST_CUT, REPRINT_SHARE, Printed, Site, invented, printed, real
from tests.bench.reprints import boilerplate_found, find, keys_of, pairs_of, scores


@pytest.fixture(scope="module")
def newspapers() -> tuple[list[Printed], list[Site]]:
    """Two thousand articles."""
    return printed(invented(), 2_000)


def test_so_many_are_reprints(newspapers: tuple[list[Printed], list[Site]]) -> None:
    """As many as are asked for, of all that there are."""
    articles, _ = newspapers
    assert len(articles) == 2_000
    assert len({article.report for article in articles}) == round(2_000 * (1 - REPRINT_SHARE))


def test_a_reprint_is_cut_and_shuffled(newspapers: tuple[list[Printed], list[Site]]) -> None:
    """No more than is said, and not the site's own paragraphs."""
    articles, _ = newspapers
    texts = {}
    for article in articles:
        own = [text for text, added in zip(article.paragraphs, article.added, strict=True) if not added]
        texts.setdefault(article.report, []).append(own)
    printed_again = [versions for versions in texts.values() if len(versions) > 1]
    for versions in printed_again:
        fullest = max(map(len, versions))
        assert all(len(version) >= max(1, int(fullest * (1 - MOST_CUT))) for version in versions)


def test_boilerplate_is_what_the_site_added(newspapers: tuple[list[Printed], list[Site]]) -> None:
    """Each piece on some pages of its site, and no report has it."""
    articles, _ = newspapers
    added = {
        text for article in articles for text, by in zip(article.paragraphs, article.added, strict=True) if by
    }
    own = {
        text
        for article in articles
        for text, by in zip(article.paragraphs, article.added, strict=True)
        if not by
    }
    assert added
    assert not added & own


def test_the_same_seed_makes_the_same() -> None:
    """And another one another."""
    assert printed(invented(), 200) == printed(invented(), 200)
    assert printed(invented(), 200) != printed(invented(), 200, seed=2)


def test_without_what_was_reprinted() -> None:
    """The first version is not among them."""
    articles, _ = printed(invented(), 1_000, with_original=False)
    again, _ = printed(invented(), 1_000)
    once = Counter(article.report for article in again)
    fewer = Counter(article.report for article in articles)
    assert all(fewer[report] == (count if count == 1 else count - 1) for report, count in once.items())


def test_real_articles_are_read_from_files(tmp_path: Path) -> None:
    """As the program reads them."""
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(make(1, number, 100).text)
    reports = list(real(tmp_path))
    assert [report.paragraphs for report in reports] == [
        make(1, number, 100).paragraphs for number in range(3)
    ]
    assert [report.day for report in reports] == [
        make(1, number, 100).date.toordinal() for number in range(3)
    ]


def test_pairs() -> None:
    """Of a group of three there are three."""
    assert pairs_of([1, 1, 1, 2, 3, 3]) == 4
    assert pairs_of([]) == 0


def test_scores_of_known_groups() -> None:
    """All right, all apart, all in one."""
    articles = [Printed(report, report, 0, 0, [], []) for report in (0, 0, 1, 1)]
    assert scores(articles, [0, 0, 2, 2], None)[:4] == ["1.0000", "1.0000", "1.0000", "0"]
    assert scores(articles, [0, 1, 2, 3], None)[1] == "0.0000"
    assert scores(articles, [0, 0, 0, 0], None)[:2] == ["0.3333", "1.0000"]


def test_figures_of_a_small_corpus(newspapers: tuple[list[Printed], list[Site]]) -> None:
    """Reprints and boilerplate are found as well as is promised."""
    articles, sites = newspapers
    keys = keys_of(articles)
    found = boilerplate_found(articles, sites, keys, [article.story for article in articles])
    right = said = added = 0
    for article, chosen in zip(articles, found, strict=True):
        of_site = {at for at, by in enumerate(article.added) if by}
        right, said, added = right + len(of_site & chosen), said + len(chosen), added + len(of_site)
    assert right / said > 0.99
    assert right / added > 0.97
    texts = [
        "\n".join(text for at, text in enumerate(article.paragraphs) if at not in chosen)
        for article, chosen in zip(articles, found, strict=True)
    ]
    precision, recall = (float(figure) for figure in scores(articles, find(articles, texts, []), None)[:2])
    assert precision > 0.98
    assert recall > 0.95
