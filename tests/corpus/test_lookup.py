"""What a prompt asks the store: ids only begun, files by their path, who is in some articles."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tui.corpus import Corpus, sample_data_path


def results_of(numbers: list[int]) -> Any:
    return SimpleNamespace(order=np.array(numbers, np.uint32))


def test_ids_that_begin_so(sample_corpus: Corpus) -> None:
    ids = sorted(hit.id for hit in sample_corpus.newest(1000))
    for length in (1, 4, 16):
        beginning = ids[7][:length]
        assert sample_corpus.ids_beginning(beginning, 1000) == [id for id in ids if id.startswith(beginning)]
    assert sample_corpus.ids_beginning("f" * 16 + "0") == []
    assert len(sample_corpus.ids_beginning("", 3)) == 3


def test_a_file_s_article(sample_corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = sorted(sample_data_path().rglob("*.txt"))
    for file in files[:5]:
        id = sample_corpus.id_of_file(file)
        assert id is not None
        assert sample_corpus.article(id).title == file.read_text("utf-8").splitlines()[0].strip()
    monkeypatch.chdir(sample_data_path())
    assert sample_corpus.id_of_file(files[0].relative_to(sample_data_path())) == sample_corpus.id_of_file(
        files[0]
    )
    link = tmp_path / "link.txt"
    link.symlink_to(files[0])
    assert sample_corpus.id_of_file(link) == sample_corpus.id_of_file(files[0])
    assert sample_corpus.id_of_file(tmp_path / "elsewhere.txt") is None


def test_who_is_in_some_articles_is_counted_in_these_alone(sample_corpus: Corpus) -> None:
    hits = sample_corpus.newest(9)
    mentions = [sample_corpus.mentions(hit.id) for hit in hits]
    articles = Counter(entity for named in mentions for entity in {mention.entity for mention in named})
    times = Counter(mention.entity for named in mentions for mention in named)
    found = sample_corpus.entities_in(results_of([hit.number for hit in hits]), limit=10_000)
    assert {entity.id: (entity.articles, entity.mentions) for entity in found} == {
        id: (articles[id], times[id]) for id in articles
    }
    order = [(-entity.articles, -entity.mentions, entity.name, entity.id) for entity in found]
    assert order == sorted(order)


def test_who_is_in_all_articles_is_who_is_in_the_corpus(sample_corpus: Corpus) -> None:
    numbers = [hit.number for hit in sample_corpus.newest(1000)]
    for type in (None, "person", "place"):
        for limit in (0, 7, 700):
            assert sample_corpus.entities_in(results_of(numbers), type, limit) == sample_corpus.entities(
                type=type, limit=limit
            )
    assert sample_corpus.entities_in(results_of([])) == []
