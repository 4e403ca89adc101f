"""News of the Voice of America, sentence by sentence, as the Groningen Meaning Bank has collected them.

Their labels in that table were made by a machine and are not used.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.making.documents import Document
from tests.making.held_out import HeldOut
from tests.making.snapshots import VOICE_OF_AMERICA

_NUMBERED = "Sentence:"


def voice_of_america(snapshots: Path, held_out: HeldOut) -> Iterator[Document]:
    """Each sentence as a document, but those held out; the table's last one, which nothing ends, is left out too."""
    table = VOICE_OF_AMERICA.text(snapshots, "ner_dataset.csv", "latin-1")
    number = 0
    tokens: list[str] = []
    for row in csv.reader(io.StringIO(table)):
        if len(row) < 4:
            continue
        if row[0].startswith(_NUMBERED):
            if tokens and not held_out.has_sentence(number):
                yield Document("voa", str(number), "", (as_written(tokens),))
            number = int(row[0].removeprefix(_NUMBERED))
            tokens = []
        if number:
            tokens.append(row[1])


def as_written(tokens: Sequence[str]) -> str:
    """Tokens spaced as people write."""
    text = " ".join(tokens)
    text = re.sub(r" (n't|'[a-zA-Z]{1,2}\b|[.,;:!?%)\]])", r"\1", text)
    text = re.sub(r"([(\[$#]) ", r"\1", text)
    text = re.sub(r'" ([^"]*) "', r'"\1"', text)
    return text.replace("`` ", '"').replace(" ''", '"')
