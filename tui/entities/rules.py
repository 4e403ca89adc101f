"""The recogniser that ships: rules."""

from __future__ import annotations

import re
from functools import cache

from tui.article import MentionType
from tui.entities.gazetteer import load_gazetteer
from tui.entities.mention import RawMention, Recogniser

_RUN = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]*(?: [A-ZÀ-ÖØ-Þ][\w’'-]*){0,5}")


class RuleRecogniser:
    """Names by rule. Holds no state."""

    def recognise(self, text: str) -> list[RawMention]:
        gazetteer = load_gazetteer()
        found = []
        for run in _RUN.finditer(text):
            start, end = run.span()
            name = run.group()
            head = name.partition(" ")[0]
            if head.lower() in gazetteer.common:
                start += len(head) + 1
                name = text[start:end]
            if name.endswith(("'s", "’s")):
                name, end = name[:-2], end - 2
            if not name:
                continue
            kind: MentionType = gazetteer.names.get(name) or ("person" if " " in name else "misc")
            found.append(RawMention(start, end, name, kind))
        return found


@cache
def default_recogniser() -> Recogniser:
    """The recogniser for whoever asks for no other; one a process."""
    return RuleRecogniser()
