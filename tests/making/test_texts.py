"""Texts are read without marks of form, and what is held out stays out."""

from __future__ import annotations

import hashlib
import re

import pytest

from tests.bench.annotated import own_articles
from tests.making import annotated_by_hand, wikinews, wikipedia
from tests.making.documents import Document
from tests.making.held_out import held_out
from tests.making.subjects import subject_of, type_of_page
from tests.making.texts import drawn
from tests.making.voice_of_america import as_written
from tui.article import MENTION_TYPES

_TELLING = 4
"""Words of a line that is one text's own; "TABLE" or "More news" are anybody's."""


def test_wikitext_becomes_plain_text() -> None:
    wikitext = "'''{{w|Ann Smith|Smith}}''' met [[Kent|people of Kent]]<ref>{{cite}}</ref>  at [http://x.example noon]."
    assert wikinews.plain_text(wikitext) == "Smith met people of Kent at noon."


def test_pages_are_read_without_headings_and_lists() -> None:
    long = "Kent is a county in the south-east of England, and it is well known &amp; old."
    extracted = (
        f'<doc id="7" url="x" title="Kent &amp; sons">\nKent\n\n{long}\nHistory.\n* {long[:-1]}\n</doc>\n'
    )
    (page,) = wikipedia.pages_of(extracted)
    assert page == Document("wikipedia", "7", "Kent & sons", (long.replace("&amp;", "&"),))


def test_tokens_are_spaced_as_people_write() -> None:
    assert (
        as_written('The " big " one is n\'t ( yet ) there .'.split()) == 'The "big" one isn\'t (yet) there.'
    )


@pytest.mark.parametrize(
    ("title", "opening", "kind"),
    [
        ("Ann Smith", "Ann Smith (born 3 May 1950) sings.", "person"),
        ("Hole", "Hole is a village in the county of Kent.", "place"),
        ("Hole (band)", "Hole were an American rock band from Kent.", "organisation"),
        ("Hole (film)", "Hole is a 2001 film by someone.", "misc"),
        ("Holes", "Holes are where nothing is.", None),
        ("List of holes", "Hole is a village in Kent.", None),
    ],
)
def test_the_first_sentence_says_what_a_page_is_about(title: str, opening: str, kind: str | None) -> None:
    assert type_of_page(title, opening) == kind


def test_a_subject_is_named_without_what_tells_it_apart() -> None:
    page = Document("wikipedia", "1", "Hole, Kent", ("Hole is a village in Kent.",))
    subject = subject_of(page)
    assert subject is not None
    assert subject.name == "Hole"


def test_pages_are_drawn_until_there_are_enough_words() -> None:
    found = {str(key): Document("wikipedia", str(key), "", ("a b c",) * 12) for key in range(20)}
    pages = list(drawn(found, words=100))
    assert [len(page.paragraphs) for page in pages] == [8] * 5
    assert list(drawn(found, words=100)) == pages


def test_articles_to_be_measured_on_are_held_out_with_what_stands_near_them() -> None:
    out = held_out()
    assert out.has_title("Kmart to buy Sears for US$11 billion")
    assert not out.has_title("Kmart")
    assert out.has_sentence(2453 - 12)
    assert out.has_sentence(2459 + 12)
    assert not out.has_sentence(2459 + 13)


def test_marked_documents_are_found_again_by_their_lines() -> None:
    content = "=== 00-00 wikinews\n[[Kent|place]] wins\nAt [[Rome|place]].\n=== 00-01 voa\nOne.\nTwo [[Anns|person]].\n"
    lines = annotated_by_hand.Lines(
        [
            Document("wikinews", "Kent wins", "Kent wins", ("At Rome.", "More.")),
            *(Document("voa", str(number), "", (text,)) for number, text in ((3, "One."), (9, "Two Anns."))),
        ]
    )
    (number, article, names), (_, report, _) = annotated_by_hand.marked_documents(content)
    assert number == "00-00"
    assert [article[start:end] for start, end, _ in names] == ["Kent", "Rome"]
    entry = annotated_by_hand.entry(article, names, lines)
    assert (entry["kind"], entry["key"], entry["line"]) == ("wikinews", "Kent wins", 0)
    assert annotated_by_hand.entry("Kent wins\nAt", [], lines)["lengths"] == [9, 2]
    assert entry["sha256"] == hashlib.sha256(article.encode()).hexdigest()
    assert annotated_by_hand.entry(report, [], lines)["lengths"] == [4, 9]
    with pytest.raises(annotated_by_hand.NotFound):
        annotated_by_hand.entry("Nowhere.", [], lines)


def test_annotated_names_stand_apart_and_in_order() -> None:
    out = held_out()
    for entry in annotated_by_hand.entries():
        assert entry["kind"] != "wikinews" or not out.has_title(entry["key"])
        end = 0
        for start, behind, kind in entry["names"]:
            assert end <= start < behind
            assert kind in MENTION_TYPES
            end = behind


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("the [[[SDF|organisation]]] said", "the [SDF] said"),
        ("([[SDF|organisation]]) [it] said", "(SDF) [it] said"),
        ("[of the [[SDF|organisation]]]", "[of the SDF]"),
    ],
)
def test_brackets_of_the_text_belong_to_no_name(marked: str, text: str) -> None:
    ((_, found, ((start, end, kind),)),) = annotated_by_hand.marked_documents(
        f"=== 00-00 wikinews\n{marked}\n"
    )
    assert (found, found[start:end], kind) == (text, "SDF", "organisation")


def test_articles_that_we_wrote_have_all_marks_read() -> None:
    articles = list(annotated_by_hand.written_by_us())
    assert len({article.key for article in articles}) == len(articles) > 0
    for article in articles:
        assert not re.search(r"\[\[|\]\]|\|(person|organisation|place|misc)", article.text)
        for start, end, _ in article.names:
            name = article.text[start:end]
            assert name == name.strip()
            assert "\n" not in name


def test_articles_that_we_wrote_share_no_line_with_those_to_be_measured_on() -> None:
    measured = own_articles()
    lines = {
        line.strip()
        for name in ("written", "samples")
        for each in measured[name]
        for line in each.text.split("\n")
    }
    for article in annotated_by_hand.written_by_us():
        ours = {line.strip() for line in article.text.split("\n") if len(line.split()) >= _TELLING}
        assert lines.isdisjoint(ours)
