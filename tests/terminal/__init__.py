"""The real program on a real pseudo-terminal: what a person sees, and what it costs to show it.

`driver` runs a program as a terminal would, `emulator` understands what it writes;
`test_driver.py` shows how.
"""
