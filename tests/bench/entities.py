"""How well and how fast names are recognised.

    python -m tests.bench.entities            our own annotated articles, words a second, time to the first article
    python -m tests.bench.entities FOLDER     and the twenty from outside, whose text is in FOLDER

FOLDER holds `GUM_news_NAME.conllu` for the names in `tests/entities/annotated/outside.json`.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.entities.scoring import Annotated, read_folder, score
from tui.article import MENTION_TYPES
from tui.entities import default_recogniser

ANNOTATED = Path(__file__).parents[1] / "entities" / "annotated"
_ROUNDS = 7


def outside_articles(folder: Path) -> list[Annotated]:
    """The articles from outside, their text taken from `folder`.

    Raises:
        ValueError: a text is not the one that was annotated.
        OSError: a text is missing.
    """
    articles = []
    for entry in json.loads((ANNOTATED / "outside.json").read_text(encoding="utf-8")):
        text = _conllu_text((folder / f"GUM_news_{entry['name']}.conllu").read_text(encoding="utf-8"))
        if hashlib.sha256(text.encode()).hexdigest() != entry["sha256"]:
            raise ValueError(f"{entry['name']}: not the text that was annotated")
        names = tuple((start, end, kind) for start, end, kind in entry["names"])
        articles.append(Annotated(entry["name"], text, names))
    return articles


def _conllu_text(source: str) -> str:
    paragraphs: list[list[str]] = []
    for line in source.split("\n"):
        if line.startswith(("# newpar", "# newdoc")) and (not paragraphs or paragraphs[-1]):
            paragraphs.append([])
        elif line.startswith("# text ="):
            paragraphs[-1].append(line[len("# text =") :].strip())
    return "\n".join(" ".join(sentences) for sentences in paragraphs)


def print_scores(title: str, articles: Sequence[Annotated]) -> None:
    """Strict and lenient F1 by type."""
    strict, lenient = score(articles, default_recogniser())
    print(f"\n{title}: {len(articles)} articles, {strict.wanted.total()} names")
    print(f"{'':14}{'names':>7}{'strict':>9}{'lenient':>9}")
    for kind in MENTION_TYPES:
        print(f"{kind:14}{strict.wanted[kind]:7}{strict.f1(kind):9.1f}{lenient.f1(kind):9.1f}")
    print(f"{'all':14}{strict.wanted.total():7}{strict.f1():9.1f}{lenient.f1():9.1f}")


def print_speed(articles: Sequence[Annotated]) -> None:
    """Words a second on one core, and the time from a cold start to the first article's names."""
    recogniser = default_recogniser()
    words = sum(len(article.text.split()) for article in articles)
    rounds = []
    for _ in range(_ROUNDS):
        begin = time.process_time()
        for article in articles:
            recogniser.recognise(article.text)
        rounds.append(time.process_time() - begin)
    print(f"\nwords a second       {words / statistics.median(rounds):10,.0f}")
    program = (
        "import time; begin = time.process_time(); from tui.entities import default_recogniser;"
        "imported = time.process_time();"
        f"default_recogniser().recognise({articles[0].text!r}); print(imported - begin, time.process_time() - begin)"
    )
    starts = []
    for _ in range(_ROUNDS):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        starts.append([float(number) for number in done.stdout.split()])
    print(f"import               {1000 * statistics.median(start[0] for start in starts):7.0f} ms of CPU")
    print(f"to the first article {1000 * statistics.median(start[1] for start in starts):7.0f} ms of CPU")


def main(arguments: Sequence[str]) -> None:
    """Print all figures."""
    own = read_folder(ANNOTATED)
    print_scores("Our own", own)
    if arguments:
        print_scores("From outside", outside_articles(Path(arguments[0])))
    print_speed(own)


if __name__ == "__main__":
    main(sys.argv[1:])
