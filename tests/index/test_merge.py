"""Merging segments makes what building one of the articles that are left would make."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.index.newsroom import generated
from tui.article import Article
from tui.index import build
from tui.index import merge as merging
from tui.index.arrays import ArrayFile
from tui.index.build import SegmentBuilder
from tui.index.merge import Part, merge
from tui.index.stems import Stemmer

_STEMMER = Stemmer()


def _built(path: Path, articles: dict[int, Article]) -> ArrayFile:
    builder = SegmentBuilder(_STEMMER, 1_000)
    entities = {number: np.arange(number % 4, dtype=np.uint32) * 7 for number in articles}
    builder.add(articles, entities)
    assert builder.write(path) == len(articles)
    return ArrayFile(path)


def _check(segments: Sequence[Sequence[Article]], live: Sequence[Sequence[bool]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        left: dict[int, Article] = {}
        parts = []
        number = 0
        for place, (articles, flags) in enumerate(zip(segments, live, strict=True)):
            numbered = dict(enumerate(articles, number + 1))
            number += len(articles)
            file = _built(folder / f"{place}", numbered)
            kept = np.array(flags, bool)
            parts.append(Part(file, None if kept.all() else kept))
            left |= {n: article for (n, article), flag in zip(numbered.items(), flags, strict=True) if flag}
        count = merge(parts, folder / "merged")
        merged, anew = ArrayFile(folder / "merged"), _built(folder / "anew", left)
        assert merged.meta == anew.meta
        assert count == len(left)
        assert set(merged.sizes()) == set(anew.sizes())
        for array in merged.sizes():
            assert merged[array].dtype == anew[array].dtype, array
            assert merged[array].tolist() == anew[array].tolist(), array
        assert sorted(folder.iterdir()) == sorted(
            [folder / "merged", folder / "anew", *(part.file.path for part in parts)]
        )


_SEGMENTS = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from([0.0, 0.2, 0.9, 1.0])), min_size=1, max_size=5
)


@settings(max_examples=40, deadline=None)
@given(_SEGMENTS, st.integers(0, 999), st.sampled_from([3, 50, 100_000]))
def test_merging_is_building_anew(segments: list[tuple[int, float]], seed: int, piece: int) -> None:
    articles = [generated(count, seed + place) for place, (count, _) in enumerate(segments)]
    chance = np.random.default_rng(seed)
    live = [(chance.random(count) >= gone).tolist() for count, gone in segments]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            merging, "_PIECE", piece
        )  # all terms at once, some at a time, or one document at a time
        patch.setattr(merging, "_TERMS", 7)
        patch.setattr(build, "_PIECE", piece)
        _check(articles, live)


def test_positions_beyond_all_bounds() -> None:
    far = [Article("x " * 40, (*["a b"] * 17_000, "a " * 300, "b")) for _ in range(2)]  # 64 a paragraph
    _check([[far[0], Article("a", ("b c",))], [far[1]]], [[True, True], [True]])
    _check([[far[0], Article("a", ("b c",))], [far[1]]], [[True, False], [True]])


def test_segments_without_articles() -> None:
    _check([[], []], [[], []])
    _check([generated(3), generated(2)], [[False] * 3, [False] * 2])
