"""Text in any usual encoding is read; what is no text is refused in one line."""

from __future__ import annotations

import random
import struct
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.sources import NotAnArticle, article_from_bytes
from tui.sources.decode import decode

GERMAN = "Grüße aus Köln\n\nDer Bürgermeister sagte, dass die Brücke nicht für Fahrzeuge geöffnet wird – „vorerst“."
FRENCH = (
    "À la une\n\nLe ministre a déclaré que l’accord serait signé à l'été, après l’œuvre commune… à 5 € près."
)
RUSSIAN = "Заголовок\n\nПрезидент сказал, что переговоры продолжатся на следующей неделе в Женеве, и поблагодарил всех."
CHINESE = (
    "标题\n\n俄罗斯周五公布了两份安全条约草案，要求北约承诺不再向东扩张。美国表示愿意与盟国讨论，会谈将继续。"
)
POLISH = "Tytuł\n\nPremier powiedział, że negocjacje były trudne, ale następne spotkanie odbędzie się w środę w Łodzi."
CZECH = (
    "Nadpis\n\nMinistr řekl, že jednání byla těžká a že příští týden v Praze budou pokračovat se spojenci."
)
ICELANDIC = (
    "Fyrirsögn\n\nRáðherrann sagði á fimmtudag að viðræðurnar hefðu gengið vel og þeim yrði haldið áfram."
)
TURKISH = (
    "Başlık\n\nBakan perşembe günü yaptığı açıklamada görüşmelerin yapıcı geçtiğini ve süreceğini söyledi."
)
GREEK = "Τίτλος\n\nΟ υπουργός δήλωσε την Πέμπτη ότι οι συνομιλίες ήταν εποικοδομητικές και θα συνεχιστούν."
ARABIC = "عنوان\n\nقال الوزير يوم الخميس إن المحادثات كانت بناءة وستستمر في الأسبوع المقبل في جنيف."
JAPANESE = "見出し\n\n大臣は木曜日、協議は建設的だったと述べ、来週も続けると語った。各国は条約案を公表した。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
@pytest.mark.parametrize(
    "text", [GERMAN, RUSSIAN, CHINESE, ARABIC, "Plain\n\nAscii text."], ids=["de", "ru", "zh", "ar", "ascii"]
)
def test_unicode(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, ())


@pytest.mark.parametrize(
    "mark", [b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"\xef\xbb\xbf"]
)
def test_byte_order_mark_alone_is_empty(mark: bytes) -> None:
    with pytest.raises(NotAnArticle, match=r"^empty$"):
        decode(mark + b"")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp866"),
        (POLISH, "cp1250"),
        (CZECH, "cp1250"),
        (ICELANDIC, "cp1252"),
        (TURKISH, "cp1254"),
        (GREEK, "cp1253"),
        (ARABIC, "cp1256"),
        (CHINESE, "gb18030"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
    ],
)
def test_older_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


def test_long_text_of_an_older_encoding_is_looked_at_by_sample_only() -> None:
    data = (RUSSIAN + "\n\n").encode("cp1251") * 20_000
    begin = time.process_time()
    assert decode(data)[0].startswith(RUSSIAN)
    assert time.process_time() - begin < 4


def test_foreign_characters_far_down() -> None:
    text = "Plain words to begin with.\n" * 5_000 + RUSSIAN
    assert decode(text.encode("cp1251"))[0] == text


def test_damaged_utf_8_is_mended_and_said() -> None:
    text, warnings = decode(RUSSIAN.encode()[:-1] + b"\xff")
    assert text.startswith(RUSSIAN[:-1])
    assert len(warnings) == 1
    assert "UTF-8" in warnings[0]


def test_lone_surrogates_stand_as_replacement_characters() -> None:
    article = article_from_bytes(
        "Title\n\nBefore \ud800 after.".encode("utf-8", "surrogatepass"), "a.txt"
    ).article
    assert article.paragraphs == ("Before \N{REPLACEMENT CHARACTER} after.",)


@pytest.mark.parametrize("code", [*range(0x20), 0x7F])
def test_a_few_controls_are_no_reason_to_refuse(code: int) -> None:
    article = article_from_bytes(
        f"Title{chr(code)} here\n\nSome text{chr(code)} there.\n".encode(), "a.txt"
    ).article
    assert " ".join((article.title, *article.paragraphs)).replace(" ", "") == "TitlehereSometextthere."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\x00" * 4_000, "binary"),
        (bytes(range(256)) * 20, "binary"),
        (random.Random(1).randbytes(20_000), "binary"),
        (struct.pack("<500i", *range(500)), "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "binary (PNG)"),
        (b"%PDF-1.7\n%words", "binary (PDF)"),
        (b"PK\x03\x04words", "binary (ZIP, or an office document)"),
        (b"\x7fELF words", "binary (a program)"),
        (b"<!DOCTYPE html><html><body>words", "HTML, not plain text"),
        (b"<?xml version='1.0'?><rss>words", "XML, not plain text"),
        (b"{\\rtf1 words", "RTF, not plain text"),
    ],
)
def test_refused(data: bytes, reason: str) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        article_from_bytes(data, "a.txt")
    assert refusal.value.reason == reason


@settings(deadline=None)  # The first text of an odd language loads the model of all languages.
@given(st.binary(max_size=400))
def test_any_bytes_are_an_article_or_a_reason(data: bytes) -> None:
    try:
        article = article_from_bytes(data, "a.txt").article
    except NotAnArticle as refusal:
        assert refusal.reason
        assert "\n" not in refusal.reason
    else:
        assert article.title
        assert article.paragraphs
        "".join((article.title, *article.paragraphs)).encode("utf-8")
