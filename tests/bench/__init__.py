"""Figures: each module is a command that prints them, none is a timed test.

    python -m tests.bench.corpus N DIR    write a corpus of N articles
    python -m tests.bench.index           articles a second, the second run, sizes
    python -m tests.bench.ingest          articles a minute through the whole ingest, and where the time goes
    python -m tests.bench.start           time to the first useful frame, against a bare app
    python -m tests.bench.keys            key to last byte, and bytes
    python -m tests.bench.timeline        a key in the timeline of a query, and what counting it takes
    python -m tests.bench.memory          the open reader after thirty searches
    python -m tests.bench.search          our search beside FTS5, tantivy, Xapian and Whoosh; indexing; memory
    python -m tests.bench.terms           look-ups, near misses, wildcards and merging in a million words
    python -m tests.bench.reprints        reprints and boilerplate: precision, recall, articles a second, memory
    python -m tests.bench.quality FOLDER  the order of hits, against people's judgement

All but the last four drive the real program through `tests.terminal.driver`. What they generate is kept in a cache
folder, so that the second run of a command starts at once.
"""
