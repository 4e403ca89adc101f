"""Which recogniser reads whose texts: from what a reader set to the recogniser itself.

`recogniser = "spacy:de_core_news_sm"`, or a table with one for each language. Whatever is chosen is loaded once a
process, when the first text needs it. A model that can't be used is for the caller to decide on: `recogniser_for`
raises, `usable` puts what ships in its place and says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Literal, NamedTuple

from tui.article import MENTION_TYPES, MentionType
from tui.entities.mention import RECOGNISER_VERSION, RawMention, Recogniser
from tui.entities.model import load_model, load_rules, load_shipped
from tui.errors import BroadsheetError, ModelUnusable, UsageError

Kind = Literal["built-in", "rules", "model", "spacy", "gliner"]
Setting = str | Mapping[str, object] | None
"""What stands in the settings, or after `--recogniser`; None for the recogniser that ships."""

USUAL = "use"
"""The entry of a table that counts for every language without an entry of its own."""
_LANGUAGE = re.compile(r"[a-z]{2}")
_THRESHOLD = 0.5
FORMS = '"built-in", "rules", "model:PATH", "spacy:NAME_OR_PATH" or "gliner:PATH"'


@dataclass(frozen=True, slots=True)
class Choice:
    """One recogniser."""

    kind: Kind = "built-in"
    place: str = ""
    """Where a model lies, absolute; for spaCy perhaps the name of an installed package; else empty."""
    labels: tuple[tuple[str, MentionType], ...] = ()
    """The reader's own labels and which of our types they are: asked of GLiNER, understood from spaCy."""
    threshold: float = _THRESHOLD
    """GLiNER's least score, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Choices:
    """A recogniser for each language: checked, but not yet loaded. Travels to other processes."""

    usual: Choice = Choice()
    by_language: tuple[tuple[str, Choice], ...] = ()
    """ISO 639-1 code and what reads that language, by code."""

    @property
    def heavy(self) -> bool:
        """Whether one of them is many times slower than what ships, to load and to read."""
        chosen = (self.usual, *(choice for _, choice in self.by_language))
        return any(choice.kind in ("spacy", "gliner") for choice in chosen)


class Usable(NamedTuple):
    """What there is of what was chosen."""

    choices: Choices
    problems: tuple[str, ...]
    """One line for each recogniser that can't be used: what is wrong, what to do, what goes on in its place."""


class BadChoice(UsageError):
    """A setting that names no recogniser."""


class RecogniserMissing(BroadsheetError):
    """A model, or the package that runs it, is not there."""


def read_setting(
    setting: Setting | Choices,
    folder: Path | None = None,
    complain: Callable[[str, str], None] | None = None,
) -> Choices:
    """What a setting means.

    Args:
        setting: As it was written.
        folder: What relative paths are relative to; None for the current folder.
        complain: Told of each label that means nothing, by its entry and why; it is left out. None: that is an error.

    Raises:
        BadChoice: It means nothing.
    """
    if isinstance(setting, Choices):
        return setting
    if setting is None:
        return Choices()
    folder = Path.cwd() if folder is None else folder
    if not isinstance(setting, Mapping):
        return Choices(_read_choice(setting, folder, (), _THRESHOLD))
    labels = _read_labels(setting.get("labels", {}), complain)
    threshold = setting.get("threshold", _THRESHOLD)
    if isinstance(threshold, bool) or not isinstance(threshold, int | float) or not 0 <= threshold <= 1:
        raise BadChoice("threshold must be a number from 0 to 1")
    chosen = {
        entry: _read_choice(value, folder, labels, float(threshold))
        for entry, value in setting.items()
        if entry not in {"labels", "threshold"}
    }
    for entry in chosen:
        if entry != USUAL and not _LANGUAGE.fullmatch(entry):
            raise BadChoice(
                f'{entry} is no language; there are codes like en and de, and "{USUAL}", labels, threshold'
            )
    usual = chosen.pop(USUAL, Choice())
    return Choices(usual, tuple(sorted(chosen.items())))


def recogniser_for(setting: Setting | Choices = None) -> Recogniser:
    """The recogniser that was chosen; the same object for the same choice.

    Raises:
        BadChoice: The setting means nothing.
        RecogniserMissing: A model, or the package that runs it, is not there.
        ModelUnusable: A model file is damaged or of another version.
    """
    choices = read_setting(setting)
    if not choices.by_language:
        return _load(choices.usual)
    return _Chosen(
        _load(choices.usual), {language: _load(choice) for language, choice in choices.by_language}
    )


def recogniser_name(setting: Setting | Choices = None) -> str:
    """What a store remembers of who made its mentions: another name means another recogniser or version.

    Raises:
        BadChoice: The setting means nothing.
        RecogniserMissing: A model, or the package that runs it, is not there.
    """
    choices = read_setting(setting)
    names = [_name(choices.usual)]
    names += [f"{language} {_name(choice)}" for language, choice in choices.by_language]
    return "; ".join([f"{RECOGNISER_VERSION} {names[0]}", *names[1:]])


