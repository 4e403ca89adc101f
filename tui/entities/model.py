"""The recogniser that ships: a small network for English, rules for the rest. Also those that readers have trained.

A model is one `.npz` file of arrays (word vectors, weights) and a card that says where it comes from. Nothing in it can
run: arrays of numbers are all that is read.
"""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.article import MENTION_TYPES
from tui.entities import cues
from tui.entities.gazetteer import load_gazetteer
from tui.entities.languages import ByLanguage
from tui.entities.mention import RawMention, Recogniser
from tui.entities.rules import RuleRecogniser
from tui.errors import ModelUnusable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tui.entities.features import Lexicon
    from tui.entities.network import Weights

MODEL_VERSION = 1
"""Of the network's shape and its features: another needs another model."""
SHIPPED = Path(__file__).parent / "data" / "english.npz"
_NO_MODEL = (
    ValueError,
    KeyError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    AttributeError,
    TypeError,
    NotImplementedError,
)
"""What comes of reading something else, or what is left of a model, as one."""
_LONGEST_MENTION = 200
"""Characters; what is longer is no name."""
_READ_TOGETHER = 400_000
"""Characters of a text that the network sees at once; longer texts are cut at line ends, or at spaces."""


@dataclass(frozen=True, slots=True)
class Model:
    """What a model file holds."""

    hashes: NDArray[np.uint32]
    """(v,) of the words with a vector, ascending."""
    codes: NDArray[np.uint8]
    """(v, PARTS) their vectors."""
    weights: Weights
    card: Mapping[str, Any]
    """What it was made from, by whom, under which licence, and how well it did."""

    def codes_of(self, hashes: NDArray[np.uint32]) -> NDArray[np.uint8]:
        """(n, PARTS) the vectors of these words; zeros for those that have none."""
        at = self.hashes.searchsorted(hashes)
        at[at == len(self.hashes)] = 0
        found: NDArray[np.uint8] = self.codes[at]
        found[self.hashes[at] != hashes] = 0
        return found


def read_model(path: Path) -> Model:
    """The model in a file.

    Raises:
        ModelUnusable: It is not there, damaged, no model, or of another version.
    """
    import numpy as np

    from tui.entities.network import PARTS, shapes

    try:
        with np.load(path, allow_pickle=False) as arrays:
            card = json.loads(arrays["card"].tobytes())
            if card.get("version") != MODEL_VERSION:
                raise ModelUnusable(
                    f"The model {path} is of version {card.get('version')}, this Broadsheet reads {MODEL_VERSION}:"
                    " train it anew with `broadsheet train-recogniser`"
                )
            hashes, codes = arrays["hashes"], arrays["codes"]
            weights = {name: arrays[f"w.{name}"].astype(np.float32) for name in shapes()}
    except FileNotFoundError:
        raise ModelUnusable(f"There is no model at {path}") from None
    except OSError as error:
        why = f" ({error.strerror})" if error.strerror else ""
        raise ModelUnusable(f"The model {path} is damaged or no model{why}") from error
    except _NO_MODEL as error:  # what it says of itself is about the library, not about the file
        raise ModelUnusable(f"The model {path} is damaged or no model") from error
    fits = hashes.ndim == 1 and codes.shape == (len(hashes), PARTS) and codes.dtype == np.uint8
    if not fits or not len(hashes) or any(weights[name].shape != shape for name, shape in shapes().items()):
        raise ModelUnusable(f"The model {path} is damaged: its arrays don't fit")
    if not all(np.isfinite(array).all() for array in weights.values()):
        raise ModelUnusable(f"The model {path} is damaged: some of its weights are no numbers")
    return Model(hashes, codes, weights, card)


def is_model(path: Path) -> bool:
    """Whether a file is a model, of whatever version and however good.

    Raises:
        OSError: It can't be read.
    """
    import numpy as np

    try:
        with np.load(path, allow_pickle=False) as arrays:
            return "version" in json.loads(arrays["card"].tobytes()) and "hashes" in arrays
    except _NO_MODEL:
        return False


def write_model(path: Path, model: Model) -> None:
    """Put a model into a file, in one step: who reads meanwhile has the old one.

    Raises:
        OSError: It can't be written.
    """
    import numpy as np

    arrays: dict[str, Any] = {f"w.{name}": array.astype(np.float16) for name, array in model.weights.items()}
    card = json.dumps({**model.card, "version": MODEL_VERSION}, ensure_ascii=False, indent=1, sort_keys=True)
    arrays |= {"hashes": model.hashes, "codes": model.codes, "card": np.frombuffer(card.encode(), np.uint8)}
    beside = path.with_name(f"{path.name}.new")
    with beside.open("wb") as stream:
        np.savez(stream, **arrays)
    beside.replace(path)


