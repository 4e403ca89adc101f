"""Heavier models that the reader installed: spaCy pipelines and GLiNER, as recognisers like any other.

Neither is ever imported before it is chosen, and nothing is ever downloaded. Texts go to them line by line, so that
no mention crosses a paragraph, and what they find is made like our own: four types, no article before the name, no
possessive after it.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import warnings
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from tui.article import MentionType
from tui.entities.choice import RecogniserMissing
from tui.entities.cutting import cut_lines
from tui.entities.labels import type_of_label
from tui.entities.mention import RawMention

_BATCH = 32
"""Lines that spaCy is handed at once."""
_LONGEST_FOR_SPACY = 20_000
"""Characters. Its memory grows with the text; beyond a million characters it refuses."""
_LONGEST_FOR_GLINER = 1_000
"""Characters. Its models see 384 words or fewer, and leave out what is beyond them."""
_LONGEST_NAME = 200
"""Characters; what is longer is no name, whoever says so."""
_ARTICLE = re.compile(r"(?i)(?:the|an?)\s+(?=\S)")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s$")
_ONLY_FOR_GRAMMAR = frozenset(
    {"tagger", "parser", "lemmatizer", "attribute_ruler", "morphologizer", "senter"}
)
"""spaCy's components that its own recogniser does without."""
_READS_GRAMMAR = frozenset({"entity_ruler", "span_ruler"})
"""Components whose rules may ask for part of speech or lemma."""

GLINER_LABELS: Mapping[str, MentionType] = {
    "person": "person",
    "organization": "organisation",
    "location": "place",
    "nationality": "misc",
    "event": "misc",
    "work of art": "misc",
}
"""What GLiNER is asked for where the reader has no labels of their own."""


class SpacyRecogniser:
    """A spaCy pipeline.

    Args:
        pipeline: spaCy's `Language`.
        labels: The reader's own labels, before those that everybody uses.
    """

    def __init__(self, pipeline: Any, labels: Mapping[str, MentionType]) -> None:
        self._pipeline = pipeline
        self._labels = labels

    def recognise(self, text: str, language: str | None = None) -> list[RawMention]:
        """See `Recogniser.recognise`."""
        pieces = cut_lines(text, _LONGEST_FOR_SPACY)
        documents = self._pipeline.pipe(pieces, as_tuples=True, batch_size=_BATCH)
        found = (
            (offset + entity.start_char, offset + entity.end_char, self._type_of(entity.label_))
            for document, offset in documents
            for entity in document.ents
        )
        return _mentions(text, found)

    def _type_of(self, label: str) -> MentionType | None:
        return self._labels.get(label) or type_of_label(label)


class GlinerRecogniser:
    """A GLiNER model, asked for these labels.

    Args:
        model: Anything with GLiNER's `predict_entities(text, labels, threshold=…)`.
        labels: What is asked for, with our types of it.
        threshold: The least score of a name, 0 to 1.
    """

    def __init__(self, model: Any, labels: Mapping[str, MentionType], threshold: float) -> None:
        self._model = model
        self._labels = labels or GLINER_LABELS
        self._asked = list(self._labels)
        self._threshold = threshold

    def recognise(self, text: str, language: str | None = None) -> list[RawMention]:
        """See `Recogniser.recognise`."""
        found = (
            (offset + entity["start"], offset + entity["end"], self._labels.get(entity["label"]))
            for piece, offset in cut_lines(text, _LONGEST_FOR_GLINER)
            for entity in self._model.predict_entities(piece, self._asked, threshold=self._threshold)
        )
        return _mentions(text, found)


def load_spacy(place: str, labels: Mapping[str, MentionType]) -> SpacyRecogniser:
    """A pipeline from a folder, or from an installed package of that name.

    Raises:
        RecogniserMissing: spaCy or the pipeline isn't there, or it is no pipeline that finds names.
    """
    identity_of_spacy(place)
    with warnings.catch_warnings():
        # It warns of pipelines made by another version in five lines each; if one fails, that is said in one.
        warnings.simplefilter("ignore")
        try:
            import spacy

            pipeline = spacy.load(place)
        except Exception as error:
            # Whatever a broken installation, folder or component raises: to the reader it can't be used.
            raise RecogniserMissing(
                f"The spaCy pipeline {place} can't be used: {_in_a_line(error)}"
            ) from error
        if not any("doc.ents" in pipeline.get_pipe_meta(name).assigns for name in pipeline.pipe_names):
            raise RecogniserMissing(
                f"The spaCy pipeline {place} finds no names: it has no ner or entity_ruler"
            )
        if not _READS_GRAMMAR.intersection(pipeline.get_pipe_meta(n).factory for n in pipeline.pipe_names):
            pipeline.select_pipes(disable=[name for name in pipeline.pipe_names if name in _ONLY_FOR_GRAMMAR])
    return SpacyRecogniser(pipeline, labels)


