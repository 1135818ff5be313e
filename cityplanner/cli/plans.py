"""Commands on whole plans: make one, check it, back it up, bring a backup back, see what was changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cityplanner.base.errors import NotFoundError
from cityplanner.base.language import _, current
from cityplanner.base.paths import PLAN_SUFFIX
from cityplanner.base.settings import Settings
from cityplanner.cli import console
from cityplanner.cli.options import Caller, Json, PlanPath, noun_named, path_of, reading
from cityplanner.model.change import ChangeKind
from cityplanner.model.office import Office
from cityplanner.model.wording import country_named
from cityplanner.store import backups
from cityplanner.store.plan_file import check_file, create_plan

commands = typer.Typer()
_MAIN_ZONES = {
    "US": "America/New_York", "CA": "America/Toronto", "MX": "America/Mexico_City", "BR": "America/Sao_Paulo",
    "AU": "Australia/Sydney", "RU": "Europe/Moscow", "CN": "Asia/Shanghai", "ID": "Asia/Jakarta",
    "KZ": "Asia/Almaty", "MN": "Asia/Ulaanbaatar", "CL": "America/Santiago", "AR": "America/Argentina/Buenos_Aires",
    "ES": "Europe/Madrid", "PT": "Europe/Lisbon", "DE": "Europe/Berlin", "NZ": "Pacific/Auckland",
    "UA": "Europe/Kyiv", "CD": "Africa/Kinshasa", "EC": "America/Guayaquil", "MY": "Asia/Kuala_Lumpur",
}  # fmt: skip


@commands.command()
def new(
    file: Annotated[
        Path, typer.Argument(help="The plan file to make; .cityplan is added where it is missing.")
    ],
    city: Annotated[str, typer.Option("--city", help="The city of the office.")] = "",
    country: Annotated[str, typer.Option("--country", help="Its country: US, or a name.")] = "",
    name: Annotated[str, typer.Option("--name", help="The office's name as it stands on a briefing.")] = "",
    region: Annotated[str, typer.Option("--region", help="State or region.")] = "",
    zone: Annotated[str, typer.Option("--zone", help="Time zone such as America/Los_Angeles.")] = "",
    currency: Annotated[
        str, typer.Option("--currency", help="Currency such as USD. Default: the country's.")
    ] = "",
    fiscal_year: Annotated[
        int, typer.Option("--fiscal-year", min=1, max=12, help="The month in which the fiscal year begins.")
    ] = 7,
    population: Annotated[
        int | None, typer.Option("--population", min=0, help="Inhabitants of the city.")
    ] = None,
    languages: Annotated[str, typer.Option("--languages", help="Working languages such as en,es.")] = "en",
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="BUNDLE", help="Restore the plan that “export --bundle” wrote."),
    ] = None,
) -> None:
    """Make a new plan for an office, with the recommendations of both roundtables in it.

    Example: cityplanner new "Our office.cityplan" --city Riverton --country US --zone America/Chicago
    """
    path = file if file.suffix == PLAN_SUFFIX else file.with_name(file.name + PLAN_SUFFIX)
    if source is not None:
        _restore_bundle(source, path)
        return
    if not city or not country:
        raise typer.BadParameter(_("Give --city and --country, or --from a bundle."))
    from cityplanner.exchange.catalogue import install_catalogue
    from cityplanner.planning.catalogue import read_catalogue

    code = country.upper() if len(country) == 2 else country_named(country)
    office = Office(
        name=name or _("Office of International Affairs"),
        city=city,
        region=region,
        country=code,
        zone=zone or _zone(code),
        currency=currency.upper() or _currency(code),
        fiscal_year_start=fiscal_year,
        population=population,
        languages=tuple(tag.strip() for tag in languages.split(",") if tag.strip()),
    )
    catalogue = read_catalogue()
    with (
        console.progress(_("Making the plan")),
        create_plan(path, office, user=Settings().user_name()) as plan,
    ):
        install_catalogue(plan, catalogue, kind=ChangeKind.SETUP)
    console.say(_("Made {path}: {name}, {city}.").format(path=path, name=office.name, city=city))
    if not zone:
        console.say(_("Its time zone is {zone}; change it on the office's page.").format(zone=office.zone))


def _restore_bundle(source: Path, path: Path) -> None:
    from cityplanner.exchange.bundle import restore_bundle

    with console.progress(_("Making the plan")) as tell:
        restore_bundle(source, path, user=Settings().user_name(), progress=tell).close()
    console.say(_("Made {path} from {source}.").format(path=path, source=source))


def _zone(country: str) -> str:
    from babel.core import get_global

    known = get_global("territory_zones").get(country) or ["UTC"]
    return _MAIN_ZONES.get(country) or str(known[0])


def _currency(country: str) -> str:
    from babel.numbers import get_territory_currencies

    found = get_territory_currencies(country)
    return str(found[0]) if found else "USD"


@commands.command("open")
def open_(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="The plan to open in the window.")]
) -> None:
    """Open a plan in the window.

    Example: cityplanner open "Our office.cityplan"
    """
    check_file(file.absolute())
    caller: Caller = context.obj
    raise typer.Exit(caller.open_window(file.absolute()))


@commands.command()
def check(
    plan: PlanPath = None,
    head: Annotated[
        str,
        typer.Option(
            "--head",
            metavar="DIGITS",
            help="A head of the history noted earlier: it stands among the keywords of every PDF.",
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Check a plan: its file, its references, its history, each record against both, and the shipped catalog.

    Names the head of the history; give it to --head later to see that nothing before it was cut off. Ends with 1
    when something is not sound.

    Examples: cityplanner check --plan "Our office.cityplan"; cityplanner check --head 5f0c33a1b2d4
    """
    from cityplanner.exchange.checking import check_whole

    path = path_of(plan).absolute()
    with console.progress(_("Checking")) as tell:
        checked = check_whole(path, head, tell)
    findings, sound = checked.findings, checked.sound
    if as_json:
        found = [{"ok": one.ok, "what": one.what, "detail": one.detail} for one in findings]
        console.show_json({"plan": str(path), "sound": sound, "head": checked.head, "findings": found})
    else:
        for one in findings:
            console.say(
                f"✓ {one.what}"
                if one.ok
                else _("✗ Not so: {what} {detail}").format(what=one.what, detail=one.detail)
            )
        console.say(_("Head of the history: {head}").format(head=checked.head))
    raise typer.Exit(0 if sound else 1)


