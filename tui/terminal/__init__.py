"""What is known about the terminal: the width of text in cells, the clipboard, what the connection allows.

May import nothing of the domain but `tui.harmless`. Begin reading at `cells`.
"""
