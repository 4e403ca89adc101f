"""Keys become entities: the same ones whatever came in which order, and all reads follow."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus.conftest import Folder, body
from tui.article import Article, EntityId, MentionType
from tui.corpus import Corpus, index_corpus
from tui.corpus.columns import StoreArticles
from tui.corpus.decisions import Decisions
from tui.corpus.doctor import check_corpus
from tui.corpus.joining import MOST_DUE
from tui.corpus.packing import Packing
from tui.corpus.record import StoredMention
from tui.corpus.schema import TABLES
from tui.corpus.store import Store
from tui.entities.resolve import entity_id
from tui.errors import NoSuchEntity

NAMES: Sequence[tuple[str, MentionType, str]] = (
    ("Volodymyr Zelensky", "person", "volodymyr zelensky"),
    ("Zelensky", "person", "volodymyr zelensky"),
    ("Volodymyr Zelenskyy", "person", "volodymyr zelenskyy"),
    ("Zelenskyy", "person", "zelenskyy"),
    ("Zelensky", "organisation", "zelensky"),
    ("Zelensky", "person", "zelensky"),
    ("Olena Zelensky", "person", "olena zelensky"),
    ("Joe Biden", "person", "joe biden"),
    ("Joe R. Biden", "person", "joe r biden"),
    ("Joe Q. Biden", "person", "joe q biden"),
    ("Biden", "person", "biden"),
    ("J. Biden", "person", "j biden"),
    ("J.R. Biden", "person", "jr biden"),
    ("J. R. Biden", "person", "j r biden"),
    ("Global Harbour Institute", "organisation", "global harbour institute"),
    ("GHI", "organisation", "global harbour institute"),
    ("Global Harbor Institute", "organisation", "global harbor institute"),
    ("Great Hall Inn", "organisation", "great hall inn"),
    ("GHI", "organisation", "great hall inn"),
    ("GHI", "organisation", "ghi"),
    ("Ghi", "person", "ghi"),
    ("Apple", "organisation", "apple"),
    ("Apple", "misc", "apple"),
    ("Apple Inc", "organisation", "apple inc"),
    ("Russian", "misc", "russian"),
    ("Russians", "misc", "russians"),
    ("Xi Jinping", "person", "xi jinping"),
    ("Xi", "person", "xi jinping"),
    ("Xi", "person", "xi"),
)
Names = tuple[int, ...]


class Counted:
    """A store without anything but names."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.executescript(TABLES)
        self.decisions = Decisions(self.connection, Packing())
        self.articles: dict[int, Article] = {}

    def add(self, number: int, names: Names) -> None:
        texts = [NAMES[name][0] for name in names]
        titles = ["Ukrainian President " if name % 3 == 0 else "" for name in names]
        article = self.articles[number] = Article("", tuple(map("".join, zip(titles, texts, strict=True))))
        mentions = [
            StoredMention(
                at, len(titles[at]), len(titles[at]) + len(texts[at]), NAMES[name][1], NAMES[name][2]
            )
            for at, name in enumerate(names)
        ]
        self.decisions.add(number, article, mentions)

    def remove(self, number: int) -> None:
        self.decisions.remove(number, self.articles.pop(number))

    def decided(self) -> tuple[object, ...]:
        """What was decided, by key."""
        rows = self.connection.execute
        leaders = rows(
            "SELECT one.key, other.key FROM leaders JOIN entities AS one ON one.number = entity"
            " JOIN entities AS other ON other.number = leader ORDER BY 1"
        ).fetchall()
        joined = rows(
            "SELECT key, joined.name, joined.type, joined.aliases, joined.articles, joined.mentions FROM joined"
            " JOIN entities ON number = entity ORDER BY 1"
        ).fetchall()
        due = rows("SELECT count(*) FROM blocks_due").fetchall() + rows("SELECT * FROM joined_due").fetchall()
        return leaders, joined, due


articles = st.lists(
    st.lists(st.integers(0, len(NAMES) - 1), min_size=1, max_size=5).map(tuple), min_size=1, max_size=9
)


