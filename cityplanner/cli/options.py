"""What several commands share: the plan they work on, and the noun they are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from cityplanner.base import paths
from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.base.settings import Settings
from cityplanner.exchange.intake.shorthands import phrase
from cityplanner.model.entity import Entity
from cityplanner.model.nouns import nouns
from cityplanner.store.plan_file import Plan, open_plan

OpenWindow = Callable[[Path | None], int]
"""Opens the window on a plan, on the default one for None, and returns the exit code."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who runs the command line, and what it may use of him."""

    open_window: OpenWindow


PlanPath = Annotated[
    Path | None,
    typer.Option(
        "--plan", metavar="FILE", help="The plan to work on. Default: the plan in your data folder."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Write JSON for a script.")]


def path_of(plan: Path | None) -> Path:
    """The plan that was named, or the default one."""
    return plan if plan is not None else paths.default_plan()


def reading(plan: Path | None) -> Plan:
    """The plan open for reading: works while a window has it open."""
    return open_plan(path_of(plan), read_only=True)


def writing(plan: Path | None) -> Plan:
    """The plan open for writing; raises `LockedPlanError` while somebody else has it."""
    return open_plan(path_of(plan), user=Settings().user_name())


def noun_named(name: str) -> type[Entity]:
    """The noun that a person names: `partner`, `Partners`, `source-item`."""
    wanted = phrase(name)
    for table, noun in nouns().items():
        names = (table, noun.__label__, noun.__plural__, _(noun.__label__), _(noun.__plural__))
        if wanted in map(phrase, names):
            return noun
    raise UserError(
        _("There is no noun “{name}”.").format(name=name),
        _("Use one of: {names}.").format(names=", ".join(nouns())),
    )
