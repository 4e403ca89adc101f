"""`broadsheet show`, on the sample data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.programs import in_terminal
from tests.commands.schemas import check
from tui.corpus import sample_data_path

pytestmark = pytest.mark.usefixtures("sample_home")


@pytest.fixture
def id(run: Run) -> str:
    """The id of one article of the sample data."""
    return str(run("search", "nato", "--limit", "1").stdout.split("\t")[0])


def test_json_is_what_the_schema_says_and_offsets_hold(run: Run) -> None:
    ids = [line.split("\t")[0] for line in run("search", "", "--limit", "1000").stdout.splitlines()]
    result = run("show", "--json", *ids)
    assert result.exit_code == 0
    shown = [json.loads(line) for line in result.stdout.splitlines()]
    assert [article["id"] for article in shown] == ids
    mentions = 0
    for article in shown:
        check("show", article)
        for mention in article["mentions"]:
            number, start, end = mention["paragraph"], mention["start"], mention["end"]
            text = article["title"] if number == -1 else article["paragraphs"][number]
            assert text[start:end] == mention["text"]
            mentions += 1
    assert mentions > 100


def test_figures_and_quotes_stand_where_they_say(run: Run) -> None:
    ids = [line.split("\t")[0] for line in run("search", "", "--limit", "1000").stdout.splitlines()]
    shown = [json.loads(line) for line in run("show", "--json", *ids).stdout.splitlines()]
    spoken = set()
    for article in shown:
        for figure in article["figures"]:
            number, start, end = figure["paragraph"], figure["start"], figure["end"]
            text = article["title"] if number == -1 else article["paragraphs"][number]
            assert text[start:end] == figure["text"]
        for quote in article["quotes"]:
            text = article["title"] if quote["paragraph"] == -1 else article["paragraphs"][quote["paragraph"]]
            assert text[quote["start"] : quote["end"]].strip()
            spoken.add(quote["speaker"])
            assert quote["entity"] is None or quote["speaker"] is not None
    assert {"Peskov", "Helena Varga"} <= spoken


def test_order_boilerplate_and_story_are_those_of_the_corpus(run: Run) -> None:
    ids = [line.split("\t")[0] for line in run("search", "", "--limit", "1000").stdout.splitlines()]
    stories = [json.loads(line) for line in run("stories", "--limit", "1000", "--json").stdout.splitlines()]
    story_of = {id: story["id"] for story in stories for id in story["articles"]}
    repeated = ordered = 0
    for article in map(json.loads, run("show", "--json", *ids).stdout.splitlines()):
        paragraphs = range(len(article["paragraphs"]))
        assert article["story"] == story_of.get(article["id"])
        assert set(article["boilerplate"]) <= set(paragraphs)
        repeated += bool(article["boilerplate"])
        if article["suggested_order"] is not None:
            assert sorted(article["suggested_order"]) == list(paragraphs)
            ordered += 1
    assert len(story_of) > 20 and repeated > 10 and ordered > 10


def test_of_a_file_outside_the_corpus_what_only_a_corpus_knows_is_null(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    file.write_text("A title\n20211216\n\nA paragraph of a few words.\n", "utf-8")
    article = json.loads(run("show", str(file), "--json").stdout)
    check("show", article)
    assert (article["suggested_order"], article["boilerplate"], article["story"]) == ([0], None, None)


def test_a_pipe_gets_the_article_as_its_file_has_it(run: Run) -> None:
    file = next(path for path in sorted(sample_data_path().rglob("*.txt")) if path.name != "README.txt")
    result = run("show", str(file))
    assert result.exit_code == 0
    given = [line.strip() for line in file.read_text("utf-8").splitlines() if line.strip()]
    assert result.stdout.splitlines() == given


def test_the_beginning_of_an_id_is_enough(run: Run, id: str) -> None:
    whole = run("show", id)
    assert whole.exit_code == 0
    assert run("show", id[:10]).stdout == whole.stdout
    assert run("show", id.upper()).stdout == whole.stdout


def test_the_beginning_of_many_ids_is_refused_with_some_of_them(run: Run) -> None:
    ids = [line.split("\t")[0] for line in run("search", "", "--limit", "1000").stdout.splitlines()]
    first = [id[0] for id in ids]
    digit = max(first, key=first.count)
    result = run("show", digit)
    assert result.exit_code == 2
    assert "More than one article" in result.stderr
    assert any(id in result.stderr for id in ids if id[0] == digit)


def test_an_unknown_id_is_answered_with_the_nearest(run: Run, id: str) -> None:
    wrong = id[:-2] + ("00" if id[-2:] != "00" else "11")
    for said in (wrong, wrong[:15]):
        result = run("show", said)
        assert result.exit_code == 1
        assert result.stdout == ""
        assert f"did you mean {id}?" in result.stderr


def test_what_is_neither_id_nor_file_is_said(run: Run) -> None:
    result = run("show", "no-such-thing")
    assert result.exit_code == 1
    assert "no-such-thing" in result.stderr


def test_a_file_outside_the_corpus_is_shown_without_an_id(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "outside.txt"
    file.write_text(
        "Walrus seen\n20220101\nhttp://www.sea.example/1\nAngela Merkel saw a walrus in Paris. "
        "She said it weighed 1.2 tonnes.\n"
    )
    article = json.loads(run("show", str(file), "--json").stdout)
    check("show", article)
    assert article["id"] is None
    assert (article["title"], article["date"], article["source"]) == (
        "Walrus seen",
        "2022-01-01",
        "sea.example",
    )
    assert {mention["text"] for mention in article["mentions"]} >= {"Angela Merkel", "Paris"}
    assert [(figure["kind"], figure["value"]) for figure in article["figures"]] == [("quantity", "1200 kg")]
    assert [(quote["speaker"], quote["entity"]) for quote in article["quotes"]] == [("Angela Merkel", None)]


def test_a_file_that_is_no_article_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("show", str(tmp_path / "empty.txt"))
    assert result.exit_code == 3
    assert result.stderr.splitlines()[-1] == f"broadsheet: {tmp_path / 'empty.txt'} is not an article: empty"


def test_on_a_terminal_lines_stay_readable(id: str) -> None:
    code, drawn = in_terminal("show", id, columns=200)
    assert code == 0
    assert b"\x1b[1m" in drawn
    lines = [line for line in drawn.decode().splitlines() if not line.startswith("broadsheet:")]
    assert max(len(line) for line in lines if "\x1b" not in line) <= 80


def test_what_a_source_repeats_is_dim_on_a_terminal_and_whole_in_a_pipe(run: Run) -> None:
    shown = (
        json.loads(run("show", line.split("\t")[0], "--json").stdout)
        for line in run("search", "", "--limit", "20").stdout.splitlines()
    )
    article = next(article for article in shown if article["boilerplate"])
    repeated = article["paragraphs"][article["boilerplate"][0]]
    _, drawn = in_terminal("show", article["id"], columns=200)
    assert f"\x1b[2m{repeated.split()[0]}" in drawn.decode()
    assert repeated in run("show", article["id"]).stdout
