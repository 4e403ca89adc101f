"""Names put right as a text: what is written is read, and what is not a line of it is said so."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.conftest import Folder, body
from tui.article import MENTION_TYPES
from tui.corpus import Corpus, index_corpus
from tui.corpus.edits import Line
from tui.corpus.name_file import clean, read, written
from tui.entities.names import fold_name
from tui.entities.resolve import entity_id
from tui.errors import BroadsheetError

names = st.text(max_size=30).map(clean).filter(lambda name: bool(name.strip()))
lines = st.lists(
    st.builds(
        Line,
        st.sampled_from(MENTION_TYPES),
        st.lists(names, min_size=1, max_size=4, unique=True).map(tuple),
        st.lists(names, max_size=2, unique=True).map(tuple),
        st.booleans(),
    ),
    max_size=6,
    unique_by=lambda line: fold_name(line.names[0]),
)


def distinct(found: list[Line]) -> list[Line]:
    """Lines none of whose names another has."""
    seen: set[str] = set()
    kept = []
    for line in found:
        folded = {fold_name(name) for name in line.names}
        if not folded & seen and len(folded) == len(line.names):
            kept.append(line)
            seen |= folded
    return kept


@given(lines.map(distinct))
def test_what_is_written_is_read(found: list[Line]) -> None:
    refused: list[str] = []
    text = written(found)
    again = read(text, refused.append)
    assert refused == []
    assert sorted(again) == sorted(found)
    assert written(again) == text
    assert all(ord(char) >= 32 or char in "\t\n" for char in text)


@given(st.text())
def test_whatever_a_file_says_is_read_or_said_to_be_wrong(text: str) -> None:
    refused: list[str] = []
    found = read(text, refused.append)
    assert all("\n" not in problem and problem.startswith("line ") for problem in refused)
    assert sorted(read(written(found), refused.append)) == sorted(found)


def test_the_format() -> None:
    found = [
        Line("person", ("Volodymyr Zelensky", "Zelenskyy")),
        Line("misc", ("Read More",), hidden=True),
        Line("person", ("Vladimir Putin",), ("Lyudmila",)),
        Line("organisation", ("!Kung", "\\o/")),
    ]
    assert written(found).splitlines()[2:] == [
        "organisation\t\\!Kung\t\\\\o/",
        "-misc\tRead More",
        "person\tVladimir Putin\t!Lyudmila",
        "person\tVolodymyr Zelensky\tZelenskyy",
    ]
    assert sorted(read(written(found), pytest.fail)) == sorted(found)


def test_each_bad_line_is_told() -> None:
    refused: list[str] = []
    found = read(
        "\ufeff# for people\n\nperson\tA  B\r\nanimal\tRex\nperson\nplace\tA B\n"
        " place \t Paris \t\t Paris\nperson\t!Only\n",
        refused.append,
    )
    assert found == [Line("person", ("A B",)), Line("place", ("Paris",))]
    assert refused == [
        "line 4: 'animal' is not a type: person, organisation, place, misc",
        "line 5: there is no name after the type and a tab",
        "line 6: 'A B' is in line 3 already",
        "line 8: there is no name after the type and a tab",
    ]


@pytest.fixture
def corpus(folder: Folder) -> Corpus:
    folder.write("1.txt", "Vladimir Putin spoke", "Vladimir Putin met Dmitry Peskov.", body("one"))
    folder.write("2.txt", "Mr Zelensky left", "Volodymyr Zelensky flew to Paris.", body("two"))
    folder.write("3.txt", "Mr Zelensky again", "Mr Zelensky smiled. Vladimir Putin left.", body("three"))
    index_corpus([folder.path])
    return Corpus.open(folder.path)


def test_edits_come_out_the_same_elsewhere(corpus: Corpus, folder: Folder, tmp_path: Path) -> None:
    putin, peskov, zelensky = (
        entity_id(name) for name in ("vladimir putin", "dmitry peskov", "volodymyr zelensky")
    )
    assert corpus.entity(entity_id("zelensky")).id == zelensky
    assert corpus.export_names(tmp_path / "nothing.txt") == 0
    corpus.merge([peskov], putin)
    corpus.rename(putin, "The Kremlin")
    corpus.retype(putin, "organisation")
    corpus.split(zelensky, "Zelensky")
    corpus.hide(entity_id("paris"))
    wanted = corpus.entities(limit=100)
    file = tmp_path / "names.txt"
    assert corpus.export_names(file) == 4
    assert "organisation\tThe Kremlin\tVladimir Putin\tDmitry Peskov" in file.read_text()
    while corpus.undo_edit():
        pass
    assert corpus.entities(limit=100) != wanted
    assert corpus.import_names(file) == 4
    assert corpus.entities(limit=100) == wanted
    assert corpus.entity(peskov).id == putin
    corpus.close()
    with Corpus.open(folder.path) as later:
        assert later.entities(limit=100) == wanted
        later.export_names(tmp_path / "again.txt")
        assert (tmp_path / "again.txt").read_bytes() == file.read_bytes()
        assert str(later.undo_edit()).startswith("Imported 4 names from ")
        assert later.edits() == []


def test_names_that_nobody_has_yet_wait(corpus: Corpus, folder: Folder, tmp_path: Path) -> None:
    file = tmp_path / "names.txt"
    file.write_text("person\tSergei Lavrov\tMaria Zakharova\nplace\tAtlantis\n")
    assert corpus.import_names(file) == 2
    corpus.export_names(tmp_path / "again.txt")
    assert (tmp_path / "again.txt").read_text().splitlines()[2:] == [
        "place\tAtlantis",
        "person\tSergei Lavrov\tMaria Zakharova",
    ]
    corpus.close()
    folder.write("4.txt", "Maria Zakharova", "Sergei Lavrov met Maria Zakharova.", body("four"))
    index_corpus([folder.path])
    with Corpus.open(folder.path) as later:
        lavrov = later.entity(entity_id("maria zakharova"))
        assert (lavrov.name, lavrov.articles) == ("Sergei Lavrov", 1)


def test_a_file_that_cant_be_read_is_said_so(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(BroadsheetError, match="Can't read"):
        corpus.import_names(tmp_path / "missing")
    (tmp_path / "latin").write_bytes(b"person\tJos\xe9")
    with pytest.raises(BroadsheetError, match="UTF-8"):
        corpus.import_names(tmp_path / "latin")
    with pytest.raises(BroadsheetError, match="Can't write"):
        corpus.export_names(tmp_path / "missing" / "names.txt")
    assert corpus.edits() == []
    corpus.close()
