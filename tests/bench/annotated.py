"""The annotated articles and other annotated data that recognisers are scored on.

    python -m tests.bench.annotated SOURCES FOLDER

writes to FOLDER the texts of `unseen.json` from the files they were taken from, which SOURCES holds; where those files
are stands in `tests/entities/annotated/README.md`.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.entities.scoring import Annotated, read_folder
from tui.entities.annotations import read_annotations
from tui.entities.sentences import Sentence

ANNOTATED = Path(__file__).parents[1] / "entities" / "annotated"


def own_articles() -> dict[str, list[Annotated]]:
    """The articles that travel with the project, by the name of their set."""
    return {
        "eight": read_folder(ANNOTATED),
        "written": read_folder(ANNOTATED / "written"),
        "samples": read_folder(ANNOTATED / "samples"),
    }


def outside_articles(folder: Path) -> dict[str, list[Annotated]]:
    """The articles whose text is in `folder` only, by the name of their set.

    Raises:
        ValueError: A text is not the one that was annotated.
        OSError: A text is missing.
    """
    sets: dict[str, list[Annotated]] = {"twenty": [], "unseen": []}
    for entry in _entries("outside.json"):
        text = _conllu_text((folder / f"GUM_news_{entry['name']}.conllu").read_text(encoding="utf-8"))
        sets["twenty"].append(_annotated(entry, text))
    for entry in _entries("unseen.json"):
        text = (folder / f"{entry['name']}.txt").read_text(encoding="utf-8")
        sets["unseen"].append(_annotated(entry, text))
    return sets


def development(paths: Iterable[Path]) -> list[Annotated]:
    """Annotated data in any form that models are trained on, each document as an article of a sentence a line.

    Where the data has tokens only, there is a space between all of them.
    """
    documents = read_annotations(paths, lambda line: print(line, file=sys.stderr))
    return [_article(str(number), document) for number, document in enumerate(documents)]


def _article(name: str, sentences: Iterable[Sentence]) -> Annotated:
    lines: list[str] = []
    names: list[tuple[int, int, str]] = []
    length = 0
    for sentence in sentences:
        text, offsets = sentence.text, sentence.offsets
        if text is None:
            text = " ".join(sentence.tokens)
            ends = list(_running(len(token) for token in sentence.tokens))
            offsets = tuple((end - len(token), end) for token, end in zip(sentence.tokens, ends, strict=True))
        names += [
            (length + offsets[first][0], length + offsets[after - 1][1], kind)
            for first, after, kind in sentence.names()
        ]
        lines.append(text)
        length += len(text) + 1
    return Annotated(name, "\n".join(lines), tuple(names))


def _running(lengths: Iterable[int]) -> Iterator[int]:
    """Where each of some tokens ends, one space between them."""
    end = -1
    for length in lengths:
        end += 1 + length
        yield end


def _entries(file: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((ANNOTATED / file).read_text(encoding="utf-8"))
    return entries


def _annotated(entry: dict[str, Any], text: str) -> Annotated:
    if hashlib.sha256(text.encode()).hexdigest() != entry["sha256"]:
        raise ValueError(f"{entry['name']}: not the text that was annotated")
    return Annotated(entry["name"], text, tuple((start, end, kind) for start, end, kind in entry["names"]))


def _conllu_text(source: str) -> str:
    paragraphs: list[list[str]] = []
    for line in source.split("\n"):
        if line.startswith(("# newpar", "# newdoc")) and (not paragraphs or paragraphs[-1]):
            paragraphs.append([])
        elif line.startswith("# text ="):
            paragraphs[-1].append(line[len("# text =") :].strip())
    return "\n".join(" ".join(sentences) for sentences in paragraphs)


def _paragraphs(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _plain(wikitext: str) -> str:
    """Wikitext without marks, as far as those few articles have them; some templates have lost their ends there."""
    text = re.sub(r"\{\|.*", "", wikitext, flags=re.DOTALL)
    text = re.sub(r"<br ?/?>", "\n", text)
    text = re.sub(r"\{\{w\|(?:[^|}]*\|)?([^|}]*)\}\}", r"\1", text)
    text = re.sub(r"\{\{[Bb]yline\|date(?![|}])[^\n]*\n", "", text)
    text = re.sub(r"\{\{[^}]*\}\}|\{?(?:publish|archived?|reviewed)\}\}", "", text)
    text = re.sub(r"\[\[(?:[^|\]]*\|)?([^\]]*)\]\]", r"\1", text)
    text = re.sub(r"\[http\S+ ([^\]]*)\]", r"\1", text)
    text = re.sub(r"'''|''", "", text)
    return re.sub(r"!-- .*?-->", "", text, flags=re.DOTALL).replace("&mdash;", "—")


def _joined(tokens: str) -> str:
    """Tokens with a space between them, as a sentence is written."""
    text = re.sub(r" (['’]s|['’]|n't|[,.;:!?%)])(?= |$)", r"\1", tokens)
    text = re.sub(r"(^| )([$(]) ", r"\1\2", text)
    return re.sub(r'" ([^"]*) "', r'"\1"', text)


def _csv_articles(path: Path) -> dict[str, list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["title"]: [row["title"].strip(), *_paragraphs(row["text"])] for row in csv.DictReader(file)
        }


def _json_articles(path: Path) -> dict[str, list[str]]:
    articles = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            record = json.loads(line)
            paragraphs = _paragraphs(_plain("\n".join(record["text"])))
            articles[record["title"]] = [
                record["title"].strip(),
                *(paragraph for paragraph in paragraphs if paragraph not in "{}"),
            ]
    return articles


def _sentences(path: Path) -> list[str]:
    sentences: list[list[str]] = []
    with path.open(encoding="latin-1", newline="") as file:
        for row in csv.reader(file):
            if len(row) > 1 and row[0].startswith("Sentence:"):
                sentences.append([])
            if len(row) > 1 and sentences:
                sentences[-1].append(row[1])
    return [_joined(" ".join(tokens)) for tokens in sentences]


def main(arguments: Sequence[str]) -> None:
    """Write the texts."""
    sources, folder = map(Path, arguments)
    folder.mkdir(parents=True, exist_ok=True)
    csv.field_size_limit(10_000_000)
    articles: dict[str, dict[str, list[str]]] = {}
    sentences = _sentences(sources / "ner_dataset.csv")
    for entry in _entries("unseen.json"):
        source = entry["source"]
        if "sentences" in source:
            first, last = source["sentences"]
            text = " ".join(sentences[first - 1 : last])
        else:
            file = source["file"]
            if file not in articles:
                read = _csv_articles if file.endswith(".csv") else _json_articles
                articles[file] = read(sources / file)
            text = "\n".join(articles[file][source["title"]][: source["paragraphs"]])
        _annotated(entry, text)
        (folder / f"{entry['name']}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