def usable(setting: Setting | Choices, *, missing_too: bool) -> Usable:
    """Load what was chosen, and put what ships in the place of what can't be used.

    Args:
        setting: What was chosen.
        missing_too: Whether something else goes on for what is not there at all; else that is an error.

    Raises:
        BadChoice: The setting means nothing.
        RecogniserMissing: A model or package is not there, and nothing is to go on in its place.
    """
    choices = read_setting(setting)
    problems: list[str] = []

    def working(choice: Choice) -> Choice:
        try:
            _load(choice)
        except RecogniserMissing as error:
            if not missing_too:
                raise
            problems.append(f"{error}; the built-in recogniser goes on")
            return working(Choice())
        except ModelUnusable as error:
            problems.append(f"{error}; the rules alone go on")
            return Choice("rules")
        return choice

    usual = working(choices.usual)
    by_language = tuple((language, working(choice)) for language, choice in choices.by_language)
    return Usable(Choices(usual, by_language), tuple(dict.fromkeys(problems)))


class _Chosen:
    """Hands each text to the recogniser of its language."""

    def __init__(self, usual: Recogniser, by_language: Mapping[str, Recogniser]) -> None:
        self._usual = usual
        self._by_language = by_language

    def recognise(self, text: str, language: str | None = None) -> list[RawMention]:
        """See `Recogniser.recognise`."""
        return self._by_language.get(language or "", self._usual).recognise(text, language)


def _read_choice(
    value: object, folder: Path, labels: tuple[tuple[str, MentionType], ...], threshold: float
) -> Choice:
    if not isinstance(value, str) or "\0" in value:
        raise BadChoice(f"a recogniser is {FORMS}, in quotes")
    if value in ("built-in", "rules"):
        return Choice("rules" if value == "rules" else "built-in")
    kind, divider, place = value.partition(":")
    if divider and kind in ("model", "spacy", "gliner"):
        if not place.strip():
            raise BadChoice(f"{value!r} lacks what comes after the colon")
        if kind == "model":
            return Choice("model", _absolute(place, folder))
        if kind == "gliner":
            return Choice("gliner", _absolute(place, folder), labels, threshold)
        return Choice("spacy", _absolute(place, folder) if _is_path(place, folder) else place, labels)
    if value.strip() and _is_path(value, folder):
        return Choice("model", _absolute(value, folder))
    raise BadChoice(f"{value!r} is no recogniser: there are {FORMS}")


def _read_labels(
    value: object, complain: Callable[[str, str], None] | None
) -> tuple[tuple[str, MentionType], ...]:
    if not isinstance(value, Mapping):
        raise BadChoice('labels must be a table like { politician = "person" }')
    labels: list[tuple[str, MentionType]] = []
    for label, named in value.items():
        kind = next((kind for kind in MENTION_TYPES if kind == named), None)
        if kind is not None:
            labels.append((str(label), kind))
            continue
        entry, why = f"labels.{label}", f"must be one of {', '.join(MENTION_TYPES)}"
        if complain is None:
            raise BadChoice(f"{entry} {why}")
        complain(entry, why)
    return tuple(sorted(labels))


def _is_path(value: str, folder: Path) -> bool:
    """Whether it is a path rather than a package's name: it looks like one, or something lies there."""
    return (
        "/" in value
        or "\\" in value
        or value.startswith((".", "~"))
        or Path(_absolute(value, folder)).exists()
    )


def _absolute(place: str, folder: Path) -> str:
    path = Path(place)
    try:
        path = path.expanduser()
    except RuntimeError:  # nobody knows where that home is: then it is a name like any other
        pass
    return str(folder / path)


@cache
def _load(choice: Choice) -> Recogniser:
    match choice.kind:
        case "built-in":
            return load_shipped()
        case "rules":
            return load_rules()
        case "model":
            _digest(Path(choice.place))  # a model that isn't there is another matter than one that is damaged
            return load_model(Path(choice.place))
        case "spacy":
            from tui.entities.pipelines import load_spacy

            return load_spacy(choice.place, dict(choice.labels))
        case "gliner":
            from tui.entities.pipelines import load_gliner

            return load_gliner(choice.place, dict(choice.labels), choice.threshold)


def _name(choice: Choice) -> str:
    if choice.kind in ("built-in", "rules"):
        return choice.kind
    from tui.entities.pipelines import identity_of_gliner, identity_of_spacy

    if choice.kind == "model":
        return f"model {_digest(Path(choice.place))}"
    what = identity_of_spacy(choice.place) if choice.kind == "spacy" else identity_of_gliner(choice.place)
    options = "".join(f" {label}={kind}" for label, kind in choice.labels)
    if choice.kind == "gliner":
        options += f" {choice.threshold}"
    return f"{choice.kind} {what}{options}"


def _digest(path: Path) -> str:
    try:
        return blake2b(path.read_bytes(), digest_size=8).hexdigest()
    except OSError as error:
        reason = (
            "" if isinstance(error, FileNotFoundError) else f" that can be read ({error.strerror or error})"
        )
        raise RecogniserMissing(f"There is no model at {path}{reason}") from None
