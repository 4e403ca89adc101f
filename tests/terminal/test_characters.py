"""Which characters a locale has."""

from __future__ import annotations

import pytest

from tui.terminal.characters import shows_blocks


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        ({}, True),
        ({"LANG": "C"}, False),
        ({"LANG": "POSIX"}, False),
        ({"LANG": "C.UTF-8"}, True),
        ({"LANG": "en_GB.utf8"}, True),
        ({"LANG": "de_DE.ISO-8859-1"}, False),
        ({"LANG": "de_DE.UTF-8@euro"}, True),
        ({"LANG": "de_DE"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "C.UTF-8", "LC_ALL": ""}, True),
    ],
)
def test_the_first_variable_that_is_set_decides(environment: dict[str, str], shown: bool) -> None:
    assert shows_blocks(environment) is shown
