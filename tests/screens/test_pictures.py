"""The README's pictures show the program as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.pictures import PICTURES, WANTED, draw


@pytest.mark.parametrize(("scene", "size", "theme"), WANTED, ids=lambda value: str(value))
@pytest.mark.usefixtures("sample_home")
async def test_the_picture_is_current(scene: str, size: tuple[int, int], theme: str, tmp_path: Path) -> None:
    """Where this fails after a wanted change: `python -m tests.screens.pictures`."""
    drawn = await draw(scene, size, theme, tmp_path)
    kept = PICTURES / drawn.name
    assert drawn.read_text(encoding="utf-8") == kept.read_text(encoding="utf-8")


def test_the_readme_shows_pictures_that_there_are() -> None:
    import re

    root = PICTURES.parents[2]
    shown = re.findall(r"!\[[^]]*\]\(([^)]+)\)", (root / "README.md").read_text(encoding="utf-8"))
    assert shown
    for path in shown:
        assert (root / path).is_file(), path
