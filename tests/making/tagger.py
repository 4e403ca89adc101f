"""The teacher: MiniLM with cases, and a layer that labels. Needs torch and transformers (see `README.md`).

MiniLM (Wang et al., 2020) is a distilled BERT of six layers; the labels are those of `tui.entities.network`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.making.windows import CASES, Window, WordPieces
from tui.entities.network import LABELS

_WIDTH = 384
_DROPPED = 0.1
_UNKNOWN = 100
_MOST_WORD_PIECES = 6
"""Of one piece: the rest of a longer one says nothing."""


def tagger(folder: Path) -> Any:
    """The network's parts, a `torch.nn.ModuleDict`, its labelling layer fresh; MiniLM is in `folder`."""
    from torch import nn
    from transformers import AutoModel

    encoder = AutoModel.from_pretrained(folder)
    cases = nn.Embedding(CASES, _WIDTH)
    nn.init.normal_(cases.weight, std=0.02)
    return nn.ModuleDict({"encoder": encoder, "cases": cases, "out": nn.Linear(_WIDTH, LABELS)})


def word_pieces(folder: Path) -> WordPieces:
    """MiniLM's vocabulary."""
    from transformers import AutoTokenizer

    tokeniser = AutoTokenizer.from_pretrained(folder)

    @cache
    def of(piece: str) -> tuple[int, ...]:
        numbers = tokeniser.convert_tokens_to_ids(tokeniser.tokenize(piece))
        return tuple(numbers[:_MOST_WORD_PIECES]) or (_UNKNOWN,)

    return of


def scores(parts: Any, batch: Sequence[Window]) -> Any:
    """A tensor (pieces, LABELS): the pieces of each window behind one another."""
    import torch

    longest = max(len(window.words) for window in batch)
    words = torch.zeros(len(batch), longest, dtype=torch.long)
    cases, mask = torch.zeros_like(words), torch.zeros_like(words)
    for row, window in enumerate(batch):
        size = len(window.words)
        words[row, :size] = torch.tensor(window.words)
        cases[row, :size] = torch.tensor(window.cases)
        mask[row, :size] = 1
    with torch.autocast("cpu", dtype=torch.bfloat16):
        encoder = parts["encoder"]
        put = encoder.embeddings.word_embeddings(words) + parts["cases"](cases)
        hidden = encoder(inputs_embeds=put, attention_mask=mask).last_hidden_state
        hidden = torch.nn.functional.dropout(hidden, _DROPPED, training=parts.training)
        scored = parts["out"](hidden)
    rows = torch.cat([torch.full((len(window.positions),), row) for row, window in enumerate(batch)])
    columns = torch.cat([torch.tensor(window.positions) for window in batch])
    return scored[rows, columns].float()
