"""Reading: articles in panes, beside one another; matches and entities in them, find, and the reader's place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.message import Message

from tui.article import Article, ArticleId, EntityId, Mention, Span
from tui.errors import BroadsheetError
from tui.screens.background import Failed
from tui.screens.in_time import InTimeScreen
from tui.settings import NARROWEST_MEASURE, WIDEST_MEASURE, Settings
from tui.widgets.article_pane import ArticlePane
from tui.widgets.hit_list import HitList
from tui.widgets.row_list import RowList
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.corpus import Corpus, Entity
    from tui.corpus.values import InStory


class Sentence(NamedTuple):
    """Where an article is opened, and whom that is about."""

    span: Span | None
    """None for where the article first names the entity."""
    entity: EntityId | None = None


class Opened(NamedTuple):
    """All that a pane shows of an article at once."""

    id: ArticleId
    article: Article
    mentions: tuple[Mention, ...]
    entities: dict[EntityId, Entity]
    place: tuple[int, int] | None
    span: Span | None
    """What to go to in it."""
    about: EntityId | None
    starred: bool
    remark: str
    boilerplate: frozenset[int]
    """Paragraphs that the site repeats."""
    query: str
    typing: bool


def named_in(corpus: Corpus, mentions: Iterable[Mention]) -> dict[EntityId, Entity]:
    """Whom these mentions name. Asks the store for each: for a worker."""
    return {id: corpus.entity(id) for id in dict.fromkeys(m.entity for m in mentions) if id is not None}


def _remark(versions: int, story: InStory | None) -> str:
    """What there is beside this article: older versions, others that print it, and the rest of its story."""
    parts = [f"{versions} older version{'s' if versions > 1 else ''}"] if versions > 0 else []
    if story is not None and story.reprints:
        parts.append(f"{story.reprints:,} reprint{'s' if story.reprints > 1 else ''}")
    if story is not None and story.articles > story.reprints + 1:
        parts.append(f"story of {story.articles:,}")
    return " · ".join(parts)


def _span_of(at: Sentence | None, mentions: Iterable[Mention]) -> Span | None:
    """What to go to; None for nothing in particular."""
    if at is None or at.span is not None:
        return at.span if at else None
    return next((Span(m.paragraph, m.start, m.end) for m in mentions if m.entity == at.entity), None)


class Loaded(Message):
    """An article is there to be shown in a pane."""

    def __init__(self, pane: ArticlePane, opened: Opened) -> None:
        super().__init__()
        self.pane = pane
        self.opened = opened


class Matched(Message):
    """What the query matches in a pane's article is found."""

    def __init__(self, pane: ArticlePane, id: ArticleId, matches: Sequence[Span], go: bool) -> None:
        super().__init__()
        self.pane = pane
        self.id = id
        self.matches = matches
        self.go = go


