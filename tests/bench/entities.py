"""How well and how fast names are recognised: the shipped recogniser, the rules alone, and spaCy, in one run.

    python -m tests.bench.entities [--outside FOLDER] [--development FILE...] [--model FILE...]
        [--teacher PYTHON:PIPELINE]

Scores on our own annotated articles; on those from outside, whose texts are in FOLDER (see
`tests/entities/annotated/README.md`); and on other annotated data, a set a file, in any form that models are trained
on. `--model` has other models than the shipped one beside it. Then words a second on one core, and the CPU time that a
fresh process needs until it has imported the recogniser and until it has the first article's names. What is printed is
Markdown.

`--teacher` runs a spaCy pipeline beside ours: the interpreter of an environment that has spaCy, and the pipeline's
folder. Its labels become our types as everywhere in the program, it sees a paragraph at a time, and the parts of the
pipeline that names don't need are off.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.annotated import development, outside_articles, own_articles
from tests.entities.scoring import Annotated, Find, Name, Scores, finder, score_names
from tui.article import MENTION_TYPES
from tui.entities import default_recogniser
from tui.entities.labels import type_of_label
from tui.entities.model import load_model, load_rules, load_shipped
from tui.errors import ModelUnusable

NEW = ("unseen", "written", "samples")
"""Sets on which no error has been looked at."""
_ROUNDS = 7
_SHIPPED = "from tui.entities import default_recogniser as recogniser"
_RULES = "from tui.entities.model import load_rules as recogniser"
_TITLE = "Broadsheet"


@dataclass(frozen=True)
class Contender:
    """A recogniser and how it is measured."""

    title: str
    find: Find
    speed: Callable[[Sequence[str]], tuple[float, float, float]]
    """Words a second, seconds until imported, seconds until the first article's names; of CPU."""


def ours(title: str, make: Callable[[], Any], imports: str) -> Contender:
    """A recogniser of this program."""
    recogniser = make()

    def speed(texts: Sequence[str]) -> tuple[float, float, float]:
        rounds = []
        for _ in range(_ROUNDS):
            begin = time.process_time()
            for text in texts:
                recogniser.recognise(text)
            rounds.append(time.process_time() - begin)
        program = (
            f"import time; begin = time.process_time(); {imports}\nimported = time.process_time();"
            f"recogniser().recognise({texts[0]!r}); print(imported - begin, time.process_time() - begin)"
        )
        starts = []
        for _ in range(_ROUNDS):
            done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
            starts.append([float(number) for number in done.stdout.split()])
        imported, first = (statistics.median(start[column] for start in starts) for column in (0, 1))
        return _words(texts) / statistics.median(rounds), imported, first

    return Contender(title, finder(recogniser), speed)


