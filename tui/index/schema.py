"""The fields of the index, as Whoosh knows them.

What changes after an article was taken in (entities, read marks) is never a field: see `tui.index.nodes.ArticleSet`.
The text itself stays in the store.
"""

from __future__ import annotations

from whoosh import analysis, fields, formats

from tui.index.positions import PackedPositions
from tui.index.tokens import NewsAnalyzer

INDEX_NAME = "main"
TITLE_BOOST = 3.0
"""What a word in the title counts against one in the body."""

TEXT_FIELDS = ("title", "body")
"""What a word without a field is looked for in."""


def make_schema() -> fields.Schema:
    """A new schema. It is always made here, never read from an index: see `tui.index.toc`."""
    analyzer = NewsAnalyzer()

    def text() -> fields.FieldType:
        return fields.FieldType(
            format=PackedPositions(), analyzer=analyzer, scorable=True, multitoken_query="phrase"
        )

    source = fields.FieldType(format=formats.Existence(), analyzer=analysis.IDAnalyzer(), scorable=False)
    return fields.Schema(title=text(), body=text(), url=text(), source=source)
