"""Who said what: the patterns one by one, articles as a whole, and any text at all."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.entities.growth import growth
from tests.entities.quoted_articles import annotated_articles, errors, score, shuffled
from tui.article import Article, Mention, MentionType
from tui.entities.quotes import find_quotes

_TYPES: dict[str, MentionType] = {"o": "organisation", "l": "place", "m": "misc"}
_NAME = re.compile(r"\{(?:([olm]):)?([^}]*)\}")


def marked(*paragraphs: str, title: str = "") -> tuple[Article, list[Mention]]:
    """An article and its mentions, from text with `{Anna Berg}`, `{o:Nato}`, `{l:Paris}`, `{m:German}` in it."""
    texts, mentions = [], []
    for number, text in enumerate((title, *paragraphs), start=-1):
        plain, position = "", 0
        for match in _NAME.finditer(text):
            plain += text[position : match.start()]
            start = len(plain)
            plain += match[2]
            position = match.end()
            kind = _TYPES[match[1]] if match[1] else "person"
            mentions.append(Mention(number, start, len(plain), match[2], kind))
        texts.append(plain + text[position:])
    return Article(texts[0], tuple(texts[1:]), language="en"), mentions


def said(*paragraphs: str, title: str = "") -> list[tuple[str | None, str]]:
    """Speaker and words of each quote, of direct speech in quotation marks."""
    article, mentions = marked(*paragraphs, title=title)
    found = []
    for quote in find_quotes(article, mentions):
        words = article.text_of(quote.paragraph)[quote.start : quote.end]
        speaker = quote.speaker.text if quote.speaker else None
        found.append((speaker, f"“{words}”" if quote.direct else words))
    return found


@pytest.mark.parametrize("name", ["before", "after"])
def test_speakers_in_articles_of_our_own(name: str) -> None:
    """Precision before recall: a wrong speaker does more harm than a missing one."""
    articles = annotated_articles(name)
    measured = score(articles)
    wrong = [error for annotated in articles for error in errors(annotated)]
    assert measured.precision >= 0.95, wrong
    assert measured.recall >= 0.85, wrong


@pytest.mark.parametrize("name", ["before", "after"])
def test_speakers_where_paragraphs_were_shuffled(name: str) -> None:
    """Crawled articles often are: nobody may be named for what a paragraph from elsewhere happens to stand beside."""
    for seed in range(5):
        order = random.Random(seed)
        measured = score([shuffled(annotated, order) for annotated in annotated_articles(name)])
        assert measured.precision >= 0.95


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('"We won," said {Anna Berg}.', [("Anna Berg", "“We won,”")]),
        ('"We won," {Anna Berg} said on Monday.', [("Anna Berg", "“We won,”")]),
        ('{Anna Berg} said: "We won."', [("Anna Berg", "“We won.”")]),
        ('Ms {Berg} told reporters: "We won."', [("Berg", "“We won.”")]),
        ("“We won”, {Berg} told {o:Reuters}.", [("Berg", "“We won”")]),
        ("„We won“, said {Berg}.", [("Berg", "“We won”")]),
        ("«We won», said {Berg}.", [("Berg", "“We won”")]),
        ("»We won«, said {Berg}.", [("Berg", "“We won”")]),
        ("‘We won’, said {Berg}.", [("Berg", "“We won”")]),
        ("'We won't lose,' said {Berg}.", [("Berg", "“We won't lose,”")]),
        ('"We won," said {Berg}, "twice."', [("Berg", "“We won,”"), ("Berg", "“twice.”")]),
        ('"We won," said {Berg}. "Twice."', [("Berg", "“We won,”"), ("Berg", "“Twice.”")]),
        ('"Did we win?" asked {Berg}.', [("Berg", "“Did we win?”")]),
        ('"We won," said the {o:Nato} chief, {Jens Holm}.', [("Jens Holm", "“We won,”")]),
        ('"We won," said {o:Kremlin} spokesman {Dmitry Orlov}.', [("Dmitry Orlov", "“We won,”")]),
        ('{Berg}: "We won."', [("Berg", "“We won.”")]),
        ('{Berg} called it "a great day".', [("Berg", "“a great day”")]),
        ("We won, said {Berg}.", [("Berg", "We won")]),
    ],
)
def test_direct_speech(text: str, quotes: list[tuple[str, str]]) -> None:
    assert said(text) == quotes


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("{Berg} said that they had won.", [("Berg", "they had won")]),
        ("{Berg} said they had won.", [("Berg", "they had won")]),
        ("{Berg} said on Thursday that they had won.", [("Berg", "they had won")]),
        ("{Berg} said on Thursday they had won.", [("Berg", "they had won")]),
        ("{Berg} said in a statement that they had won.", [("Berg", "they had won")]),
        ("{Berg} told {o:Reuters} they had won.", [("Berg", "they had won")]),
        ("{Berg} told reporters that they had won.", [("Berg", "they had won")]),
        ("{Berg} warned Mr {Holm} that they would win.", [("Berg", "they would win")]),
        ("They had won, {Berg} said.", [("Berg", "They had won")]),
        ("They had won, according to {Berg}.", [("Berg", "They had won")]),
        ("According to {Berg}, they had won.", [("Berg", "they had won")]),
        ("{Berg}, who leads the {o:Union}, said they had won.", [("Berg", "they had won")]),
        ("The mayor of {l:Oslo}, {Berg}, said they had won.", [("Berg", "they had won")]),
        ("{Berg}, {l:Panama} coach, said they had won.", [("Berg", "they had won")]),
        ("{Berg}, {o:Nasa}’s administrator, said they had won.", [("Berg", "they had won")]),
        ("They had won, the mayor of {l:Oslo}, {Berg}, told reporters.", [("Berg", "They had won")]),
        ("They had won, {Berg}, who leads the {o:Union}, said.", [("Berg", "They had won")]),
        ("{Berg}, QC, said they had won.", [("Berg", "they had won")]),
        ("{Berg} said in a speech in {l:Oslo} that they had won.", [("Berg", "they had won")]),
        ("They had won, {Berg} said on Monday, and would go on.", [("Berg", "They had won")]),
        ("{l:Moscow} has none left and has said that it wants none.", [("Moscow", "it wants none")]),
        ("{Berg} of the {o:Union} said they had won.", [("Berg", "they had won")]),
        ("A spokesman for {o:Nato} said they had won.", [("Nato", "they had won")]),
        ("{l:Moscow} said it had won.", [("Moscow", "it had won")]),
        ("{Berg} met {Holm} in {l:Oslo} and said she had won.", [("Berg", "she had won")]),
        (
            "{Berg} said she had won, adding that it was hard.",
            [("Berg", "she had won"), ("Berg", "it was hard")],
        ),
        (
            "{Berg} said she had won, but refused to say how.",
            [("Berg", "she had won")],
        ),
        ("{Berg} said the day was “great”.", [("Berg", "the day was “great”")]),
        ("{Berg} said “great” days had come.", [("Berg", "“great” days had come")]),
    ],
)
def test_indirect_speech(text: str, quotes: list[tuple[str, str]]) -> None:
    assert said(text) == quotes


@pytest.mark.parametrize(
    "text",
    [
        "{Berg} was told that they had won.",
        "{Berg} did not say that they had won.",
        "{Berg} denied that they had won.",
        "{Berg} is said to have won.",
        "{Berg} would say that they had won.",
        "{Berg} refused to say that they had won.",
        "{Berg} said goodbye. {Berg} said nothing. {Berg} said so.",
        "The so-called “great day” began. It was “great”.",
        "“Great” is what {Berg} was.",
        "Her book, “The Long Day and Night”, was sold to {Berg}.",
        "{Berg} announced a great day. {Berg} added salt.",
        "They gave {Berg} a say in it.",
        "{Berg} told {Holm} to leave.",
    ],
)
def test_what_nobody_is_reported_to_have_said(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A friend of {Berg} said that they had won.",
        "{Berg}'s lawyer said that they had won.",
        "{Berg} and {Holm} said that they had won.",
        "Analysts at {o:Kettle} said that they had won.",
        "{o:Nato} officials said that they had won.",
        "{Berg} met {Holm}. He said that they had won.",
        "“They have all won,” said a friend of {Berg}.",
        "“They have all won,” said {Berg}'s lawyer.",
        "“They have all won,” said {Berg} and {Holm}.",
    ],
)
def test_speakers_whom_no_mention_names(text: str) -> None:
    """The words count, but nobody is named for them."""
    assert [speaker for speaker, _ in said(text)] == [None]


def test_a_pronoun_is_who_spoke_before_or_the_only_one_of_the_sentence_before() -> None:
    assert said("{Berg} met the press. She said they had won.") == [("Berg", "they had won")]
    assert said("“We won,” said {Berg}. {Holm} wept. “Twice,” she said.")[-1] == (None, "“Twice,”")
    assert said("{Berg} said they had won. “Twice,” she said.")[-1] == ("Berg", "“Twice,”")
    assert said("{o:Nato} said it would help. It said more would come.")[-1] == ("Nato", "more would come")
    assert said("Mr {Holm} met Ms {Berg}. She said they had won.") == [("Berg", "they had won")]


def test_a_pronoun_at_the_beginning_of_a_paragraph() -> None:
    """It leans on the paragraph before, unless names show that paragraphs have been shuffled."""
    assert said("{Anna Berg} met the press.", "She said they had won.") == [("Anna Berg", "they had won")]
    shuffled = said("Ms {Berg} met the press.", "She said they had won.", "{Anna Berg} is from {l:Oslo}.")
    assert shuffled == [(None, "they had won")]


def test_speech_over_several_paragraphs() -> None:
    quotes = said(
        '"We won," said {Berg}. "It was hard.', '"It was very hard.', '"It was worth it."', "They left."
    )
    assert [speaker for speaker, _ in quotes] == ["Berg"] * 4
    assert quotes[-1][1] == "“It was worth it.”"


def test_a_mark_that_is_lost_ends_with_its_paragraph() -> None:
    assert said('{Berg} said: "We won.', "They left.") == [("Berg", "“We won.”")]
    assert said('"We won. "It was hard," said {Berg}.')[-1] == ("Berg", "“It was hard,”")


def test_a_sentence_in_marks_is_speech_though_nobody_is_named() -> None:
    assert said("“We have won it all at last.”") == [(None, "“We have won it all at last.”")]


def test_headlines() -> None:
    assert said(title="“We have won”, says {Berg}") == [("Berg", "“We have won”")]
    assert said(title="“We have won” – {Berg}") == [("Berg", "“We have won”")]
    assert said(title="{Berg}: “We have won”") == [("Berg", "“We have won”")]
    assert said(title="The “great day” of {Berg}") == []


def test_the_speaker_is_one_of_the_mentions_given() -> None:
    article, mentions = marked("{Anna Berg} won.", "“We won,” said Ms {Berg}. “Twice,” she said.")
    assert [quote.speaker for quote in find_quotes(article, mentions)] == [mentions[1], mentions[1]]
    assert find_quotes(article, [])[0].speaker is None


_FRAGMENTS = st.sampled_from(
    [
        *("{Anna Berg}", "{o:Nato}", "{l:Paris}", "{m:German}", "Mr {Holm}", "{}"),
        *('"', "“", "”", "„", "«", "»", "'", "’", "‘", ", ", ". ", ": ", "! ", " ", "\u00a0", " – ", "(", ")"),
        *(" said ", " says ", " told ", " that ", " reporters ", " according to ", " and warned ", ", adding that "),
        *(" called it ", " he ", "She ", "it ", " on Monday ", " the ", " was ", " not ", " who ", "We won"),
        *("spokesman for ", "\ud800"),
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.lists(_FRAGMENTS, max_size=25).map("".join), max_size=3), st.text(max_size=60))
def test_quotes_are_exact_in_order_and_apart_in_any_text(paragraphs: list[str], title: str) -> None:
    article, mentions = marked(*paragraphs, title=title.replace("{", "").replace("}", ""))
    mentions = [mention for mention in mentions if mention.text]
    reached = (-1, 0)
    for quote in find_quotes(article, mentions):
        words = article.text_of(quote.paragraph)[quote.start : quote.end]
        assert len(words) == quote.end - quote.start
        assert words.strip()
        assert (quote.paragraph, quote.start) >= reached
        assert quote.speaker is None or quote.speaker in mentions
        reached = (quote.paragraph, quote.end)


@pytest.mark.parametrize(
    "unit",
    [
        *('"', '"a" ', ' "a', " 'a", "“", "'a' ", "said ", "he said ", "{Anna} said, ", "{Anna}, a b, ", "that "),
        *('{Anna} called "a b" ', "{Anna} met {Bob} and warned that x ", "according to {Anna}, ", "on Monday "),
        *('"Go," said {Anna}. ', '"Go," he said, ', "{Anna} said x, adding that y ", "very ", '{Anna}: "b c d e." '),
    ],
)  # fmt: skip
def test_work_grows_with_length_alone(unit: str) -> None:
    assert growth(lambda size: find_quotes(*_repeated(unit, size))) < 3


def _repeated(unit: str, size: int) -> tuple[Article, list[Mention]]:
    article, mentions = marked("{Anna} told {Bob} " + unit * (size // len(unit)) + " said {Anna}")
    return article, mentions
