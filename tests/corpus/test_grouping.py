"""Reprints and stories follow the articles, in a phase of their own."""

from __future__ import annotations

import random
import subprocess
import sys
import time

import pytest

from tests.corpus.conftest import Folder
from tests.corpus.events import (
    FIRST_DAY,
    check_tables,
    clusters,
    ids,
    opened,
    url_of,
    write_events,
    write_report,
)
from tests.stories.reports import report
from tui.corpus import Corpus, Progress, due, index_corpus
from tui.corpus.clustering import clusters_apart
from tui.corpus.derived import Derived
from tui.corpus.doctor import check_corpus
from tui.corpus.features_ahead import FeaturesAhead
from tui.corpus.packing import Packing
from tui.errors import BroadsheetError
from tui.stories import boilerplate, features, reclustering, reprints
from tui.stories.features import FeatureMaker, Features
from tui.stories.vectors import Frequencies


def expected(events: int, each: int) -> set[frozenset[str]]:
    return {frozenset(f"{event:03}-{number:03}.txt" for number in range(each)) for event in range(events)}


def test_reports_of_one_event_are_one_story_however_they_come(folder: Folder) -> None:
    write_events(folder, 6, 4)
    for event in range(6):
        (folder.path / f"{event:03}-003.txt").rename(folder.path / f"{event:03}-003.later")
    index_corpus([folder.path], recogniser="rules")
    check_tables(folder.path)
    before = ids(folder.path)
    assert set(before) == expected(6, 3)
    for event in range(6):
        (folder.path / f"{event:03}-003.later").rename(folder.path / f"{event:03}-003.txt")
    told: list[Progress] = []
    index_corpus([folder.path], recogniser="rules", progress=told.append)
    check_tables(folder.path)
    after = ids(folder.path)
    assert clusters(folder.path) == set(after) == expected(6, 4)
    for names, id in before.items():
        assert next(now for now, its in after.items() if its == id) > names
    grouped = [progress for progress in told if progress.phase == "grouping"]
    assert (grouped[-1].done, grouped[-1].total) == (6, 6)
    assert {finding.state for finding in check_corpus(folder.path)} == {"well"}


@pytest.mark.parametrize("each", [2, 3])
def test_reports_of_one_event_are_one_story_where_there_is_nothing_else(folder: Folder, each: int) -> None:
    """What all share tells nothing only where there are others that don't have it."""
    write_events(folder, 1, each)
    index_corpus([folder.path], recogniser="rules")
    assert clusters(folder.path) == expected(1, each)


