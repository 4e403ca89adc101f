"""Invented texts for tests: reports, and what reprinting makes of them."""

from __future__ import annotations

from random import Random

from tests.bench.corpus import is_reprint, make

_NUMBERS = [number for number in range(4_000) if not is_reprint(5, number)]


def report(number: int) -> list[str]:
    """The paragraphs of a report; no two numbers have the same."""
    return make(5, _NUMBERS[number], 1_000_000).paragraphs


def reprint(number: int, seed: int, cut: float = 0.0, changed: float = 0.0) -> list[str]:
    """The report with that number with its paragraphs shuffled, a share of them cut, a share of the words changed."""
    random = Random(f"{number} {seed}")
    paragraphs = report(number)
    kept = random.sample(paragraphs, max(1, round(len(paragraphs) * (1 - cut))))
    words = " ".join(report(number + 1_500)).split()
    return [
        " ".join(random.choice(words) if random.random() < changed else word for word in text.split())
        for text in kept
    ]


def text(paragraphs: list[str]) -> str:
    """The paragraphs as signatures are made of them."""
    return "\n".join(paragraphs)
