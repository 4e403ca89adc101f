"""The generated corpora are what the figures say they are measured on."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
from pathlib import Path

from tests.bench.corpus import FILES_A_FOLDER, is_reprint, make, original_of, write_corpus
from tests.bench.words import word


def test_the_same_seed_writes_the_same_corpus(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_corpus(30, tmp_path / name, seed=7)
    write_corpus(30, tmp_path / "other", seed=8)

    def content(name: str) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.txt")}

    assert content("one") == content("two")
    assert len(content("one")) == 30
    assert content("one") != content("other")


def test_the_process_has_no_part_in_it() -> None:
    """Hashes of strings differ from process to process; an article must not."""
    command = "from tests.bench.corpus import make; print(hash('x'), make(3, 41, 100).text)"
    runs = [subprocess.run([sys.executable, "-c", command], capture_output=True, text=True) for _ in range(2)]
    assert runs[0].stdout.partition(" ")[2] == runs[1].stdout.partition(" ")[2] != ""


def test_every_file_is_in_the_founding_format(tmp_path: Path) -> None:
    write_corpus(25, tmp_path)
    for path in tmp_path.rglob("*.txt"):
        title, date, url, *paragraphs = path.read_text(encoding="utf-8").splitlines()
        assert len(title) > 10
        assert datetime.datetime.strptime(date, "%Y%m%d").year in range(2016, 2024)
        assert re.fullmatch(r"https://www\.[a-z-]+\.example/news/[0-9]+\.[\w-]+/", url)
        assert len(paragraphs) >= 2
        assert all(paragraphs)


def test_folders_hold_at_most_a_thousand_files(tmp_path: Path) -> None:
    write_corpus(FILES_A_FOLDER + 1, tmp_path)
    assert [len(list(folder.iterdir())) for folder in sorted(tmp_path.iterdir())] == [FILES_A_FOLDER, 1]


def test_articles_have_a_newspapers_length_and_a_vocabulary_that_keeps_growing() -> None:
    made = [make(1, number, 1_000) for number in range(400)]
    lengths = [sum(len(paragraph.split()) for paragraph in one.paragraphs) for one in made]
    assert 330 < sum(lengths) / len(lengths) < 480
    quarter, whole = (
        {token for one in made[:count] for token in re.findall(r"\w+", one.text.lower())}
        for count in (100, 400)
    )
    # Heaps' law: four times the text, about twice the words.
    assert 1.4 < len(whole) / len(quarter) < 3


def test_reprints_repeat_an_earlier_article() -> None:
    reprints = [number for number in range(2_000) if is_reprint(1, number)]
    assert 0.12 < len(reprints) / 2_000 < 0.18
    for number in reprints[:20]:
        original, reprint = make(1, original_of(1, number), 2_000), make(1, number, 2_000)
        bare = {re.sub("['’]", "", paragraph) for paragraph in original.paragraphs}
        kept = [one for one in reprint.paragraphs if re.sub("['’]", "", one) in bare]
        assert len(kept) >= 2
        assert reprint.url != original.url
        assert reprint.date >= original.date


def test_words_differ_by_rank_and_are_plain_letters() -> None:
    words = [word(rank) for rank in range(20_000)]
    assert len(set(words)) > 19_000
    assert all(re.fullmatch("[a-z]{2,20}", one) for one in words)
