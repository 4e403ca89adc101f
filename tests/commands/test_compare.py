"""`broadsheet compare`: on a terminal, in a pipe, and as files for others."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.programs import in_pipe, in_terminal
from tests.commands.schemas import check

pytestmark = pytest.mark.usefixtures("sample_home")

LEAD = "Russia handed the United States two draft documents on Thursday, the Kremlin said."
SOLDIERS = "Western officials put the number of soldiers near the border at some 70,000."
SHEEP = "A flock of sheep was found alive under the snow by a farmer on Monday."
CALL = "A further call between the two presidents before the new year is possible."

FORMATS = ("text", "json", "html", "markdown", "csv")


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    """Two article files that no corpus holds."""
    return (
        article(tmp_path, "left", "Russia hands over drafts", LEAD, SOLDIERS, SHEEP),
        article(
            tmp_path, "right", "Russia hands over treaties", CALL, SOLDIERS.replace("70,000", "90,000"), LEAD
        ),
    )


def article(folder: Path, name: str, title: str, *paragraphs: str) -> str:
    path = folder / f"{name}.txt"
    path.write_text(
        "\n".join((title, "20211216", f"https://{name}.example/a", *paragraphs)), encoding="utf-8"
    )
    return str(path)


def ids(run: Run, query: str) -> list[str]:
    return [line.split("\t")[0] for line in run("search", query).stdout.splitlines()]


# Which articles


def test_ids_beginnings_of_ids_and_files(run: Run, pair: tuple[str, str]) -> None:
    first, second = ids(run, "draft pacts")[:2]
    whole = run("compare", first, second)
    assert whole.exit_code == 0 and "% shared" in whole.stdout
    assert run("compare", first[:8], second[:8]).stdout == whole.stdout
    mixed = run("compare", first, pair[0])
    assert mixed.exit_code == 0 and mixed.stdout.count("https://") >= 2
    assert "100% shared" in run("compare", first, first).stdout


def test_what_is_not_there_is_said_in_one_line(run: Run, pair: tuple[str, str], tmp_path: Path) -> None:
    empty = tmp_path / "folder"
    empty.mkdir()
    binary = tmp_path / "picture.txt"
    binary.write_bytes(bytes(range(256)) * 8)
    for wrong, code in (
        ("0123456789abcdef", 1), ("no-such-file.txt", 1), (str(empty), 1), (str(binary), 3), ("", 1), ("\x1b[31m", 1)
    ):  # fmt: skip
        for arguments in ((wrong, pair[0]), (pair[0], wrong)):
            result = run("compare", *arguments)
            assert result.exit_code == code, (wrong, result.stderr)
            assert not result.stdout
            lines = [line for line in result.stderr.splitlines() if "sample data" not in line]
            assert len(lines) == 1 and "\x1b" not in lines[0]


def test_wrong_usage(run: Run, pair: tuple[str, str]) -> None:
    assert run("compare", pair[0]).exit_code == 2
    assert run("compare", *pair, "--format", "pdf").exit_code == 2


# In a pipe


def test_a_pipe_gets_it_unified(run: Run, pair: tuple[str, str]) -> None:
    lines = run("compare", *pair).stdout.splitlines()
    assert lines[0].startswith("--- Russia hands over drafts · left.example · 2021-12-16")
    assert lines[1].startswith("+++ Russia hands over treaties")
    assert lines[2] == "# 67% shared · 1 identical · 1 near · 1 only left · 1 only right"
    assert lines[3] == "# figures: 70,000 ≠ 90,000"
    assert sorted(lines[4:]) == sorted(
        [f"= {LEAD}", f"~ {SOLDIERS.replace('70,000', '[-70,000-]{+90,000+}')}", f"- {SHEEP}", f"+ {CALL}"]
    )


def test_json_is_what_the_schema_says(run: Run, pair: tuple[str, str]) -> None:
    found = ids(run, "geneva")[:4]
    for left, right in ((found[0], found[1]), (found[2], found[3]), pair):
        result = run("compare", "--json", left, right)
        assert result.exit_code == 0
        compared = json.loads(result.stdout)
        check("compare", compared)
        for index, name in enumerate(("left", "right")):
            side = compared[name]
            assert side["id"] == ((left, right)[index] if left in found else None)
            paired = {one[name] for one in compared["pairs"]}
            assert sorted(paired | set(compared[f"only_{name}"])) == list(range(len(side["sentences"])))
            if side["id"] is None:
                continue
            shown = json.loads(run("show", "--json", side["id"]).stdout)
            for one in side["sentences"]:
                assert shown["paragraphs"][one["paragraph"]][one["start"] : one["end"]] == one["text"]
    assert run("compare", "--json", *pair).stdout == run("compare", "--format", "json", *pair).stdout


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_article(run: Run, pair: tuple[str, str], tmp_path: Path, form: str) -> None:
    nothing = article(tmp_path, "nothing", "Nothing to say", "…")
    result = run("compare", "--format", form, nothing, pair[0])
    assert result.exit_code == 0
    assert "no sentence" in result.stdout or form == "csv"


# Files for others


class Page(HTMLParser):
    """Reads a page; fails where a tag is closed that was not opened."""

    VOID = ("meta", "col", "br")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") or name in {"src", "href"} for name, _ in attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data


def page(text: str) -> Page:
    reader = Page()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    return reader


HOSTILE = (
    '<script>alert(1)</script> "quoted" & <img src=x onerror=alert(1)> was said to be there on Monday.',
    '=HYPERLINK("http://evil.example") is what the minister wrote | into the *table* that [day](http://x).',
    "\x1b[31mRed\x1b[0m text ‮turned round‬ with `code` and _lines_ was printed by the paper.",
)


def test_html_is_whole_escaped_and_loads_nothing(run: Run, pair: tuple[str, str], tmp_path: Path) -> None:
    plain = page(run("compare", "--format", "html", *pair).stdout)
    assert "70,000 ≠ 90,000" in plain.text and SHEEP in plain.text
    assert plain.tags.count("tr") == 5 and "mark" in plain.tags
    bad = article(tmp_path, "bad", "<b>Title</b> </title><script>", *HOSTILE)
    hostile = page(run("compare", "--format", "html", bad, pair[0]).stdout)
    assert not {"script", "img", "b"} & set(hostile.tags)
    assert "<script>alert(1)</script>" in hostile.text and "\x1b" not in hostile.text


def test_csv_holds_everything_and_no_formula(run: Run, pair: tuple[str, str], tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(run("compare", "--format", "csv", *pair).stdout)))
    assert rows[0] == ["kind", "score", "left", "right", "figures", "names"]
    assert sorted(row[0] for row in rows[1:]) == ["identical", "near", "only left", "only right"]
    (near,) = (row for row in rows if row[0] == "near")
    assert near[2] == SOLDIERS and "90,000" in near[3] and near[4] == "70,000 ≠ 90,000"
    bad = article(
        tmp_path, "bad", "Title", *HOSTILE, "+1 is what they said to the press.", "@here said the man to us."
    )
    for left, right in ((bad, pair[0]), (pair[0], bad), (bad, bad)):
        for row in csv.reader(io.StringIO(run("compare", "--format", "csv", left, right).stdout)):
            assert len(row) == 6
            assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)


def test_markdown_is_a_table_whatever_is_in_it(run: Run, pair: tuple[str, str], tmp_path: Path) -> None:
    lines = run("compare", "--format", "markdown", *pair).stdout.splitlines()
    assert lines[0] == "# Russia hands over drafts / Russia hands over treaties"
    assert "- 70,000 ≠ 90,000" in lines
    assert any("**70,000**" in line and "**90,000**" in line for line in lines)
    bad = article(tmp_path, "bad", "# Title | <b>", *HOSTILE)
    table = [
        line
        for line in run("compare", "--format", "markdown", bad, pair[0]).stdout.splitlines()
        if line[:1] == "|"
    ]
    assert table
    for line in table:
        assert line.replace("\\|", "").count("|") == 4
        assert "<" not in line.replace("\\<", "")


# On a terminal


@pytest.mark.parametrize("columns", [40, 72, 100, 200])
def test_a_terminal_gets_them_side_by_side(pair: tuple[str, str], columns: int) -> None:
    code, output = in_terminal("compare", *pair, columns=columns)
    text = output.decode()
    assert code == 0 and "\x1b[" in text
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert "67% shared" in plain and "= 1 identical" in plain
    assert "70,000 ≠ 90,000" in plain
    lines = [line.rstrip("\r") for line in plain.splitlines() if "sample data" not in line]
    assert [line for line in lines if len(line) > columns] == []
    beside = any(line.count("Western") == 2 for line in lines)
    assert beside == (columns >= 72)


def test_without_colour_signs_tell(pair: tuple[str, str]) -> None:
    code, output = in_terminal("compare", *pair, env={"NO_COLOR": "1"}, columns=100)
    text = output.decode()
    assert code == 0 and "≈" in text and "•" in text and "=" in text
    assert "\x1b[3" not in text.replace("\x1b[3m", "")


def test_nothing_hostile_reaches_the_terminal(pair: tuple[str, str], tmp_path: Path) -> None:
    bad = article(
        tmp_path, "bad", "\x1b]0;owned\x07[bold]Title[/bold]", *HOSTILE, "[red]not markup[/red] it was."
    )
    for run_it in (in_terminal("compare", bad, pair[0])[1], in_pipe("compare", bad, pair[0]).stdout):
        assert b"\x1b[31m" not in run_it and b"\x1b]" not in run_it and b"\x07" not in run_it
        assert b"[red]not markup[/red]" in run_it and b"[bold]Title[/bold]" in run_it
