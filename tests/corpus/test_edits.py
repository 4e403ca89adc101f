"""What the reader puts right about names counts everywhere at once, and outlasts the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.corpus.conftest import Folder, body
from tests.corpus.invented import Invented, id_of
from tui.article import EntityId
from tui.corpus import Corpus, index_corpus
from tui.corpus.columns import StoreArticles
from tui.corpus.edits import Hide, Import, Line, Merge, Rename, Retype, Split, decoded, encoded
from tui.corpus.store import Store
from tui.entities.resolve import entity_id
from tui.errors import NoSuchEntity, UsageError

PUTIN, PESKOV, LAVROV = (
    entity_id(f"{name}") for name in ("vladimir putin", "dmitry peskov", "sergei lavrov")
)


@pytest.fixture
def corpus(folder: Folder) -> Corpus:
    folder.write("1.txt", "Vladimir Putin spoke", "Vladimir Putin met Dmitry Peskov.", body("item 1"))
    folder.write(
        "2.txt", "Dmitry Peskov in Paris", "Dmitry Peskov flew to Paris with Sergei Lavrov.", body("item 2")
    )
    folder.write("3.txt", "Mr Putin again", "Vladimir Putin said so. Mr Putin smiled.", body("item 3"))
    folder.write("4.txt", "Putin", "Mr Putin and Sergei Lavrov left.", body("item 4"))
    index_corpus([folder.path])
    return Corpus.open(folder.path)


def names(corpus: Corpus) -> dict[str, int]:
    return {entity.name: entity.articles for entity in corpus.entities(limit=100)}


def facet(corpus: Corpus, query: str = "") -> dict[str, int]:
    return dict(corpus.search(query).facets().person)


def again(corpus: Corpus) -> Corpus:
    corpus.close()
    return Corpus.open(corpus.roots[0])


def test_merged_entities_are_one_everywhere_and_after_undo_two(corpus: Corpus) -> None:
    before = corpus.entities(limit=100), facet(corpus)
    corpus.merge([PESKOV], PUTIN)
    for _ in range(2):
        entity = corpus.entity(PESKOV)
        assert entity == corpus.entity(PUTIN)
        assert (entity.id, entity.name, entity.articles, entity.mentions) == (PUTIN, "Vladimir Putin", 4, 10)
        assert "Dmitry Peskov" in entity.aliases
        assert names(corpus)["Vladimir Putin"] == 4 and "Dmitry Peskov" not in names(corpus)
        assert corpus.entities("peskov") == [entity] == corpus.entities("putin")
        assert facet(corpus)["Vladimir Putin"] == 4 and "Dmitry Peskov" not in facet(corpus)
        assert corpus.search("person:Peskov").total == 4 == corpus.search('person:"Vladimir Putin"').total
        assert {completion.text for completion in corpus.complete("person:pesk", 11)} == {'"Vladimir Putin"'}
        (hit,) = corpus.search("title:paris").page(0, 1)
        assert {m.entity for m in corpus.mentions(hit.id) if m.text == "Dmitry Peskov"} == {PUTIN}
        (in_hits, *_) = corpus.entities_in(corpus.search(""), "person")
        assert (in_hits.id, in_hits.articles, in_hits.mentions) == (PUTIN, 4, 10)
        assert corpus.overview().people[0] == entity
        assert len(corpus.articles_naming(PESKOV)) == 4
        corpus = again(corpus)
    assert [edit.words for edit in corpus.edits()] == ["Merged Dmitry Peskov into Vladimir Putin"]
    assert corpus.undo_edit() == "Merged Dmitry Peskov into Vladimir Putin"
    assert (corpus.entities(limit=100), facet(corpus)) == before
    assert corpus.undo_edit() is None and corpus.edits() == []
    corpus = again(corpus)
    assert (corpus.entities(limit=100), facet(corpus)) == before
    corpus.close()


def test_what_is_merged_becomes_what_the_other_is(invented: Invented) -> None:
    """However many more mentions it has, and however they are written."""
    for number in range(4):
        invented.put(f"{number}", "{Ukraine|place} and {Moscow|place}", "Again {NATO|place|ukraine}.")
    invented.put("n", "{Nato|org} it is")
    with invented.corpus() as corpus:
        nato, ukraine, moscow = (entity_id(key) for key in ("nato", "ukraine", "moscow"))
        assert corpus.entity(ukraine).type == corpus.entity(moscow).type == "place"
        corpus.merge([ukraine], nato)
        corpus.merge([moscow], ukraine)
        merged = corpus.entity(moscow)
        assert (merged.id, merged.name, merged.type) == (nato, "Nato", "organisation")
        assert (merged.articles, set(merged.aliases)) == (5, {"Ukraine", "Moscow", "NATO"})
        assert corpus.entities(type="organisation") == [merged]
        corpus.retype(nato, "misc")
        assert corpus.entity(ukraine).type == "misc"
        corpus.undo_edit()
        # Whose name is taken out again is what it was, and what stays is as before any merging.
        corpus.split(nato, "Moscow")
        assert corpus.entity(moscow).type == "place" and corpus.entity(nato).type == "organisation"
        corpus.split(nato, "Nato")
        assert corpus.entity(ukraine).type == "place" and corpus.entity(nato).type == "organisation"


def test_what_the_corpus_joined_can_be_taken_apart(corpus: Corpus) -> None:
    """The lone `Putin` of the fourth article is a key of its own."""
    assert corpus.entity(PUTIN).articles == 3
    corpus.split(PUTIN, "Putin")
    putin, lone = corpus.entity(PUTIN), corpus.entity(entity_id("putin"))
    assert (putin.name, putin.articles, putin.mentions, putin.aliases) == ("Vladimir Putin", 2, 3, ())
    # Everything that is written so, in articles that spell the name out, too.
    assert (lone.name, lone.articles, lone.mentions) == ("Putin", 2, 4)
    assert names(corpus)["Putin"] == 2
    assert facet(corpus, "title:putin title:again")["Vladimir Putin"] == 1
    (hit,) = corpus.search("title:again").page(0, 1)
    assert [(m.text, m.entity) for m in corpus.mentions(hit.id) if "Putin" in m.text] == [
        ("Putin", lone.id),
        ("Vladimir Putin", PUTIN),
        ("Putin", lone.id),
    ]
    assert corpus.undo_edit() == "Took Putin out of Vladimir Putin"
    assert corpus.entity(entity_id("putin")).id == PUTIN
    corpus.close()


def test_a_name_that_is_no_key_can_be_taken_out(folder: Folder) -> None:
    folder.write("1.txt", "A talk", "Vladimir Putin spoke. Mr Putin left.", body("item 1"))
    folder.write("2.txt", "Another", "Vladimir Putin spoke.", body("item 2"))
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        corpus.split(PUTIN, "Putin")
        assert (corpus.entity(PUTIN).articles, corpus.entity(PUTIN).mentions) == (2, 2)
        (apart,) = [entity for entity in corpus.entities(limit=10) if entity.name == "Putin"]
        assert (apart.articles, apart.mentions, apart.type) == (1, 1, "person")
        assert corpus.entity(apart.id) == apart
        (hit,) = corpus.search("title:talk").page(0, 1)
        people = [m.entity for m in corpus.mentions(hit.id) if m.type == "person"]
        assert people == [PUTIN, apart.id]
        assert facet(corpus) == {"Vladimir Putin": 2, "Putin": 1}
        assert facet(corpus, "another") == {"Vladimir Putin": 1}


def found(corpus: Corpus, query: str) -> set[str]:
    return {hit.title for hit in corpus.search(query).page()}


@pytest.fixture
def told(folder: Folder) -> Iterator[Corpus]:
    """Putin is a name of Vladimir Putin alone in articles that spell it out: no key, and in one all there is."""
    folder.write("1.txt", "One", "Vladimir Putin spoke. Mr Putin left.", body("item 1"))
    folder.write("2.txt", "Two", "Vladimir Putin spoke.", body("item 2"))
    folder.write("3.txt", "Three", "Sergei Lavrov and Vladimir Putin spoke. Mr Lavrov left.", body("item 3"))
    index_corpus([folder.path])
    with Corpus.open(folder.path) as corpus:
        yield corpus


def test_a_name_that_was_taken_out_is_found_counted_and_completed_by_itself(told: Corpus) -> None:
    before = told.entities(limit=100), facet(told)
    told.split(PUTIN, "Putin")
    told.split(LAVROV, "Lavrov")
    assert facet(told) == {"Vladimir Putin": 3, "Putin": 1, "Sergei Lavrov": 1, "Lavrov": 1}
    assert facet(told, "title:three") == {"Vladimir Putin": 1, "Sergei Lavrov": 1, "Lavrov": 1}
    for query, titles in (
        ('person:"Putin"', {"One"}),
        ('person:"Vladimir Putin"', {"One", "Two", "Three"}),
        ("person:putin", {"One", "Two", "Three"}),
        ("person:lavr*", {"Three"}),
        ('place:"Putin"', set()),
    ):
        assert found(told, query) == titles, query
    offered = [(one.text, one.detail) for one in told.complete("person:put", 10)]
    assert offered == [('"Vladimir Putin"', "3 articles"), ('"Putin"', "1 article")]
    assert told.search('person:"Putni"').corrected is not None
    told.undo_edit()
    told.undo_edit()
    assert (told.entities(limit=100), facet(told)) == before


def test_a_name_that_was_taken_out_says_why_it_can_t_be_edited(told: Corpus) -> None:
    told.split(PUTIN, "Putin")
    (apart,) = (entity for entity in told.entities(limit=10) if entity.name == "Putin")
    attempts: tuple[Callable[[], None], ...] = (
        lambda: told.merge([apart.id], LAVROV),
        lambda: told.merge([LAVROV], apart.id),
        lambda: told.rename(apart.id, "Vladimir"),
        lambda: told.retype(apart.id, "misc"),
        lambda: told.hide(apart.id),
        lambda: told.split(apart.id, "Putin"),
    )
    for attempt in attempts:
        with pytest.raises(
            UsageError, match=r"^Putin was taken out of another name: to edit it, undo that first$"
        ):
            attempt()
    assert len(told.edits()) == 1


def test_who_is_only_ever_called_what_was_taken_out_is_no_longer_found(invented: Invented) -> None:
    """In articles that give it no other name; those go to whom the name is of, beside that one's own."""
    invented.put("a", "{Tbilisi|place|georgia} and {Georgia|place}", "{Atlanta|place}")
    invented.put("b", "{Tbilisi|place|georgia}")
    invented.put("c", "{Tbilisi|place} and {Tiflis|place|tbilisi}")
    with invented.corpus() as corpus:
        store = Store(corpus.place.store)
        articles = StoreArticles(store, corpus.desk)

        def naming(name: str) -> int:
            return len(articles.articles_naming(articles.entities_named("place", name, whole=True)))

        corpus.split(id_of("georgia"), "Tbilisi")
        assert (naming("Georgia"), naming("Tbilisi")) == (1, 3)
        assert corpus.entity(id_of("georgia")).articles == 1
        assert corpus.entity(id_of("tbilisi")).articles == 3
        corpus.split(id_of("tbilisi"), "Tiflis")
        assert (naming("Tbilisi"), naming("Tiflis")) == (3, 1)
        told = articles.told_by_text()
        assert sorted(np.bincount(told.whose).tolist()) == [1, 1, 3]
        assert articles.told_by_text() is told
        store.close()


