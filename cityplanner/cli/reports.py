"""The command that prints a briefing."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.cli import console
from cityplanner.cli.options import PlanPath, reading

commands = typer.Typer()


class Paper(StrEnum):
    """The sizes a briefing is printed on."""

    LETTER = "Letter"
    A4 = "A4"


@commands.command()
def report(
    kind: Annotated[str, typer.Argument(help="Which briefing; without one, those there are.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The PDF. Default: KIND.pdf here.")
    ] = None,
    plan: PlanPath = None,
    language: Annotated[str, typer.Option("--language", help="The language of the briefing.")] = "en",
    paper: Annotated[Paper, typer.Option("--paper", help="The paper.", case_sensitive=False)] = Paper.LETTER,
) -> None:
    """Write a briefing as PDF.

    Example: cityplanner report executive --plan "Our office.cityplan" -o briefing.pdf --paper A4
    """
    from cityplanner.reports.kinds import kinds, write_report

    if not kind:
        rows = [(name, _(known.label), _(known.description)) for name, known in kinds().items()]
        console.show_table([_("Kind"), _("Name"), _("What it is")], rows)
        return
    _require_language(language)
    target = (output or Path(f"{kind}.pdf")).absolute()
    if not target.parent.is_dir():
        raise UserError(
            _("There is no folder {path}.").format(path=target.parent), _("Make it, or choose another one.")
        )
    with reading(plan) as opened, console.progress(_("Writing the briefing")) as tell:
        pages = write_report(kind, opened, target, tag=language, paper=paper.value, progress=tell)
    console.say(_("Wrote {path}, pages: {n}.").format(path=target, n=pages))


def _require_language(tag: str) -> None:
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError) as error:
        raise UserError(
            _("There is no language “{tag}”.").format(tag=tag), _("Use a tag such as en, es or pt-BR.")
        ) from error
