"""Stories as they come: each article joins the story it is most like, or begins one, in a single pass.

After Allan, Papka & Lavrenko 1998, "On-line new event detection and tracking": a story is the sum of its articles'
term weights; candidates come from an inverted index of each story's chief terms, a posting list a term and week, so
that articles may come in any order of their days. What it costs does not grow with how many articles a story has.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from tui.stories.features import Features
from tui.stories.vectors import VERY_ALIKE, WINDOW, Frequencies, Weights, nearness, term_weights

ALIKE: Final = 0.21
"""Likeness, days counted in, from which an article joins a story. Chosen on data: see `tests.bench.stories`."""

MOST_OPEN: Final = 16_384
"""Stories in memory; beyond, those that nothing joined for longest are forgotten, an eighth at once."""

_FORMAT = 1
_WIDTH = 96
"""Terms of a story that are kept."""
_CHIEF = 24
"""Terms of a story or an article that candidates are found by."""
_CANDIDATES = 16
_CHIEF_ANY_WEEK = 8
"""And by those of any week: fewer, for only articles without a date look there."""
_LONGEST_POSTING = 512
_MOST_DAYS = 64
_WEEK = 7
_DAMAGE = (
    ValueError, LookupError, OSError, EOFError, TypeError, AttributeError, StopIteration, MemoryError,
    NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What reading bytes that are no state, or not any more, may end in."""
_ANY_WEEK, _UNDATED = -(1 << 20), -(1 << 20) - 1
"""In place of a week: all stories with a date, for articles without one; stories without a date."""


class OpenStory(NamedTuple):
    """A story as the online pass knows it. Arrays are aligned."""

    key: int
    terms: npt.NDArray[np.uint32]
    """Distinct, ascending."""
    sums: Weights
    """Each term's weight, summed over the articles."""
    articles: int
    days: tuple[int, ...]
    """On which there were articles, ascending, the latest `_MOST_DAYS`; empty where none has a date."""


def open_story(key: int, articles: Sequence[Features], days: Sequence[int | None]) -> OpenStory:
    """A story made of these articles, for `OnlineStories.reopen`."""
    if not articles:
        return OpenStory(key, np.zeros(0, np.uint32), np.zeros(0, np.float32), 0, ())
    terms, places = np.unique(np.concatenate([one.terms for one in articles]), return_inverse=True)
    sums = np.bincount(places, np.concatenate([term_weights(one) for one in articles]), len(terms))
    known = sorted({day for day in days if day is not None})
    return OpenStory(key, terms, sums.astype(np.float32), len(articles), tuple(known[-_MOST_DAYS:]))


class _Story:
    """Where a story lies in the pool, and what else is known of it."""

    __slots__ = ("articles", "days", "key", "posted", "slot", "touched")

    def __init__(self, key: int, slot: int) -> None:
        self.key = key
        self.slot = slot
        self.articles = 0
        self.days: list[int] = []
        self.touched = 0
        self.posted: set[int] = set()


