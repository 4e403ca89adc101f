"""Texts are read without marks of form, and what is held out stays out."""

from __future__ import annotations

import hashlib

import pytest

from tests.making import annotated_by_hand, wikinews, wikipedia
from tests.making.documents import Document
from tests.making.held_out import held_out
from tests.making.subjects import subject_of, type_of_page
from tests.making.texts import drawn
from tests.making.voice_of_america import as_written
from tui.article import MENTION_TYPES


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
    (article, names), (report, _) = annotated_by_hand.marked_documents(content)
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