class ReadingScreen(InTimeScreen):
    """The part of the reader that reads."""

    def __init__(self, corpus: Corpus, settings: Settings, *, query: str, letters: bool) -> None:
        super().__init__(corpus, settings, query=query, letters=letters)
        self._read_under: dict[ArticleId, str] = {}
        """The query under which each article was read last."""
        self.find_field.tell_apart(self._find, self._leave_find, self._left_find)

    # Opening

    @on(RowList.Chosen, "#results")
    async def _read_selected(self) -> None:
        self.when_answered(self._read_found)

    async def _read_found(self) -> None:
        hit = self.results.selected_hit
        if hit is not None:
            await self.read(hit.id)
        elif not self.results.count:
            self.take_correction()

    async def read(
        self,
        id: ArticleId,
        pane: ArticlePane | None = None,
        *,
        remember: bool = True,
        at: Sentence | None = None,
    ) -> None:
        """Open an article in a pane: this one, else the last used, else a new one.

        Args:
            id: which article.
            pane: where to.
            remember: whether back leads here.
            at: what to go to in it, instead of where the reader was or the first match.
        """
        pane = pane or self.focused_pane or await self.add_pane()
        self.keep_place(pane)
        pane.wanted_id = id
        if remember:
            self.remember_selected()
            present = self.visits.present
            self.visits.go(present._replace(article=id, entity=None, compared=(), story=None, listed=False))
            self._amending = False
        self.focus_on(pane)
        # Back where one was; but what was searched for since then is what one came for.
        keep_place = not remember or self._read_under.get(id) == self.query_typed
        self._read_under[id] = self.query_typed
        work = partial(self._open, pane, id, self.query_typed, self.typing, keep_place, at)
        self.run_worker(work, group=f"open-{id}", thread=True, exit_on_error=False)

    def _open(
        self,
        pane: ArticlePane,
        id: ArticleId,
        query: str,
        typing: bool,
        keep_place: bool,
        at: Sentence | None,
    ) -> None:
        """Everything of the article from the store at once, then what the query matches in it."""
        corpus = self.corpus
        try:
            article = corpus.article(id)
            mentions = corpus.mentions(id)
            entities = named_in(corpus, mentions)
            remark = _remark(len(corpus.versions(id)) - 1, corpus.stories_of([id]).get(id))
            place = corpus.desk.place(id)
            starred = id in corpus.desk.starred_ids()
            span = _span_of(at, mentions)
            if span is not None:
                place = span.paragraph, span.start
            opened = Opened(
                id,
                article,
                mentions,
                entities,
                place,
                span,
                at.entity if at else None,
                starred,
                remark,
                corpus.boilerplate(id),
                query,
                typing,
            )
            self.post_message(Loaded(pane, opened))
            if query.strip():
                matches = corpus.matches(query, id, typing=typing)
                self.post_message(
                    Matched(pane, id, matches, go=span is None and (place is None or not keep_place))
                )
            corpus.desk.set_read(id, True)
            self.post_message(Kept())
        except BroadsheetError as error:
            self.post_message(Failed(str(error)))

    @on(Loaded)
    def _show_article(self, loaded: Loaded) -> None:
        pane, opened = loaded.pane, loaded.opened
        if pane not in self.panes or pane.wanted_id != opened.id:
            return
        pane.show_article(
            opened.id,
            opened.article,
            opened.mentions,
            query=opened.query,
            place=opened.place,
            starred=opened.starred,
            remark=opened.remark,
            boilerplate=opened.boilerplate,
        )
        if opened.span is not None:
            pane.go_to(opened.span, opened.about)
        self.know_entities(pane, opened.entities)
        self.article_shown()
        self.show_footer()

    def know_entities(self, pane: ArticlePane, entities: Mapping[EntityId, Entity]) -> None:
        """A pane's article names these."""

    def article_shown(self) -> None:
        """A pane shows another article."""

    @on(Matched)
    def _show_matches(self, matched: Matched) -> None:
        if matched.pane.article_id == matched.id:
            matched.pane.show_matches(matched.matches, go=matched.go)

    async def action_beside(self) -> None:
        """The selected article beside the open one."""
        hit = self.results.selected_hit
        if hit is None:
            self.footer_say("nothing is selected")
            return
        if any(pane.article_id == hit.id for pane in self.panes):
            self.footer_say("it is open already: select another article, then v")
            return
        pane = await self.add_pane()
        await self.read(hit.id, pane)

    async def action_next_article(self) -> None:
        """The next of the results, into this pane."""
        await self._read_neighbour(1)

    async def action_previous_article(self) -> None:
        """The one before in the results, into this pane."""
        await self._read_neighbour(-1)

    async def _read_neighbour(self, step: int) -> None:
        pane = self.focused_pane
        at = self.results.selected
        if pane is not None and pane.wanted_id is not None:
            found = self.results.position_of(pane.wanted_id)
            at = at if found is None else found
        target = at + step
        if not 0 <= target < self.results.count:
            self.footer_say("no further article in the results")
            return
        self.results.select(target)
        hit = self.results.selected_hit
        if hit is not None:
            await self.read(hit.id, pane)

    def action_close_pane(self) -> None:
        """Close the pane with the focus."""
        pane = self.needed_pane()
        if pane is not None:
            self.drop_pane(pane)

    def action_zoom(self) -> None:
        """Only this pane, or all again."""
        pane = self.needed_pane()
        if pane is not None:
            self.zoomed = not self.zoomed
            if self.zoomed:
                self.focus_on(pane)
            self.show_parts()

    def needed_pane(self) -> ArticlePane | None:
        """The pane that a command is about; where there is none, that is said."""
        if self.focused_pane is None:
            self.footer_say("open an article first: ⏎")
        return self.focused_pane

    def footer_say(self, message: str) -> None:
        """A short word in the footer, until the next key."""
        self.footer.say(message)

    # Matches and find

    def action_next_match(self) -> None:
        """The next match in the open article."""
        self._step_match(1)

    def action_previous_match(self) -> None:
        """The match before."""
        self._step_match(-1)

    def _step_match(self, step: int) -> None:
        pane = self.needed_pane()
        if pane is None:
            return
        if not pane.step_match(step):
            self.footer_say(
                "no match here"
                if not pane.matches
                else ("this is the last match" if step > 0 else "this is the first match")
            )

    def action_find(self) -> None:
        """Find in the open article."""
        pane = self.needed_pane()
        if pane is not None:
            self.last_pane = pane
            self.find_field.set_value("", quiet=True)
            self.find_field.set_status("")
            self.find_field.display = True
            self.focus_on(self.find_field)

    def _find(self, changed: TextField.Changed) -> None:
        pane = self.last_pane
        if pane is None or pane.article is None:
            return
        found = self.corpus.find(pane.article, changed.value)
        pane.show_matches(found, finding=True)
        self.find_field.set_status(f"{len(found)} found" if changed.value else "")

    def _left_find(self, left: TextField.Left) -> None:
        if left.value == "escape":
            self.end_find()
        self._leave_find(left)

    def _leave_find(self, said: TextField.Said) -> None:
        pane = self.last_pane
        self.find_field.display = False
        self.focus_on(pane or self.results)

    def end_find(self) -> bool:
        """Show the query's matches again; False where nothing was being found."""
        pane = self.last_pane
        if pane is None or not pane.finding:
            return False
        self.find_field.set_value("", quiet=True)
        self.find_field.set_status("")
        pane.show_matches((), go=False)
        if pane.query_shown.strip() and pane.article_id is not None:
            work = partial(self._match_again, pane, pane.article_id, pane.query_shown)
            self.run_worker(work, group="match", thread=True, exit_on_error=False)
        return True

    def _match_again(self, pane: ArticlePane, id: ArticleId, query: str) -> None:
        matches = self.corpus.matches(query, id, typing=self.typing)
        self.post_message(Matched(pane, id, matches, go=False))

    # The measure

    def action_wider(self) -> None:
        """A longer line."""
        self._set_measure(self.measure + 4)

    def action_narrower(self) -> None:
        """A shorter line."""
        self._set_measure(self.measure - 4)

    def _set_measure(self, measure: int) -> None:
        self.measure = max(NARROWEST_MEASURE, min(measure, WIDEST_MEASURE))
        for pane in self.panes:
            pane.set_measure(self.measure)
        self.keep(self.corpus.desk.set, "measure", str(self.measure))
        self.footer_say(f"at most {self.measure} characters a line")

    @on(ArticlePane.Shown)
    def _pane_changed(self) -> None:
        self.show_footer()


class Kept(Message):
    """A mark of the reader's own changed."""


__all__ = ["HitList", "Kept", "ReadingScreen"]
