"""The one place where values get their form in JSON; `schemas/<command>.schema.json` describes each.

Field names are a contract with the programs that read them: more may be added, none renamed. Unknown is
`null`. Offsets are Unicode code points, `[start, end)`.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui.article import Article, ArticleId, Figure, Mention, Quote

if TYPE_CHECKING:
    from tui.corpus import Entity, Failure, Finding, IndexReport
    from tui.corpus.bins import Bin
    from tui.corpus.values import Timeline
    from tui.entities import RawMention
    from tui.index.periods import Unit
    from tui.index.results import Facets, Hit, Results
    from tui.stories.values import Comparison, Matrix, Sentence, Side, Story, StoryId

Json = dict[str, Any]


def search(results: Results, hits: Iterable[Hit], *, facets: bool) -> Json:
    """A search's answer: this page of its hits, of the query as it was given."""
    return {
        "query": results.query,
        "total": results.total,
        "took_ms": round(results.took_ms, 3),
        "corrected": results.corrected,
        "notes": list(results.notes),
        "hits": [hit(found) for found in hits],
        "facets": search_facets(results.facets()) if facets else None,
    }


def hit(found: Hit) -> Json:
    """One article that a query found."""
    return {
        "id": found.id,
        "title": found.title,
        "date": day(found.date),
        "source": found.source,
        "url": found.url,
        "score": None if found.score is None else float(found.score),
        "snippet": found.snippet,
        "matches": [list(match) for match in found.matches],
    }


def search_facets(facets: Facets) -> Json:
    """How the hits divide; each value with its number of articles."""
    return {
        field.name: [[value, int(count)] for value, count in getattr(facets, field.name)]
        for field in dataclasses.fields(facets)
    }


def article(
    id: ArticleId | None,
    shown: Article,
    mentions: Sequence[Mention],
    figures: Sequence[Figure],
    quotes: Sequence[Quote],
    *,
    order: Sequence[int] | None,
    boilerplate: Iterable[int] | None,
    story: StoryId | None,
) -> Json:
    """An article with everything that is known of its text; `id` is None for a file outside the corpus.

    `order` is None where nobody can tell it.
    """
    return {
        "id": id,
        "title": shown.title,
        "date": day(shown.date),
        "published": None if shown.published is None else shown.published.isoformat(),
        "source": shown.source,
        "author": shown.author,
        "url": shown.url,
        "language": shown.language,
        "paragraphs": list(shown.paragraphs),
        "suggested_order": None if order is None else list(order),
        "boilerplate": None if boilerplate is None else sorted(boilerplate),
        "mentions": [mention(named) for named in mentions],
        "figures": [figure(said) for said in figures],
        "quotes": [quote(said) for said in quotes],
        "story": story,
    }


def mention(named: Mention) -> Json:
    """A mention in an article; `paragraph` -1 is the title."""
    return {
        "paragraph": named.paragraph,
        "start": named.start,
        "end": named.end,
        "text": named.text,
        "type": named.type,
        "entity": named.entity,
    }


def figure(said: Figure) -> Json:
    """A number, amount or date in an article; `value` is one for all ways to write it."""
    return {
        "paragraph": said.paragraph,
        "start": said.start,
        "end": said.end,
        "text": said.text,
        "kind": said.kind,
        "value": said.value,
    }


def quote(said: Quote) -> Json:
    """What somebody said in an article; `speaker` as the text names them, and the entity that it is."""
    return {
        "paragraph": said.paragraph,
        "start": said.start,
        "end": said.end,
        "direct": said.direct,
        "speaker": None if said.speaker is None else said.speaker.text,
        "entity": None if said.speaker is None else said.speaker.entity,
    }


def entity(named: Entity) -> Json:
    """Who or what the corpus names."""
    return {
        "id": named.id,
        "name": named.name,
        "type": named.type,
        "aliases": list(named.aliases),
        "articles": named.articles,
        "mentions": named.mentions,
    }


