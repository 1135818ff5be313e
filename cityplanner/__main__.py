"""Where everything starts: the command line, with the window passed in so that nothing else loads Qt."""

from __future__ import annotations

import sys
from pathlib import Path


def open_window(plan: Path | None) -> int:
    """Show the window on a plan, or on the default one; raises `UserError` where no window can open."""
    from cityplanner.base.collecting import hold, let_go
    from cityplanner.cli import display  # as below

    hold()  # until the first frame is painted: of what is being loaded nothing can go
    display.require_window()
    try:
        from cityplanner.ui.app import run as show  # Qt is loaded only when a window is wanted
    except ImportError as error:
        raise display.explained(error) from error
    return show(plan, let_go)


def main() -> None:
    """The command `cityplanner`; without more words it goes straight to the window."""
    # Loaded here for start-up time: a process that only reads a file, or searches, loads this module as well.
    if len(sys.argv) == 1:
        from cityplanner.cli.guard import guarded

        sys.exit(guarded(lambda: open_window(None)))
    from cityplanner.cli.app import run

    sys.exit(run(open_window))


if __name__ == "__main__":
    main()
