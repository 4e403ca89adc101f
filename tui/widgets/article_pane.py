"""One article to read: going about in its text, from match to match and from name to name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from textual import events
from textual.message import Message

from tui.article import Article, ArticleId, EntityId, Mention, Span
from tui.terminal.cells import width_of
from tui.widgets.article_text import ArticleText, RepeatedText


class ArticlePane(ArticleText):
    """An article's text; what is marked in it is handed in by the screen."""

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
