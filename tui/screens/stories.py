"""The list of the stories of a query, over the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType

from tui.screens.bound import bindings
from tui.screens.page import Done, PageScreen, page_bindings
from tui.stories.values import Story, StoryId
from tui.widgets.paged_list import PagedList
from tui.widgets.row_list import RowList
from tui.widgets.section_bar import SectionBar, Tab, TabColumn
from tui.widgets.story_list import StoryList

if TYPE_CHECKING:
    from tui.corpus import Corpus
    from tui.settings import Settings

StoryOrder = Literal["newest", "largest"]


class StoriesPlace(NamedTuple):
    """Where the reader is in the list."""

    order: StoryOrder = "newest"
    selected: int = 0


class LeaveStories(NamedTuple):
    """Which story was chosen, and where in the list it stands."""

    story: StoryId
    place: StoriesPlace


class StoriesScreen(PageScreen[LeaveStories]):
    """The stories of a query."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("stories"), *page_bindings()]
    context = "stories"

    def __init__(self, corpus: Corpus, settings: Settings, query: str, place: StoriesPlace) -> None:
        super().__init__(settings)
        self.corpus = corpus
        self.query_shown = query.strip()
        self.order = place.order
        self._begin_at = place.selected
        self._left = False
        self.tabs = SectionBar(id="stories-tabs")
        self.list = StoryList(id="stories-list")

    @property
    def body(self) -> StoryList:
        """The list."""
        return self.list

    def compose(self) -> ComposeResult:
        """A heading, the list, the footer."""
        yield self.tabs
        yield self.list
        yield self.path_field
        yield self.footer

    def on_mount(self) -> None:
        """Look for the stories."""
        super().on_mount()
        self._look(self._begin_at)

    def on_unmount(self) -> None:
        """Nobody waits for what is under way."""
        self._left = True
        super().on_unmount()

    def _look(self, selected: int = 0) -> None:
        edition = self.list.wait()
        self._show_tabs()
        offset = selected - selected % self.list.chunk
        self.explore(self._find, edition, self.order, offset, selected)

    def _find(self, edition: int, order: StoryOrder, offset: int, selected: int) -> None:
        found = self._stories(order, offset)
        total = self.corpus.story_count(self.query_shown or None, cancelled=self._unwanted)

        def show() -> None:
            self.list.show(edition, total, found, selected=selected, offset=offset)
            self._show_tabs()

        self.post_message(Done(show))

    def _stories(self, order: StoryOrder, offset: int) -> list[Story]:
        return self.corpus.stories(
            self.query_shown or None,
            order=order,
            limit=self.list.chunk,
            offset=offset,
            cancelled=self._unwanted,
        )

    def _unwanted(self) -> bool:
        return self._left

    def on_paged_list_wanted(self, wanted: PagedList.Wanted) -> None:
        """Stories come into view."""
        self.explore(self._load, wanted.edition, self.order, wanted.offset)

    def _load(self, edition: int, order: StoryOrder, offset: int) -> None:
        if edition != self.list.edition or self._left:
            return
        found = dict(enumerate(self._stories(order, offset), offset))
        self.post_message(Done(lambda: self.list.fill(edition, offset, found)))

    def _show_tabs(self) -> None:
        count = "…" if self.list.waiting else f"{self.list.count:,}"
        about = f" of {self.query_shown}" if self.query_shown else ""
        tab = Tab("", f"Stories{about} {count}", True, True)
        remark = "newest first" if self.order == "newest" else "largest first"
        self.tabs.show([TabColumn(self.size.width, (tab,), remark)])
        position = f"{self.list.selected + 1:,}/{self.list.count:,}" if self.list.count else ""
        self.footer.show(self.context, position)

    def on_resize(self) -> None:
        """The heading is as wide as the screen."""
        self._show_tabs()

    def on_row_list_moved(self, moved: RowList.Moved) -> None:
        """Another story."""
        self._show_tabs()

    def on_row_list_chosen(self, chosen: RowList.Chosen) -> None:
        """Open it."""
        story = self.list.selected_row
        if story is not None:
            self.dismiss(LeaveStories(story.id, StoriesPlace(self.order, self.list.selected)))

    def action_order_stories(self) -> None:
        """The newest first, or the largest."""
        self.order = "largest" if self.order == "newest" else "newest"
        self._look()