def test_types_and_names_are_the_readers(corpus: Corpus) -> None:
    corpus.retype(PUTIN, "organisation")
    corpus.rename(PUTIN, "  The \x1b[31mKremlin ")
    for _ in range(2):
        entity = corpus.entity(PUTIN)
        assert (entity.type, entity.name) == ("organisation", "The [31mKremlin")
        assert {"Vladimir Putin", "Putin"} <= set(entity.aliases)
        assert corpus.entities(type="organisation")[0] == entity
        assert PUTIN not in {other.id for other in corpus.entities(type="person")}
        assert "Vladimir Putin" not in facet(corpus)
        assert dict(corpus.search("").facets().organisation)["The [31mKremlin"] == 3
        assert corpus.search("org:putin").total == 3 and corpus.search("person:putin").total == 0
        assert corpus.search("org:kremlin").total == 0 or corpus.search("org:31mKremlin").total == 3
        types = {m.type for hit in corpus.newest() for m in corpus.mentions(hit.id) if m.entity == PUTIN}
        assert types == {"organisation"}
        corpus = again(corpus)
    assert [edit.words for edit in corpus.edits()] == [
        "Renamed Vladimir Putin to The [31mKremlin",
        "Made Vladimir Putin an organisation",
    ]
    corpus.close()


