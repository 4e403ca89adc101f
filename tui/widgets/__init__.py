"""What draws: lists, panes, fields and the footer, each by line so that a key touches few cells.

May import Textual, `tui.article`, the values of `tui.index.results` and `tui.corpus.values`, the conditions of
`tui.index.conditions` and `tui.terminal.cells`; holds no domain logic and never asks the corpus: screens hand values
in, messages come out.
Begin reading at `scroll_lines`.
"""
