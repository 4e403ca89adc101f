"""Who could have told what: when a statement was first told, and whether a source had published all it did before."""

from __future__ import annotations

from collections.abc import Mapping

from tui.article import ArticleId
from tui.stories.values import Matrix, Statement
from tui.widgets.report_rows import Report, moment_of

Reports = Mapping[ArticleId, Report | None]


def first_report(statement: Statement, reports: Reports) -> Report | None:
    """The report that had a statement first; None where that is not known."""
    telling = statement.tellings[statement.first] if statement.first is not None else None
    return reports.get(telling.article) if telling is not None else None


def own_reports(matrix: Matrix, column: int, reports: Reports) -> list[Report]:
    """What a source published, in time, as far as it is known."""
    return [report for id in matrix.columns[column].articles if (report := reports.get(id)) is not None]


def is_before(matrix: Matrix, statement: Statement, column: int, reports: Reports) -> bool:
    """Whether all that a source published came out before anybody told a statement: it leaves nothing out."""
    own = own_reports(matrix, column, reports)
    if not own or statement.day is None:
        return False
    if all(report.date is not None and report.date < statement.day for report in own):
        return True
    first = first_report(statement, reports)
    began = moment_of(first) if first is not None else None
    moments = [moment_of(report) for report in own]
    return began is not None and all(moment is not None and moment < began for moment in moments)