class OnlineStories:
    """The stories that articles may still join. Not to be shared between threads."""

    def __init__(self, first_key: int = 0) -> None:
        """Args:
        first_key: The key of the first story that will be begun; each later one is 1 greater.
        """
        self._next_key = first_key
        self._turn = 0
        self.frequencies = Frequencies()
        """How common terms are among all that was ever added: a re-clustering needs it as well."""
        self._stories: dict[int, _Story] = {}
        self._free: list[int] = []
        self._terms = np.zeros((0, _WIDTH), np.uint32)
        self._sums = np.zeros((0, _WIDTH), np.float32)
        self._postings: defaultdict[int, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        """How many stories articles may join."""
        return len(self._stories)

    def add(self, features: Features, day: int | None) -> int:
        """The key of the story that an article belongs to.

        Args:
            features: What it is known by.
            day: Its date's `toordinal()`; any, in any order; None where it has no date.
        """
        return self.add_all([(features, day)])[0]

    def add_all(self, articles: Sequence[tuple[Features, int | None]]) -> list[int]:
        """The key of each article's story, in order. How frequent terms are is learnt from all of them first."""
        for features, _ in articles:
            self.frequencies.learn(features.terms)
        return [self._add(features, day) for features, day in articles]

    def story(self, key: int) -> OpenStory | None:
        """A story as it stands; None where it is not in memory."""
        found = self._stories.get(key)
        if found is None:
            return None
        sums = self._sums[found.slot]
        used = sums > 0
        return OpenStory(key, self._terms[found.slot][used], sums[used], found.articles, tuple(found.days))

    def reopen(self, story: OpenStory) -> None:
        """Take a story that was forgotten, or that something else made, so that articles may join it."""
        self.forget([story.key])
        found = self._begin(story.key)
        self._keep(found, story.terms, story.sums)
        found.articles = story.articles
        found.days = sorted(story.days)[-_MOST_DAYS:]
        self._next_key = max(self._next_key, story.key + 1)
        self._touch(found)
        for week in _weeks_of(found.days):
            self._post(found, week)
        self._make_room()

    def forget(self, keys: Iterable[int]) -> None:
        """Let go of stories; keys that are not in memory are passed over."""
        for key in keys:
            story = self._stories.pop(key, None)
            if story is None:
                continue
            self._sums[story.slot] = 0
            self._free.append(story.slot)
            for posting in story.posted:
                listed = self._postings[posting]
                listed.remove(key)
                if not listed:
                    del self._postings[posting]

    def _add(self, features: Features, day: int | None) -> int:
        self._turn += 1
        weights = term_weights(features)
        story = self._most_alike(features.terms, weights, day) if len(features.terms) else None
        if story is None:
            story = self._begin(self._next_key)
            self._next_key += 1
        self._join(story, features.terms, weights, day)
        self._make_room()
        return story.key

    def _most_alike(self, terms: npt.NDArray[np.uint32], weights: Weights, day: int | None) -> _Story | None:
        idfs = self.frequencies.idf(terms)
        vector = weights * idfs
        found = [self._stories[key] for key in self._candidates(terms, vector, day)]
        if not found:
            return None
        slots = np.array([story.slot for story in found])
        theirs = self._sums[slots]
        their_terms = self._terms[slots]
        their_vectors = theirs * self.frequencies.idf(their_terms.ravel()).reshape(theirs.shape)
        places = np.minimum(np.searchsorted(terms, their_terms), len(terms) - 1)
        shared = np.where(terms[places] == their_terms, vector[places], 0)
        lengths = np.linalg.norm(their_vectors, axis=1) * np.linalg.norm(vector)
        alike = np.einsum("ij,ij->i", shared, their_vectors) / np.maximum(lengths, 1e-12)
        best = int(
            np.argmax(np.array([_counted(one, story, day) for one, story in zip(alike, found, strict=True)]))
        )
        return found[best] if _counted(alike[best], found[best], day) >= ALIKE else None

    def _candidates(self, terms: npt.NDArray[np.uint32], vector: Weights, day: int | None) -> list[int]:
        """The keys of the stories that share most of the article's chief terms, the likeliest first."""
        scores: dict[int, float] = {}
        weeks = _weeks_around(day)
        for place in np.argsort(-vector, kind="stable")[:_CHIEF].tolist():
            term, weight = int(terms[place]), float(vector[place])
            for week in weeks:
                listed = self._postings.get(_posting(term, week), ())
                if len(listed) > _LONGEST_POSTING:
                    continue
                for key in listed:
                    scores[key] = scores.get(key, 0.0) + weight
        return sorted(scores, key=lambda key: (-scores[key], key))[:_CANDIDATES]

    def _begin(self, key: int) -> _Story:
        if not self._free:
            size = len(self._terms)
            grown = max(256, size // 2)
            self._terms = np.concatenate([self._terms, np.zeros((grown, _WIDTH), np.uint32)])
            self._sums = np.concatenate([self._sums, np.zeros((grown, _WIDTH), np.float32)])
            self._free = list(range(size + grown - 1, size - 1, -1))
        story = self._stories[key] = _Story(key, self._free.pop())
        return story

    def _join(self, story: _Story, terms: npt.NDArray[np.uint32], weights: Weights, day: int | None) -> None:
        if story.articles:
            used = self._sums[story.slot] > 0
            terms, places = np.unique(
                np.concatenate([self._terms[story.slot][used], terms]), return_inverse=True
            )
            weights = np.bincount(
                places, np.concatenate([self._sums[story.slot][used], weights]), len(terms)
            ).astype(np.float32)
        self._keep(story, terms, weights)
        story.articles += 1
        new_day = day is not None and day not in story.days
        if day is not None and new_day:
            story.days = sorted([*story.days, day])[-_MOST_DAYS:]
        self._touch(story)
        if new_day or story.articles & (story.articles - 1) == 0:
            for week in _weeks_of([day] if day is not None else story.days):
                self._post(story, week)

    def _keep(self, story: _Story, terms: npt.NDArray[np.uint32], weights: Weights) -> None:
        if len(terms) > _WIDTH:
            worth = weights * self.frequencies.idf(terms)
            chosen = np.sort(np.argsort(-worth, kind="stable")[:_WIDTH])
            terms, weights = terms[chosen], weights[chosen]
        self._terms[story.slot, : len(terms)] = terms
        self._terms[story.slot, len(terms) :] = 0
        self._sums[story.slot, : len(terms)] = weights
        self._sums[story.slot, len(terms) :] = 0

    def _post(self, story: _Story, week: int) -> None:
        sums = self._sums[story.slot]
        terms = self._terms[story.slot][sums > 0]
        chief = np.argsort(-sums[sums > 0] * self.frequencies.idf(terms), kind="stable")
        chief = chief[: _CHIEF_ANY_WEEK if week == _ANY_WEEK else _CHIEF]
        for term in terms[chief].tolist():
            posting = _posting(term, week)
            if posting not in story.posted:
                story.posted.add(posting)
                self._postings[posting].append(story.key)

    def _touch(self, story: _Story) -> None:
        story.touched = self._turn

    def _make_room(self) -> None:
        if len(self._stories) > MOST_OPEN:
            oldest = sorted(self._stories.values(), key=lambda story: (story.touched, story.key))
            self.forget([story.key for story in oldest[: MOST_OPEN // 8]])

    def state(self) -> bytes:
        """All of it as bytes, to go on from in another run."""
        stories = sorted(self._stories.values(), key=lambda story: story.key)
        slots = np.array([story.slot for story in stories], np.int64)
        posted = [sorted(story.posted) for story in stories]
        articles, places, counts = self.frequencies.kept()
        arrays: dict[str, Any] = {
            "numbers": np.array([_FORMAT, self._next_key, self._turn, articles], np.int64),
            "places": places,
            "counts": counts,
            "stories": np.array(
                [
                    (story.key, story.articles, story.touched, len(story.days), len(story.posted))
                    for story in stories
                ],
                np.int64,
            ).reshape(-1, 5),
            "terms": self._terms[slots],
            "sums": self._sums[slots],
            "days": np.array([day for story in stories for day in story.days], np.int64),
            "posted": np.array([one for some in posted for one in some], np.int64),
        }
        written = io.BytesIO()
        np.savez_compressed(written, **arrays)
        return written.getvalue()

    @classmethod
    def from_state(cls, data: bytes) -> OnlineStories:
        """What `state` made bytes of; it goes on as the original would.

        Raises:
            ValueError: These are no such bytes, or those of another release.
        """
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                return cls._from_arrays({name: arrays[name] for name in arrays.files})
        except _DAMAGE as error:
            raise ValueError("not the state of stories, or damaged, or of another release") from error

    @classmethod
    def _from_arrays(cls, arrays: dict[str, Any]) -> OnlineStories:
        version, next_key, turn, articles = arrays["numbers"].tolist()
        if version != _FORMAT:
            raise ValueError(f"format {version}")
        made = cls(next_key)
        made._turn = turn
        made.frequencies = Frequencies.again(articles, arrays["places"], arrays["counts"])
        rows = arrays["stories"].tolist()
        made._terms, made._sums = arrays["terms"], arrays["sums"]
        days, posted = iter(arrays["days"].tolist()), iter(arrays["posted"].tolist())
        for slot, (key, members, touched, day_count, posting_count) in enumerate(rows):
            story = made._stories[key] = _Story(key, slot)
            story.articles, story.touched = members, touched
            story.days = [next(days) for _ in range(day_count)]
            for _ in range(posting_count):
                posting = next(posted)
                story.posted.add(posting)
                made._postings[posting].append(key)
        return made


def _counted(alike: float, story: _Story, day: int | None) -> float:
    """Likeness with the days between counted in."""
    if day is None or not story.days:
        return alike if alike >= VERY_ALIKE else 0.0
    apart = min(abs(day - one) for one in story.days)
    return alike * float(nearness(np.array([apart], float))[0])


def _posting(term: int, week: int) -> int:
    """The key of a posting list; one number, for there are a million of them."""
    return week << 32 | term


def _weeks_of(days: Sequence[int]) -> list[int]:
    """Under which weeks a story with these days is listed."""
    return [*sorted({day // _WEEK for day in days}), _ANY_WEEK] if days else [_UNDATED]


def _weeks_around(day: int | None) -> list[int]:
    """Under which weeks the stories that an article of this day may join are listed."""
    if day is None:
        return [_ANY_WEEK, _UNDATED]
    return [*range((day - WINDOW) // _WEEK, (day + WINDOW) // _WEEK + 1), _UNDATED]