def load_gliner(place: str, labels: Mapping[str, MentionType], threshold: float) -> GlinerRecogniser:
    """A GLiNER model from a folder.

    Raises:
        RecogniserMissing: GLiNER or the model isn't there, or can't be used.
    """
    identity_of_gliner(place)
    os.environ["HF_HUB_OFFLINE"] = "1"  # else it asks the network for what the folder lacks
    try:
        from gliner import GLiNER

        model = GLiNER.from_pretrained(place, local_files_only=True)
    except Exception as error:
        # Whatever a broken installation or folder raises: to the reader it is a model that can't be used.
        raise RecogniserMissing(f"The GLiNER model {place} can't be used: {_in_a_line(error)}") from error
    return GlinerRecogniser(model, labels, threshold)


def identity_of_spacy(place: str) -> str:
    """What tells this pipeline from another, or from another version of it.

    Raises:
        RecogniserMissing: spaCy or the pipeline isn't there.
    """
    if importlib.util.find_spec("spacy") is None:
        raise RecogniserMissing("spaCy is not installed: pip install 'broadsheet[spacy]'")
    version = importlib.metadata.version("spacy")
    if Path(place).is_absolute():
        return f"{version} {identity_of_folder(place)}"
    try:
        return f"{version} {place} {importlib.metadata.version(place)}"
    except importlib.metadata.PackageNotFoundError:
        raise RecogniserMissing(
            f"The spaCy pipeline {place} is not installed: `python -m spacy download {place}`"
        ) from None


def identity_of_gliner(place: str) -> str:
    """What tells this model from another.

    Raises:
        RecogniserMissing: GLiNER or the model isn't there.
    """
    if importlib.util.find_spec("gliner") is None:
        raise RecogniserMissing("GLiNER is not installed: pip install 'broadsheet[gliner]'")
    return identity_of_folder(place)


def identity_of_folder(place: str) -> str:
    """What tells the model in a folder from another: its files' names, sizes and dates.

    Raises:
        RecogniserMissing: There is no such folder.
    """
    folder = Path(place)
    if not folder.is_dir():
        raise RecogniserMissing(f"There is no model at {place}: it must be a folder on this machine")
    digest = blake2b(digest_size=8)
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        state = file.stat()
        digest.update(
            f"{file.relative_to(folder)}\0{state.st_size}\0{state.st_mtime_ns}\0".encode(errors="replace")
        )
    return digest.hexdigest()


def _mentions(text: str, found: Iterable[tuple[int, int, MentionType | None]]) -> list[RawMention]:
    """Mentions in order and apart: of those that overlap the longest, of two as long the first."""
    starts: list[int] = []
    taken: list[tuple[int, int, MentionType]] = []
    spans = ((start, end, kind) for start, end, kind in found if kind is not None)
    for start, end, kind in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if not start < end <= len(text) or end - start > _LONGEST_NAME or "\n" in text[start:end]:
            continue
        index = bisect_left(starts, start)
        if (index and taken[index - 1][1] > start) or (index < len(taken) and taken[index][0] < end):
            continue
        starts.insert(index, start)
        taken.insert(index, (start, end, kind))
    bare = ((*_bare(text, start, end), kind) for start, end, kind in taken)
    return [RawMention(start, end, text[start:end], kind) for start, end, kind in bare if start < end]


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without space around it, an article before it or a possessive ending after it."""
    name = text[start:end]
    start += len(name) - len(name.lstrip())
    name = name.strip()
    article = _ARTICLE.match(name)
    if article:
        start += article.end()
        name = name[article.end() :]
    return start, start + len(_POSSESSIVE.sub("", name))


def _in_a_line(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
