"""Which characters a terminal can show, as far as the environment says."""

from __future__ import annotations

from collections.abc import Mapping


def shows_blocks(environment: Mapping[str, str]) -> bool:
    """Whether block elements and arrows can be drawn: not where the locale is one of ASCII, or of an 8-bit encoding.

    Where no locale is set they can: in containers and over SSH none often is, and no terminal of today lacks them.
    """
    locale = next(filter(None, (environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))), "")
    if locale.upper() in {"C", "POSIX"}:
        return False
    _, has_encoding, encoding = locale.partition(".")
    return not has_encoding or encoding.partition("@")[0].upper().replace("-", "") == "UTF8"