def test_what_is_hidden_is_nowhere_but_under_its_id(corpus: Corpus) -> None:
    corpus.hide(PUTIN)
    assert "Vladimir Putin" not in names(corpus) and "Vladimir Putin" not in facet(corpus)
    assert corpus.entities("putin") == [] and corpus.search("person:putin").total == 0
    assert PUTIN not in {m.entity for hit in corpus.newest() for m in corpus.mentions(hit.id)}
    assert PUTIN not in {entity.id for entity in corpus.entities_in(corpus.search(""))}
    assert corpus.entity(PUTIN).name == "Vladimir Putin"
    corpus.hide(PUTIN)
    assert len(corpus.edits()) == 1
    corpus.hide(PUTIN, False)
    assert names(corpus)["Vladimir Putin"] == 3
    corpus.close()


def test_edits_build_on_each_other(corpus: Corpus) -> None:
    corpus.merge([PESKOV, LAVROV], PUTIN)
    corpus.rename(PESKOV, "The Kremlin")
    corpus.split(LAVROV, "Sergei Lavrov")
    assert corpus.entity(PESKOV).name == "The Kremlin"
    assert corpus.entity(LAVROV).name == "Sergei Lavrov"
    assert names(corpus)["The Kremlin"] == 4
    corpus.merge([PUTIN], LAVROV)
    assert corpus.entity(PUTIN).name == "Sergei Lavrov"
    assert [corpus.undo_edit() for _ in range(5)] == [
        "Merged The Kremlin into Sergei Lavrov",
        "Took Sergei Lavrov out of The Kremlin",
        "Renamed Vladimir Putin to The Kremlin",
        "Merged Dmitry Peskov and Sergei Lavrov into Vladimir Putin",
        None,
    ]
    corpus.close()


