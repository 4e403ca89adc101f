"""Drawing a part of a widget now, and nothing but that part."""

from __future__ import annotations

from textual.geometry import Region
from textual.widget import Widget

from tui.terminal.lines import Lines


def draw_at_once(widget: Widget, *regions: Region) -> None:
    """Draw these regions of a widget that nothing lies on; where that can't be done now, leave it to Textual.

    Textual waits for its clock, and draws each line from the left end on: a move along a timeline was 4.5 kB.
    """
    screen, app = widget.screen, widget.app
    place = screen._compositor.visible_widgets.get(widget)
    waits = screen._layout_required or widget._repaint_required or app._batch_count
    if place is None or waits or not screen.is_current:
        widget.refresh(*regions)
        return
    region, clip = place
    widget._styles_cache.set_dirty(*regions)
    placed = []
    for part in regions:
        seen = clip.intersection(part.translate(region.offset))
        strips = widget.render_lines(seen.translate(-region.offset))
        placed += [(seen.x, row, strip) for row, strip in zip(seen.line_range, strips, strict=True)]
    app._display(screen, Lines(placed))
