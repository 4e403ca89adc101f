"""What is new in the folders is taken up beside the reader."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.corpus.conftest import Folder
from tests.corpus.events import write_events, write_report
from tui.corpus import Corpus, index_corpus
from tui.screens.refresh import Refresh, Refreshed


@pytest.mark.usefixtures("clean_home")
def test_new_articles_can_be_found_before_their_stories_are(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "articles")
    write_events(folder, 3, 2)
    index_corpus([folder.path])
    for event in range(3):
        write_report(folder, event, 2, day=event)
    with Corpus.open(folder.path) as corpus:
        told: list[tuple[Refreshed, int]] = []
        asyncio.run(
            Refresh(corpus, lambda refreshed: told.append((refreshed, corpus.search("").total))).run()
        )
        changed = [(refreshed.busy.split(" ")[0], found) for refreshed, found in told if refreshed.changed]
        assert changed == [("finding", 9), ("", 9)]
        assert told[-2][0].said == "taken up from the folder: 3 added"
        assert [len(story.articles) for story in corpus.stories()] == [3, 3, 3]
        told.clear()
        asyncio.run(
            Refresh(corpus, lambda refreshed: told.append((refreshed, corpus.search("").total))).run()
        )
        assert not any(refreshed.changed or refreshed.said for refreshed, _ in told)
