"""What the reader puts right about stories counts everywhere at once, and outlasts what is decided anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.conftest import Folder
from tests.corpus.events import opened, write_events, write_report
from tests.corpus.invented import Invented
from tui.article import ArticleId
from tui.corpus import Corpus, Desk, due, index_corpus
from tui.corpus.derived import Derived
from tui.corpus.packing import Packing
from tui.corpus.story_edits import Merge, Name, Split, decoded, encoded
from tui.corpus.story_rows import StoryRows
from tui.errors import NoSuchStory, UsageError
from tui.stories.values import Story, StoryId


@pytest.fixture
def corpus(folder: Folder) -> Iterator[Corpus]:
    """Four events of four reports."""
    write_events(folder, 4, 4, apart=5)
    index_corpus([folder.path], recogniser="rules")
    with Corpus.open(folder.path) as opened:
        yield opened


def of_event(corpus: Corpus, event: int) -> Story:
    id = corpus.id_of_file(corpus.roots[0] / f"{event:03}-000.txt")
    assert id is not None
    story = corpus.story_of(id)
    assert story is not None
    return corpus.story(story)


def everywhere(corpus: Corpus) -> dict[StoryId, frozenset[ArticleId]]:
    """The stories of at least two articles, held to be the same wherever they are asked for."""
    stories = {story.id: frozenset(story.articles) for story in corpus.stories(limit=1_000)}
    assert corpus.story_count() == len(stories)
    assert {story.id for story in corpus.stories(limit=1_000, order="largest")} == stories.keys()
    told = corpus.stories_of([hit.id for hit in corpus.newest(1_000)])
    for id, articles in stories.items():
        assert {article for article, one in told.items() if one.story == id} == articles
        assert {one.articles for one in told.values() if one.story == id} == {len(articles)}
        assert {hit.id for hit in corpus.search(f"story:{id}").page(0, 1_000)} == articles
        assert set(corpus.story(id).articles) == articles
        assert (id, corpus.story(id).title, len(articles)) in corpus.stories_named(
            corpus.story(id).title, 1_000
        )
    assert set(told) == {article for articles in stories.values() for article in articles}
    return stories


def test_a_split_story_is_two_everywhere_and_after_undo_one(corpus: Corpus) -> None:
    before = everywhere(corpus)
    story = of_event(corpus, 1)
    new = corpus.split_story(story.id, [story.articles[0], story.articles[2], ArticleId("f" * 16)])
    after = everywhere(corpus)
    assert after == {
        **before,
        story.id: frozenset((story.articles[1], story.articles[3])),
        new: frozenset((story.articles[0], story.articles[2])),
    }
    assert corpus.story(new).sources == 2
    assert corpus.story(new).title in {corpus.article(id).title for id in corpus.story(new).articles}
    assert corpus.undo_story_edit() == f"Took 2 articles out of {story.title[:59]}…" or len(story.title) <= 60
    assert everywhere(corpus) == before
    with pytest.raises(NoSuchStory):
        corpus.story(new)


def test_one_article_alone_is_in_no_story_but_found_by_its_id(corpus: Corpus) -> None:
    story = of_event(corpus, 0)
    new = corpus.split_story(story.id, story.articles[:1])
    assert corpus.story(new).articles == story.articles[:1]
    assert corpus.story_of(story.articles[0]) is None
    assert everywhere(corpus)[story.id] == frozenset(story.articles[1:])
    assert corpus.merge_stories([new], story.id) == story.id
    assert corpus.story(story.id).articles == story.articles
    assert corpus.story(new).id == story.id


def test_merged_stories_are_one_everywhere_and_after_undo_two(corpus: Corpus) -> None:
    before = everywhere(corpus)
    one, two, three = (of_event(corpus, event) for event in range(3))
    assert corpus.merge_stories([one.id, two.id, three.id], three.id) == three.id
    after = everywhere(corpus)
    assert after[three.id] == {*one.articles, *two.articles, *three.articles}
    assert len(after) == len(before) - 2
    assert corpus.story(one.id).id == corpus.story(two.id).id == three.id
    assert corpus.story_ids_beginning(one.id) == [three.id]
    assert corpus.search(f"story:{one.id}").total == 12
    assert corpus.story(three.id).title == three.title
    assert corpus.merge_stories([one.id], two.id) == three.id  # they are one already
    assert len(corpus.story_edits()) == 1
    assert corpus.undo_story_edit() is not None
    assert everywhere(corpus) == before
    assert corpus.undo_story_edit() is None


def test_a_name_is_shown_and_found_and_taken_away(corpus: Corpus) -> None:
    story = of_event(corpus, 2)
    corpus.name_story(story.id, "  The great\n\x1b[31mflood ")
    assert corpus.story(story.id).title == "The great [31mflood"
    corpus.name_story(story.id, "The great flood")
    assert corpus.stories_named("great flood") == [(story.id, "The great flood", 4)]
    assert corpus.search('story:"the great flood"').total == 4
    assert everywhere(corpus)[story.id] == set(story.articles)
    corpus.name_story(story.id, "The great flood")
    assert len(corpus.story_edits()) == 2
    corpus.name_story(story.id, "")
    assert corpus.story(story.id).title == story.title
    assert [corpus.undo_story_edit() is None for _ in range(4)] == [False, False, False, True]


def test_what_makes_no_sense_is_said_in_a_line(corpus: Corpus) -> None:
    story, other = of_event(corpus, 0), of_event(corpus, 1)
    for articles in ((), other.articles, story.articles):
        with pytest.raises(UsageError) as caught:
            corpus.split_story(story.id, articles)
        assert "\n" not in str(caught.value)
    for ask in (
        lambda: corpus.split_story(StoryId("0" * 16), story.articles),
        lambda: corpus.merge_stories([StoryId("0" * 16)], story.id),
        lambda: corpus.merge_stories([story.id], StoryId("0" * 16)),
        lambda: corpus.name_story(StoryId("0" * 16), "A name"),
    ):
        with pytest.raises(NoSuchStory):
            ask()
    assert corpus.story_edits() == []


def test_undoing_stories_and_names_do_not_mix(corpus: Corpus) -> None:
    story = of_event(corpus, 0)
    corpus.name_story(story.id, "A story")
    corpus.desk.add_edit("Renamed somebody", '{"rename": ["somebody", "Somebody Else"]}')
    corpus.name_story(story.id, "Another story")
    assert corpus.undo_edit() == "Renamed somebody"
    assert corpus.undo_edit() is None
    assert corpus.story(story.id).title == "Another story"
    assert [edit.words.split()[0] for edit in corpus.story_edits()] == ["Called", "Called"]
    assert corpus.undo_story_edit() is not None
    assert corpus.story(story.id).title == "A story"


def test_edits_outlast_the_session_and_are_seen_by_others(corpus: Corpus) -> None:
    story = of_event(corpus, 0)
    with Corpus.open(corpus.roots[0]) as other:
        assert other.story(story.id).articles == story.articles
        new = corpus.split_story(story.id, story.articles[:2])
        corpus.desk.flush()
        assert other.refresh()
        assert everywhere(other) == everywhere(corpus)
        assert not other.refresh()
    with Corpus.open(corpus.roots[0]) as later:
        assert later.story(new).articles == story.articles[:2]


def test_edits_outlast_that_all_is_decided_anew(
    corpus: Corpus, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = (of_event(corpus, event) for event in range(3))
    new = corpus.split_story(one.id, one.articles[:2])
    corpus.merge_stories([two.id], three.id)
    corpus.name_story(three.id, "Both of them")
    wanted = everywhere(corpus)
    monkeypatch.setattr(due, "GROUPING", "another")
    index_corpus([folder.path], recogniser="rules")
    assert everywhere(corpus) == wanted
    assert (corpus.story(three.id).title, corpus.story(two.id).id) == ("Both of them", three.id)
    assert corpus.story(new).articles == one.articles[:2]


def test_what_comes_later_joins_what_was_merged(corpus: Corpus, folder: Folder) -> None:
    one, two = of_event(corpus, 0), of_event(corpus, 1)
    corpus.merge_stories([one.id], two.id)
    write_report(folder, 0, 7, day=1)
    write_report(folder, 1, 7, day=6)
    index_corpus([folder.path], recogniser="rules")
    names = [f"{event:03}-{number:03}.txt" for event in range(2) for number in (0, 1, 2, 3, 7)]
    assert everywhere(corpus)[two.id] == {corpus.id_of_file(folder.path / name) for name in names}


def test_articles_that_went_are_not_missed(corpus: Corpus, folder: Folder) -> None:
    one, two = of_event(corpus, 0), of_event(corpus, 1)
    new = corpus.split_story(one.id, one.articles[:2])
    corpus.merge_stories([new], two.id)
    for number in range(2):
        file = next(file for file in folder.path.iterdir() if corpus.id_of_file(file) == one.articles[number])
        file.unlink()
    index_corpus([folder.path], recogniser="rules")
    assert everywhere(corpus)[two.id] == set(two.articles)
    assert everywhere(corpus)[one.id] == set(one.articles[2:])
    for file in folder.path.iterdir():
        if file.name.startswith(("000", "001")):
            file.unlink()
    index_corpus([folder.path], recogniser="rules")
    assert len(everywhere(corpus)) == 2
    with pytest.raises(NoSuchStory):
        corpus.story(new)


def test_stories_stay_one_when_the_articles_of_the_one_they_went_into_are_gone(
    corpus: Corpus, folder: Folder
) -> None:
    one, two, three = (of_event(corpus, event) for event in range(3))
    corpus.merge_stories([one.id, two.id], three.id)
    for file in folder.path.iterdir():
        if file.name.startswith("002"):
            file.unlink()
    index_corpus([folder.path], recogniser="rules")
    left = {*one.articles, *two.articles}
    assert sorted(map(len, everywhere(corpus).values())) == [4, len(left)]
    for id in (one.id, two.id, three.id):
        assert set(corpus.story(id).articles) == left


class Decided:
    """A corpus of twelve articles whose stories are given."""

    def __init__(self, invented: Invented) -> None:
        self._invented = invented
        invented.put_all((f"{n:02}", f"Report {n}.", "2021-12-16") for n in range(12))
        self.ids = [invented.id_at(f"{n:02}") for n in range(12)]

    def decide(self, *stories: str) -> None:
        """Each story by the digits of its articles, a and b for ten and eleven; the first is number 1."""
        connection = self._invented._writer.connection
        rows = StoryRows(connection, Derived(connection, Packing()))
        with self._invented._writer.transaction():
            for number in range(12):
                story = next((at for at, one in enumerate(stories, 1) if f"{number:x}" in one), 0)
                rows.move(number + 1, story)
            rows.write()

    def stories(self, corpus: Corpus) -> set[str]:
        return {
            "".join(sorted(f"{self.ids.index(id):x}" for id in story.articles))
            for story in corpus.stories(limit=100)
        }


def test_articles_that_were_apart_stay_apart_whatever_joins_them(invented: Invented) -> None:
    decided = Decided(invented)
    decided.decide("0123", "456")
    with invented.corpus() as corpus:
        story = corpus.story_of(decided.ids[0])
        assert story is not None
        corpus.split_story(story, decided.ids[:2])
        assert decided.stories(corpus) == {"01", "23", "456"}
        decided.decide("0123456")  # all is one story: those that were taken out are not in it
        assert decided.stories(corpus) == {"01", "23456"}
        decided.decide("017", "23", "456")  # the corpus has come to agree: what joined them since is theirs
        assert decided.stories(corpus) == {"017", "23", "456"}
        decided.decide("02", "13", "456")
        assert decided.stories(corpus) == {"01", "456"}


def test_stories_that_were_one_stay_one_however_they_are_parted(invented: Invented) -> None:
    decided = Decided(invented)
    decided.decide("012", "345", "67")
    with invented.corpus() as corpus:
        one, other = (corpus.story_of(decided.ids[n]) for n in (0, 3))
        assert one is not None and other is not None
        corpus.merge_stories([one], other)
        assert decided.stories(corpus) == {"012345", "67"}
        decided.decide("0128", "345", "67")
        assert decided.stories(corpus) == {"0123458", "67"}
        decided.decide("01", "2679", "345")  # 2 has gone to another story: it is brought back, those stay
        assert decided.stories(corpus) == {"012345", "679"}
        decided.decide("345", "0", "1", "2", "67")
        assert decided.stories(corpus) == {"012345", "67"}
        decided.decide()
        assert decided.stories(corpus) == set()


ARTICLES = st.lists(st.text("0123456789abcdef", min_size=16, max_size=16).map(ArticleId), max_size=4).map(
    tuple
)
EDITS = st.one_of(
    st.builds(Split, st.just(StoryId("00ff00ff00ff00ff")), ARTICLES, ARTICLES),
    st.builds(Merge, st.just(StoryId("00ff00ff00ff00ff")), st.lists(ARTICLES, max_size=3).map(tuple)),
    st.builds(Name, ARTICLES, st.text(st.characters(exclude_categories=["Cs"]))),
)


@given(EDITS)
def test_an_edit_is_read_as_it_was_written(edit: Split | Merge | Name) -> None:
    assert decoded(encoded(edit)) == edit


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", "null", '{"split": []}', '{"split": ["a", 1, 2]}', '{"merge": ["a", 5]}', '{"name": [[1], "x"]}',
     '{"later": ["x"]}', '{"split": ["a", ["b"], ["c"]], "merge": []}', "\x00"],
)  # fmt: skip
def test_what_is_no_edit_is_passed_over(content: str, corpus: Corpus) -> None:
    assert decoded(content) is None
    before = everywhere(corpus)
    corpus.desk.add_story_edit("Something", content)
    assert everywhere(corpus) == before


def test_the_desk_of_an_earlier_broadsheet_gets_the_table(corpus: Corpus) -> None:
    corpus.desk.set("something", "kept")
    corpus.desk.flush()
    connection = sqlite3.connect(corpus.desk.path)
    connection.execute("DROP TABLE story_edits")
    connection.execute("PRAGMA user_version = 2")
    connection.commit()
    connection.close()
    desk = Desk(corpus.uuid)
    assert desk.story_edits() == ()
    assert desk.get("something") == "kept"
    desk.add_story_edit("Something", encoded(Name((), "x")))
    desk.close()
    assert [edit.words for edit in Desk(corpus.uuid).story_edits()] == ["Something"]


def test_the_store_is_never_written(corpus: Corpus) -> None:
    connection = opened(corpus.roots[0])
    before = list(connection.iterdump())
    story = of_event(corpus, 0)
    corpus.split_story(story.id, story.articles[:1])
    corpus.name_story(story.id, "Another")
    corpus.desk.flush()
    assert list(connection.iterdump()) == before
    connection.close()
