"""What an article is known by."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stories.reports import report
from tui.article import TITLE, Article, EntityId, Mention
from tui.stories.features import MOST_TERMS, NAME, FeatureMaker, Features, unpacked

_TEXT = st.text(st.characters(exclude_categories=["Cc"]), max_size=80)


def _same(one: Features, other: Features) -> bool:
    return all(
        np.array_equal(left, right) and left.dtype == right.dtype
        for left, right in zip(one[:4], other[:4], strict=True)
    ) and (one.words == other.words)


def _features(title: str, *paragraphs: str, language: str | None = "en") -> Features:
    return FeatureMaker().features(Article(title, paragraphs, language=language))


@given(_TEXT, st.lists(_TEXT, max_size=4))
def test_packed_is_the_same_again(title: str, paragraphs: list[str]) -> None:
    """Whatever an article says, its features come back from bytes as they were."""
    features = _features(title, *paragraphs)
    assert _same(unpacked(features.packed()), features)
    assert len(features.packed()) <= 4 + 5 * MOST_TERMS
    assert np.all(np.diff(features.terms.astype(np.int64)) > 0)


def test_terms_are_the_same_in_every_process() -> None:
    """No hash that Python salts takes part."""
    code = (
        "from tests.stories.reports import report; from tui.stories.features import FeatureMaker;"
        "print(FeatureMaker().features(report(3, 1)).packed().hex())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == FeatureMaker().features(report(3, 1)).packed().hex()


@pytest.mark.parametrize("data", [b"", b"\1", b"\1\2\0\0abc", b"\2\0\0\0", b"\1\1\0\0" + b"x" * 6])
def test_damaged_bytes_are_refused(data: bytes) -> None:
    """What is no features is said to be none."""
    with pytest.raises(ValueError, match="terms"):
        unpacked(data)


def test_an_empty_article_has_no_terms() -> None:
    """And one of a single word has one."""
    assert len(_features("").terms) == 0
    assert _features("").words == 0
    assert len(_features("Storm").terms) == 1


def test_inflected_words_are_one_term() -> None:
    """Stems are those of the article's language."""
    assert np.array_equal(_features("Elections").terms, _features("election").terms)
    assert np.array_equal(_features("Wahlen", language="de").terms, _features("Wahl", language="de").terms)


def test_scripts_without_spaces_share_terms() -> None:
    """Two reports in Chinese or Thai about one thing have pairs of characters in common."""
    for one, other in (("北京冬奥会今天开幕", "冬奥会在北京开幕"), ("นายกรัฐมนตรีลาออก", "นายกรัฐมนตรีประกาศ")):
        shared = np.intersect1d(_features(one, language=None).terms, _features(other, language=None).terms)
        assert len(shared) >= 3


def test_fields_are_counted_apart() -> None:
    """A term's place says how much it counts."""
    features = _features("storm", "storm " * 30 + "calm " * 80)
    storm = int(np.flatnonzero(features.title)[0])
    assert (features.title[storm], features.lead[storm], features.body[storm]) == (1, 3, 15)
    calm = 1 - storm
    assert features.title[calm] == 0
    assert features.words == 110


def test_boilerplate_takes_no_part() -> None:
    """Neither its words nor the names in it."""
    article = Article("Storm", ("Read more at Acme.", "Rain fell."), language="en")
    mentions = [Mention(0, 13, 17, "Acme", "organisation")]
    maker = FeatureMaker()
    assert _same(
        maker.features(article, mentions, {0}),
        maker.features(Article("Storm", ("Rain fell.",), language="en")),
    )


def test_names_are_known_by_entity_else_by_folded_name() -> None:
    """A person without an entity goes by the last word; names are marked as such."""
    article = Article("Storm", ("Rain fell.",), language="en")
    maker = FeatureMaker()

    def names(*mentions: Mention) -> list[int]:
        terms = maker.features(article, mentions).terms
        return [int(term) for term in terms if term >= NAME]

    full, short = Mention(0, 0, 4, "Dmitry Peskov", "person"), Mention(TITLE, 0, 5, "PESKOV", "person")
    assert names(full) == names(short) != []
    decided = Mention(0, 0, 4, "Dmitry Peskov", "person", EntityId("00000000000000aa"))
    assert names(decided) == names(replace(decided, text="the spokesman")) != []
    assert names(decided) != names(full)


def test_a_long_article_keeps_what_its_title_says() -> None:
    """However many words there are."""
    body = " ".join(f"word{number}" for number in range(5_000))
    features = _features("Zebra escapes", body)
    assert len(features.terms) == MOST_TERMS
    assert int((features.title > 0).sum()) == 2
    assert features.words == 5_000