@settings(max_examples=300, deadline=None)
@given(st.data(), articles, articles)
def test_order_batches_and_what_has_gone_play_no_part(
    data: st.DataObject, kept: list[Names], gone: list[Names]
) -> None:
    at_once = Counted()
    for number, names in enumerate(kept, 1):
        at_once.add(number, names)
    at_once.decisions.write()
    at_once.decisions.settle()
    wanted = at_once.decided()

    whether = st.booleans()
    steps = [*((1, names) for names in kept), *((-1, names) for names in gone)]
    store = Counted()
    to_go: list[int] = []
    for number, (kind, names) in enumerate(data.draw(st.permutations(steps)), 1):
        store.add(number, names)
        if kind < 0:
            to_go.append(number)
        if data.draw(whether) and to_go:
            store.remove(to_go.pop())
        if data.draw(whether):
            store.decisions.write()
            if data.draw(whether):
                store.decisions.settle()
    for number in to_go:
        store.remove(number)
    store.decisions.write()
    store.decisions.settle()
    assert store.decided() == wanted


def test_a_batch_that_was_rolled_back_leaves_nothing() -> None:
    store, other = Counted(), Counted()
    for each in (store, other):
        each.add(1, (0,))
        each.decisions.write()
        each.decisions.settle()
    store.connection.execute("BEGIN")
    store.add(2, (2, 3))
    store.decisions.write()
    store.connection.execute("ROLLBACK")
    store.decisions.forget()
    for each in (store, other):
        each.add(3, (2, 3))
        each.decisions.write()
        each.decisions.settle()
    assert store.decided() == other.decided()
    assert store.decided()[0]


def test_very_many_changes_are_decided_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.corpus.joining.MOST_DUE", 2)
    assert MOST_DUE > 1_000
    store, other = Counted(), Counted()
    store.decisions.settle()
    for number, name in enumerate((0, 2, 3, 7, 8, 10), 1):
        for each in (store, other):
            each.add(number, (name,))
            each.decisions.write()
    for each in (store, other):
        each.decisions.settle()
    assert store.decided() == other.decided()
    assert store.decided()[0]


@pytest.fixture
def names(folder: Folder) -> Corpus:
    folder.write(
        "1.txt", "President Volodymyr Zelensky spoke", "Volodymyr Zelensky met Joe Biden.", body("item 1")
    )
    folder.write(
        "2.txt", "Volodymyr Zelenskyy in Paris", "Volodymyr Zelenskyy flew to Paris.", body("item 2")
    )
    folder.write("3.txt", "Nothing new", "Mr Zelensky said so. Mr Zelensky smiled.", body("item 3"))
    folder.write("4.txt", "A talk", "Volodymyr Zelensky and Mr Zelensky were one man.", body("item 4"))
    index_corpus([folder.path])
    return Corpus.open(folder.path)


def test_all_reads_know_an_entity_by_all_its_names(names: Corpus) -> None:
    with names as corpus:
        (zelensky,) = corpus.entities("zelens")
        assert zelensky.name == "Volodymyr Zelensky" and zelensky.type == "person"
        assert zelensky.id == entity_id("volodymyr zelensky")
        assert set(zelensky.aliases) == {"Zelensky", "Volodymyr Zelenskyy"}
        assert (zelensky.articles, zelensky.mentions) == (4, 8)
        assert corpus.entities(type="person")[0] == zelensky
        assert corpus.overview().people[0] == zelensky
        for key in ("volodymyr zelensky", "volodymyr zelenskyy", "zelensky"):
            assert corpus.entity(entity_id(key)) == zelensky
        named = {m.entity for hit in corpus.newest() for m in corpus.mentions(hit.id) if "Zelen" in m.text}
        assert named == {zelensky.id}
        for name in ("Zelenskyy", "Zelensky", "volodymyr"):
            assert corpus.search(f"person:{name}").total == 4
        assert dict(corpus.search("").facets().person)["Volodymyr Zelensky"] == 4
        (in_hits,) = corpus.entities_in(corpus.search("title:paris OR title:nothing"), "person")
        assert (in_hits.id, in_hits.articles, in_hits.mentions) == (zelensky.id, 2, 4)
        with pytest.raises(NoSuchEntity):
            corpus.entity(EntityId("0" * 16))


