"""Find in one article: the very characters that were typed, without regard to case, accents and apostrophes."""

from __future__ import annotations

from tui.article import TITLE, Article, Span
from tui.folding import fold_word

MOST = 5000
"""Places found at most."""


def find_in(article: Article, text: str) -> list[Span]:
    """Every place in the title and the paragraphs that reads like `text`, in the order of the article."""
    wanted = fold_word(text)
    found: list[Span] = []
    if not wanted:
        return found
    for paragraph in range(TITLE, len(article.paragraphs)):
        content = article.text_of(paragraph)
        folded, offsets = _folded_with_offsets(content)
        at = folded.find(wanted)
        while at >= 0 and len(found) < MOST:
            found.append(Span(paragraph, offsets[at], _end(offsets, at + len(wanted), len(content))))
            at = folded.find(wanted, at + len(wanted))
    return found


def _end(offsets: list[int], at: int, length: int) -> int:
    """Where the character ends whose folded form ends before `at`: a combining mark belongs to what it stands on."""
    last = offsets[at - 1]
    while at < len(offsets) and offsets[at] == last:
        at += 1
    return offsets[at] if at < len(offsets) else length


def _folded_with_offsets(text: str) -> tuple[str, list[int]]:
    """The text folded character by character, and for each folded character the offset that it came from."""
    if text.isascii() and "'" not in text and "`" not in text:
        return text.lower(), list(range(len(text)))
    pieces: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        folded = " " if character.isspace() else fold_word(character)
        pieces.append(folded)
        offsets.extend([offset] * len(folded))
    return "".join(pieces), offsets
