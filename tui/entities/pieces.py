"""A line of text as the pieces that the model labels.

Finer than `tokens`: hyphens, lost in many a feed, and possessive endings stand alone, so that every name that people
mark begins and ends with a piece.
"""

from __future__ import annotations

import re

_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Fr|Sr|Jr|St|Ste|Mt|Ft|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Cpl|Pvt|"
    "Hon|Pres|Supt|Det|Insp|Inc|Corp|Ltd|Bros|Co|Messrs|No|vs"
)
_LETTER = r"[^\W\d_]"
# No alternative can match the same text in two ways, so that scanning is linear whatever comes.
PIECE = re.compile(
    rf"(?<!\w)(?:{_LETTER}\.)+(?:{_LETTER}(?!\w))?"
    rf"|(?<!\w)(?:{_ABBREVIATIONS})\."
    r"|['’][sS](?!\w)"
    r"|\d+(?:[.,:]\d+)*\w*"
    r"|[^\W_][\w\u0300-\u036f]*(?:['’](?![sS](?!\w))\w[\w\u0300-\u036f]*)*"
    r"|[^\w\s]|_"
)
"""One piece: a dotted abbreviation, a title, a lone `'s`, a number, a word with its inner apostrophes, or a mark."""
