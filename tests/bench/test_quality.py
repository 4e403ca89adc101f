"""Judged collections are read as they are meant, and an order's worth is counted as it is defined."""

from __future__ import annotations

from math import log2
from pathlib import Path

import pytest

from tests.bench.quality import cisi, cranfield, ndcg, npl

_TEXTS = ".I 1\n.T\na wing\n.A\nsomebody\n.W\na wing in a stream .\n.I 2\n.T\nheat\n.W\nheat flows\n"


def test_the_best_order_is_worth_one_and_none_nothing() -> None:
    gains = {1: 4, 2: 1, 3: 0}
    assert ndcg([1, 2, 3], gains) == 1
    assert ndcg([3, 4], gains) == 0
    assert ndcg([2, 1], gains) == pytest.approx((1 + 4 / log2(3)) / (4 + 1 / log2(3)))
    assert ndcg([0] * 10 + [1], gains) == 0


def test_cranfield_numbers_questions_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "cran.all.1400").write_text(_TEXTS)
    (tmp_path / "cran.qry").write_text(
        ".I 004\n.W\nwhat is a\nwing ?\n.I 008\n.W\nheat\n.I 9\n.W\nnobody knows\n"
    )
    (tmp_path / "cranqrel").write_text("1 1 1\n1 2 4 \n2 2 -1\n2 1 3\n")
    judged = cranfield(tmp_path)
    assert judged.texts == {1: ("a wing", "a wing in a stream ."), 2: ("heat", "heat flows")}
    assert list(judged.asked()) == [("what is a wing", {1: 4, 2: 1}), ("heat", {2: 0, 1: 2})]


def test_cisi_leaves_out_what_nobody_judged(tmp_path: Path) -> None:
    (tmp_path / "CISI.ALL").write_text(_TEXTS)
    (tmp_path / "CISI.QRY").write_text(".I 1\n.W\nheat or heat\n.I 2\n.W\nwing\n")
    (tmp_path / "CISI.REL").write_text("     1      2\t0\t0.000000\n")
    assert list(cisi(tmp_path).asked()) == [("heat or", {2: 1})]


def test_npl_is_divided_by_slashes(tmp_path: Path) -> None:
    (tmp_path / "npl").mkdir()
    (tmp_path / "npl" / "doc-text").write_text("\n1\nradio waves\nbend\n   /\n2\nvalves\n   /\n")
    (tmp_path / "npl" / "query-text").write_text("1\nRADIO\n/\n2\nVALVES\n/\n")
    (tmp_path / "npl" / "rlv-ass").write_text("1\n 1  2\n   /\n2\n  2\n  /\n")
    judged = npl(tmp_path)
    assert judged.texts[1] == ("", "radio waves\nbend")
    assert list(judged.asked()) == [("radio", {1: 1, 2: 1}), ("valves", {2: 1})]
