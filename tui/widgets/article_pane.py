"""One article to read: wrapped at a comfortable measure, with matches and entities marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import ClassVar, Literal

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from tui.article import MENTION_TYPES, Article, ArticleId, EntityId, Mention, Span
from tui.terminal.cells import width_of
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


class ArticlePane(ScrollLines):
    """An article's text; what is marked in it is handed in by the screen.

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

    class Shown(Message):
        """What the footer says of the pane changed."""

        def __init__(self, pane: ArticlePane) -> None:
            super().__init__()
            self.pane = pane

    class EntityChosen(Message):
        """Enter on the selected entity, or a click on one."""

        def __init__(self, pane: ArticlePane, mention: Mention) -> None:
            super().__init__()
            self.pane = pane
            self.mention = mention

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

    # What is shown

    def show_article(
        self,
        id: ArticleId,
        article: Article,
        mentions: Sequence[Mention],
        *,
        query: str = "",
        place: tuple[int, int] | None = None,
        starred: bool = False,
        remark: str = "",
        boilerplate: frozenset[int] = frozenset(),
    ) -> None:
        """Show another article, at a place in its text; its matches come by `show_matches`."""
        self.boilerplate, self.order, self.order_said = boilerplate, None, ""
        self.article_id, self.article, self.mentions, self.query_shown = id, article, mentions, query
        self.starred, self.remark = starred, remark
        self.matches, self.finding, self.current, self.selected = (), False, None, None
        self.passage = None
        self.overlay, self._overlay_spans = None, {}
        self._place = place
        self._lay_out()
        self.post_message(self.Shown(self))

    def show_matches(self, matches: Sequence[Span], *, finding: bool = False, go: bool = True) -> None:
        """Mark what a query matches, and go to the first match."""
        self.matches, self.finding = matches, finding
        self.current = None
        self._mark()
        read = self._matches_read
        if read and go:
            self._go_to_match(next((index for index in read if matches[index].paragraph >= 0), read[0]))
        self.refresh()
        self.post_message(self.Shown(self))

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

    def set_repeated_text(self, shown: RepeatedText) -> None:
        """Show what the site repeats in another way."""
        self.repeated_text = shown
        self._lay_out()
        self.post_message(self.Shown(self))

    def set_order(self, order: Sequence[int] | None, said: str) -> None:
        """Show the paragraphs in another order: the suggested one, or (None) as published; and say which it is."""
        if (order, said) != (self.order, self.order_said):
            self.order, self.order_said = order, said
            self._lay_out()
            self.post_message(self.Shown(self))

    @property
    def _hidden(self) -> frozenset[int]:
        return self.boilerplate if self.repeated_text == "hidden" else frozenset()

    @property
    def hidden_matches(self) -> int:
        """How many matches are in paragraphs that are hidden."""
        return sum(span.paragraph in self._hidden for span in self.matches)

    @property
    def _matches_read(self) -> list[int]:
        """The matches that are shown, as indices in `matches`, in the order in which they are read."""
        laid_out = self._laid_out
        if laid_out is None:
            return list(range(len(self.matches)))
        shown = [index for index, span in enumerate(self.matches) if laid_out.is_shown(span.paragraph)]
        return sorted(shown, key=lambda i: laid_out.rank_of(self.matches[i].paragraph, self.matches[i].start))

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

    @property
    def position(self) -> str:
        """Where one is, for the footer: `2/9 matches · 45%`."""
        parts = []
        if self.matches:
            read = self._matches_read
            at = f"{read.index(self.current) + 1}/" if self.current in read else ""
            hidden = f", {self.hidden_matches} hidden" if self.hidden_matches else ""
            parts.append(f"{at}{len(read)} {'found' if self.finding else 'matches'}{hidden}")
        if self.max_scroll_y > 0:
            parts.append(f"{round(100 * self.top_line / self.max_scroll_y)}%")
        return " · ".join(parts)

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

    # Matches and entities

    def step_match(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) match; False where there is none further."""
        read, laid_out = self._matches_read, self._laid_out
        if not read or laid_out is None:
            return False
        if self.current in read:
            target = read.index(self.current) + step
        else:
            here = laid_out.rank_of(*self.place)
            spans = [self.matches[index] for index in read]
            before = sum(laid_out.rank_of(span.paragraph, span.start) < here for span in spans)
            target = before if step > 0 else before - 1
        if not 0 <= target < len(read):
            return False
        self._go_to_match(read[target])
        return True

    def _go_to_match(self, index: int) -> None:
        before = self.current
        self.current = index
        self._mark()
        for changed in (before, index):
            if changed is not None and changed < len(self.matches):
                self._refresh_span(self.matches[changed])
        span = self.matches[index]
        self._reveal_place(span.paragraph, span.start)
        self.post_message(self.Shown(self))

    def step_entity(self, step: int) -> Mention | None:
        """Select the next (1) or previous (-1) marked entity in the text, at first one in view."""
        laid_out = self._laid_out
        if laid_out is None:
            return None
        ranked = sorted(
            (laid_out.rank_of(mention.paragraph, mention.start), index)
            for index, mention in enumerate(self.mentions)
            if mention.type in self.types and laid_out.is_shown(mention.paragraph)
        )
        if not ranked:
            return None
        ranks = [rank for rank, _ in ranked]
        if self.selected is None:
            after = bisect_left(ranks, laid_out.rank_of(*laid_out.place_of(self.top_line)))
        else:
            selected = self.mentions[self.selected]
            here = laid_out.rank_of(selected.paragraph, selected.start)
            after = bisect_right(ranks, here) if step > 0 else bisect_left(ranks, here)
        target = ranked[(after if step > 0 else after - 1) % len(ranked)][1]
        self.select_mention(target)
        return self.mentions[target]

    def go_to(self, span: Span, entity: EntityId | None) -> None:
        """Bring a stretch of the text into view: one that is about an entity with the mention of it selected that is in
        it or nearest to it, any other one marked."""
        named = [
            (max(span.start - mention.end, mention.start - span.end, 0), index)
            for index, mention in enumerate(self.mentions)
            if mention.paragraph == span.paragraph and mention.entity == entity
        ]
        self._reveal_place(span.paragraph, span.start)
        if entity is None:
            self.passage = span
            self._mark()
            self._refresh_span(span)
        elif named:
            self.select_mention(min(named)[1])

    def select_mention(self, index: int | None) -> None:
        """Select an entity, or none."""
        before, self.selected = self.selected, index
        self._mark()
        for changed in (before, index):
            if changed is not None and changed < len(self.mentions):
                mention = self.mentions[changed]
                self._refresh_span(Span(mention.paragraph, mention.start, mention.end))
        if index is not None:
            self._reveal_place(self.mentions[index].paragraph, self.mentions[index].start)
        self.post_message(self.Shown(self))

    def _refresh_span(self, span: Span) -> None:
        if self._laid_out is not None:
            first = self._laid_out.line_of(span.paragraph, span.start)
            last = self._laid_out.line_of(span.paragraph, max(span.start, span.end - 1))
            self.refresh_lines(first, last - first + 1)

    def _reveal_place(self, paragraph: int, offset: int) -> None:
        if self._laid_out is not None:
            margin = min(3, self.scrollable_content_region.height // 4)
            self.reveal(self._laid_out.line_of(paragraph, offset), margin=margin)

    def action_choose(self) -> None:
        """Enter: open the selected entity."""
        if self.selected is not None:
            self.post_message(self.EntityChosen(self, self.mentions[self.selected]))

    def on_click(self, event: events.Click) -> None:
        """A click on an entity selects it; on the selected one it opens it."""
        if self._laid_out is None:
            return
        index = event.y + self.top_line
        if index >= len(self._laid_out.lines):
            return
        line = self._laid_out.lines[index]
        if line.kind not in {"title", "text"}:
            return
        column = event.x - 1 - self._margin()
        for position, mention in enumerate(self.mentions):
            if mention.paragraph != line.paragraph or not line.start <= mention.start < line.end:
                continue
            text = self._text_of(line)
            start = width_of(text[: mention.start - line.start])
            if self.letters:
                start += sum(
                    line.start < other.end <= mention.start
                    for other in self._marked_mentions()
                    if other.paragraph == line.paragraph
                )
            if start <= column < start + width_of(mention.text):
                if position == self.selected:
                    self.action_choose()
                else:
                    self.select_mention(position)
                return

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
