"""Names as keys: case, accents, apostrophes and the dots of acronyms don't tell two names apart."""

from __future__ import annotations

import re
from functools import lru_cache

from tui.folding import fold_word

_DIVIDER = re.compile(r"[\s‐‑–—-]+")


@lru_cache(maxsize=16384)
def fold_name(name: str) -> str:
    """The name in lower case without accents, apostrophes, dots or a leading "the", its words divided by one space.

    `fold_name(fold_name(name)) == fold_name(name)`.
    """
    folded = _DIVIDER.sub(" ", fold_word(name).replace(".", "")).strip()
    while folded.startswith("the ") and len(folded) > 4:
        folded = folded[4:]
    return folded
