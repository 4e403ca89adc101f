"""Broadsheet: read, search and set side by side a corpus of news articles, in a terminal.

Data flows one way: `sources` → `article` → `corpus` (store) → `index` → query → `screens` and `commands`.
Begin reading at `tui.article` (the value that flows), then `tui.corpus` (the object that everyone holds).
"""

__version__ = "0.1.0"
