"""Which language a text is in."""

from __future__ import annotations

SAMPLE = 1_200
"""Characters that are looked at: enough for certainty in an article, and a third of a millisecond."""

SHORTEST = 60
"""Letters; less says too little (ideographs count four times)."""


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the language that most of the text is in; None where there is too little to tell."""
    sample = text[:SAMPLE]
    letters = sum(character.isalpha() for character in sample)
    wide = sum(character > "\u2e7f" and character.isalpha() for character in sample)
    if letters + 3 * wide < SHORTEST or letters * 3 < len(sample):
        return None
    # Here and not on top: its model takes most of a second to load, which only who indexes pays.
    from py3langid import classify

    language: str = classify(sample)[0]
    return language
