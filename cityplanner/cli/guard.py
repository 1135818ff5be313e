"""What every way into the program has in common: language, log, errors in words, exit codes 0 and 1 (user error).

Nothing of the commands is loaded here, so that the window opens at once.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from cityplanner.base import language, log
from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.base.settings import LANGUAGE, Settings

if TYPE_CHECKING:
    from types import ModuleType

FAILED, STOPPED = 1, 130
logger = logging.getLogger(__name__)


def guarded(work: Callable[[], int]) -> int:
    """Do what the user asked for and return the exit code; what goes wrong is said in words."""
    log.start()
    language.use(Settings().get(LANGUAGE))
    try:
        return _flushed(work())
    except SystemExit as stop:
        return _flushed(stop.code if isinstance(stop.code, int) else 0 if stop.code is None else FAILED)
    except UserError as error:
        _console().show_error(error)
        return FAILED
    except KeyboardInterrupt:
        _console().complain(_("Stopped. Nothing half done was kept."))
        return STOPPED
    except BrokenPipeError:
        return _flushed(0)
    except Exception:
        logger.exception("unexpected error on the command line")
        _console().complain(_("Error: CityPlanner made a mistake. Your plan was not changed by it."))
        _console().complain(_("The details are in {path}.").format(path=log.start()))
        return FAILED


def _console() -> ModuleType:
    from cityplanner.cli import console  # late: it loads what formats text for a terminal

    return console


def _flushed(code: int) -> int:
    """The exit code, once the output is out; a reader that went away early is no failure."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
