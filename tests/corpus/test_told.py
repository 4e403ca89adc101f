"""Whatever is merged and taken out: lists, pages, articles, search and facets count the same articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus.invented import Invented
from tui.article import ArticleId, EntityId, MentionType
from tui.corpus import Corpus
from tui.corpus.columns import StoreArticles
from tui.corpus.store import Store
from tui.errors import UsageError
from tui.index.articles import NameField

KEYS = ("ada byron", "bo chen", "cy dole", "byron", "dole")
SPELLINGS = ("Ada Byron", "Bo Chen", "Cy Dole", "Byron", "Dole", "Ada", "Chen", "Countess")
FIELDS: dict[MentionType, NameField] = {"person": "person", "organisation": "org", "place": "place"}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """Any key is written in any way."""
    random = Random(5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROADSHEET_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        invented = Invented(tmp_path_factory.mktemp("articles"))
        for number in range(24):
            names = [
                f"{{{random.choice(SPELLINGS)}|{random.choice(['person', 'org'])}|{random.choice(KEYS)}}}"
                for _ in range(random.randint(1, 4))
            ]
            invented.put(str(number), f"Headline {number}", "Seen: " + " and ".join(names))
        with invented.corpus() as corpus:
            yield corpus
        invented.close()


EDITS = st.lists(
    st.tuples(st.sampled_from(("merge", "split", "split")), st.integers(0), st.integers(0)), max_size=5
)


def edited(corpus: Corpus, edits: list[tuple[str, int, int]]) -> int:
    """How many of these edits made a difference."""
    for what, one, other in edits:
        known = corpus.entities(limit=100)
        entity = known[one % len(known)]
        try:
            if what == "merge":
                corpus.merge([entity.id], known[other % len(known)].id)
            elif entity.aliases:
                corpus.split(entity.id, entity.aliases[other % len(entity.aliases)])
        except UsageError:
            pass  # a name that was taken out takes no more edits
    return len(corpus.edits())


@settings(max_examples=60, deadline=None)
@given(EDITS)
def test_all_count_the_same_articles(corpus: Corpus, edits: list[tuple[str, int, int]]) -> None:
    made = edited(corpus, edits)
    store = Store(corpus.place.store)
    source = StoreArticles(store, corpus.desk)
    try:
        naming: defaultdict[EntityId, set[ArticleId]] = defaultdict(set)
        mentions: defaultdict[EntityId, int] = defaultdict(int)
        for hit in corpus.newest(limit=100):
            for mention in corpus.mentions(hit.id):
                assert mention.entity is not None
                naming[mention.entity].add(hit.id)
                mentions[mention.entity] += 1
        listed = corpus.entities(limit=100)
        assert {entity.id: entity.articles for entity in listed} == {
            id: len(found) for id, found in naming.items()
        }
        assert {entity.id: entity.mentions for entity in listed} == mentions
        for entity in listed:
            assert {hit.id for hit in corpus.articles_naming(entity.id, limit=100)} == naming[entity.id]
        told = source.told_by_text()
        counts = dict(
            zip(told.entities.tolist(), np.bincount(told.whose, minlength=len(told.entities)), strict=True)
        )
        for number, entity_name in source.entity_names(told.entities.tolist()).items():
            assert (
                counts[number] in {entity.articles for entity in listed if entity.name == entity_name}
                or not counts[number]
            )
        for entity in listed:
            field = FIELDS[entity.type]
            named = source.entities_named(field, entity.name, whole=True)
            wanted = {
                id
                for other in listed
                if other.type == entity.type
                and entity.name.casefold() in (name.casefold() for name in (other.name, *other.aliases))
                for id in naming[other.id]
            }
            assert {hit.id for hit in source.rows(source.articles_naming(named).tolist())} == wanted
    finally:
        store.close()
        for _ in range(made):
            corpus.undo_edit()
