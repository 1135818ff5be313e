"""The command line: every command without a window, errors in words, exit codes 0, 1 (user error), 2 (usage)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import typer
from typer.main import get_command

from cityplanner.cli import console, demo, person, plans, recipients, reports, retention, solve, tables
from cityplanner.cli.guard import guarded
from cityplanner.cli.options import Caller, OpenWindow

application = typer.Typer(
    name="cityplanner",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group in (demo, person, plans, recipients, reports, retention, solve, tables):
    application.add_typer(group.commands)


def _show_version(wanted: bool) -> None:
    if wanted:
        console.say(f"CityPlanner {_version()}")
        raise typer.Exit


def _version() -> str:
    try:
        return version("cityplanner")
    except PackageNotFoundError:
        return "?"


@application.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    _shown: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Plan a city's international affairs and prove what they are worth. Without a command, the window opens.

    Each command works on the plan named by --plan, else on the one in your data folder.

    Examples: cityplanner demo; cityplanner report executive -o briefing.pdf; cityplanner import partners.csv --dry-run
    """
    if context.invoked_subcommand is None:
        caller: Caller = context.obj
        raise typer.Exit(caller.open_window(None))


def run(open_window: OpenWindow, arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; `open_window` shows the window on a plan."""
    command = get_command(application)
    return guarded(
        lambda: command.main(
            args=list(sys.argv[1:] if arguments is None else arguments),
            prog_name="cityplanner",
            obj=Caller(open_window),
        )
    )