def test_what_makes_no_sense_is_said_so(corpus: Corpus) -> None:
    nobody = EntityId("0" * 16)
    attempts: tuple[Callable[[], None], ...] = (
        lambda: corpus.merge([PUTIN], nobody),
        lambda: corpus.merge([nobody], PUTIN),
        lambda: corpus.split(nobody, "x"),
        lambda: corpus.hide(nobody),
        lambda: corpus.rename(EntityId("\ud800"), "x"),
    )
    for attempt in attempts:
        with pytest.raises(NoSuchEntity):
            attempt()
    with pytest.raises(UsageError, match="is not called Medvedev"):
        corpus.split(PUTIN, "Medvedev")
    with pytest.raises(UsageError, match="no other name"):
        corpus.split(LAVROV, "Sergei Lavrov")
    with pytest.raises(UsageError, match="letter"):
        corpus.rename(PUTIN, "\x1b \t")
    corpus.merge([PUTIN], PUTIN)
    corpus.retype(PUTIN, "person")
    corpus.rename(PUTIN, "Vladimir Putin")
    assert corpus.edits() == []
    corpus.close()


def test_edits_outlast_a_rebuild_and_new_articles(corpus: Corpus, folder: Folder) -> None:
    corpus.merge([PESKOV], PUTIN)
    corpus.hide(LAVROV)
    corpus.close()
    folder.write("5.txt", "Peskov is back", "Dmitry Peskov met Sergei Lavrov.", body("item 5"))
    index_corpus([folder.path], rebuild=True)
    with Corpus.open(folder.path) as later:
        assert later.entity(PESKOV).articles == 5
        assert "Sergei Lavrov" not in names(later)
    for file in folder.path.glob("[13].txt"):
        file.unlink()
    index_corpus([folder.path])
    with Corpus.open(folder.path) as later:
        assert later.entity(PESKOV).id == entity_id("dmitry peskov")  # nobody names Putin in full any more
        assert later.entity(entity_id("putin")).name == "Putin"


