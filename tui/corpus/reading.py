"""What is done to one file, here or in a worker process: bytes → article → language → names → record.

Nothing in here knows the store. The heavy parts (decoders, the language model, the recogniser) are imported with
the first file that needs them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.article import Article, Mention
from tui.corpus.moved import file_hash
from tui.corpus.packing import Packing
from tui.corpus.record import Record, record_of

if TYPE_CHECKING:
    from tui.entities.choice import Choices


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read."""

    path: str
    """As the file system spells it (surrogates for bytes that are not text)."""
    size: int
    known: bytes | None
    """The hash of the content that the store has of it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file with an article."""

    digest: bytes
    record: Record
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """A file whose content is as the store has it."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A file without an article."""

    digest: bytes | None
    """None where the content couldn't be read."""
    reason: str
    passing: bool
    """Whether the next run may fare better with the same file: the system didn't hand it over."""


Read = Taken | Same | NotTaken


def prepare(choices: Choices) -> None:
    """Load what nearly every file needs, so that the first one doesn't seem slow."""

    recognised(
        Article(
            "Nobody of that name in Geneva", ("The talks with Joe Biden were put off, and that was it.",)
        ),
        Packing(),
        choices,
    )


def read_file(task: Task, packing: Packing, choices: Choices) -> Read:
    """Read one file, its text packed so, its names found by whom the reader chose.

    Whatever is wrong with it is an answer, not an exception.
    """
    from tui.sources.reading import article_from_bytes, read_bytes
    from tui.sources.refusal import NotAnArticle, Unreadable

    digest = None
    path = Path(task.path)
    try:
        data = read_bytes(path)
        digest = file_hash(data)
        if digest == task.known:
            return Same()
        reading = article_from_bytes(data, path.name)
        return Taken(digest, recognised(reading.article, packing, choices), reading.warnings)
    except Unreadable as error:
        return NotTaken(digest, error.reason, passing=True)
    except NotAnArticle as error:
        return NotTaken(digest, error.reason, passing=False)
    except OSError as error:
        return NotTaken(digest, error.strerror or str(error), passing=True)
    except MemoryError:
        return NotTaken(digest, "more than the memory holds", passing=True)
    except Exception as error:
        # One file out of a million that a parser trips over must not stop the run. The next version of the program
        # may read it, so the next run tries again.
        return NotTaken(digest, f"could not be understood ({type(error).__name__}: {error})", passing=True)


def recognised(article: Article, packing: Packing, choices: Choices) -> Record:
    """The record of an article, its language detected, its names recognised, its quotes found."""
    from tui.entities import recognise_article
    from tui.entities.choice import recogniser_for
    from tui.entities.quotes import find_quotes
    from tui.sources.language import detect_language

    if article.language is None:
        article = replace(article, language=detect_language("\n".join((article.title, *article.paragraphs))))
    mentions = recognise_article(article, recogniser_for(choices))
    named = [Mention(m.paragraph, m.start, m.end, m.text, m.type) for m in mentions]
    return record_of(article, mentions, packing, find_quotes(article, named))
