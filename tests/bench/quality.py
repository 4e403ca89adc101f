"""python -m tests.bench.quality FOLDER: how well our order of hits agrees with people's judgement, beside tantivy's.

FOLDER holds one or more of the public collections of https://ir.dcs.gla.ac.uk/resources/test_collections/ (many
repositories keep copies), with the names that they came with:

    cran.all.1400  cran.qry  cranqrel                  Cranfield: 1,400 abstracts, 225 questions, judged in grades
    CISI.ALL  CISI.QRY  CISI.REL                       CISI: 1,460 abstracts, 76 questions judged
    npl/doc-text  npl/query-text  npl/rlv-ass          NPL: 11,429 short texts, 93 questions

Every engine has the same title and body, and is asked for any of a question's words. nDCG@10 (Järvelin & Kekäläinen
2002): gain over the logarithm of the place, as a share of the best order there could be; the mean over the questions.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import log2
from pathlib import Path
from statistics import mean
from typing import Any

from tests.bench.engines.base import TITLE_BOOST
from tests.bench.report import number, print_table
from tests.index.newsroom import Newsroom, indexed
from tui.article import Article

DEPTH = 10
_CRANFIELD_GAINS = {1: 4, 2: 3, 3: 2, 4: 1}
"""Cleverdon's codes: 1 is a complete answer, 4 of minimum interest; anything else is of none."""

Gains = dict[int, int]
"""What finding a text is worth, by its number."""


@dataclass(slots=True)
class Judged:
    """A collection of texts and questions, and what people said of the answers."""

    name: str
    texts: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Title and body by number."""
    questions: dict[int, str] = field(default_factory=dict)
    gains: dict[int, Gains] = field(default_factory=lambda: defaultdict(dict))
    """By question; a text that is not among them is worth nothing."""

    def asked(self) -> Iterator[tuple[str, Gains]]:
        """The questions that somebody judged, each word once."""
        for number_, question in self.questions.items():
            words = dict.fromkeys(re.findall(r"\w+", question.lower()))
            if any(self.gains[number_].values()):
                yield " ".join(words), self.gains[number_]


Searcher = Callable[[str], list[int]]
"""A question's words → numbers of the first texts, best first."""


def ndcg(found: list[int], gains: Gains) -> float:
    """Of the first `DEPTH`, between 0 and 1.

    Args:
        found: numbers of texts, best first.
        gains: at least one of them above 0.
    """
    best = sorted(gains.values(), reverse=True)
    return _discounted([gains.get(number_, 0) for number_ in found]) / _discounted(best)


def _discounted(gains: list[int]) -> float:
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains[:DEPTH]))


# Reading


def _records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """SMART's format: `.I number`, then a letter a field."""
    for record in re.split(r"^\.I\s+", path.read_text(encoding="latin-1"), flags=re.MULTILINE)[1:]:
        number_, _, rest = record.partition("\n")
        parts = re.split(r"^\.([A-Z])\s*$", rest, flags=re.MULTILINE)
        yield int(number_), dict(zip(parts[1::2], parts[2::2], strict=True))


def _smart(name: str, texts: Path, questions: Path) -> Judged:
    judged = Judged(name)
    for number_, fields in _records(texts):
        judged.texts[number_] = (fields.get("T", "").strip(), fields.get("W", "").strip())
    judged.questions = {number_: fields.get("W", "") for number_, fields in _records(questions)}
    return judged


def cranfield(folder: Path) -> Judged:
    """Its judgements number the questions as they stand, not as they are numbered."""
    judged = _smart("Cranfield", folder / "cran.all.1400", folder / "cran.qry")
    judged.questions = dict(enumerate(judged.questions.values(), 1))
    for line in (folder / "cranqrel").read_text(encoding="latin-1").splitlines():
        if line.strip():
            question, text, code = map(int, line.split()[:3])
            judged.gains[question][text] = _CRANFIELD_GAINS.get(code, 0)
    return judged


def cisi(folder: Path) -> Judged:
    """Judged relevant or not."""
    judged = _smart("CISI", folder / "CISI.ALL", folder / "CISI.QRY")
    for line in (folder / "CISI.REL").read_text(encoding="latin-1").splitlines():
        question, text = map(int, line.split()[:2])
        judged.gains[question][text] = 1
    return judged