def test_a_run_that_found_nothing_new_does_none_of_it(folder: Folder) -> None:
    write_events(folder, 2, 2)
    index_corpus([folder.path], recogniser="rules")
    program = (
        "import sys; from pathlib import Path; from tui.corpus import index_corpus\n"
        "phases = set()\n"
        "index_corpus([Path(sys.argv[1])], recogniser='rules', progress=lambda p: phases.add(p.phase))\n"
        "loaded = [m for m in sys.modules if m.startswith(('numpy', 'rensa', 'tui.corpus.grouping', 'tui.stories.'))]\n"
        "print(phases - {'walking', 'reading', 'indexing'}, [m for m in loaded if m != 'tui.stories.values'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder.path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set() []\n"


def test_an_article_that_goes_leaves_its_story_and_its_reprints(folder: Folder) -> None:
    write_events(folder, 2, 3)
    text = report(7, 0).paragraphs
    for source in ("alpha", "beta", "gamma"):
        folder.write(f"{source}.txt", f"As {source} has it", *text, url=url_of(source, "wire"))
    index_corpus([folder.path], recogniser="rules")
    check_tables(folder.path)
    with Corpus.open(folder.path) as corpus:
        wire = corpus.id_of_file(folder.path / "alpha.txt")
        assert wire is not None and len(corpus.reprints_of(wire)) == 3
        leader = corpus.reprints_of(wire)[0]
        name = next(s for s in ("alpha", "beta", "gamma") if corpus.article(leader).source == f"{s}.example")
    (folder.path / f"{name}.txt").unlink()
    (folder.path / "000-001.txt").unlink()
    index_corpus([folder.path], recogniser="rules")
    check_tables(folder.path)
    left = {f"{source}.txt" for source in ("alpha", "beta", "gamma") if source != name}
    assert clusters(folder.path) == {
        frozenset({"000-000.txt", "000-002.txt"}),
        frozenset({"001-000.txt", "001-001.txt", "001-002.txt"}),
        frozenset(left),
    }
    with Corpus.open(folder.path) as corpus:
        one = corpus.id_of_file(folder.path / min(left))
        assert one is not None and len(corpus.reprints_of(one)) == 2
    for file in left:
        (folder.path / file).unlink()
    index_corpus([folder.path], recogniser="rules")
    check_tables(folder.path)
    assert opened(folder.path).execute("SELECT count(*) FROM reprints").fetchone() == (0,)


def test_an_article_that_says_something_else_now_is_in_another_story(folder: Folder) -> None:
    write_events(folder, 8, 3)
    index_corpus([folder.path], recogniser="rules")
    other, same = report(1, 9), report(1, 2)
    day = f"{FIRST_DAY:%Y%m%d}"
    folder.write(
        "000-000.txt", other.title, *other.paragraphs, date=day, url=url_of("source0", "000-000.txt")
    )
    folder.write(
        "001-002.txt", "Another title", *same.paragraphs, date=day, url=url_of("source2", "001-002.txt")
    )
    before = ids(folder.path)
    index_corpus([folder.path], recogniser="rules")
    check_tables(folder.path)
    after = ids(folder.path)
    changed = {
        frozenset({"000-001.txt", "000-002.txt"}),
        frozenset({"000-000.txt", "001-000.txt", "001-001.txt", "001-002.txt"}),
    }
    assert set(after) - set(before) == changed
    assert set(after.values()) == set(before.values())


def test_texts_of_one_agency_are_reprints_without_the_boilerplate_of_their_sites(folder: Folder) -> None:
    """A long paragraph that a site puts under everything would make reprints of unrelated articles."""
    notes = {
        source: f"{report(900 + place, 0, 200).paragraphs[0]} Sign up to the newsletter of {source} here."
        for place, source in enumerate(("alpha", "beta"))
    }
    for event in range(6):
        for source, note in notes.items():
            write_report(
                folder, event, 0 if source == "alpha" else 1, day=3 * event, source=source, more=(note,)
            )
    wire = report(50, 0).paragraphs
    for source in notes:
        folder.write(f"{source}.txt", f"Wire, {source}", *wire, notes[source], url=url_of(source, "wire"))
    index_corpus([folder.path], recogniser="rules")
    check_tables(folder.path)
    with Corpus.open(folder.path) as corpus:
        for file in folder.path.iterdir():
            id = corpus.id_of_file(file)
            assert id is not None
            assert (
                corpus.boilerplate(id)
                == corpus.side(id).boilerplate
                == {len(corpus.article(id).paragraphs) - 1}
            )
            assert len(corpus.reprints_of(id)) == (2 if file.stem in notes else 0)


def test_what_a_source_puts_under_articles_that_were_there_is_found(folder: Folder) -> None:
    note = report(900, 0).paragraphs[0]
    for event in range(30):
        write_report(folder, event, 0, day=event, source="alpha")
    index_corpus([folder.path], recogniser="rules")
    for event in range(0, 30, 6):
        write_report(folder, event, 0, day=event, source="alpha", more=(note,))
    index_corpus([folder.path], recogniser="rules")
    check_tables(folder.path)
    with Corpus.open(folder.path) as corpus:
        for event in range(30):
            id = corpus.id_of_file(folder.path / f"{event:03}-000.txt")
            assert id is not None
            repeated = {corpus.article(id).paragraphs[at] for at in corpus.boilerplate(id)}
            assert repeated == (set() if event % 6 else {note})


@pytest.mark.parametrize("first", ["cut", "full"])
def test_the_fullest_version_stands_for_a_text_whatever_came_first(folder: Folder, first: str) -> None:
    write_events(folder, 3, 2, apart=3)
    wire = report(50, 0).paragraphs
    versions = {"cut": wire[: len(wire) * 2 // 3], "full": wire}
    for name in (first, *(versions.keys() - {first})):
        folder.write(f"{name}.txt", f"Wire, {name}", *versions[name], url=url_of(name, "wire"))
        index_corpus([folder.path], recogniser="rules")
    with Corpus.open(folder.path) as corpus:
        full, cut = (corpus.id_of_file(folder.path / f"{name}.txt") for name in ("full", "cut"))
        assert full is not None and corpus.reprints_of(full) == (full, cut)
        assert corpus.story_of(full) is not None
    connection = opened(folder.path)
    numbers = dict(connection.execute("SELECT id, number FROM articles"))
    derived = Derived(connection, Packing())
    texts = derived.one_a_text(list(numbers.values()))
    assert texts[numbers[full]] == [numbers[cut]]
    assert numbers[full] in derived.kept_features(list(numbers.values()))
    connection.close()


def test_all_is_made_anew_with_other_versions_and_ids_stay(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_events(folder, 5, 3)
    index_corpus([folder.path], recogniser="rules")
    before = ids(folder.path)
    connection = opened(folder.path)
    connection.execute("INSERT INTO story_redirects SELECT '00000000000000ff', number FROM stories LIMIT 1")
    (led_to,) = connection.execute("SELECT id FROM stories LIMIT 1").fetchone()
    connection.execute("UPDATE signatures SET signature = x''")
    connection.commit()
    connection.close()
    monkeypatch.setattr(due, "GROUPING", "another")
    index_corpus([folder.path], recogniser="rules")
    check_tables(folder.path)
    assert ids(folder.path) == before
    connection = opened(folder.path)
    assert connection.execute("SELECT count(*) FROM signatures WHERE signature = x''").fetchone() == (0,)
    assert connection.execute("SELECT value FROM meta WHERE key = 'grouping'").fetchone() == ("another",)
    connection.close()
    with Corpus.open(folder.path) as corpus:
        assert corpus.story("00000000000000ff").id == led_to  # type: ignore[arg-type]


def test_the_version_is_made_of_those_of_what_it_stands_for() -> None:
    versions = (
        boilerplate.BOILERPLATE_VERSION, reprints.REPRINTS_VERSION, features.VERSION, reclustering.VERSION,
    )  # fmt: skip
    assert due.GROUPING.split(".") == [str(version) for version in versions]
    assert due.MOST_CLUSTERED == reclustering.MOST


def test_what_the_online_pass_knew_may_be_lost(folder: Folder) -> None:
    write_events(folder, 4, 2)
    index_corpus([folder.path], recogniser="rules")
    connection = opened(folder.path)
    connection.execute("UPDATE story_state SET content = x'00ff'")
    connection.commit()
    connection.close()
    for event in range(4):
        write_report(folder, event, 2, day=event)
    index_corpus([folder.path], recogniser="rules")
    check_tables(folder.path)
    assert clusters(folder.path) == expected(4, 3)


GROUPING = (
    "import sys; from pathlib import Path; from tui.corpus import grouping, index_corpus\n"
    "grouping._BATCH = 5; grouping._TOLD_AT_LEAST = 7\n"
    "def say(progress):\n"
    "    if progress.phase == 'grouping': print('grouping', flush=True)\n"
    "index_corpus([Path(sys.argv[1])], jobs=1, recogniser='rules', progress=say); print('done', flush=True)"
)


def test_killed_again_and_again_it_goes_on(folder: Folder) -> None:
    write_events(folder, 20, 4)
    chance = random.Random(5)
    kills = 0
    for _ in range(12):
        program = subprocess.Popen(
            [sys.executable, "-c", GROUPING, str(folder.path)], stdout=subprocess.PIPE, text=True
        )
        assert program.stdout is not None
        said = program.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.4))
        finished = program.poll() is not None
        program.kill()
        program.communicate()
        if finished and said != "grouping\n":
            break
        kills += not finished
        with Corpus.open(folder.path) as corpus:
            assert corpus.count() == 80
            for story in corpus.stories(limit=100):
                assert set(corpus.stories_of(story.articles)) == set(story.articles)
        assert [f.message for f in check_corpus(folder.path) if f.state == "ill"] == []
    assert kills
    index_corpus([folder.path], recogniser="rules")
    check_tables(folder.path)
    assert clusters(folder.path) == expected(20, 4)


def test_bad_input_is_grouped_for_what_it_is(folder: Folder) -> None:
    """Nothing but a title, one word, no date, a day to come, the same article twice."""
    folder.write("title.txt", "Only a title", "")
    folder.write("word.txt", "One word", "Word.")
    for number in range(3):
        article = report(1, number)
        folder.write(
            f"undated{number}.txt", article.title, *article.paragraphs, date="", url=url_of(f"s{number}", "u")
        )
        article = report(2, number)
        folder.write(
            f"future{number}.txt",
            article.title,
            *article.paragraphs,
            date="29990101",
            url=url_of(f"s{number}", "f"),
        )
    same = report(3, 0)
    for name in ("twice", "again"):
        folder.write(f"{name}.txt", same.title, *same.paragraphs, url=None)
    folder.write("elsewhere.txt", same.title, *same.paragraphs, url=url_of("other", "same"))
    index_corpus([folder.path], recogniser="rules")
    check_tables(folder.path)
    assert {finding.state for finding in check_corpus(folder.path)} <= {"well", "note"}
    with Corpus.open(folder.path) as corpus:
        twice = corpus.id_of_file(folder.path / "twice.txt")
        assert twice is not None and twice == corpus.id_of_file(folder.path / "again.txt")
        assert len(corpus.reprints_of(twice)) == 2
        for story in corpus.stories(limit=100):
            matrix = corpus.matrix(story.id)
            assert matrix.articles == len(story.articles)
        word = corpus.id_of_file(folder.path / "word.txt")
        assert word is not None
        assert (corpus.story_of(word), corpus.reprints_of(word), corpus.boilerplate(word)) == (
            None,
            (),
            frozenset(),
        )


def test_clustering_apart_answers_as_here_and_gives_up_in_time() -> None:
    maker = FeatureMaker()
    known = [maker.features(report(event, number)) for event in range(70) for number in range(3)]
    days = [None if place % 50 == 0 else 738_000 + place for place in range(len(known))]
    frequencies = Frequencies()
    for one in known[::2]:  # others than those that are clustered: they must travel along
        frequencies.learn(one.terms)
    here = reclustering.clusters(known, days, frequencies=frequencies)
    assert clusters_apart(known, days, frequencies) == here
    breaths: list[int] = []
    assert clusters_apart(known, days, frequencies, lambda: breaths.append(1), 0.01) is None
    assert breaths


def test_stories_stay_where_the_latest_cannot_be_clustered(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_events(folder, 3, 3)
    monkeypatch.setattr("tui.corpus.grouping.clusters_apart", lambda *arguments: None)
    index_corpus([folder.path], recogniser="rules")
    check_tables(folder.path)
    assert clusters(folder.path) == expected(3, 3)


def test_a_story_that_began_before_the_latest_keeps_its_articles(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_events(folder, 4, 4)
    monkeypatch.setattr("tui.corpus.telling.MOST", 6)
    index_corpus([folder.path], recogniser="rules")
    check_tables(folder.path)
    assert clusters(folder.path) == expected(4, 4)


def test_features_are_kept_of_the_latest_alone(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.corpus.telling.KEPT", 8)
    write_events(folder, 6, 3)
    index_corpus([folder.path], recogniser="rules")
    check_tables(folder.path)
    assert clusters(folder.path) == expected(6, 3)
    rows = opened(folder.path).execute("SELECT day FROM articles JOIN features USING (number)").fetchall()
    assert len(rows) == 8
    (latest,) = opened(folder.path).execute("SELECT max(day) FROM articles").fetchone()
    assert min(day for (day,) in rows) >= latest - 4


def test_readers_are_told_to_index_where_the_store_knows_nothing_of_stories(folder: Folder) -> None:
    """As schema 3 was."""
    write_events(folder, 3, 2)
    index_corpus([folder.path], recogniser="rules")
    wanted = ids(folder.path)
    connection = opened(folder.path)
    of_today = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    for table in (
        "grouping_due", "paragraph_keys", "boilerplate", "signatures", "features", "reprints", "article_stories",
        "stories", "story_redirects", "former_stories", "story_links", "links_due", "story_state",
    ):  # fmt: skip
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DELETE FROM meta WHERE key IN ('grouping', 'grouped', 'next_story', 'unclustered')")
    connection.execute("UPDATE meta SET value = 3 WHERE key = 'schema'")
    connection.commit()
    connection.close()
    with pytest.raises(BroadsheetError, match=r"earlier Broadsheet: run `broadsheet index`"):
        Corpus.open(folder.path)
    assert index_corpus([folder.path], recogniser="rules").unchanged == 6
    connection = opened(folder.path)
    assert connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall() == of_today
    connection.close()
    check_tables(folder.path)
    assert ids(folder.path) == wanted


def test_two_processes_make_what_one_makes(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    write_events(folder, 12, 4)
    monkeypatch.setattr("tui.corpus.grouping._TOLD_AT_LEAST", 10)
    index_corpus([folder.path], jobs=1, recogniser="rules")
    alone = ids(folder.path)
    asked: list[int] = []
    take = FeaturesAhead.take

    def counted(self: FeaturesAhead) -> dict[int, Features]:
        found = take(self)
        asked.append(len(found))
        return found

    monkeypatch.setattr(FeaturesAhead, "take", counted)
    monkeypatch.setattr("tui.corpus.grouping._MANY", 20)
    for version in ("two", "dead"):
        monkeypatch.setattr(due, "GROUPING", version)
        index_corpus([folder.path], jobs=2, recogniser="rules")
        check_tables(folder.path)
        assert ids(folder.path) == alone
        monkeypatch.setattr("tui.corpus.features_ahead._BEGIN", "import sys; sys.exit(1)")
    assert asked == [10, 10, 10, 10, 8, 0, 0, 0, 0, 0]


def test_what_an_article_adds_to_the_store(folder: Folder) -> None:
    """Bytes an article, without what is kept of the latest ones only."""
    write_events(folder, 40, 3)
    index_corpus([folder.path], recogniser="rules")
    connection = opened(folder.path)
    (keys,) = connection.execute("SELECT sum(length(keys)) FROM paragraph_keys").fetchone()
    (signatures,) = connection.execute("SELECT sum(length(signature)) FROM signatures").fetchone()
    (members,) = connection.execute("SELECT sum(length(members)) FROM stories").fetchone()
    assert signatures == 256 * 120
    assert keys == 4 * sum(len(report(e, n).paragraphs) for e in range(40) for n in range(3))
    assert members <= 2 * 120
