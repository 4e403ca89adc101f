"""Reports of invented events, for tests: as many as wanted, told apart by their words."""

from __future__ import annotations

from random import Random

from tests.bench.words import word
from tui.article import Article
from tui.stories.features import FeatureMaker, Features

_COMMON = "the of a to in and that was for it with said on by from at as has had would".split()


def report(event: int, number: int, words: int = 120) -> Article:
    """The report of that number of an event: a third of its words are those of the event."""
    random = Random(event * 1_009 + number)
    own = [word(5_000 + 40 * event + index) for index in range(18)]

    def text(length: int) -> str:
        chosen = []
        for _ in range(length):
            kind = random.random()
            if kind < 0.35:
                chosen.append(random.choice(own))
            elif kind < 0.7:
                chosen.append(random.choice(_COMMON))
            else:
                chosen.append(word(int(4_000 * random.random() ** 2)))
        return " ".join(chosen).capitalize()

    paragraphs = tuple(text(30) + "." for _ in range(max(1, words // 30)))
    return Article(text(7), paragraphs, language="en")


def reports(events: int, each: int) -> tuple[list[Features], list[int]]:
    """What so many reports of so many events are known by, and the event of each."""
    maker = FeatureMaker()
    made = [
        (event, maker.features(report(event, number))) for number in range(each) for event in range(events)
    ]
    return [features for _, features in made], [event for event, _ in made]