def npl(folder: Path) -> Judged:
    """Texts without titles, divided by slashes."""

    def numbered(name: str) -> Iterator[tuple[int, str]]:
        for record in re.split(
            r"^\s*/\s*$", (folder / "npl" / name).read_text("latin-1"), flags=re.MULTILINE
        ):
            if record.strip():
                number_, _, text = record.strip().partition("\n")
                yield int(number_), text

    judged = Judged("NPL")
    judged.texts = {number_: ("", text) for number_, text in numbered("doc-text")}
    judged.questions = dict(numbered("query-text"))
    for question, texts in numbered("rlv-ass"):
        judged.gains[question] = {int(text): 1 for text in texts.split()}
    return judged


COLLECTIONS = {"cran.all.1400": cranfield, "CISI.ALL": cisi, "npl/doc-text": npl}


# Asking


def ours(judged: Judged, folder: Path, literal: bool) -> Searcher:
    """Our index; `literal` without stems."""
    from tests.bench.engines.broadsheet import LiteralIndex

    numbers = list(judged.texts)
    room = Newsroom([Article(title, (body,), language="en") for title, body in judged.texts.values()])
    directory = folder / f"ours-{literal}"
    index = indexed(directory, room)
    if literal:
        index = LiteralIndex.open(directory, room)

    def search(words: str) -> list[int]:
        results = index.search(" OR ".join(words.split()))
        found = results.numbers(0, DEPTH) if hasattr(results, "numbers") else results.order[:DEPTH]
        return [numbers[place - 1] for place in found.tolist()]

    return search


def tantivy(judged: Judged, tokenizer: str, boosts: dict[str, float]) -> Searcher:
    """tantivy with that tokenizer, title and body as its parser's fields."""
    import tantivy as engine

    schema = engine.SchemaBuilder()
    schema.add_integer_field("number", stored=True)
    for name in ("title", "body"):
        schema.add_text_field(name, tokenizer_name=tokenizer)
    index = engine.Index(schema.build())
    writer = index.writer()
    for number_, (title, body) in judged.texts.items():
        writer.add_document(engine.Document(number=number_, title=title, body=body))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(words: str) -> list[int]:
        query: Any = index.parse_query(words, ["title", "body"], field_boosts=boosts)
        return [int(searcher.doc(place)["number"][0]) for _, place in searcher.search(query, DEPTH).hits]

    return search


def searchers(judged: Judged, folder: Path) -> dict[str, Searcher]:
    """Ours in two ways, and tantivy's where it is installed; its default first."""
    found = {"broadsheet": ours(judged, folder, False), "as written": ours(judged, folder, True)}
    try:
        boosts = {"title": TITLE_BOOST, "body": 1.0}
        return {
            **found,
            "tantivy, default": tantivy(judged, "default", {}),
            "its title × 3": tantivy(judged, "default", boosts),
            "and stems": tantivy(judged, "en_stem", boosts),
        }
    except ImportError as error:
        print(f"tantivy is left out: not installed ({error})")
        return found


def main() -> int:
    """Run the command; exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    folder = parser.parse_args().folder
    there = [read for name, read in COLLECTIONS.items() if (folder / name).exists()]
    if not there:
        print(f"no collection in {folder}: wanted {', '.join(COLLECTIONS)}", file=sys.stderr)
        return 3
    rows, names = [], []
    for read in there:
        judged = read(folder)
        asked = list(judged.asked())
        with tempfile.TemporaryDirectory() as place:
            engines = searchers(judged, Path(place))
            scores = {n: [ndcg(search(q), gains) for q, gains in asked] for n, search in engines.items()}
        names = list(scores)
        mine, theirs = scores["broadsheet"], scores.get("tantivy, default", scores["broadsheet"])
        pairs = list(zip(mine, theirs, strict=True))
        rows.append([
            judged.name, number(len(judged.texts)), number(len(asked)),
            *(number(mean(values), 4) for values in scores.values()),
            f"{sum(a > b for a, b in pairs)} : {sum(a < b for a, b in pairs)}",
            "met" if mean(mine) >= mean(theirs) else "MISSED",
        ])  # fmt: skip
    print_table(
        f"nDCG@{DEPTH}",
        ["", "texts", "questions", *names, "better : worse", ""],
        rows,
        note="wanted: broadsheet no lower than tantivy's default; better, worse: questions, of broadsheet beside that",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
