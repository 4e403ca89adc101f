"""Draw the README's pictures from the sample data: `python -m tests.screens.pictures`."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path
from unittest import mock

from tests.screens.scenes import SCENES, key_names

PICTURES = Path(__file__).with_name("pictures")
WANTED = (
    ("greeting", (120, 34), "broadsheet-dark"),
    ("article", (120, 34), "broadsheet-dark"),
    ("beside", (120, 34), "broadsheet-dark"),
    ("entities", (120, 34), "broadsheet-light"),
    ("page", (120, 34), "broadsheet-dark"),
    ("compare", (120, 34), "broadsheet-dark"),
    ("coverage", (120, 34), "broadsheet-dark"),
)


async def draw(scene: str, size: tuple[int, int], theme: str, folder: Path) -> Path:
    """Draw one scene to an SVG file."""
    from tests.screens.driving import press, reading
    from tui.corpus import Corpus, sample_data_path
    from tui.settings import Settings

    # The one thing on a screen that differs from run to run.
    without_times = mock.patch("tui.screens.searching.milliseconds", lambda results: "1 ms")
    with without_times, Corpus.open(sample_data_path()) as corpus:
        async with reading(corpus, size=size, settings=Settings(theme=theme)) as (screen, pilot):
            await press(pilot, *key_names(SCENES[scene]))
            path = folder / f"{scene}.svg"
            path.write_text(screen.app.export_screenshot(title="broadsheet"), encoding="utf-8")
            return path


def main() -> None:
    """Draw them all, on the sample data indexed afresh."""
    from tui.corpus import index_corpus, sample_data_path

    PICTURES.mkdir(exist_ok=True)
    # A terminal with all its colours, whatever the one is that this is started from.
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    os.environ.pop("NO_COLOR", None)
    with tempfile.TemporaryDirectory() as folder:
        for scene, size, theme in WANTED:
            # A home of its own for each: what one scene reads is not read in the next.
            os.environ["BROADSHEET_DATA_DIR"] = str(Path(folder) / scene)
            index_corpus([sample_data_path()], jobs=1, recogniser="rules")
            print(asyncio.run(draw(scene, size, theme, PICTURES)))


if __name__ == "__main__":
    main()
