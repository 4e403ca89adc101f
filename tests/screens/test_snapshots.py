"""What the screens look like, at three sizes; after a wanted change: `pytest --snapshot-update`."""

from __future__ import annotations

from typing import Any

import pytest

from tests.screens.driving import press, settle
from tests.screens.scenes import SCENES, SIZES, key_names
from tui.app import BroadsheetApp
from tui.corpus import Corpus
from tui.settings import Settings


class TestScreens:
    """Each scene on the sample data."""

    @pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
    @pytest.mark.parametrize("scene", SCENES)
    @pytest.mark.usefixtures("no_times")
    def test_scene(self, snap_compare: Any, sample_corpus: Corpus, scene: str, size: tuple[int, int]) -> None:
        """The scene looks as it did."""

        async def play(pilot: Any) -> None:
            await settle(pilot)
            await press(pilot, *key_names(SCENES[scene]))

        assert snap_compare(BroadsheetApp(sample_corpus), terminal_size=size, run_before=play)

    @pytest.mark.parametrize("theme", ["broadsheet-light", "broadsheet-plain", "textual-light", "nord"])
    @pytest.mark.usefixtures("no_times")
    def test_theme(self, snap_compare: Any, sample_corpus: Corpus, theme: str) -> None:
        """An article with matches and entities in another theme."""

        async def play(pilot: Any) -> None:
            await settle(pilot)
            await press(pilot, *key_names(SCENES["article"]))

        app = BroadsheetApp(sample_corpus, Settings(theme=theme))
        assert snap_compare(app, terminal_size=(120, 40), run_before=play)

    @pytest.mark.parametrize("theme", ["broadsheet-light", "broadsheet-plain"])
    @pytest.mark.parametrize("scene", ["compare", "compare_published"])
    @pytest.mark.usefixtures("no_times")
    def test_comparison_in_theme(
        self, snap_compare: Any, sample_corpus: Corpus, scene: str, theme: str
    ) -> None:
        """A comparison in another theme."""

        async def play(pilot: Any) -> None:
            await settle(pilot)
            await press(pilot, *key_names(SCENES[scene]))

        app = BroadsheetApp(sample_corpus, Settings(theme=theme))
        assert snap_compare(app, terminal_size=(120, 40), run_before=play)

    @pytest.mark.parametrize("theme", ["broadsheet-light", "broadsheet-plain"])
    @pytest.mark.parametrize("scene", ["story", "coverage"])
    @pytest.mark.usefixtures("no_times")
    def test_story_in_theme(self, snap_compare: Any, sample_corpus: Corpus, scene: str, theme: str) -> None:
        """A story in another theme."""

        async def play(pilot: Any) -> None:
            await settle(pilot)
            await press(pilot, *key_names(SCENES[scene]))

        app = BroadsheetApp(sample_corpus, Settings(theme=theme))
        assert snap_compare(app, terminal_size=(120, 40), run_before=play)

    @pytest.mark.parametrize("theme", ["broadsheet-light", "broadsheet-plain"])
    @pytest.mark.usefixtures("no_times")
    def test_page_in_theme(self, snap_compare: Any, sample_corpus: Corpus, theme: str) -> None:
        """The page of a name in another theme."""

        async def play(pilot: Any) -> None:
            await settle(pilot)
            await press(pilot, *key_names(SCENES["page_timeline"]))

        app = BroadsheetApp(sample_corpus, Settings(theme=theme))
        assert snap_compare(app, terminal_size=(120, 40), run_before=play)

    @pytest.mark.parametrize("theme", ["broadsheet-light", "broadsheet-plain"])
    @pytest.mark.usefixtures("no_times")
    def test_timeline_in_theme(self, snap_compare: Any, sample_corpus: Corpus, theme: str) -> None:
        """A narrowed timeline in another theme."""

        async def play(pilot: Any) -> None:
            await settle(pilot)
            await press(pilot, *key_names(SCENES["timeline_narrowed"]))

        app = BroadsheetApp(sample_corpus, Settings(theme=theme))
        assert snap_compare(app, terminal_size=(120, 40), run_before=play)