def timeline(results: Results, found: Timeline, unit: Unit, bins: Iterable[Bin]) -> Json:
    """When a search's hits are from; of `bins` those that have articles."""
    from tui.corpus.bins import DayCounts

    counts = DayCounts(found) if found.days else None
    return {
        "query": results.query,
        "by": unit,
        "total": results.total,
        "undated": found.undated,
        "bins": [
            {"first": day(bin.first), "last": day(bin.last), "articles": bin.articles, "burst": bin.burst}
            for bin in bins
        ],
        "bursts": [
            {
                "first": day(burst.first),
                "last": day(burst.last),
                "articles": counts.between(burst.first.toordinal(), burst.last.toordinal()) if counts else 0,
            }
            for burst in found.bursts
        ],
        "notes": list(results.notes),
    }


def comparison(left: Side, right: Side, found: Comparison) -> Json:
    """Two articles, sentence by sentence; indices count in each side's `sentences`."""
    return {
        "left": _compared(left, found.left),
        "right": _compared(right, found.right),
        "pairs": [
            {
                "left": pair.left,
                "right": pair.right,
                "kind": pair.kind,
                "score": float(pair.score),
                "differences": [
                    {"kind": one.kind, "left": one.left, "right": one.right} for one in pair.differences
                ],
            }
            for pair in found.pairs
        ],
        "only_left": list(found.only_left),
        "only_right": list(found.only_right),
        "shared": round(found.shared, 4),
        "note": found.note,
    }


def _compared(side: Side, sentences: Sequence[Sentence]) -> Json:
    return {
        "id": side.id,
        "title": side.article.title,
        "sentences": [_sentence(one) for one in sentences],
    }


def story(told: Story) -> Json:
    """Articles about one event; `articles` in time, in each group of `reprints` the fullest version first."""
    return {
        "id": told.id,
        "title": told.title,
        "first": day(told.first),
        "last": day(told.last),
        "articles": list(told.articles),
        "sources": told.sources,
        "reprints": [list(group) for group in told.reprints],
        "earlier": list(told.earlier),
        "later": list(told.later),
    }


def coverage(told: Story, matrix: Matrix) -> Json:
    """Who told what of a story; `tellings` are aligned with `columns`, null where a source leaves a statement out."""
    return {
        "story": told.id,
        "title": told.title,
        "reports": matrix.articles,
        "note": matrix.note,
        "columns": [
            {
                "source": column.source,
                "articles": list(column.articles),
                "first": day(column.first),
                "published": None if column.published is None else column.published.isoformat(),
            }
            for column in matrix.columns
        ],
        "statements": [
            {
                "article": statement.article,
                **_sentence(statement.sentence),
                "carried": statement.carried,
                "first": statement.first,
                "day": day(statement.day),
                "tellings": [
                    None
                    if telling is None
                    else {"article": telling.article, "kind": telling.kind, **_sentence(telling.sentence)}
                    for telling in statement.tellings
                ],
            }
            for statement in matrix.statements
        ],
    }


def _sentence(one: Sentence) -> Json:
    return {"paragraph": one.paragraph, "start": one.start, "end": one.end, "text": one.text}


def recognition(id: object, mentions: Iterable[RawMention]) -> Json:
    """The names in one text, under the id that the text came with."""
    return {
        "id": id,
        "mentions": [
            {"start": found.start, "end": found.end, "text": found.text, "type": found.type}
            for found in mentions
        ],
    }


def recognition_error(id: object, reason: str) -> Json:
    """The answer to a line that no text could be read from."""
    return {"id": id, "error": reason}


def index_report(report: IndexReport) -> Json:
    """What an indexing run did."""
    return {
        "read": report.read,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "failed": path_reasons(report.failed),
        "warnings": path_reasons(report.warnings),
        "seconds": round(report.seconds, 3),
    }


def doctor(
    findings: Iterable[Finding],
    versions: Mapping[str, str | None],
    terminal: Mapping[str, str | int | bool | None],
    directories: Mapping[str, str],
) -> Json:
    """What the doctor found, and what the program runs in."""
    return {
        "findings": [
            {"subject": finding.subject, "state": finding.state, "message": finding.message}
            for finding in findings
        ],
        "versions": dict(versions),
        "terminal": dict(terminal),
        "directories": dict(directories),
    }


def path_reasons(failures: Iterable[Failure]) -> list[Json]:
    """Files, each with what is wrong with it."""
    return [{"path": failure.path, "reason": failure.reason} for failure in failures]


def day(date: datetime.date | None) -> str | None:
    """`YYYY-MM-DD`."""
    return None if date is None else date.isoformat()