def spacy(title: str, interpreter: str, pipeline: str) -> Contender:
    """A spaCy pipeline in another environment."""

    def ask(texts: Sequence[str], rounds: int) -> dict[str, Any]:
        program = str(Path(__file__).with_name("spacy_names.py"))
        done = subprocess.run(
            [interpreter, program, pipeline, str(rounds)],
            input=json.dumps(list(texts)),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def find(texts: Sequence[str]) -> list[list[Name]]:
        return [
            [(start, end, kind) for start, end, label in names if (kind := type_of_label(label))]
            for names in ask(texts, 1)["names"]
        ]

    def speed(texts: Sequence[str]) -> tuple[float, float, float]:
        answers = [ask(texts, 3) for _ in range(3)]
        rounds = [seconds for answer in answers for seconds in answer["rounds"]]
        imported, first = (
            statistics.median(answer[key] for answer in answers) for key in ("import", "first")
        )
        return _words(texts) / statistics.median(rounds), imported, first

    return Contender(title, find, speed)


def _words(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def print_scores(sets: Mapping[str, Sequence[Annotated]], contenders: Sequence[Contender]) -> None:
    """Two tables: all types and F1 by type; then precision, recall and lenient F1 by type."""
    results = {
        (name, contender.title): score_names(articles, contender.find([article.text for article in articles]))
        for name, articles in sets.items()
        for contender in contenders
    }
    print("Strict: span and type exact; lenient: the type right, the spans overlapping. Percent.\n")
    print(
        f"| set | articles | names | recogniser | P | R | strict F1 | lenient F1 | {' | '.join(MENTION_TYPES)} |"
    )
    print("| --- | ---: | ---: | --- |" + " ---: |" * (4 + len(MENTION_TYPES)))
    for (name, title), scores in results.items():
        strict, lenient = scores
        kinds = " | ".join(f"{strict.f1(kind):.1f}" if strict.wanted[kind] else "–" for kind in MENTION_TYPES)
        print(
            f"| {name} | {len(sets[name])} | {strict.wanted.total():,} | {title} | {strict.precision():.1f} |"
            f" {strict.recall():.1f} | **{strict.f1():.1f}** | {lenient.f1():.1f} | {kinds} |"
        )
    print("\nBy type: strict precision / recall / F1 / lenient F1.\n")
    print(f"| set | recogniser | {' | '.join(MENTION_TYPES)} |")
    print("| --- | --- |" + " ---: |" * len(MENTION_TYPES))
    for (name, title), scores in results.items():
        print(f"| {name} | {title} | {' | '.join(_cell(scores, kind) for kind in MENTION_TYPES)} |")


def _cell(scores: Scores, kind: Any) -> str:
    strict, lenient = scores
    if not strict.wanted[kind]:
        return "–"
    numbers = (strict.precision(kind), strict.recall(kind), strict.f1(kind), lenient.f1(kind))
    return " / ".join(f"{number:.0f}" for number in numbers)


def print_speed(texts: Sequence[str], contenders: Sequence[Contender]) -> None:
    """Words a second and start-up, the contenders one after the other."""
    print(f"\n{len(texts)} articles, {_words(texts):,} words. CPU time, medians.\n")
    print("| recogniser | words a second | import | cold to the first article |")
    print("| --- | ---: | ---: | ---: |")
    for contender in contenders:
        words, imported, first = contender.speed(texts)
        print(f"| {contender.title} | {words:,.0f} | {1000 * imported:.0f} ms | {1000 * first:.0f} ms |")


def _contenders(models: Sequence[Path], teacher: str | None) -> list[Contender]:
    contenders = [ours(_TITLE, default_recogniser, _SHIPPED)]
    try:
        load_shipped()
    except ModelUnusable as error:
        print(f"{error}: the rules are what is shipped", file=sys.stderr)
    else:
        contenders.append(ours("rules alone", load_rules, _RULES))
    for path in models:
        imports = (
            "from pathlib import Path; from tui.entities.model import load_model;"
            f"recogniser = lambda: load_model(Path({str(path)!r}))"
        )
        contenders.append(ours(path.name, partial(load_model, path), imports))
    if teacher:
        interpreter, _, pipeline = teacher.partition(":")
        contenders.append(spacy(f"spaCy {Path(pipeline).name}", interpreter, pipeline))
    return contenders


def main(arguments: Sequence[str] | None = None) -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--outside", type=Path, metavar="FOLDER")
    parser.add_argument("--development", type=Path, nargs="+", default=[], metavar="FILE")
    parser.add_argument("--model", type=Path, nargs="+", default=[], metavar="FILE")
    parser.add_argument("--teacher", metavar="PYTHON:PIPELINE")
    parser.add_argument("--no-speed", action="store_true")
    options = parser.parse_args(arguments)
    sets = own_articles()
    if options.outside:
        sets |= outside_articles(options.outside)
    new = [article for name in NEW for article in sets.get(name, ())]
    sets["all new" if options.outside else "written and samples"] = new
    for path in options.development:
        articles = development([path])
        if not articles:
            parser.error(f"{path}: no annotated article")
        sets[path.name] = articles
    try:
        contenders = _contenders(options.model, options.teacher)
    except ModelUnusable as error:
        parser.error(str(error))
    print_scores(sets, contenders)
    if not options.no_speed:
        print_speed([article.text for article in new], contenders)


if __name__ == "__main__":
    main()
