"""What is on the terminal: screens compose widgets, hand them values, and ask the corpus in workers.

Hold no domain logic. Begin reading at `reader`, the screen on which everything happens.
"""
