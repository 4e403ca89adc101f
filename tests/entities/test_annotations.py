"""Annotated data, whatever its form: every name that is there, and no more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.article import MENTION_TYPES
from tui.entities.annotations import Sentence, read_annotations

Read = tuple[list[list[Sentence]], list[str]]


def read(tmp_path: Path, content: str | bytes, name: str = "data") -> Read:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    complaints: list[str] = []
    documents = list(read_annotations([path], complaints.append))
    return documents, [complaint.removeprefix(f"{path}:").strip() for complaint in complaints]


def names(sentence: Sentence) -> list[tuple[str, str]]:
    return [(" ".join(sentence.tokens[start:end]), kind) for start, end, kind in sentence.names()]


def all_names(documents: list[list[Sentence]]) -> list[tuple[str, str]]:
    return [name for document in documents for sentence in document for name in names(sentence)]


CONLL_2003 = """-DOCSTART- -X- -X- O

EU NNP B-NP I-ORG
rejects VBZ B-VP O
German JJ B-NP I-MISC
call NN I-NP O

Peter NNP B-NP I-PER
Blackburn NNP I-NP I-PER
-DOCSTART- -X- -X- O

PARIS NNP B-NP I-LOC
Kyiv NNP B-NP B-LOC
"""


def test_conll_2003_has_documents_and_iob1(tmp_path: Path) -> None:
    """The chunks' column is shaped like that of names, and isn't taken for it."""
    documents, complaints = read(tmp_path, CONLL_2003)
    assert [[sentence.tokens for sentence in document] for document in documents] == [
        [("EU", "rejects", "German", "call"), ("Peter", "Blackburn")],
        [("PARIS", "Kyiv")],
    ]
    assert documents[0][0].labels == ("B-organisation", "O", "B-misc", "O")
    assert all_names(documents)[2:] == [("Peter Blackburn", "person"), ("PARIS", "place"), ("Kyiv", "place")]
    assert not complaints


@pytest.mark.parametrize(
    ("scheme", "tags"),
    [
        ("BIO", "B-PER I-PER B-PER O B-LOC"),
        ("IOB1", "I-PER I-PER B-PER O I-LOC"),
        ("IOBES", "B-PER E-PER S-PER O S-LOC"),
        ("BILOU", "B-PER L-PER U-PER O U-LOC"),
        ("BMES", "B-PERSON E-PERSON S-PERSON O S-GPE"),
    ],
)
def test_every_scheme_gives_the_same_names(tmp_path: Path, scheme: str, tags: str) -> None:
    tokens = "Ann Li Bob in Rome".split()
    content = "".join(f"{token}\t{tag}\n" for token, tag in zip(tokens, tags.split(), strict=True))
    documents, complaints = read(tmp_path, content)
    (sentence,) = documents[0]
    assert sentence.labels == ("B-person", "I-person", "B-person", "O", "B-place")
    assert not complaints


def test_bare_labels_are_names_that_end_where_the_label_does(tmp_path: Path) -> None:
    documents, _ = read(tmp_path, "Ann PER\nLi PER\nin O\nRome LOC\nIBM ORG\n")
    assert all_names(documents) == [("Ann Li", "person"), ("Rome", "place"), ("IBM", "organisation")]


def test_numbered_columns_with_comments(tmp_path: Path) -> None:
    """As UNER has them: the number first, the annotator last, documents told by the sentences' ids."""
    content = (
        "# sent_id = a-0001\n# text = From the AP: Rome\n"
        "1\tFrom\tO\t-\tx\n2\tthe\tO\t-\tx\n3\tAP\tB-ORG\t-\tx\n4\t:\tO\t-\tx\n5\tRome\tB-LOC\t-\tx\n\n"
        "# sent_id = a-0002\n1\t#\tO\t-\tx\n\n# sent_id = b-0001\n1\tBob\tB-PER\t-\tx\n"
    )
    documents, complaints = read(tmp_path, content)
    assert [len(document) for document in documents] == [2, 1]
    first = documents[0][0]
    assert first.text == "From the AP: Rome"
    assert [first.text[start:end] for start, end in first.offsets] == list(first.tokens)
    assert documents[0][1].tokens == ("#",)
    assert all_names(documents) == [("AP", "organisation"), ("Rome", "place"), ("Bob", "person")]
    assert not complaints


