"""Learning what clues to the order of paragraphs weigh, from articles that are made for it."""

from __future__ import annotations

import numpy as np
import pytest

from tests.making import paragraph_order
from tests.making.paragraph_order import Lesson, learn, measured, telling_cues
from tui.article import Article
from tui.stories.clues import clues_of

WORDS = "barley copper ginger marble saddle timber velvet walnut".split()


def lessons(count: int, seed: int) -> list[Lesson]:
    """Articles whose paragraphs begin with a word that tells where they stand, or with one that doesn't."""
    chance = np.random.default_rng(seed)
    found = []
    for number in range(count):
        starts = ["announced", "afterwards", "previously", "finally"]
        texts = [f"it {start} {' '.join(chance.choice(WORDS, 6))}." for start in starts]
        article = Article("", tuple(texts))
        found.append(Lesson(f"kind {number % 4}", 1.0, clues_of(article, range(len(texts)))))
    return found


@pytest.fixture(autouse=True)
def _few_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paragraph_order, "_LEAST_ARTICLES", 10)


def test_words_that_tell_are_found_and_words_of_one_collection_are_not() -> None:
    learnt = lessons(40, 1)
    one_kind = [Lesson("kind 0", lesson.weight, lesson.clues) for lesson in learnt]
    assert set(telling_cues(learnt)[:2]) & {"announced", "finally", "it announced", "it finally"}
    assert telling_cues(one_kind) == []


def test_what_is_learnt_puts_unseen_articles_in_order() -> None:
    taus, leads = measured(learn(lessons(200, 1)), lessons(20, 2))
    assert np.mean(taus) > 0.9
    assert np.mean(leads) > 0.9
