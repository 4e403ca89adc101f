"""Sets of texts in which people have marked names, under licences that let a model be made of them.

    python -m tests.making.gold_sets SNAPSHOTS WORK

writes `gold.jsonl`, a sentence or a tweet a line. English-EWT, the Broad Twitter Corpus and GUM have persons,
organisations and places only: what is unmarked there may still be of type misc.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tests.making.documents import Annotated, write_annotated
from tests.making.gum import gum
from tests.making.snapshots import ENGLISH_EWT, ENTITY_DATASETS
from tests.making.trimming import POSSESSIVES
from tui.article import MentionType
from tui.entities.sentences import Name

_WNUT_TYPES: dict[str, MentionType] = {
    "person": "person",
    "location": "place",
    "group": "organisation",
    "corporation": "organisation",
    "creative-work": "misc",
    "product": "misc",
}
_WNUT_FILES = ("train/wnut17train.conll", "dev/emerging.dev.conll", "test/emerging.test.annotated")
_THREE_TYPES: dict[str, MentionType] = {"PER": "person", "LOC": "place", "ORG": "organisation"}
_NO_SPACE_BEFORE = re.compile(r"[.,;:!?%)\]}]|'s|’s|n't|n’t|'re|'ll|'ve|'d|'m|…", re.IGNORECASE)
_NO_SPACE_BEHIND = frozenset("([$£€#“‘")
_QUOTES = frozenset(('"', "''", "``"))


def gold_sets(snapshots: Path) -> Iterator[Annotated]:
    """WNUT-17, the Broad Twitter Corpus, the development part of English-EWT, and GUM, in this order."""
    for file in _WNUT_FILES:
        text = ENTITY_DATASETS.text(snapshots, f"data/WNUT17/CONLL-format/data/{file}")
        yield from _cleaned(sentences(text, "wnut", _WNUT_TYPES))
    for part in "abefgh":
        text = ENTITY_DATASETS.text(snapshots, f"data/BTC/CONLL-format/data/{part}.conll")
        yield from _cleaned(sentences(text, "btc", _THREE_TYPES, complete=False))
    # Its test part is what models are measured on.
    text = ENGLISH_EWT.text(snapshots, "en_ewt-ud-dev.iob2")
    yield from _cleaned(sentences(text, "ewt", _THREE_TYPES, complete=False, token=1, label=2))
    yield from _cleaned(gum(snapshots))


def sentences(
    columns: str,
    source: str,
    types: Mapping[str, MentionType],
    *,
    complete: bool = True,
    token: int = 0,
    label: int = -1,
) -> Iterator[Annotated]:
    """The sentences of a file in columns.

    Args:
        columns: Its text: a token a line with its label in BIO, empty lines between sentences.
        source: The set's name.
        types: Our types by its labels; others mark nothing.
        complete: See `Annotated.complete`.
        token: The token's column.
        label: The label's.
    """
    tokens: list[str] = []
    labels: list[str] = []
    for line in [*columns.split("\n"), ""]:
        if not line.strip() or line.startswith("-DOCSTART"):
            if tokens:
                text, places = as_written(tokens)
                names = tuple(
                    (start, end, types[kind]) for start, end, kind in spans(places, labels) if kind in types
                )
                yield Annotated(source, "", text, names, complete)
            tokens, labels = [], []
            continue
        if line.startswith("# ") and "\t" not in line:
            continue
        fields = line.rstrip("\r").split("\t") if "\t" in line else line.split()
        if len(fields) > 1:
            tokens.append(html.unescape(fields[token]).strip() or "-")
            labels.append(fields[label].strip() or "O")


def as_written(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Tokens spaced as people write, and where each of them stands."""
    text = before = ""
    places = []
    quoted = False
    for token in tokens:
        spaced = bool(text) and not _NO_SPACE_BEFORE.fullmatch(token) and before not in _NO_SPACE_BEHIND
        if quoted and (token in _QUOTES or before in ('"', "``")):
            spaced = False
        if token in _QUOTES:
            quoted = not quoted
        text += " " * spaced
        places.append((len(text), len(text) + len(token)))
        text += token
        before = token
    return text, places


def spans(places: Iterable[tuple[int, int]], labels: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Start, end and the set's own label of each name; one may begin without a `B-`."""
    name: tuple[int, int, str] | None = None
    for (start, end), label in zip(places, labels, strict=True):
        prefix, _, kind = label.partition("-")
        if name is not None and (label == "O" or prefix in ("B", "U") or kind != name[2]):
            yield name
            name = None
        if label != "O":
            name = (name[0] if name else start, end, kind)
    if name is not None:
        yield name


def _cleaned(texts: Iterable[Annotated]) -> Iterator[Annotated]:
    """The same texts; `@somebody` is no name, and `#`, "the" and "'s" belong to none."""
    for text in texts:
        names = (_bare(text.text, name) for name in text.names if text.text[name[0]] != "@")
        yield replace(text, names=tuple(name for name in names if name[0] < name[1]))


def _bare(text: str, name: Name) -> Name:
    start, end, kind = name
    start += text[start] == "#"
    start += 4 * text[start:end].lower().startswith("the ")
    return start, end - 2 * text[start:end].endswith(POSSESSIVES), kind


def main(arguments: Sequence[str]) -> None:
    """Write the sentences."""
    snapshots, work = map(Path, arguments)
    write_annotated(work / "gold.jsonl", gold_sets(snapshots))


if __name__ == "__main__":
    main(sys.argv[1:])
