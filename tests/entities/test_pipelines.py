"""Pipelines that the reader installed, as recognisers like any other.

What needs spaCy itself runs where it is installed: with what it depends on it has 240 MB, too much for every run.
`pip install 'broadsheet[spacy]'` and run this file to run it.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.entities.choice import RecogniserMissing, recogniser_for, recogniser_name
from tui.entities.labels import TYPE_OF_LABEL, type_of_label
from tui.entities.mention import RawMention
from tui.entities.pipelines import GLINER_LABELS, GlinerRecogniser, SpacyRecogniser

needs_spacy = pytest.mark.skipif(
    importlib.util.find_spec("spacy") is None, reason="spaCy, with 240 MB, is not installed"
)

TEXT = (
    "Ada Lovelace saw the Freedonia’s fleet.\n\n𝐀 On Monday Dr No of Acme's board came.\n"
    + "and so on. " * 5_000
    + "Acme"
)
NAMES = [
    ("Ada Lovelace", "person"),
    ("Freedonia", "place"),
    ("Dr No", "misc"),
    ("Acme", "organisation"),
    ("Acme", "organisation"),
]
KNOWN = {
    "Ada Lovelace": "PERSON",
    "the Freedonia’s": "GPE",
    "Acme": "ORG",
    "Monday": "DATE",
    "Dr No": "villain",
}


def found(mentions: Sequence[RawMention], text: str) -> list[tuple[str, str]]:
    """Text and type of mentions that are what stands at their offsets, in order and apart."""
    end = 0
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= end and mention.text.strip() == mention.text != ""
        end = mention.end
    return [(mention.text, mention.type) for mention in mentions]


class StandIn:
    """Something with GLiNER's `predict_entities`: knows names by heart, and overlaps itself as GLiNER does."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def predict_entities(self, text: str, labels: list[str], threshold: float = 0.5) -> list[dict[str, Any]]:
        assert threshold == 0.4
        self.seen.append(text)
        spans = []
        for name, label in KNOWN.items():
            start = text.find(name)
            while start >= 0:
                if label in labels:
                    spans.append(
                        {"start": start, "end": start + len(name), "text": name, "label": label, "score": 0.9}
                    )
                start = text.find(name, start + 1)
        return [*spans, *(dict(span, end=span["start"] + 1) for span in spans)]


def test_gliner_is_asked_for_the_readers_labels_in_pieces_it_can_take() -> None:
    model = StandIn()
    labels = {"PERSON": "person", "GPE": "place", "ORG": "organisation", "villain": "misc"}
    recogniser = GlinerRecogniser(model, labels, 0.4)  # type: ignore[arg-type]
    assert found(recogniser.recognise(TEXT), TEXT) == NAMES
    assert max(map(len, model.seen)) <= 1_000
    assert "".join(model.seen) == TEXT.replace("\n", "")
    assert all(piece.endswith((" ", ".", "Acme")) for piece in model.seen)


def test_gliner_is_asked_for_our_types_where_the_reader_has_none() -> None:
    asked: list[list[str]] = []

    class Listening:
        def predict_entities(self, text: str, labels: list[str], threshold: float) -> list[dict[str, Any]]:
            asked.append(labels)
            return []

    assert GlinerRecogniser(Listening(), {}, 0.5).recognise("One line.\n \nAnother.") == []
    assert asked == [list(GLINER_LABELS)] * 2


@settings(max_examples=100, deadline=None)
@given(st.text("Aa .'’s\n\u0301the𝐀", max_size=80), st.data())
def test_whatever_a_model_says_offsets_hold(text: str, data: st.DataObject) -> None:
    """Even where it finds space, line ends, or the same twice; offsets in a piece count in that piece."""

    class Random:
        def predict_entities(self, piece: str, labels: list[str], threshold: float) -> list[dict[str, Any]]:
            spans = st.tuples(st.integers(0, len(piece)), st.integers(0, len(piece)))
            return [
                {"start": min(span), "end": max(span), "label": data.draw(st.sampled_from(labels))}
                for span in data.draw(st.lists(spans, max_size=4))
            ]

    found(GlinerRecogniser(Random(), {}, 0.5).recognise(text), text)


def test_labels_of_the_wide_world_are_ours() -> None:
    wanted = {"PER": "person", "PERSON": "person", "ORG": "organisation", "LOC": "place", "GPE": "place"}
    wanted |= {
        "FAC": "place",
        "NORP": "misc",
        "MISC": "misc",
        "EVENT": "misc",
        "organization": "organisation",
    }
    assert {label: type_of_label(label) for label in wanted} == wanted
    assert type_of_label("DATE") is None and "date" in TYPE_OF_LABEL
    assert "kidney" not in TYPE_OF_LABEL


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blank pipeline with an entity ruler, saved to a folder."""
    import spacy

    language = spacy.blank("en")
    ruler = language.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": name} for name, label in KNOWN.items()])  # type: ignore[attr-defined]
    folder = tmp_path_factory.mktemp("pipelines") / "ruler"
    language.to_disk(folder)
    return folder


@needs_spacy
def test_a_pipeline_from_a_folder_finds_names(pipeline: Path) -> None:
    recogniser = recogniser_for({"use": f"spacy:{pipeline}", "labels": {"villain": "misc"}})
    assert isinstance(recogniser, SpacyRecogniser)
    assert found(recogniser.recognise(TEXT), TEXT) == NAMES
    # Without the reader's own label the villain is nobody.
    assert ("Dr No", "misc") not in found(recogniser_for(f"spacy:{pipeline}").recognise(TEXT), TEXT)


@needs_spacy
def test_a_pipeline_that_changes_has_another_name(pipeline: Path) -> None:
    before = recogniser_name(f"spacy:{pipeline}")
    assert before == recogniser_name(f"spacy:{pipeline}")
    (pipeline / "meta.json").write_text((pipeline / "meta.json").read_text() + "\n")
    assert recogniser_name(f"spacy:{pipeline}") != before


@needs_spacy
def test_a_pipeline_that_finds_no_names_or_is_none_is_said(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")
    (tmp_path / "empty").mkdir()
    for setting, said in (
        (f"spacy:{tmp_path / 'blank'}", "finds no names"),
        (f"spacy:{tmp_path / 'empty'}", "can't be used"),
        (f"spacy:{tmp_path / 'none'}", "There is no model at"),
        ("spacy:no_such_pipeline", "is not installed: `python -m spacy download no_such_pipeline`"),
    ):
        with pytest.raises(RecogniserMissing, match=said) as raised:
            recogniser_for(setting)
        assert "\n" not in str(raised.value)
