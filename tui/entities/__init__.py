"""Who and where: text → mentions → what an article says each of them stands for → entities of a corpus.

Begin with `mention` (the values, and the `Recogniser` protocol that rules and models meet), then `model` (the
recogniser that ships: `pieces` → `features`, what `rules` say among them → `network` → `agreement`), `keys` (one
article: which mentions are one name) and `resolve` (a corpus: what an entity is called and what type it has).
`gazetteer` reads the lists in `data/`. `quotes` says who said what, `figures` which numbers, amounts and dates
there are; both need an article and its mentions, and no recogniser. Nothing here imports more than the standard
library and, with the model, NumPy: a worker process is ready in a tenth of a second.
"""

from tui.entities.keys import recognise_article
from tui.entities.mention import RECOGNISER_VERSION, KeyedMention, RawMention, Recogniser
from tui.entities.model import default_recogniser
from tui.entities.resolve import EntityDecision, decide

__all__ = [
    "RECOGNISER_VERSION",
    "EntityDecision",
    "KeyedMention",
    "RawMention",
    "Recogniser",
    "decide",
    "default_recogniser",
    "recognise_article",
]
