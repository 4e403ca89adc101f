"""Stories as they come."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.stories import b_cubed
from tests.stories.reports import report, reports
from tui.article import Article
from tui.stories import online
from tui.stories.features import FeatureMaker, Features
from tui.stories.online import OnlineStories, open_story

_DAY = 738_000
_REPORTS, _EVENTS = reports(12, 5)
_EMPTY = FeatureMaker().features(Article("", ()))


def _on(articles: list[Features], day: int | None) -> list[tuple[Features, int | None]]:
    return [(one, day) for one in articles]


def test_reports_of_one_event_make_one_story() -> None:
    """And those of others make others."""
    keys = OnlineStories().add_all(_on(_REPORTS, _DAY))
    assert b_cubed(_EVENTS, keys).f1 > 0.95


def test_keys_go_up_from_the_first() -> None:
    """So that a store can tell new stories from old."""
    keys = OnlineStories(100).add_all(_on(_REPORTS, _DAY))
    assert keys[0] == 100
    assert sorted(set(keys)) == list(range(100, 100 + len(set(keys))))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(_REPORTS) - 1),
            st.none() | st.integers(_DAY, _DAY + 30) | st.integers(1, 3_652_059),
        ),
        max_size=40,
    ),
    st.integers(0, 40),
)
def test_a_state_goes_on_as_the_original_would(added: list[tuple[int, int | None]], cut: int) -> None:
    """Wherever an indexing run ended."""
    articles = [(_REPORTS[index], day) for index, day in added]
    one = OnlineStories()
    one.add_all(articles[:cut])
    other = OnlineStories.from_state(one.state())
    assert len(other) == len(one)
    assert other.add_all(articles[cut:]) == one.add_all(articles[cut:])
    assert other.state() == one.state()


def test_damaged_states_are_refused() -> None:
    """In one way, whatever is wrong with them."""
    stories = OnlineStories()
    stories.add_all(_on(_REPORTS, _DAY))
    state = stories.state()
    flipped = bytes(byte ^ 0x55 if 200 < place < 230 else byte for place, byte in enumerate(state))
    for data in (b"", b"nothing of the kind", state[:-40], state[: len(state) // 2], flipped):
        with pytest.raises(ValueError, match="state"):
            OnlineStories.from_state(data)


def test_days_part_stories() -> None:
    """The same words a month later are another story; a day later they are not."""
    stories = OnlineStories()
    first, *rest = [one for one, event in zip(_REPORTS, _EVENTS, strict=True) if event == 3]
    stories.add_all(_on(_REPORTS, _DAY))
    key = stories.add(first, _DAY)
    assert stories.add(rest[0], _DAY + 1) == key
    assert stories.add(rest[1], _DAY + 40) != key


def test_an_article_that_comes_late_finds_its_story() -> None:
    """Whatever has come since: old articles, and some with dates in the future."""
    stories = OnlineStories()
    late = _REPORTS[0]
    keys = stories.add_all(_on(_REPORTS[1:], _DAY))
    stories.add_all(_on(_REPORTS[1:], _DAY + 200))
    stories.add_all(_on(_REPORTS[1:], 3_652_059))
    assert stories.add(late, _DAY) == keys[_EVENTS[1:].index(_EVENTS[0])]


def test_without_a_date_only_what_is_very_alike_joins() -> None:
    """A copy finds its story, whenever that was; another report of the event stays by itself."""
    stories = OnlineStories()
    others = [one for one, event in zip(_REPORTS, _EVENTS, strict=True) if event != 0]
    first, second = [one for one, event in zip(_REPORTS, _EVENTS, strict=True) if event == 0][:2]
    stories.add_all(_on(others, _DAY))
    key = stories.add(first, _DAY)
    stories.add_all(_on(others, _DAY + 60))
    assert stories.add(first, None) == key
    alone = stories.add(second, None)
    assert alone != key
    assert stories.add(second, None) == alone


def test_articles_of_no_words_or_one_do_no_harm() -> None:
    """An empty article is a story of its own; two of one word may be one."""
    stories = OnlineStories()
    word = FeatureMaker().features(Article("Storm", ()))
    keys = stories.add_all(
        [(_EMPTY, _DAY), (_EMPTY, _DAY), (_EMPTY, None), (word, _DAY), (word, _DAY), *_on(_REPORTS, _DAY)]
    )
    assert len(set(keys[:3])) == 3
    assert keys[3] not in keys[:3]
    assert keys[5] not in keys[:5]


def test_ten_thousand_articles_in_one_story() -> None:
    """Each costs what the first cost."""
    chosen = [one for one, event in zip(_REPORTS, _EVENTS, strict=True) if event == 0]
    stories = OnlineStories()
    stories.add_all(_on(_REPORTS, _DAY))
    seconds = []
    for _ in range(5):
        started = time.process_time()
        keys = {stories.add(chosen[number % len(chosen)], _DAY + number % 3) for number in range(2_000)}
        seconds.append(time.process_time() - started)
        assert len(keys) == 1
    story = stories.story(keys.pop())
    assert story is not None and story.articles == 10_000 + len(chosen)
    assert min(seconds[3:]) < 3 * min(seconds[:2]) + 0.2


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stories that nothing joined for longest are forgotten, with all that was listed of them."""
    monkeypatch.setattr(online, "MOST_OPEN", 16)
    maker = FeatureMaker()
    stories = OnlineStories()
    keys = [stories.add(maker.features(report(event, 0)), _DAY + 10 * event) for event in range(60)]
    assert len(stories) <= 16
    assert stories.story(keys[0]) is None
    assert stories.story(keys[-1]) is not None
    stories.forget(keys)
    assert len(stories) == 0
    assert len(stories.state()) < 20_000


