"""The index: how articles are found. It can always be made again from the store, so nothing in it is the truth.

Begin at `search.Index`, which everybody else holds, and follow a query: `parser` (text to a tree of Whoosh's nodes
and ours, `nodes`), `evaluate` over `gather` over `snapshot` (tree to documents and scores, as arrays), `facets`,
`snippets` and `marks`. The other way, `writer.IndexWriter` takes articles through `tokens` and `stems` into `build`'s
arrays, which `arrays` keeps in a file, and `toc` names in one commit. `codec` shows those segments to Whoosh's own
reader and searcher, against which the tests hold the evaluator. `articles` is all that passes between index and store.

Imports nothing of the store, and nothing that draws; `results` and `articles` are values alone and import no NumPy.
"""