class ModelRecogniser:
    """Names by a model. One serves a process; threads take turns with its memory of words."""

    def __init__(self, model: Model, lexicon: Lexicon) -> None:
        self._model = model
        self._lexicon = lexicon
        import threading

        self._lock = threading.Lock()

    def recognise(self, text: str, language: str | None = None) -> list[RawMention]:
        """See `Recogniser.recognise`. Time is linear in the length of the text."""
        from tui.entities import network
        from tui.entities.agreement import Seen, agreed

        mentions: list[RawMention] = []
        for begin, end in _stretches(text):
            stretch = text[begin:end]
            with self._lock:
                found = self._lexicon.features(stretch)
            likely = network.read(self._model.weights, found, self._model.codes_of(found.hashes))
            starts, ends = found.starts, found.ends
            seen = []
            for first, last, kind, sure in network.spans(likely, found.shapes == 0):
                trimmed = name_bounds(stretch, int(starts[first]), int(ends[last - 1]), kind)
                if trimmed is not None:
                    start, end = trimmed
                    seen.append(Seen(start, end, stretch[start:end], kind, sure, first, last))
            mentions += [
                RawMention(name.start + begin, name.end + begin, name.text, MENTION_TYPES[name.kind])
                for name in agreed(stretch, found, likely, seen)
            ]
        return mentions


@cache
def load_model(path: Path) -> Recogniser:
    """The recogniser in a model file; one a process.

    Raises:
        ModelUnusable: As `read_model`.
    """
    return recogniser_of(read_model(path))


def recogniser_of(model: Model) -> Recogniser:
    """A recogniser by this model."""
    from tui.entities.features import Lexicon

    return ModelRecogniser(model, Lexicon(load_gazetteer()))


@cache
def load_shipped() -> Recogniser:
    """The recogniser that comes with the program; one a process.

    Raises:
        ModelUnusable: Its model is damaged.
    """
    return ByLanguage(load_model(SHIPPED))


@cache
def load_rules() -> Recogniser:
    """The rules alone; one a process."""
    return ByLanguage(RuleRecogniser(load_gazetteer()))


@cache
def default_recogniser() -> Recogniser:
    """The recogniser for whoever asks for no other, whatever state the installation is in."""
    try:
        return load_shipped()
    except ModelUnusable:  # said by those who can say it: `tui.entities.choice.usable`
        return load_rules()


_MARKS = "\"“”‘’'«»()[]{}<>,;:!?-–—_*|/\\ "
_NEVER_FIRST = frozenset({"the", "a", "an", "and", "of", "at", "in"})
_NEVER_LAST = frozenset({"of", "the", "and", "in", "at", "for", "a", "to", "by"})
_SITE = re.compile(r"\.(?:com|org|net|tv|gov|edu|co|io|uk|au|de|fr|ru|cn|info)(?:\.[a-z]{2})?(?![\w])")


def name_bounds(text: str, start: int, end: int, kind: int) -> tuple[int, int] | None:
    """Where the name between these offsets begins and ends; None where there is none."""
    while start < end:
        name = text[start:end]
        bare = name.strip(_MARKS)
        start += len(name) - len(name.lstrip(_MARKS))
        end = start + len(bare)
        first, _, rest = bare.partition(" ")
        if rest and (first.lower() in _NEVER_FIRST or (kind == 0 and first in cues.HONORIFICS)):
            start += len(first)
            continue
        before, _, last = bare.rpartition(" ")
        if before and last in _NEVER_LAST:
            end -= len(last)
            continue
        if bare.endswith(("'s", "’s", "'S", "’S")):
            end -= 2
            continue
        break
    site = _SITE.match(text, end)
    if site is not None and start < end:
        end = site.end()
    name = text[start:end]
    if not name or len(name) > _LONGEST_MENTION or not any(map(str.isalpha, name)) or "\n" in name:
        return None
    return start, end


def _stretches(text: str) -> list[tuple[int, int]]:
    """Parts of a text that are read one by one: the whole, but for texts of a book's length."""
    parts = []
    begin = 0
    while len(text) - begin > _READ_TOGETHER:
        limit = begin + _READ_TOGETHER
        cut = text.rfind("\n", begin + _READ_TOGETHER // 2, limit)
        if cut < 0:
            cut = text.rfind(" ", begin + _READ_TOGETHER // 2, limit)
        cut = limit if cut < 0 else cut + 1
        parts.append((begin, cut))
        begin = cut
    parts.append((begin, len(text)))
    return parts
