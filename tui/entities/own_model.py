"""A reader's own model: the one that ships, taught further by documents that the reader annotated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tui.entities.features import Lexicon
from tui.entities.gazetteer import load_gazetteer
from tui.entities.model import SHIPPED, Model, read_model, write_model
from tui.entities.sentences import Sentence
from tui.entities.training import Progress, train_weights

_RATE = 5e-4
"""A quarter of the rate for a model that knows nothing yet."""


def train(
    documents: Sequence[Sequence[Sentence]],
    output: Path,
    *,
    card: Mapping[str, Any],
    progress: Progress | None = None,
) -> None:
    """Make a model file: the model that ships, taught further by these documents.

    Args:
        documents: What to learn from.
        output: The file; one that is there is replaced when the new one is done.
        card: What is to be said of where the model comes from.
        progress: Told after each step.

    Raises:
        ModelUnusable: The model that ships is damaged.
        OSError: The file can't be written.
    """
    base = read_model(SHIPPED)
    weights = train_weights(
        documents, base.codes_of, Lexicon(load_gazetteer()), base.weights, rate=_RATE, progress=progress
    )
    write_model(output, Model(base.hashes, base.codes, weights, {**card, "begun_from": base.card}))
