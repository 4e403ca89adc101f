"""Which format the index's files have; imports nothing, so that it can be asked before the index is needed."""

FORMAT = 2
"""Of the container (`tui.index.arrays`) and of what is put into it; another number is another program's."""
