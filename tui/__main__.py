"""`python -m tui` is the command `broadsheet`."""

from tui.commands import main

if __name__ == "__main__":
    main()
