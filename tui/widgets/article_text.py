"""An article's text as it is drawn: wrapped at a comfortable measure, marks in the sum of their styles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import ClassVar, Literal

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from tui.article import MENTION_TYPES, Article, ArticleId, Mention, Span
from tui.widgets.article_layout import ArticleLayout, Line
from tui.widgets.dates import long_date
from tui.widgets.scroll_lines import ScrollLines

WORDS_A_MINUTE = 230
"""Silent reading of English non-fiction: Brysbaert 2019, a meta-analysis of 190 studies, says 238."""

LETTERS = {"person": "ᴾ", "organisation": "ᴼ", "place": "ᴸ", "misc": "ᴹ"}
"""Marks of an entity's type where colour can't tell it."""

Overlay = Literal["shared", "only"]

RepeatedText = Literal["dimmed", "hidden", "shown"]
"""How paragraphs that the site repeats are shown; the last is as all others."""
REPEATED_TEXTS: tuple[RepeatedText, ...] = ("dimmed", "hidden", "shown")

REPEATED = "┊"
"""Beside a paragraph that the site repeats: told without colour, too."""


class ArticleText(ScrollLines):
    """An article, laid out and drawn with what is marked in it.

    Attributes:
        article: what is shown; None while it is being fetched.
        matches: what the query matches, in order of the text.
        finding: True while the matches are those of a find in this article.
        current: index in `matches` of the match that `n` went to; None before.
        mentions: the entities named.
        selected: index in `mentions` of the selected entity; None where none is.
    """

    ruled = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article--title",
        "article--meta",
        "article--text",
        "article--match",
        "article--match-current",
        "article--person",
        "article--organisation",
        "article--place",
        "article--misc",
        "article--entity-selected",
        "article--passage",
        "article--shared",
        "article--only",
        "article--repeated",
    }

    def __init__(
        self,
        *,
        id: str | None = None,
        measure: int = 72,
        letters: bool = False,
        types: Collection[str] = MENTION_TYPES,
        repeated_text: RepeatedText = "dimmed",
    ) -> None:
        super().__init__(id=id)
        self.repeated_text = repeated_text
        self.boilerplate: frozenset[int] = frozenset()
        """Paragraphs that the site repeats."""
        self.order: Sequence[int] | None = None
        """The paragraphs in the order that is suggested, where that is shown."""
        self.order_said = ""
        """What the line under the title says of the order."""
        self.types = types
        """The types of names that are marked."""
        self.measure = measure
        self.letters = letters
        self.article_id: ArticleId | None = None
        self.article: Article | None = None
        self.query_shown = ""
        self.starred = False
        self.remark = ""
        self.matches: Sequence[Span] = ()
        self.finding = False
        self.current: int | None = None
        self.mentions: Sequence[Mention] = ()
        self.selected: int | None = None
        self.passage: Span | None = None
        """What the article was opened for."""
        self.overlay: Overlay | None = None
        self._overlay_spans: dict[int, list[tuple[int, int]]] = {}
        self._laid_out: ArticleLayout | None = None
        self._marks: dict[int, list[tuple[int, int, str]]] = {}
        self._place: tuple[int, int] | None = None
        self._laying_out = False
        self.wanted_id: ArticleId | None = None

    def show_words(self, overlay: Overlay | None, spans: Iterable[Span]) -> None:
        """Mark words that both of two articles have, or that only this one has."""
        self.overlay = overlay
        self._overlay_spans = {}
        for span in spans:
            self._overlay_spans.setdefault(span.paragraph, []).append((span.start, span.end))
        self._mark()
        self.refresh()

    def set_letters(self, letters: bool) -> None:
        """Turn letter marks on or off."""
        self.letters = letters
        self._lay_out()

    def set_types(self, types: Collection[str]) -> None:
        """Mark names of these types."""
        self.types = types
        self._lay_out()

    def set_mentions(self, mentions: Sequence[Mention]) -> None:
        """The same text, of which the corpus now says that it names others; what is selected stays so."""
        kept = None if self.selected is None else self.mentions[self.selected]
        self.mentions, self.selected = mentions, None
        if kept is not None:
            spans = [(mention.paragraph, mention.start) for mention in mentions]
            place = kept.paragraph, kept.start
            self.selected = spans.index(place) if place in spans else None
        self._lay_out()

    @property
    def _hidden(self) -> frozenset[int]:
        return self.boilerplate if self.repeated_text == "hidden" else frozenset()

    def set_starred(self, starred: bool) -> None:
        """Show or hide the star."""
        self.starred = starred
        self._lay_out()

    def set_measure(self, measure: int) -> None:
        """Another longest line."""
        self.measure = measure
        self._lay_out()

    @property
    def place(self) -> tuple[int, int]:
        """(paragraph, offset) of the first text in view when the reader last scrolled.

        Not of the first text in view now: each new width would round it down by a line.
        """
        return self._place or (-1, 0)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember the place that the reader went to."""
        if self._laid_out is not None and not self._laying_out:
            self._place = self._laid_out.place_of(self.top_line) if round(new_value) else (-1, 0)
        super().watch_scroll_y(old_value, new_value)

    # Laying out

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew, and keep the reader's place."""
        self._lay_out()

    def _lay_out(self) -> None:
        if self.article is None or not self.size.width:
            return
        place = self._place
        # Two cells beside the text: room for the eye, and for a letter mark at a line's end.
        width = max(10, min(self.measure, self.text_width - 3))
        self._laid_out = ArticleLayout(
            self.article,
            self._meta(),
            width,
            self._letter_offsets(),
            order=self.order,
            hidden=self._hidden,
        )
        self._mark()
        self._laying_out = True
        self.set_length(len(self._laid_out.lines))
        line = self._laid_out.line_of(*place) if place and place != (-1, 0) else 0
        self.go_to_line(0 if place in {None, (0, 0), (-1, 0)} else line)
        self._laying_out = False
        self.refresh()

    def _letter_offsets(self) -> dict[int, list[int]]:
        offsets: dict[int, list[int]] = {}
        if self.letters:
            for mention in self._marked_mentions():
                offsets.setdefault(mention.paragraph, []).append(mention.end)
        return offsets

    def _marked_mentions(self) -> Iterable[Mention]:
        return (mention for mention in self.mentions if mention.type in self.types)

    def _meta(self) -> str:
        article = self.article
        assert article is not None
        minutes = max(1, round(article.words / WORDS_A_MINUTE))
        parts = [article.source or "unknown source", long_date(article.date)]
        if article.published and article.published.time().isoformat("minutes") != "00:00":
            parts[-1] += f" {article.published:%H:%M}"
        parts.append(f"{minutes} min")
        if article.author:
            parts.append(article.author)
        if article.language and article.language != "en":
            parts.append(article.language)
        if self.remark:
            parts.append(self.remark)
        if self.starred:
            parts.append("★")
        if self._hidden:
            many = len(self._hidden)
            parts.append(f"{many} repeated paragraph{'s' if many > 1 else ''} hidden")
        if self.order_said:
            parts.append(self.order_said)
        return " · ".join(parts)

    def _mark(self) -> None:
        """Collect the marks of each paragraph, the strongest last."""
        marks: dict[int, list[tuple[int, int, str]]] = {}
        if self.passage is not None:
            marks[self.passage.paragraph] = [(self.passage.start, self.passage.end, "passage")]
        for mention in self._marked_mentions():
            marks.setdefault(mention.paragraph, []).append((mention.start, mention.end, mention.type))
        for paragraph, spans in self._overlay_spans.items():
            name = self.overlay or "shared"
            marks.setdefault(paragraph, []).extend((start, end, name) for start, end in spans)
        for index, span in enumerate(self.matches):
            mark = "match-current" if index == self.current else "match"
            marks.setdefault(span.paragraph, []).append((span.start, span.end, mark))
        if self.selected is not None and self.selected < len(self.mentions):
            chosen = self.mentions[self.selected]
            marks.setdefault(chosen.paragraph, []).append((chosen.start, chosen.end, "entity-selected"))
        self._marks = marks

    def _refresh_span(self, span: Span) -> None:
        if self._laid_out is not None:
            first = self._laid_out.line_of(span.paragraph, span.start)
            last = self._laid_out.line_of(span.paragraph, max(span.start, span.end - 1))
            self.refresh_lines(first, last - first + 1)

    def _reveal_place(self, paragraph: int, offset: int) -> None:
        if self._laid_out is not None:
            margin = min(3, self.scrollable_content_region.height // 4)
            self.reveal(self._laid_out.line_of(paragraph, offset), margin=margin)

    # Drawing

    def _margin(self) -> int:
        width = self.text_width
        return max(1, (width - (self._laid_out.width if self._laid_out else 0)) // 2)

    def _text_of(self, line: Line) -> str:
        assert self.article is not None and self._laid_out is not None
        text = self._laid_out.meta if line.kind == "meta" else self.article.text_of(line.paragraph)
        return text[line.start : line.end]

    def draw_line(self, y: int) -> Strip:
        """The line at `y` of the view."""
        width = self.text_width
        index = y + self.top_line
        if self._laid_out is None or width <= 0 or index >= len(self._laid_out.lines):
            return self.blank()
        line = self._laid_out.lines[index]
        if line.kind == "blank":
            return self.blank()
        base = self.get_component_rich_style(f"article--{line.kind}")
        margin = " " * self._margin()
        if line.kind == "text" and line.paragraph in self.boilerplate and self.repeated_text == "dimmed":
            base = base + self.get_component_rich_style("article--repeated", partial=True)
            margin = margin[:-1] + REPEATED
        segments = [Segment(margin, self.rich_style if margin.isspace() else base)]
        if line.kind == "meta":
            segments.append(Segment(self._text_of(line), base))
        else:
            segments.extend(self._marked_line(line, base))
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _marked_line(self, line: Line, base: Style) -> list[Segment]:
        """The line cut wherever a mark begins or ends, each piece in the sum of its marks' styles."""
        text = self._text_of(line)
        marks = [
            (max(start, line.start) - line.start, min(end, line.end) - line.start, name, end)
            for start, end, name in self._marks.get(line.paragraph, ())
            if start < line.end and end > line.start
        ]
        if not marks:
            return [Segment(text, base)]
        cuts = sorted({0, len(text), *(start for start, *_ in marks), *(end for _, end, *_ in marks)})
        segments: list[Segment] = []
        for start, end in pairwise(cuts):
            style = base
            for first, last, name, _ in marks:
                if first <= start and end <= last:
                    style = style + self.get_component_rich_style(f"article--{name}", partial=True)
            segments.append(Segment(text[start:end], style))
            if self.letters:
                letter = next(
                    (LETTERS[name] for _, last, name, whole in marks
                     if name in LETTERS and last == end and whole - line.start == end), None,
                )  # fmt: skip
                if letter:
                    segments.append(Segment(letter, style))
        return segments
