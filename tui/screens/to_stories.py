"""From the reader to the pages of stories, and back to where one was."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from tui.screens.history import Visit
from tui.screens.over import OverScreen
from tui.screens.reading import Sentence
from tui.stories.values import Story, StoryId
from tui.widgets.greeting import Greeting

if TYPE_CHECKING:
    from tui.article import ArticleId
    from tui.corpus import Corpus
    from tui.screens.comparing import ReadThere
    from tui.screens.stories import LeaveStories, StoriesPlace
    from tui.screens.story_place import KeptStory, Leave
    from tui.settings import Settings

MOST_KEPT = 12
"""Stories whose page, with its matrix, is kept for coming back."""


class StoryFound(Message):
    """The story to be shown is found; or in words why there is none."""

    def __init__(self, story: Story | None, said: str, remember: bool) -> None:
        super().__init__()
        self.story = story
        self.said = said
        self.remember = remember


class ToStoriesScreen(OverScreen):
    """The part of the reader that opens stories."""

    def __init__(self, corpus: Corpus, settings: Settings, *, query: str, letters: bool) -> None:
        super().__init__(corpus, settings, query=query, letters=letters)
        self._kept_stories: OrderedDict[StoryId, KeptStory] = OrderedDict()
        self._wanted_story: object = None
        """What was asked for last: an older answer comes too late."""

    # A story

    def action_story(self) -> None:
        """The story of the open or the selected article."""
        id = self.article_id
        if id is None:
            self.footer_say("select an article first")
            return
        self._wanted_story = id
        self.background.explore(self._find_story_of, id)

    def _find_story_of(self, id: ArticleId) -> None:
        found = self.corpus.story_of(id)
        story = self.corpus.story(found) if found is not None else None
        if self._wanted_story == id:
            self.post_message(StoryFound(story, "no other report of this is known", remember=True))

    @on(Greeting.StoryWanted)
    def _open_latest(self, wanted: Greeting.StoryWanted) -> None:
        self.open_story(wanted.story)

    def open_story(self, id: StoryId, *, remember: bool = True) -> None:
        """Open a story's page."""
        self._wanted_story = id
        self.background.explore(self._find_story, id, remember)

    def _find_story(self, id: StoryId, remember: bool) -> None:
        from tui.errors import NoSuchStory

        try:
            found = StoryFound(self.corpus.story(id), "", remember)
        except NoSuchStory as error:
            found = StoryFound(None, str(error), remember)
        if self._wanted_story == id:
            self.post_message(found)

    @on(StoryFound)
    def _show_story(self, found: StoryFound) -> None:
        from tui.screens.story import StoryScreen

        story = found.story
        if story is None:
            self.footer_say(found.said)
            return
        if not self.is_current:
            return
        if found.remember:
            self.remember_page()
            self.remember_selected()
            self.visits.go(self.visits.present._replace(story=story.id, compared=(), listed=False))
        opened = tuple(pane.article_id for pane in self.panes if pane.article_id is not None)
        screen = StoryScreen(self.corpus, self.settings, self._kept(story), opened=opened)
        self.app.push_screen(screen, self._leave_story)

    def _kept(self, story: Story) -> KeptStory:
        """What is kept of a story; of one that has changed since, nothing but the place."""
        from tui.screens.story_place import KeptStory

        kept = self._kept_stories.pop(story.id, None)
        if kept is None:
            kept = KeptStory(story)
        elif kept.story != story:
            kept = KeptStory(story, kept.part, kept.selected, kept.at, reports=kept.reports)
        self._kept_stories[story.id] = kept
        while len(self._kept_stories) > MOST_KEPT:
            self._kept_stories.popitem(last=False)
        return kept

    def forget_coverage(self) -> None:
        """Have the matrices made anew that are asked for from now on."""
        for kept in self._kept_stories.values():
            kept.matrix = None

    async def _leave_story(self, leave: Leave | None) -> None:
        """On to what was chosen on the page, or back to what was shown before it."""
        if leave is None:
            await self._step_back()
        elif leave.compared:
            self.set_side_by_side(leave.compared)
        elif leave.story is not None:
            self.open_story(leave.story)
        elif leave.query:
            self.set_query(leave.query)
            self.focus_on(self.results)
        elif leave.article is not None:
            pane = next((pane for pane in self.panes if pane.article_id == leave.article), None)
            at = Sentence(leave.span) if leave.span is not None else None
            await self.read(leave.article, pane, at=at)

    async def _leave_comparison(self, there: ReadThere | None) -> None:
        """A comparison that a story's page led to leads back to it."""
        await super()._leave_comparison(there)
        if there is None:
            await self._show_page_again()

    async def _step_back(self) -> None:
        self.visits.back()
        await self._show_page_again()

    async def _show_page_again(self) -> None:
        """Show the page that the present visit is of, where it is of one; what lies under it stands already."""
        visit = self.visits.present
        if visit.compared or visit.story is not None or visit.listed:
            await self.revisit(visit)

    # The list of stories

    def action_stories(self) -> None:
        """The stories of what is searched for."""
        self.set_stories(remember=True)

    def set_stories(self, *, remember: bool) -> None:
        """Open the list of the stories of the query."""
        from tui.screens.stories import StoriesPlace, StoriesScreen

        if remember:
            self.remember_page()
            self.remember_selected()
            self.visits.go(self.visits.present._replace(story=None, compared=(), listed=True))
        self.app.push_screen(
            StoriesScreen(
                self.corpus, self.settings, self.search_field.value, self._stories_place or StoriesPlace()
            ),
            self._leave_stories,
        )

    _stories_place: StoriesPlace | None = None
    """Where the reader was in the list, for coming back."""

    async def _leave_stories(self, leave: LeaveStories | None) -> None:
        """On to the chosen story, or back."""
        if leave is None:
            await self._step_back()
            return
        self._stories_place = leave.place
        self.open_story(leave.story)

    # Back and forward

    async def revisit(self, visit: Visit) -> None:
        """Show again what was shown then, a story's page or the list of stories over it."""
        at = self.visits.at
        await super().revisit(visit)
        self.visits.at = at
        if visit.compared:
            return
        if visit.story is not None:
            self.open_story(visit.story, remember=False)
        elif visit.listed:
            self.set_stories(remember=False)
