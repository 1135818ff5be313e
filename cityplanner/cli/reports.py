"""The command that writes a briefing, with every choice the window offers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, translated
from cityplanner.cli import console
from cityplanner.cli.options import PlanPath, reading
from cityplanner.model.entity import Entity
from cityplanner.model.initiative import Initiative
from cityplanner.model.partner import Partner
from cityplanner.model.scenario import Scenario
from cityplanner.reports.choices import Ask, Audience, Choices, Form, Paper
from cityplanner.reports.kind import Kind
from cityplanner.reports.kinds import kind_named, kinds
from cityplanner.reports.report import file_name, write_each, write_report
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import groups
from cityplanner.store.queries.named import named

commands = typer.Typer()
_DAYS = ["%Y-%m-%d"]


@commands.command()
def report(
    kind: Annotated[str, typer.Argument(help="Which briefing; without one, those there are.")] = "",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="The file, or with --each the folder."),
    ] = None,
    plan: PlanPath = None,
    form: Annotated[Form | None, typer.Option("--format", help="Default: the ending of the file.")] = None,
    language: Annotated[str, typer.Option("--language", help="The language of the briefing.")] = "en",
    paper: Annotated[Paper, typer.Option("--paper", help="The paper.", case_sensitive=False)] = Paper.LETTER,
    audience: Annotated[
        Audience | None, typer.Option("--audience", help="Public leaves out what is marked otherwise.")
    ] = None,
    begin: Annotated[
        dt.datetime | None, typer.Option("--from", formats=_DAYS, help="The first day of the period.")
    ] = None,
    end: Annotated[
        dt.datetime | None, typer.Option("--to", formats=_DAYS, help="The last day of the period.")
    ] = None,
    partner: Annotated[list[str] | None, typer.Option("--partner", help="A partner by name.")] = None,
    initiative: Annotated[
        list[str] | None, typer.Option("--initiative", help="An initiative by code or title.")
    ] = None,
    scenario: Annotated[list[str] | None, typer.Option("--scenario", help="A scenario by name.")] = None,
    group: Annotated[str, typer.Option("--group", help="A smart group that narrows the records.")] = "",
    words: Annotated[str, typer.Option("--words", help="Words that the records have to hold.")] = "",
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="SECTION", help="A section to leave out.")
    ] = None,
    date: Annotated[
        dt.datetime | None, typer.Option("--date", formats=_DAYS, help="The day of the briefing.")
    ] = None,
    each: Annotated[
        bool, typer.Option("--each", help="One briefing for each partner or initiative named (or all).")
    ] = False,
) -> None:
    """Write a briefing as PDF, accessible HTML or DOCX.

    Options that are given several times name several records.

    Examples: cityplanner report executive --plan "Our office.cityplan" -o briefing.pdf --paper A4;
    cityplanner report partner-profile --partner Nagoya --language es -o nagoya.docx
    """
    if not kind:
        rows = [(known.name, _(known.label), _(known.description)) for known in kinds().values()]
        console.show_table([_("Kind"), _("Name"), _("What it is")], rows)
        return
    chosen = kind_named(kind)
    _require_language(language)
    today = date.date() if date else dt.date.today()
    with reading(plan) as opened:
        choices = Choices(
            language=language,
            paper=paper,
            audience=audience or chosen.audience,
            begin=begin.date() if begin else None,
            end=end.date() if end else None,
            partners=_ids(opened, Partner, partner),
            initiatives=_ids(opened, Initiative, initiative),
            scenarios=_ids(opened, Scenario, scenario),
            group=_group(opened, chosen, group),
            words=words,
            left_out=_sections(chosen, without or []),
        )
        if each:
            _write_each(opened, chosen, choices, output, form or Form.PDF, today)
        else:
            _write(opened, chosen, choices, output, form, today)


def _write(
    plan: Plan, kind: Kind[Any], choices: Choices, output: Path | None, form: Form | None, today: dt.date
) -> None:
    form = form or _form_of(output)
    target = (output or Path(file_name(kind.name, form))).absolute()
    if not target.parent.is_dir():
        raise UserError(
            _("There is no folder {path}.").format(path=target.parent), _("Make it, or choose another one.")
        )
    with console.progress(_("Writing the briefing")) as tell:
        pages = write_report(kind.name, plan, target, choices, form=form, today=today, progress=tell)
    console.say(
        _("Wrote {path}, pages: {n}.").format(path=target, n=pages)
        if pages
        else _("Wrote {path}.").format(path=target)
    )


def _write_each(
    plan: Plan, kind: Kind[Any], choices: Choices, output: Path | None, form: Form, today: dt.date
) -> None:
    folder = (output or Path(kind.name)).absolute()
    with console.progress(_("Writing the briefings")) as tell:
        batch = write_each(kind.name, plan, folder, choices, form=form, today=today, progress=tell)
    console.say(_("Wrote {n} files to {path}.").format(n=len(batch.made), path=folder))
    for title, why in batch.failed:
        console.complain(f"{title}: {why}")
    if batch.failed:
        raise typer.Exit(1)


def _form_of(output: Path | None) -> Form:
    ending = output.suffix.lower().lstrip(".") if output else Form.PDF
    if ending not in Form.__members__.values():
        raise UserError(
            _("The ending of {path} names no format.").format(path=output),
            _("Use .pdf, .html or .docx, or name the format with --format."),
        )
    return Form(ending)


def _ids(plan: Plan, noun: type[Entity], names: list[str] | None) -> tuple[int, ...]:
    if not names:
        return ()
    with plan.reading() as session:
        return tuple(named(session, noun, name) for name in names)


def _group(plan: Plan, kind: Kind[Any], name: str) -> int | None:
    if not name:
        return None
    if Ask.GROUP not in kind.asks:
        raise UserError(_("This briefing takes no group."), _("Leave --group out."))
    with plan.reading() as session:
        return groups.named(session, name, *kind.groups).id


def _sections(kind: Kind[Any], names: list[str]) -> frozenset[str]:
    known = [section.key for section in kind.sections]
    for name in names:
        if name not in known:
            raise UserError(
                _("This briefing has no section “{name}”.").format(name=name),
                _("Use one of: {names}.").format(names=", ".join(known)),
            )
    return frozenset(names)


def _require_language(tag: str) -> None:
    if tag not in translated():
        raise UserError(
            _("There are no briefings in the language “{tag}”.").format(tag=tag),
            _("Use one of: {names}.").format(names=", ".join(translated())),
        )
