"""Reading somebody's file in a process of its own: when it dies, that is an error of the file, not of the window."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from cityplanner.base.child import Limits, TooLongError, hear
from cityplanner.base.errors import UserError
from cityplanner.base.language import _


def heard_from_child(
    work: Callable[..., None],
    arguments: tuple[object, ...],
    name: str,
    ask: Callable[[], None],
    limits: Limits | None = None,
) -> Generator[Any, None, None]:
    """Call `work(*arguments, send)`, which reads the file `name`, in a limited process; yield what it sends.

    `ask` is called every 50 ms and stops everything by raising. Raises `UserError` as `work` does, and where
    the process takes too long, needs too much memory or dies.
    """
    try:
        yield from hear(work, arguments, ask, limits or Limits())
    except TooLongError as error:
        raise _refused(_("Reading “{name}” took too long and was stopped.").format(name=name)) from error
    except MemoryError as error:
        raise _refused(_("The file needs more memory to be read than any list should.")) from error
    except UserError:
        raise
    except Exception as error:
        what = _("“{name}” is damaged: the process that read it ended all of a sudden.")
        raise _refused(what.format(name=name)) from error


def _refused(what: str) -> UserError:
    return UserError(what, _("Write the file anew from its program, or split it into smaller files."))