def test_a_story_that_was_forgotten_can_be_opened_again() -> None:
    """And goes on as if it had stayed."""
    stories = OnlineStories()
    keys = stories.add_all(_on(_REPORTS[:-1], _DAY))
    right = keys[_EVENTS.index(_EVENTS[-1])]
    kept = stories.story(right)
    assert kept is not None and kept.days == (_DAY,)
    stories.forget([right, 10**9])
    assert stories.story(right) is None
    stories.reopen(kept)
    again = stories.story(right)
    assert again is not None
    assert np.array_equal(again.terms, kept.terms) and np.array_equal(again.sums, kept.sums)
    assert stories.add(_REPORTS[-1], _DAY) == right


def test_a_story_made_of_articles_takes_others() -> None:
    """As after a re-clustering; new stories get keys above it."""
    stories = OnlineStories()
    members = [one for one, event in zip(_REPORTS, _EVENTS, strict=True) if event == 2]
    stories.add_all(_on([one for one, event in zip(_REPORTS, _EVENTS, strict=True) if event != 2], _DAY))
    stories.reopen(open_story(5_000, members[:-1], [_DAY] * (len(members) - 1)))
    assert stories.add(members[-1], _DAY) == 5_000
    assert stories.add(FeatureMaker().features(report(77, 0)), _DAY) == 5_001
    assert open_story(1, [], []).articles == 0


_ABROAD = {
    "zh": [
        ("台风在广东沿海登陆", "台风星期二清晨在广东沿海登陆，数千名居民被疏散到学校。气象部门说风力将逐渐减弱。"),
        ("广东疏散居民防台风", "气象部门说台风清晨登陆广东沿海，当地疏散了数千名居民，学校停课。"),
        ("央行下调贷款利率", "中央银行星期二宣布下调贷款利率，以支持中小企业。分析人士说这在预料之中。"),
        ("贷款利率下调支持企业", "分析人士说，中央银行下调贷款利率是为了支持中小企业，市场早有预料。"),
    ],
    "ru": [
        ("Тайфун обрушился на побережье", "Утром пришёл тайфун, тысячи жителей побережья эвакуированы в школы."),
        ("Жителей эвакуировали", "Тысячи жителей побережья эвакуировали в школы: утром пришёл тайфун."),
        ("Банк снизил ставку", "Центральный банк снизил ставку по кредитам, чтобы поддержать предприятия."),
        ("Ставка снижена", "Чтобы поддержать предприятия, центральный банк снизил ставку по кредитам."),
    ],
    "ar": [
        ("إعصار يضرب الساحل", "ضرب إعصار قوي الساحل صباح الثلاثاء وتم إجلاء آلاف السكان إلى المدارس."),
        ("إجلاء السكان بسبب الإعصار", "تم إجلاء آلاف السكان إلى المدارس بعد أن ضرب الإعصار الساحل صباحا."),
        ("البنك يخفض سعر الفائدة", "خفض البنك المركزي سعر الفائدة على القروض لدعم الشركات الصغيرة."),
        ("سعر الفائدة على القروض ينخفض", "لدعم الشركات الصغيرة قرر البنك المركزي خفض سعر الفائدة على القروض."),
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", _ABROAD)
def test_any_script_will_do(language: str) -> None:
    """Two events, two reports each, among reports in another language."""
    maker = FeatureMaker()
    articles = [
        maker.features(Article(title, (body,), language=language)) for title, body in _ABROAD[language]
    ]
    keys = OnlineStories().add_all(_on([*articles, *_REPORTS], _DAY))
    assert keys[0] == keys[1] != keys[2] == keys[3]
    assert not set(keys[:4]) & set(keys[4:])