def test_only_lines_with_names_may_have_all_columns(tmp_path: Path) -> None:
    """`B-O` is no name either. A line with a column too many in the middle is read from its end."""
    content = "1\tFrom\tB-O\t-\tx\n2\tthe\tO\n3\tAP\tB-ORG\t-\tx\n4\tand\tO\n5\tof\tO\n6\tRome\tB-LOC\t-\tx\n7\t.\tO\n"
    documents, complaints = read(tmp_path, content)
    assert all_names(documents) == [("AP", "organisation"), ("Rome", "place")]
    documents, more = read(tmp_path, "of NN O\nAnn Li NNP B-PER\nin NN O\nRome NN B-LOC\nand NN O\n")
    assert all_names(documents) == [("Ann", "person"), ("Rome", "place")]
    assert not complaints + more


def test_conllu_with_the_name_among_its_attributes(tmp_path: Path) -> None:
    content = (
        "# newdoc id = one\n"
        "1-2\tdel\t_\t_\t_\t_\t_\t_\t_\t_\n"
        "1\tde\tde\tADP\t_\t_\t2\tcase\t_\tSpaceAfter=No\n"
        "2\tRoma\tRoma\tPROPN\t_\t_\t0\troot\t_\tNER=B-LOC|SpaceAfter=No\n"
        "2.1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n\n"
        "# newdoc id = two\n1\tAnn\tAnn\tPROPN\t_\t_\t0\troot\t_\tNER=S-PER\n"
    )
    documents, complaints = read(tmp_path, content)
    assert [[sentence.tokens for sentence in document] for document in documents] == [
        [("de", "Roma")],
        [("Ann",)],
    ]
    assert all_names(documents) == [("Roma", "place"), ("Ann", "person")]
    assert not complaints


def test_a_bad_line_costs_its_sentence_and_is_said(tmp_path: Path) -> None:
    content = b"Ann B-PER\nLi\n\nBob B-PER\n\nRome B-LOC\nis wrong\n\nIBM B-ORG\n\nUN B-ORG\n\xff\xfe O\n"
    documents, complaints = read(tmp_path, content)
    assert all_names(documents) == [("Bob", "person"), ("IBM", "organisation")]
    assert sorted(complaints) == [
        "12: not UTF-8: left out",
        "2: no tag: its sentence is left out",
        "7: 'wrong' is no tag: its sentence is left out",
    ]


def test_labels_that_are_no_names_are_left_out_and_unknown_ones_counted(tmp_path: Path) -> None:
    content = (
        "Ann B-PER\nMonday B-DATE\ntwo B-CARDINAL\nhearts B-ORGAN\nlungs B-ORGAN\nkidney I-ORGAN\nFBI B-ORG\n"
    )
    documents, complaints = read(tmp_path, content)
    assert all_names(documents) == [("Ann", "person"), ("FBI", "organisation")]
    assert complaints == ["the label 'ORGAN' is unknown: 2 names with it left unmarked"]


def test_a_file_without_tags_is_said(tmp_path: Path) -> None:
    assert read(tmp_path, "Just a text.\nOf two lines.\n") == (
        [],
        ["no column of tags like B-PER and O was found in it"],
    )


