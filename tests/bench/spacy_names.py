"""A spaCy pipeline on some texts, run by the interpreter of an environment that has spaCy; needs nothing of ours.

    PYTHON spacy_names.py PIPELINE ROUNDS < TEXTS.json > ANSWER.json

TEXTS.json is a list of texts. The answer has for each text the names as [start, end, label]; `import` and `first`,
the seconds of CPU until spaCy was imported and until the first text's names were there, and `rounds`, the seconds of
CPU that all texts took, each time.
"""

import json
import sys
import time

begin = time.process_time()
import spacy  # noqa: E402

imported = time.process_time() - begin

_ONLY_FOR_GRAMMAR = {"tagger", "parser", "lemmatizer", "attribute_ruler", "morphologizer", "senter"}


def main() -> None:
    """Answer."""
    texts = json.load(sys.stdin)
    read = time.process_time()
    pipeline = spacy.load(sys.argv[1])
    # Names need none of these here, and without them it is about twice as fast: what it can do at its best.
    pipeline.select_pipes(disable=[name for name in pipeline.pipe_names if name in _ONLY_FOR_GRAMMAR])

    def names(some):
        lines = [(line, (index, offset)) for index, text in enumerate(some) for line, offset in _lines(text)]
        found = [[] for _ in some]
        for document, (index, offset) in pipeline.pipe(lines, as_tuples=True):
            found[index] += [[offset + e.start_char, offset + e.end_char, e.label_] for e in document.ents]
        return found

    names(texts[:1])
    first = imported + time.process_time() - read
    rounds = []
    for _ in range(int(sys.argv[2])):
        begun = time.process_time()
        found = names(texts)
        rounds.append(time.process_time() - begun)
    json.dump({"names": found, "import": imported, "first": first, "rounds": rounds}, sys.stdout)


def _lines(text):
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            yield line, offset
        offset += len(line) + 1


if __name__ == "__main__":
    main()