def test_what_articles_call_somebody_is_an_alias_and_finds_them(folder: Folder) -> None:
    folder.write("1.txt", "A talk", "The Ukrainian president, Volodymyr Zelensky, spoke.", body("item 1"))
    folder.write("2.txt", "Another", "Volodymyr Zelenskyy left. Olena Zelenska stayed.", body("item 2"))
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        (zelensky,) = corpus.entities("ukrainian president")
        assert zelensky.aliases == ("Volodymyr Zelenskyy", "Ukrainian president")
        assert (zelensky.articles, zelensky.mentions) == (2, 2)
        assert corpus.search('person:"Ukrainian president"').total == 2
        assert "Ukrainian president" not in {
            m.text for hit in corpus.newest() for m in corpus.mentions(hit.id)
        }
    (folder.path / "1.txt").unlink()
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        assert corpus.entities("ukrainian president") == []


def test_a_demonym_leads_to_its_place_and_stays_itself(folder: Folder) -> None:
    folder.write("1.txt", "In Moscow", "The Russians left Russia. Russian troops stayed.", body("item 1"))
    folder.write("2.txt", "In Kabul", "An Afghan wedding.", body("item 2"))
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        ids = {entity.name: entity.id for entity in corpus.entities(limit=50)}
        russia = corpus.entity(ids["Russia"])
        assert russia.type == "place"
        for key in ("russian", "russians"):
            assert corpus.entity(entity_id(key)).type == "misc"
            assert corpus.place_of(entity_id(key)) == russia
        assert corpus.place_of(ids["Afghan"]) is None  # nobody names Afghanistan
        assert corpus.place_of(russia.id) is None
        corpus.hide(russia.id)
        assert corpus.place_of(entity_id("russian")) is None
        corpus.hide(russia.id, False)
        assert corpus.place_of(entity_id("russian")) == russia
        with pytest.raises(NoSuchEntity):
            corpus.place_of(EntityId("0" * 16))


def test_every_key_has_a_leader_that_leads_itself(names: Corpus) -> None:
    with names as corpus:
        articles = StoreArticles(Store(corpus.place.store), corpus.desk)
        canonical = articles.canonical()
        assert canonical.dtype == np.uint32
        assert (canonical[canonical] == canonical).all()
        assert articles.canonical() is canonical
        assert len(articles.entity_kinds()) == len(canonical)


def test_what_was_joined_comes_apart_when_its_evidence_goes(names: Corpus, folder: Folder) -> None:
    with names as corpus:
        before = corpus.entities("zelens")[0].id
    folder.write("5.txt", "His wife", "Olena Zelensky spoke.", body("item 5"))
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        assert {entity.name for entity in corpus.entities("zelensky")} == {
            "Volodymyr Zelensky",
            "Olena Zelensky",
            "Zelensky",
        }
    (folder.path / "5.txt").unlink()
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        assert [entity.id for entity in corpus.entities("zelens")] == [before]
    assert {finding.state for finding in check_corpus(folder.path)} <= {"well", "note"}


def test_runs_in_any_order_end_in_the_same_entities(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = (
        "Volodymyr Zelensky spoke",
        "Mr Zelensky left",
        "Joe R. Biden and Volodymyr Zelenskyy",
        "Joe Biden",
    )
    found = []
    for at, order in enumerate(((0, 1, 2, 3), (3, 1, 0, 2), (2, 3, 1, 0))):
        with monkeypatch.context() as elsewhere:
            elsewhere.setenv("BROADSHEET_DATA_DIR", str(tmp_path_factory.mktemp("data")))
            for place, number in enumerate(order):
                other = Folder(folder.path.with_name(f"run{at}"))
                other.write(f"{number}.txt", titles[number], f"{titles[number]}.", body(f"item {number}"))
                if place % 2 or at == 2:
                    index_corpus([other.path])
            with Corpus.open(other.path) as corpus:
                found.append(corpus.entities(limit=100))
    assert found[0] == found[1] == found[2]
    assert {"Joe Biden", "Volodymyr Zelensky"} <= {entity.name for entity in found[0]}


def test_what_earlier_rules_decided_is_decided_anew(
    names: Corpus, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with names as corpus:
        before = corpus.entities(limit=100)
        connection = sqlite3.connect(corpus.place.store)
        connection.execute("DELETE FROM leaders")
        connection.execute("DELETE FROM joined")
        connection.commit()
        connection.close()
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        assert corpus.entities(limit=100) != before
    monkeypatch.setattr("tui.corpus.joining.RESOLVER_VERSION", 99)
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        assert corpus.entities(limit=100) == before