@pytest.mark.parametrize("key", ["mentions", "entities", "spans"])
def test_json_lines(tmp_path: Path, key: str) -> None:
    """Offsets are code points; lines divide sentences; `US-led` is divided where the name ends."""
    text = "𝐀 US-led visit.\nAnn Li's plan"
    marks = [
        {"start": 2, "end": 4, "label": "GPE"},
        {"start": 16, "end": 22, "type": "person"},
        {"start": 8, "end": 9, "type": "CARDINAL"},
    ]
    documents, complaints = read(tmp_path, json.dumps({"id": 1, "text": text, key: marks}) + "\n\n")
    (document,) = documents
    assert [sentence.text for sentence in document] == text.split("\n")
    assert names(document[0]) == [("US", "place")]
    assert names(document[1]) == [("Ann Li", "person")]
    assert not complaints


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ('{"text": 5}', 'no "text"'),
        ('{"text": "a"}', 'no "mentions"'),
        ('{"text": "a", "spans": {}}', 'no "mentions"'),
        ('{"text": "a", "spans": [1]}', "not an object"),
        ('{"text": "a", "spans": [{"start": 0, "end": 1}]}', "lacks"),
        (
            '{"text": "a", "spans": [{"start": 0, "end": 2, "type": "PER"}]}',
            "no span of a text of 1 character",
        ),
        ('{"text": "a\\nb", "spans": [{"start": 0, "end": 3, "type": "PER"}]}', "line end"),
        (
            '{"text": "abc", "spans": [{"start": 0, "end": 2, "type": "PER"}, {"start": 1, "end": 3, "type": "PER"}]}',
            "overlap",
        ),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_record_is_said_and_stops_nothing(tmp_path: Path, line: str, reason: str) -> None:
    good = '{"text": "Ann", "spans": [{"start": 0, "end": 3, "type": "PER"}]}'
    documents, complaints = read(tmp_path, f"{good}\n{line}\n{good}\n")
    assert len(documents) == 2
    (complaint,) = complaints
    assert complaint.startswith("2: ") and reason in complaint


def test_marked_text(tmp_path: Path) -> None:
    documents, complaints = read(tmp_path, "[[Ann Li|person]]'s talk\nat [[Nato|organisation]] [[x|y]]\n")
    (document,) = documents
    assert [sentence.text for sentence in document] == ["Ann Li's talk", "at Nato x"]
    assert all_names(documents) == [("Ann Li", "person"), ("Nato", "organisation")]
    assert complaints == ["the label 'y' is unknown: one name with it left unmarked"]


def test_a_folder_stands_for_its_files_and_what_is_not_there_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "one.conll").write_text("Ann B-PER\n")
    (folder / "a.jsonl").write_text('{"text": "Bob", "spans": []}\n')
    (folder / "README.md").write_text("nothing")
    complaints: list[str] = []
    paths = [folder, tmp_path / "none.conll", tmp_path]
    documents = list(read_annotations(paths[:2], complaints.append))
    assert [document[0].tokens for document in documents] == [("Bob",), ("Ann",)]
    assert complaints == [f"{tmp_path / 'none.conll'}: not read: No such file or directory"]


_SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 8), st.sampled_from(MENTION_TYPES)), max_size=5
)


@settings(max_examples=200, deadline=None)
@given(st.text("Aab' .-\né", max_size=40), _SPANS)
def test_what_was_marked_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, text: str, spans: list[tuple[int, int, str]]
) -> None:
    """Every marked name that is made of tokens comes back with its own text; tokens stand where they say."""
    wanted: list[tuple[int, int, str]] = []
    for start, length, kind in sorted(spans):
        end = start + length
        if end <= len(text) and "\n" not in text[start:end] and (not wanted or start >= wanted[-1][1]):
            wanted.append((start, end, kind))
    record = {"text": text, "spans": [{"start": s, "end": e, "type": kind} for s, e, kind in wanted]}
    path = tmp_path_factory.getbasetemp() / "spans.jsonl"
    path.write_text(json.dumps(record), encoding="utf-8")
    complaints: list[str] = []
    documents = list(read_annotations([path], complaints.append))
    assert not complaints
    found = []
    for sentence in (sentence for document in documents for sentence in document):
        assert sentence.text is not None
        assert [sentence.text[start:end] for start, end in sentence.offsets] == list(sentence.tokens)
        assert len(sentence.labels) == len(sentence.tokens)
        found += [
            (sentence.text[sentence.offsets[start][0] : sentence.offsets[end - 1][1]], kind)
            for start, end, kind in sentence.names()
        ]
    for start, end, kind in wanted:
        bare = text[start:end].strip()
        if bare and bare.isalpha():
            assert (bare, kind) in found
