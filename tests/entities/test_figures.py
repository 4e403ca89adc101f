"""What is a figure, what it says, and that hostile text costs no more than its length."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.entities.growth import growth
from tui.article import Article
from tui.entities.figures import find_figures

PUBLISHED = datetime.date(2021, 12, 17)
"""A Friday."""


def figures(
    text: str, date: datetime.date | None = PUBLISHED, language: str | None = "en"
) -> list[tuple[str, str]]:
    """Span and value of each figure."""
    found = find_figures(Article("", (text,), date, language=language))
    return [(figure.text, figure.value) for figure in found]


def kinds(text: str) -> list[str]:
    return [figure.kind for figure in find_figures(Article("", (text,), PUBLISHED, language="en"))]


_NUMBERS = {
    "14,000 people": ("14,000", "14000"),
    "fourteen thousand people": ("fourteen thousand", "14000"),
    "14 000 people": ("14 000", "14000"),
    "14\u202f000 people": ("14\u202f000", "14000"),
    "3.2m people": ("3.2m", "3200000"),
    "3,200,000 people": ("3,200,000", "3200000"),
    "about 1.4 million people": ("1.4 million", "1400000"),
    "two and a half million people": ("two and a half million", "2500000"),
    "half a million people": ("half a million", "500000"),
    "a quarter of a million people": ("a quarter of a million", "250000"),
    "three quarters of a million people": ("three quarters of a million", "750000"),
    "three-quarters of a million people": ("three-quarters of a million", "750000"),
    "half of a million people": ("half of a million", "500000"),
    "a dozen people": ("a dozen", "12"),
    "a hundred and twenty people": ("a hundred and twenty", "120"),
    "more than twenty-one people": ("twenty-one", "21"),
    "two people": ("two", "2"),
    "one person died": ("one", "1"),
    "he is 61 years old": ("61", "61"),
    "a 61-year-old man": ("61", "61"),
    "one in five voters": ("one in five", "1/5"),
    "a two-in-three chance": ("two-in-three", "2/3"),
    "a one-in-three chance": ("one-in-three", "1/3"),
    "nine out of ten voters": ("nine out of ten", "9/10"),
    "two-thirds of voters": ("two-thirds", "2/3"),
    "more than a third of voters": ("a third", "1/3"),
    "half of voters": ("half", "1/2"),
    "the European Union’s 27 states": ("27", "27"),
    "about ½ of voters": ("½", "1/2"),
    "some 2½ times": ("2½", "2.5"),
    "−¾ of it": ("−¾", "-3/4"),
    "½ million people": ("½ million", "500000"),
    "in the 93rd minute": ("93rd", "#93"),
    "a 12-member team": ("12", "12"),
    "2000 people": ("2000", "2000"),
    "–5 points at −5 today": ("−5", "-5"),
}

_AMOUNTS = {
    "$3.2m": ("$3.2m", "USD 3200000"),
    "US$ 3bn": ("US$ 3bn", "USD 3000000000"),
    "£2.4 million": ("£2.4 million", "GBP 2400000"),
    "€1,200": ("€1,200", "EUR 1200"),
    "3 million euros": ("3 million euros", "EUR 3000000"),
    "three million euros": ("three million euros", "EUR 3000000"),
    "a quarter of a million pounds": ("a quarter of a million pounds", "GBP 250000"),
    "£½m": ("£½m", "GBP 500000"),
    "50p": ("50p", "GBP 0.5"),
    "A$50bn": ("A$50bn", "AUD 50000000000"),
    "20 Swiss francs": ("20 Swiss francs", "CHF 20"),
    "12%": ("12%", "12 %"),
    "12 per cent": ("12 per cent", "12 %"),
    "twelve percent": ("twelve percent", "12 %"),
    "2 percentage points": ("2 percentage points", "2 points"),
    "50 basis points": ("50 basis points", "0.5 points"),
    "300 km": ("300 km", "300000 m"),
    "300,000 metres": ("300,000 metres", "300000 m"),
    "1.5C": ("1.5C", "1.5 °C"),
    "86 degrees Fahrenheit": ("86 degrees Fahrenheit", "30 °C"),
    "a 20m wave": ("20m", "20 m"),
    "twenty metres": ("twenty metres", "20 m"),
    "5ft 9in": ("5ft 9in", "1.7526 m"),
    "90mph": ("90mph", "144.84096 km/h"),
    "10 tonnes": ("10 tonnes", "10000 kg"),
    "48 hours": ("48 hours", "172800 s"),
    "two days": ("two days", "172800 s"),
    "two hours and 30 minutes": ("two hours and 30 minutes", "9000 s"),
    "half an hour": ("half an hour", "1800 s"),
    "six-and-a-half hours": ("six-and-a-half hours", "23400 s"),
    "2½ hours": ("2½ hours", "9000 s"),
    "½ mile": ("½ mile", "804.672 m"),
    "a man of a height of 5'11\" or so": ("5'11\"", "1.8034 m"),
    "a 6’2” tall man": ("6’2”", "1.8796 m"),
    "Rs 5 crore": ("Rs 5 crore", "INR 50000000"),
    "Rs. 2.5 lakh": ("Rs. 2.5 lakh", "INR 250000"),
    "Rs 5,00,000": ("Rs 5,00,000", "INR 500000"),
    "two lakh rupees": ("two lakh rupees", "INR 200000"),
    "kr 500": ("500", "500"),
    "18 months": ("18 months", "18 month"),
    "a two-year deal": ("two-year", "24 month"),
    "10 pounds of rice": ("10 pounds", "4.535924 kg"),
    "10 pounds": ("10 pounds", "GBP 10"),
}

_DATES = {
    "16 December 2021": ("16 December 2021", "2021-12-16"),
    "on Thursday, December 16, 2021, in": ("Thursday, December 16, 2021", "2021-12-16"),
    "the 16th of December": ("16th of December", "2021-12-16"),
    "Dec. 16": ("Dec. 16", "2021-12-16"),
    "2021-12-16": ("2021-12-16", "2021-12-16"),
    "16.12.2021": ("16.12.2021", "2021-12-16"),
    "1 May": ("1 May", "2021-05-01"),
    "in May": ("May", "2021-05"),
    "it will open in May": ("May", "2022-05"),
    "in 2014": ("2014", "2014"),
    "the 1962 Cuban Missile Crisis": ("1962", "1962"),
    "the 1990s": ("1990s", "199X"),
    "the 19th century": ("19th century", "18XX"),
    "the 2019-20 season": ("2019-20", "2019/2020"),
    "last Thursday": ("last Thursday", "2021-12-16"),
    "said on Thursday": ("Thursday", "2021-12-16"),
    "will meet on Thursday": ("Thursday", "2021-12-23"),
    "said on Friday": ("Friday", "2021-12-17"),
    "yesterday": ("yesterday", "2021-12-16"),
    "last week": ("last week", "2021-W49"),
    "next year": ("next year", "2022"),
    "last month": ("last month", "2021-11"),
    "at 5pm": ("5pm", "17:00"),
    "at 5 p.m. the": ("5 p.m.", "17:00"),
    "at 10.30am": ("10.30am", "10:30"),
    "at 09:00 GMT": ("09:00 GMT", "09:00 GMT"),
    "at noon": ("noon", "12:00"),
}


@pytest.mark.parametrize("text", [*_NUMBERS, *_AMOUNTS, *_DATES])
def test_figures_have_exact_spans_and_one_value_for_each_spelling(text: str) -> None:
    (expected,) = [(_NUMBERS | _AMOUNTS | _DATES)[text]]
    assert expected in figures(f"They said {text} there.")


def test_kinds() -> None:
    said = "On 16 December at 5pm 14,000 people paid $3m, or 12%, for 300 km."
    assert kinds(said) == ["date", "time", "number", "money", "percentage", "quantity"]


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/2021/12/16-people-14000",
        "www.example.com/12",
        "call +44 20 7946 0958 or 020 7946 0958 or 555-0123",
        "version 2.1.3 and 192.168.0.1",
        "A4, G20, Covid-19, F-16, 5G, MH17",
        "since 9/11, round the clock, 24/7",
        "won 3-1 and lost 2 – 3",
        "one of them, no one, one another, each one",
        "World War Two and Formula One and the Six Nations",
        "at 5'11\" of the tape",
        "a Boeing 737, Article 5, page 12, No 10",
        "He may leave. We march. The march was long.",
        "a second thought, at first, one-off, two-way, the first half of it, a third party",
        "1" * 100_000,
        "1,1,1,1,1",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert figures(f"There is {text}.") == []


def test_ranges_are_two_figures_of_one_unit() -> None:
    assert figures("from 10-15%") == [("10", "10 %"), ("15%", "15 %")]
    assert figures("between 3 and 4 million people") == [("3", "3000000"), ("4 million", "4000000")]
    assert figures("$3-4 million") == [("$3", "USD 3000000"), ("4 million", "USD 4000000")]
    assert figures("2–3 weeks") == [("2", "1209600 s"), ("3 weeks", "1814400 s")]
    assert figures("7-9 December") == [("7", "2021-12-07"), ("9 December", "2021-12-09")]
    assert figures("10-15 people") == [("10", "10"), ("15", "15")]
    assert figures("2014-2019") == [("2014", "2014"), ("2019", "2019")]
    assert figures("£10 to £15 million") == [("£10", "GBP 10000000"), ("£15 million", "GBP 15000000")]
    assert figures("£500 to £1 million") == [("£500", "GBP 500"), ("£1 million", "GBP 1000000")]
    assert figures("in 1990-95") == [("1990", "1990"), ("95", "1995")]
    assert figures("in 1914–18") == [("1914", "1914"), ("18", "1918")]
    assert figures("two and three") == [("two", "2"), ("three", "3")]


def test_a_minus_is_a_part_of_the_number() -> None:
    assert figures("It was minus 5C there.") == [("minus 5C", "-5 °C")]
    assert figures("Growth of minus three per cent.") == [("minus three per cent", "-3 %")]
    assert figures("Minus £5m was left.") == [("Minus £5m", "GBP -5000000")]
    assert figures("-5C and −3% and -£5m") == [("-5C", "-5 °C"), ("−3%", "-3 %"), ("-£5m", "GBP -5000000")]
    assert figures("minus one, minus 2000") == [("minus one", "-1"), ("minus 2000", "-2000")]
    assert figures("ten minus 5 and 7 minus two") == [("ten", "10"), ("5", "5"), ("7", "7"), ("two", "2")]
    assert figures("plus or minus 3%") == [("3%", "3 %")]


def test_without_a_date_of_publication_only_what_is_said_is_known() -> None:
    assert figures("on Thursday", None) == [("Thursday", "weekday 4")]
    assert figures("on Dec. 16", None) == [("Dec. 16", "--12-16")]
    assert figures("in December", None) == [("December", "--12")]
    assert figures("last year", None) == []


def test_days_at_the_ends_of_the_calendar() -> None:
    for date in (datetime.date.min, datetime.date.max):
        figures(
            "last Thursday, next week, yesterday, tomorrow, 29 February, in May, last month, next year", date
        )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("moved to the border in March", "2021-03"),
        ("met in March and agreed", "2021-03"),
        ("In March, Smith said he will go", "2021-03"),
        ("closed in December", "2021-12"),
        ("was arrested on 3 January", "2021-01-03"),
        ("told on Dec. 18, in Sydney,", "2021-12-18"),
        ("was shut due to the storms in March", "2021-03"),
        ("will sell what was built in March", "2021-03"),
        ("will meet in March", "2022-03"),
        ("was due to meet in March", "2022-03"),
        ("who have to pay by 5 January", "2022-01-05"),
        ("scheduled for 3 January", "2022-01-03"),
        ("plans to open on January 3", "2022-01-03"),
        ("It is to open in May", "2022-05"),
        ("In March the ministers will meet", "2022-03"),
        ("From March on, trains are free", "2022-03"),
        ("will speak of the fire of 10 December", "2021-12-10"),
    ],
)
def test_tense_decides_the_year_of_months_and_days(text: str, value: str) -> None:
    assert [found for _, found in figures(f"{text}.")] == [value]


def test_days_that_no_calendar_has() -> None:
    assert figures("on 31 February 2021 and") == [("February 2021", "2021-02")]
    assert figures("on 31 April 2022") == [("April 2022", "2022-04")]
    assert figures("on 29 February 2021 or 29 February 2020") == [
        ("February 2021", "2021-02"),
        ("29 February 2020", "2020-02-29"),
    ]
    assert figures("February 30, 2021, a day") == []
    assert figures("2021-02-30, 31.02.2021") == []
    assert figures("February 27-30", None) == [("February 27", "--02-27")]
    assert figures("30-31 February, 31 February", None) == [("February", "--02")] * 2


def test_other_languages_have_their_own_commas_and_no_english_words() -> None:
    assert figures("1.234,5 Millionen Euro", language="de") == [("1.234,5 Millionen Euro", "EUR 1234500000")]
    assert figures("ten pies", language="pl") == []


def test_titles_and_paragraphs_in_order() -> None:
    found = find_figures(Article("12 Killed In Kabul", ("Some 14 people", "and 15"), PUBLISHED))
    assert [(figure.paragraph, figure.value) for figure in found] == [(-1, "12"), (0, "14"), (1, "15")]


_FRAGMENTS = st.sampled_from(
    (
        "1 12 2014 14,000 14 000 3.2 m k bn million % per cent percentage points $ £ US$ euros km ft in 9in mph °C "
        "-year-old Dec. December 16 May Thursday last next noon am p.m. : / - – , . ' ’ ( ) two twenty hundred and a "
        "half dozen minus quarter third one of in to between GMT th st century s \u00a0 \u202f "
        "\ud800 ٣ ² ½ 𝟙 http:// www. @ # +"
    ).split(" ")
)
_TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(_FRAGMENTS, max_size=30).map(" ".join),
    st.lists(_FRAGMENTS, max_size=30).map("".join),
)


@settings(max_examples=400, deadline=None)
@given(_TEXTS, _TEXTS, st.none() | st.dates(), st.sampled_from([None, "en", "de"]))
def test_spans_are_exact_and_apart_in_any_text(
    title: str, text: str, date: datetime.date | None, language: str | None
) -> None:
    article = Article(title, (text,), date, language=language)
    reached = (-1, 0)
    for figure in find_figures(article):
        assert article.text_of(figure.paragraph)[figure.start : figure.end] == figure.text
        assert figure.text.strip() == figure.text != ""
        assert (figure.paragraph, figure.start) >= reached
        assert figure.value
        if figure.kind == "date" and len(figure.value) == 10 and figure.value[:4].isdecimal():
            datetime.date.fromisoformat(figure.value)
        reached = (figure.paragraph, figure.end)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 999_999_999))
def test_a_number_has_one_value_however_its_digits_are_grouped(number: int) -> None:
    for written in (f"{number:,}", f"{number:,}".replace(",", " "), f"{number:,}".replace(",", "\u202f")):
        assert figures(f"It has {written} grains.") == [(written, str(number))]


_HOSTILE = """\
1|1,|1 000 |1-|10-15 |2014-|5'1"|1,00,|one |twenty-|two hundred and |a |$|$1 |2 hours 3 minutes |minus 5 |minus |\
5 a.m. |in May |will |In May the |from May on |last |Monday, |www.|very |. """


@pytest.mark.parametrize("unit", _HOSTILE.split("|"))
def test_work_grows_with_length_alone(unit: str) -> None:
    assert growth(lambda size: figures(unit * (size // len(unit)))) < 3
