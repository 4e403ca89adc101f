"""Styles worked out once: Textual forgets them at every repaint, and they were a third of the time that a list took."""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget


class KnownStyles(Widget):
    """A widget whose colours change with its theme and its style sheet only.

    Beside another kind of widget it stands second among the bases: Textual takes the style sheet of the first alone.
    """

    _known_styles: dict[tuple[tuple[str, ...], bool], Style] | None = None

    def notify_style_update(self) -> None:
        """Other colours."""
        super().notify_style_update()
        self._known_styles = None

    def get_component_rich_style(
        self, *names: str, partial: bool = False, default: Style | None = None
    ) -> Style:
        """As Textual's."""
        if self._known_styles is None:
            self._known_styles = {}
        style = self._known_styles.get((names, partial))
        if style is None:
            style = super().get_component_rich_style(*names, partial=partial, default=default)
            self._known_styles[names, partial] = style
        return style

    @property
    def rich_style(self) -> Style:
        """As Textual's."""
        if self._known_styles is None:
            self._known_styles = {}
        style = self._known_styles.get(((), False))
        if style is None:
            style = self._known_styles[(), False] = super().rich_style
        return style
