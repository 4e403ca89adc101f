"""Putting right what the corpus decided of a story: merge, split, title, and the last of these undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.widget import Widget

from tui.article import ArticleId
from tui.errors import NoSuchStory
from tui.folding import fold
from tui.keys import BY_NAME, keys_of, shown
from tui.screens.asks import Asks
from tui.screens.page import Done, PageScreen
from tui.stories.values import Story, StoryId
from tui.terminal.cells import cut
from tui.widgets.choices import Choice, Question
from tui.widgets.report_list import ReportList
from tui.widgets.story_head import facts_of

if TYPE_CHECKING:
    from tui.corpus import Corpus

_Result = TypeVar("_Result")

OFFERED = 50
"""Stories offered at a time."""

LONGEST_TITLE = 30
"""Cells of a title in a question: the answer must have room beside it."""


def choice_of(story: Story) -> Choice:
    """A story as something to choose."""
    return Choice(story.title, f"{facts_of(story)} ", story.id)


class StoryEditingScreen(PageScreen[_Result], Asks[_Result], Generic[_Result]):
    """The part of a story's page that edits it."""

    corpus: Corpus
    reports: ReportList

    @property
    def story(self) -> Story:
        """The story of the page."""
        raise NotImplementedError

    def show_edited(self, story: Story) -> None:
        """The page shows this story now."""
        raise NotImplementedError

    def neighbours(self, story: Story) -> tuple[Sequence[Story], Sequence[Story]]:
        """The stories before and after it that are still there. For a worker."""
        return self._stories(story.earlier), self._stories(story.later)

    def _stories(self, ids: Sequence[StoryId]) -> Sequence[Story]:
        found = []
        for id in ids:
            try:
                found.append(self.corpus.story(id))
            except NoSuchStory:
                continue  # it was merged with another since
        return tuple(found)

    # Asking

    def asked(self, question: Question) -> None:
        """The keys are the question's."""
        assert self.asking is not None
        self.set_focus(self.asking.field, scroll_visible=False)
        self.footer.show(self.asking_context or "choosing")

    def unasked(self, before: Widget | None) -> None:
        """The keys are the page's again."""
        self.set_focus(self.body, scroll_visible=False)
        self.footer.show(self.context)

    async def choose_story(
        self, prompt: str, stories: Sequence[Story], answer: Callable[[StoryId], object]
    ) -> None:
        """Ask for one of a few stories."""
        choices = [choice_of(story) for story in stories]

        def answered(choice: Choice) -> None:
            answer(_id_of(choice))  # what it returns is not awaited: a screen can't wait for its own end

        def offered(text: str) -> list[Choice]:
            return [choice for choice in choices if fold(text.strip()) in fold(choice.text)]

        await self.ask(Question(prompt, answered, offered))

    def _offered(self, text: str, but: StoryId) -> list[Choice]:
        """Stories that a text may mean; of none the newest. Asks the store: for a worker."""
        if not text.strip():
            return [choice_of(story) for story in self.corpus.stories(limit=OFFERED) if story.id != but]
        return [
            Choice(title, f"{articles:,} report{'' if articles == 1 else 's'} ", id)
            for id, title, articles in self.corpus.stories_named(text, OFFERED)
            if id != but
        ]

    # Editing

    async def action_merge_story(self) -> None:
        """This story and another one are one."""
        story = self.story

        def merge(choice: Choice) -> None:
            self._edit(
                lambda: self.corpus.merge_stories([_id_of(choice)], story.id),
                f"“{cut(choice.text, LONGEST_TITLE)}” is part of this story now",
            )

        await self.ask(
            Question(
                f"{cut(story.title, LONGEST_TITLE)} is one story with",
                merge,
                lambda text: self._offered(text, story.id),
            )
        )

    def action_split_story(self) -> None:
        """The marked reports are a story of their own."""
        story, marked = self.story, [id for id in self.story.articles if id in self.reports.marked]
        key = "".join(shown(key) for key in keys_of(BY_NAME["mark_report"], self.settings.keys)[:1])
        if not marked:
            self.footer.say(f"mark what does not belong here first: {key}")
        elif len(marked) == len(story.articles):
            self.footer.say("all reports are marked: none would be left")
        else:
            many = "1 report is a story" if len(marked) == 1 else f"{len(marked):,} reports are a story"
            self._edit(
                lambda: self._split(story.id, marked),
                f"{many} of their own now" if len(marked) > 1 else f"{many} of its own now",
            )

    def _split(self, story: StoryId, articles: Sequence[ArticleId]) -> StoryId:
        self.corpus.split_story(story, articles)
        return story

    async def action_name_story(self) -> None:
        """It has another title."""
        story = self.story

        def name(choice: Choice) -> None:
            if choice.text != story.title:
                self._edit(lambda: self.corpus.name_story(story.id, choice.text), "it has another title now")

        await self.ask(Question("title", name, text=story.title))

    def action_undo_story(self) -> None:
        """The last of these edits is undone."""
        self.explore(self._undo, self.story)

    def _undo(self, story: Story) -> None:
        undone = self.corpus.undo_story_edit()
        self._tell(story, f"undone: {undone}" if undone else "nothing to undo")

    def _edit(self, edit: Callable[[], object], said: str) -> None:
        key = "".join(shown(key) for key in keys_of(BY_NAME["undo_story"], self.settings.keys)[:1])
        self.explore(self._do_edit, edit, said, f" · {key} undoes it" if key else "", self.story)

    def _do_edit(self, edit: Callable[[], object], said: str, undo: str, story: Story) -> None:
        edit()
        problem = self.corpus.desk.found_problem()
        if problem is not None:
            said += ", but only until you quit"
            undo += f" · {self.corpus.desk.hindrance or problem}"
        self._tell(story, said + undo)

    def _tell(self, story: Story, said: str) -> None:
        """Show the story as it is now, and say what was done."""
        try:
            now = self.corpus.story(story.id)
        except NoSuchStory:
            found = self.corpus.story_of(story.articles[0])
            now = self.corpus.story(found) if found is not None else story

        def show() -> None:
            self.show_edited(now)
            self.footer.say(said)

        self.post_message(Done(show))


def _id_of(choice: Choice) -> StoryId:
    assert isinstance(choice.value, str)
    return StoryId(choice.value)
