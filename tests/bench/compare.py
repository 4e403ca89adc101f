"""python -m tests.bench.compare: two articles of 40 sentences set side by side, from the key to the last byte.

The first comparison of a fresh reader, later ones, one that is gone back to, moves in each view; and
`broadsheet compare` as a whole command. The articles are made of the sample data's sentences: the second of a pair has
them shuffled, some left out, some with other words and figures, and some of its own.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from tests.bench.ground import PROGRAM, Ground, arguments, open_reader
from tests.bench.report import high, median, number, print_table
from tests.terminal.driver import Answer, Driver

SENTENCES = 40
PAIRS = 12
WANTED_MS = 150


def _sentences() -> list[str]:
    """Sentences of the sample data, each once, in no order."""
    from tui.corpus import sample_data_path
    from tui.sources import read_article
    from tui.stories.sentences import sentences_of

    found: dict[str, None] = {}
    for path in sorted(sample_data_path().rglob("*.txt")):
        article = read_article(path).article
        if article.language == "en":
            found |= dict.fromkeys(
                one.text for one in sentences_of(article, frozenset()) if len(one.text) > 60
            )
    sentences = list(found)
    random.Random(7).shuffle(sentences)
    return sentences


def _told_again(sentence: str, chance: random.Random) -> str:
    """With another figure, or without a few of its words."""
    changed = re.sub(r"\d+", lambda digits: str(int(digits.group()) + 1), sentence, count=1)
    words = changed.split()
    return " ".join(word for word in words if len(word) < 4 or chance.random() > 0.15)


def _write(folder: Path) -> list[tuple[Path, Path]]:
    """Pairs of article files; the newest first."""
    chance = random.Random(11)
    rest = iter(_sentences())
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pairs = []
    for pair in range(PAIRS):
        told = list(islice(rest, SENTENCES)) or chance.sample(_sentences(), SENTENCES)
        again = [sentence if chance.random() < 0.5 else _told_again(sentence, chance) for sentence in told]
        chance.shuffle(again)
        own = chance.sample(_sentences(), SENTENCES // 4)
        paths = []
        for name, sentences in (("one", told), ("other", [*own, *again[: SENTENCES - len(own)]])):
            paragraphs = [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]
            day = f"2021{12 - pair:02}{20 if name == 'one' else 10}"
            path = folder / f"{pair:02}-{name}.txt"
            address = f"https://{name}.example/{pair}"
            path.write_text(
                "\n".join((f"Pair {pair:02} the {name}", day, address, *paragraphs)), encoding="utf-8"
            )
            paths.append(path)
        pairs.append((paths[0], paths[1]))
    return pairs


def _ground(cache: Path) -> tuple[Ground, list[tuple[Path, Path]]]:
    folder, home = cache / "compared" / "articles", cache / "compared" / "home"
    pairs = _write(folder)
    home.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(home / "broadsheet", ignore_errors=True)  # the articles are written anew, too
    ground = Ground(2 * PAIRS, folder, home)
    ground.index()
    return ground, pairs


def _open_next(reader: Driver, *, first: bool) -> Answer:
    """Read the first of a pair, select the second, compare them."""
    if not first:
        reader.press("q")
        reader.settle(0.5, quiet=0.3)
        reader.press("j")
    reader.press("enter")
    reader.settle(0.5, quiet=0.3)
    reader.press("escape", "j")
    reader.settle(0.5, quiet=0.3)
    return reader.answer("c", until=lambda: "% shared" in reader.emulator.text, quiet=0.3)


def _measure(ground: Ground, fresh: int, presses: int) -> dict[str, list[Answer]]:
    measured: dict[str, list[Answer]] = {"c, the first comparison": [], "c, later ones": []}
    for _ in range(fresh):
        with open_reader(ground) as reader:
            measured["c, the first comparison"].append(_open_next(reader, first=True))
    with open_reader(ground) as reader:
        _open_next(reader, first=True)
        measured["c, later ones"] = [_open_next(reader, first=False) for _ in range(PAIRS - 1)]
        measured["q leads back"], measured["L, there again"] = [], []
        for _ in range(5):
            measured["q leads back"].append(reader.answer("q", quiet=0.3))
            measured["L, there again"].append(reader.answer("L", quiet=0.3))
        for view, name in (("2", "rows"), ("1", "published"), ("3", "only what differs")):
            measured.setdefault("1, 2, 3: another view", []).append(reader.answer(view, quiet=0.3))
            reader.press("g")
            measured[f"j, {name}"] = [reader.answer("j") for _ in range(presses)]
        reader.press("ctrl+q")
        reader.wait_exit()
    return measured


def _seconds(work: Callable[[], object], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return taken


def _whole_command(ground: Ground, pair: tuple[Path, Path], times: int) -> dict[str, list[float]]:
    def run(*words: object) -> bytes:
        command = [*PROGRAM, "-C", ground.folder, *words]
        done = subprocess.run(command, env={**ground.env, "PATH": ""}, stdout=subprocess.PIPE, check=True)
        return done.stdout

    found = [
        json.loads(line)["hits"][0]["id"]
        for line in (run("search", "--json", f"title:{n}") for n in ("one", "other"))
    ]
    run("compare", *pair)
    return {
        "broadsheet compare ID ID": _seconds(lambda: run("compare", *found), times),
        "broadsheet compare FILE FILE": _seconds(lambda: run("compare", *pair), times),
        "broadsheet compare --format html": _seconds(
            lambda: run("compare", "--format", "html", *found), times
        ),
    }


def main() -> int:
    """Run the command; exit status."""
    parser = arguments("compare", __doc__)
    parser.add_argument("--fresh", type=int, default=5, help="readers started for the first comparison")
    parser.add_argument("--keys", type=int, default=15, help="moves in each view")
    options = parser.parse_args()
    ground, pairs = _ground(options.cache)
    print_table(
        f"Two articles of {SENTENCES} sentences, 120x40",
        ["", "keys", "shown ms", "last byte ms", "p95", "bytes"],
        [
            [
                name, str(len(answers)), number(median(answer.shown for answer in answers), 1),
                number(median(answer.milliseconds for answer in answers), 1),
                number(high(answer.milliseconds for answer in answers), 1),
                number(median(answer.bytes for answer in answers)),
            ]
            for name, answers in _measure(ground, options.fresh, options.keys).items()
        ],
        note=f"wanted: a comparison open in ≤ {WANTED_MS} ms, the first one too",
    )  # fmt: skip
    whole = _whole_command(ground, pairs[0], 2 * options.fresh)
    print_table(
        "The command as a whole",
        ["", "runs", "median ms", "p95"],
        [
            [name, str(len(taken)), number(1000 * median(taken)), number(1000 * high(taken))]
            for name, taken in whole.items()
        ],
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