@commands.command()
def backup(
    plan: PlanPath = None,
    listed: Annotated[bool, typer.Option("--list", help="List the backups there are instead.")] = False,
    as_json: Json = False,
) -> None:
    """Make a verified backup of a plan, in a folder beside it.

    Examples: cityplanner backup; cityplanner backup --list
    """
    path = path_of(plan).absolute()
    check_file(path)
    if not listed:
        with console.progress(_("Copying")):
            made = backups.backup(path)
        console.show_json({"backup": str(made)}) if as_json else console.say(str(made))
        return
    found = backups.backups(path)
    if as_json:
        console.show_json(
            [
                {
                    "path": str(one.path),
                    "made_at": one.made_at.isoformat(),
                    "reason": one.reason,
                    "size": one.size,
                }
                for one in found
            ]
        )
    else:
        rows = [
            (f"{one.made_at:%Y-%m-%d %H:%M}", one.reason, current().number(one.size), one.path)
            for one in found
        ]
        console.show_table([_("Made (UTC)"), _("Reason"), _("Bytes"), _("File")], rows)


@commands.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="BACKUP", help="The backup to bring back.")],
    plan: PlanPath = None,
) -> None:
    """Put a backup in the place of a plan that nobody has open; the plan that was there is kept beside it.

    Example: cityplanner restore "Our office backups/Our office.20261102T150000Z.manual.cityplan"
    """
    path = path_of(plan).absolute()
    if not source.is_file():
        raise NotFoundError(
            _("There is no backup at {path}.").format(path=source),
            _("“cityplanner backup --list” shows those there are."),
        )
    with console.progress(_("Restoring")):
        aside = backups.restore(path, source.absolute())
    console.say(_("Restored {path}.").format(path=path))
    if aside is not None:
        console.say(_("The plan that was there is now {path}.").format(path=aside))


@commands.command()
def history(
    plan: PlanPath = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many changes to show.")] = 20,
    noun: Annotated[str, typer.Option("--noun", help="Only changes of this noun.")] = "",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="FILE", help="Write all of it, field by field, to a .csv or .json file."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show what was changed, when and by whom, newest first.

    Examples: cityplanner history --noun partner --limit 5; cityplanner history --output history.csv
    """
    from cityplanner.exchange.history_out import export_history
    from cityplanner.store.queries.history import history as changes

    table = noun_named(noun).__tablename__ if noun else None
    if output is not None:
        with reading(plan) as opened, console.progress(_("Exporting")) as tell:
            export_history(opened, output.absolute(), table=table or "", progress=tell)
        console.say(_("Wrote {path}.").format(path=output))
        return
    with reading(plan) as opened, opened.reading() as session:
        found = changes(session, table=table, limit=limit)
    if as_json:
        console.show_json(
            [
                {"id": one.id, "label": one.label, "kind": str(one.kind), "made_at": one.made_at.isoformat(),
                 "made_by": one.made_by, "rows": len(one.rows), "tables": sorted(one.tables)}
                for one in found
            ]
        )  # fmt: skip
        return
    kinds = {"undo": _("undone: {label}"), "redo": _("redone: {label}")}
    rows = [
        (
            f"{one.made_at:%Y-%m-%d %H:%M}",
            one.made_by,
            kinds.get(one.kind, "{label}").format(label=one.label),
            len(one.rows),
        )
        for one in found
    ]
    console.show_table([_("When (UTC)"), _("Who"), _("What"), _("Records")], rows)
