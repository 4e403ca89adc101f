"""How long it takes to decide which keys of a corpus are one entity: all at once, and after a few articles more.

    python -m tests.bench.joining [KEYS]

Keys are invented: people of some thousand first names and surnames of which few are common, surnames alone,
organisations and acronyms. Times are of the processor.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tui.article import Article, MentionType
from tui.corpus.decisions import Decisions
from tui.corpus.packing import Packing
from tui.corpus.postings import add_articles
from tui.corpus.record import StoredMention
from tui.corpus.schema import connect_writer

_NAMED = 30
"""Names in an article."""
_ARTICLES = 200_000
_ENDINGS = ("ministry", "organisation", "party", "group", "inc")


def keys(count: int, random: Random) -> dict[str, MentionType]:
    """So many different keys, and what each is."""
    syllables = [
        a + b + c for a in "bcdfghklmnprstvz" for b in "aeiou" for c in ("n", "r", "s", "l", "", "k")
    ]

    def word(length: int) -> str:
        return "".join(random.choices(syllables, k=length))

    first = [word(2) for _ in range(3_000)]
    last = [word(random.choice((2, 3))) for _ in range(60_000)]
    found: dict[str, MentionType] = {}
    while len(found) < count:
        surname = last[int(random.paretovariate(0.6)) % len(last)]
        share = random.random()
        if share < 0.4:
            found.setdefault(f"{random.choice(first)} {surname}", "person")
        elif share < 0.5:
            found.setdefault(surname, "person")
        elif share < 0.8:
            found.setdefault(f"{word(2)} {word(2)} {random.choice(_ENDINGS)}", "organisation")
        elif share < 0.85:
            found.setdefault("".join(random.choices("abcdefghijklmnoprstuvw", k=3)), "organisation")
        else:
            found.setdefault(word(3), "place")
    return found


def main(count: int) -> None:
    """Measure, and print a line for each thing measured."""
    random = Random(1)
    with tempfile.TemporaryDirectory() as directory:
        connection = connect_writer(Path(directory) / "store.sqlite")
        connection.execute("BEGIN")
        links: list[tuple[int, Iterator[int]]] = []
        invented = list(keys(count, random).items())
        for number, (key, kind) in enumerate(invented, 1):
            articles = min(2_000, int(random.paretovariate(0.9)))
            name = key.upper() if len(key) == 3 else key.title()
            row = (number, key, f"{number:016x}", name, kind, "[]", articles, 2 * articles)
            connection.execute("INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
            connection.execute("INSERT INTO surfaces VALUES (?, ?, ?, ?)", (number, kind, name, articles))
            if kind == "person" and " " in key and random.random() < 0.4:
                surface = (number, kind, name.split()[-1], articles)
                connection.execute("INSERT INTO surfaces VALUES (?, ?, ?, ?)", surface)
            links.append((number, iter(random.sample(range(1, _ARTICLES), articles))))
        add_articles(connection, links)
        connection.execute("COMMIT")

        decisions = Decisions(connection, Packing())
        last = _ARTICLES
        for added in (0, 1, 10, 100):
            connection.execute("BEGIN")
            for _ in range(added):
                last += 1
                named = random.choices(invented, k=_NAMED)
                article = Article("", tuple(key for key, _ in named))
                mentions = [StoredMention(at, 0, len(key), kind, key) for at, (key, kind) in enumerate(named)]
                decisions.add(last, article, mentions)
            decisions.write()
            began = time.process_time()
            decisions.settle()
            took = time.process_time() - began
            connection.execute("COMMIT")
            (joined,) = connection.execute("SELECT count(*) FROM leaders").fetchone()
            what = f"{added} articles more" if added else f"all {count:,} keys"
            print(f"{what}: {took:.2f} s, {joined:,} keys follow another")
        connection.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400_000)