def test_each_corpus_has_its_own_edits(corpus: Corpus, folder: Folder) -> None:
    corpus.hide(PUTIN)
    corpus.close()
    other = Folder(folder.path.with_name("other"))
    other.write("1.txt", "Vladimir Putin spoke", "Vladimir Putin met Dmitry Peskov.", body("item 1"))
    index_corpus([other.path])
    with Corpus.open(other.path) as another:
        assert "Vladimir Putin" in names(another)


def test_an_edit_that_cant_be_read_is_passed_over(corpus: Corpus) -> None:
    corpus.hide(PUTIN)
    corpus.merge([PESKOV], LAVROV)
    corpus.close()
    connection = sqlite3.connect(corpus.desk.path)
    connection.execute("UPDATE edits SET content = '{\"fold\": 1}' WHERE words LIKE 'Hid%'")
    connection.commit()
    connection.close()
    with Corpus.open(corpus.roots[0]) as later:
        assert later.entity(PESKOV).id == LAVROV
        assert "Vladimir Putin" in names(later)


def test_a_desk_of_an_earlier_broadsheet_takes_edits(corpus: Corpus, tmp_path: Path) -> None:
    corpus.desk.set("theme", "dark")
    corpus.close()
    connection = sqlite3.connect(corpus.desk.path)
    connection.execute("DROP TABLE edits")
    connection.commit()
    connection.close()
    with Corpus.open(corpus.roots[0]) as later:
        assert later.edits() == [] and later.desk.get("theme") == "dark"
        later.hide(PUTIN)
    with Corpus.open(corpus.roots[0]) as later:
        assert len(later.edits()) == 1


@pytest.mark.parametrize(
    "edit",
    [
        Merge(("a", "b")),
        Split("a", "b"),
        Retype("a", "misc"),
        Rename("a", "ä\ud800"),
        Hide("a", False),
        Import((Line("person", ("A", "B"), ("c",), True), Line("misc", ("D",)))),
    ],
)
def test_edits_are_kept_as_json(edit: object) -> None:
    assert decoded(encoded(edit)) == edit  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"merge": 3}', '{"retype": ["a", "b"]}', '{"import": [[["x", ["a"], [], 0]]]}', "null"],
)
def test_what_is_no_edit_is_none(content: str) -> None:
    assert decoded(content) is None


def test_what_another_puts_right_reaches_an_open_corpus(corpus: Corpus) -> None:
    assert "Sergei Lavrov" in names(corpus) and not corpus.refresh()
    corpus.rename(PESKOV, "The spokesman")
    corpus.desk.flush()
    assert not corpus.refresh()  # its own edits are nothing new
    with Corpus.open(corpus.roots[0]) as other:
        other.hide(LAVROV)
    generation = corpus.generation
    assert corpus.refresh() and corpus.generation == generation and not corpus.refresh()
    assert "Sergei Lavrov" not in names(corpus) and "Sergei Lavrov" not in facet(corpus)
    assert len(corpus.edits()) == 2
    with Corpus.open(corpus.roots[0]) as other:
        assert other.undo_edit() and other.undo_edit()
    assert corpus.refresh() and not corpus.edits()
    assert {"Sergei Lavrov", "Dmitry Peskov"} <= names(corpus).keys()
