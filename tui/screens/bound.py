"""The bindings of a screen, made from the key table."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.keys import Place, commands_at


def bindings(place: Place, action: str = "{}") -> list[BindingType]:
    """The bindings of the commands at a place.

    Args:
        place: where the commands are bound.
        action: the action's name, `{}` standing for the command's.

    They belong on the last class of a screen: Textual merges a class's bindings anew for each that inherits it, and
    a dozen widgets with nine bindings each were felt at the start.
    """
    return [
        Binding(
            ",".join(command.keys),
            action.format(command.name),
            command.help,
            show=False,
            id=command.name,
            priority=command.urgent,
        )
        for command in commands_at(place)
    ]
