"""Which recogniser an indexing run uses, and whether what the store has was made by it.

A recogniser that can't be used must not cost what a better one found before: then nothing is recognised anew, what is
new is read by what ships, and the store remembers that, so that the run after it was mended does all anew.
"""

from __future__ import annotations

from collections.abc import Callable

from tui.entities.choice import Choices, RecogniserMissing, Setting, read_setting, recogniser_name, usable

_PARTLY = "partly"
"""Before the name of a recogniser that did not make all the mentions of a store."""
_ANEW = "The recogniser is another one than before: all articles are read again"


class Recognition:
    """The choice of one run.

    Args:
        setting: What the reader chose.
        substitute: Whether what ships goes on where a model or package is missing; else that is an error.
        say: Told in one line what is to be known of it.
    """

    def __init__(self, setting: Setting | Choices, substitute: bool, say: Callable[[str], None]) -> None:
        self._wanted = read_setting(setting)
        self._substitute = substitute
        self._say = say
        self._said: set[str] = set()
        self._loaded: Choices | None = None
        self._in_place = False

    def begins_anew(self, stored: object) -> bool:
        """Whether all has to be recognised anew.

        Args:
            stored: What the store remembers of who made its mentions; None where it has none yet.

        Raises:
            RecogniserMissing: A model or package is not there.
        """
        try:
            name = recogniser_name(self._wanted)
        except RecogniserMissing:
            self.load()
            return False
        if stored in (None, name):
            return False
        self.load()
        if self._in_place:
            return False
        self._say_once(_ANEW)
        return True

    def load(self) -> Choices:
        """What reads: what was chosen, or what goes on in its place.

        Raises:
            RecogniserMissing: A model or package is not there.
        """
        if self._loaded is None:
            self._loaded, problems = usable(self._wanted, missing_too=self._substitute)
            self._in_place = bool(problems)
            for problem in problems:
                self._say_once(problem)
        return self._loaded

    def while_reading(self, stored: object) -> str:
        """What the store is to remember until the run is done: that no one recogniser made all that it has."""
        name = self.afterwards()
        return name if stored in (None, name) else f"{_PARTLY} {name}"

    def afterwards(self) -> str:
        """What the store is to remember of who read."""
        name = recogniser_name(self.load())
        return f"{_PARTLY} {name}" if self._in_place else name

    def _say_once(self, line: str) -> None:
        if line not in self._said:
            self._said.add(line)
            self._say(line)
