"""Commands that move records in and out, and find them: import, export, search."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.base.settings import Settings
from cityplanner.cli import console
from cityplanner.cli.options import Json, PlanPath, noun_named, reading, writing
from cityplanner.exchange.bundle import export_bundle
from cityplanner.exchange.formats import OUT, Writer, forms_of, read_sheet, writer_of
from cityplanner.exchange.intake.apply import Report, apply
from cityplanner.exchange.intake.learned import learned
from cityplanner.exchange.intake.match import best_noun, match
from cityplanner.exchange.intake.outcome import AS_NEW, LEAVE_OUT, LIKELIEST, Draft, Fate, Line, Preview
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.intake.rejected import write_rejected
from cityplanner.exchange.recipients import members_of
from cityplanner.exchange.sheet import Hints, Sheet
from cityplanner.exchange.tables import export_csv
from cityplanner.model.entity import Entity
from cityplanner.model.nouns import nouns

commands = typer.Typer()
_MOST_LINES = 40


class Doubtful(StrEnum):
    """What becomes of a row that may be about a record of the plan, although no key says so."""

    NEW = "new"
    UPDATE = "update"
    SKIP = "skip"


_UNDECIDED = {Doubtful.NEW: AS_NEW, Doubtful.UPDATE: LIKELIEST, Doubtful.SKIP: LEAVE_OUT}


@commands.command("import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            help="The table: CSV, XLSX or ODS with column names in its first row, vCard or iCalendar."
        ),
    ],
    noun: Annotated[
        str, typer.Option("--noun", help="What its rows are. Default: whatever fits its columns.")
    ] = "",
    plan: PlanPath = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change and change nothing.")
    ] = False,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--map", metavar="FILE", help='JSON such as {"Town": "city", "Remark": ""} (empty: leave out).'
        ),
    ] = None,
    rejected: Annotated[
        Path | None,
        typer.Option("--rejected", metavar="FILE", help="Write rows that were refused to this CSV."),
    ] = None,
    clear_empty: Annotated[
        bool, typer.Option("--clear-empty", help="Let an empty cell empty the field of a known record.")
    ] = False,
    doubtful: Annotated[
        Doubtful,
        typer.Option("--doubtful", help="What becomes of rows that may be about a record of the plan."),
    ] = Doubtful.NEW,
    encoding: Annotated[str, typer.Option("--encoding", help="Such as cp1252. Default: found out.")] = "",
    delimiter: Annotated[str, typer.Option("--delimiter", help="One character. Default: found out.")] = "",
    sheet: Annotated[
        str,
        typer.Option("--sheet", help="The sheet of a spreadsheet. Default: the first with anything in it."),
    ] = "",
    as_json: Json = False,
) -> None:
    """Import a table as one undoable change, after a backup. Importing it twice changes nothing.

    Rows that are refused are left out and named; then the command ends with 1.

    Examples: cityplanner import partners.csv --dry-run; cityplanner import people.csv --noun contact
    """
    if len(delimiter) > 1:
        raise UserError(_("A delimiter is one character."), _("Use --delimiter ';' or leave it out."))
    with reading(plan) if dry_run else writing(plan) as opened, console.progress(_("Importing")) as tell:
        table = read_sheet(file, hints=Hints(encoding, delimiter, sheet), progress=tell)
        chosen = noun_named(noun or table.table) if noun or table.table else best_noun(table.headers)
        columns = match(table.headers, chosen, _mapping(mapping), learned=_learned(table, chosen))
        found = preview(
            opened, table, chosen, columns,
            clear_empty=clear_empty, undecided=_UNDECIDED[doubtful], progress=tell,
        )  # fmt: skip
        report = None if dry_run else apply(opened, found, progress=tell)
    if rejected is not None and write_rejected(found, rejected):
        console.complain(_("Refused rows are in {path}.").format(path=rejected))
    if as_json:
        console.show_json(_as_data(found, report))
    else:
        _show(found, report, table.notes)
    raise typer.Exit(1 if found.rejected else 0)


def _learned(table: Sheet, noun: type[Entity]) -> dict[str, str]:
    """What was matched by hand in the window; the columns of cards and calendars are always the same."""
    return {} if table.table else learned(Settings(), noun)


def _mapping(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        read = json.loads(path.read_text("utf-8-sig"))
        if isinstance(read, dict) and all(isinstance(value, str) for value in read.values()):
            return read
    except (OSError, ValueError) as error:
        raise _no_mapping(path) from error
    raise _no_mapping(path)


def _no_mapping(path: Path) -> UserError:
    return UserError(
        _("“{name}” is not a mapping of columns.").format(name=path.name),
        _('Write column names and field names as JSON: {"Town": "city"}.'),
    )


def _show(found: Preview, report: Report | None, notes: Sequence[str]) -> None:
    for note in notes:
        console.say(note)
    for column in found.columns:
        if column.target is None:
            console.say(
                _("Column “{header}” is left out: {reason}.").format(
                    header=column.header, reason=column.reason
                )
            )
    told = [line for line in found.lines if line.fate is not Fate.SAME or line.notes]
    rows = [(line.number, _(line.fate.value), line.title, _detail(line)) for line in told[:_MOST_LINES]]
    console.show_table([_("Row"), _("Fate"), _("Record"), _("Details")], rows)
    if len(told) > _MOST_LINES:
        console.say(_("… and {n} more rows; --json shows all.").format(n=len(told) - _MOST_LINES))
    console.say(_summary(found))
    if report is None:
        console.say(_("Nothing was changed: this was a dry run."))
    elif report.change is None:
        console.say(_("Nothing was changed."))
    else:
        console.say(_("Done: {label}. Backup: {path}").format(label=report.change.label, path=report.backup))


def _summary(found: Preview) -> str:
    counts = ", ".join(
        f"{current().number(count)} {_(fate.value)}" for fate, count in found.counts.items() if count
    )
    also = ", ".join(f"{current().number(n)} {_(noun.__plural__)}" for noun, n in found.also_new.items())
    noun = _(found.noun.__plural__)
    summary = _("{noun}: {counts}.").format(noun=noun[:1].upper() + noun[1:], counts=counts)
    return summary + (" " + _("Along with them: {also}.").format(also=also) if also else "")


def _detail(line: Line) -> str:
    parts = [str(problem) for problem in line.problems]
    parts += [f"{one.label}: {one.before or '–'} → {one.after or '–'}" for one in line.differences]
    parts += [_draft(draft) for draft in line.also if draft.fate is not Fate.SAME]
    return "; ".join([*parts, *line.notes])


def _draft(draft: Draft) -> str:
    changes = ", ".join(f"{one.label}: {one.before or '–'} → {one.after or '–'}" for one in draft.differences)
    what = f"{_(draft.companion.noun.__label__)} “{draft.title}” ({_(draft.fate.value)})"
    return f"{what} {changes}".strip()


def _as_data(found: Preview, report: Report | None) -> dict[str, Any]:
    return {
        "noun": found.noun.__tablename__,
        "columns": {column.header: str(column.target) if column.target else None for column in found.columns},
        "counts": {fate.name.lower(): count for fate, count in found.counts.items()},
        "also_new": {noun.__tablename__: count for noun, count in found.also_new.items()},
        "rows": [_line_as_data(line) for line in found.lines],
        "applied": bool(report and report.change),
        "backup": str(report.backup) if report and report.backup else None,
    }


def _line_as_data(line: Line) -> dict[str, Any]:
    return {
        "row": line.number,
        "fate": line.fate.name.lower(),
        "title": line.title,
        "differences": [{"field": d.field, "before": d.before, "after": d.after} for d in line.differences],
        "problems": [{"column": p.column, "text": p.text} for p in line.problems],
        "notes": list(line.notes),
        "also": [
            {"noun": d.companion.noun.__tablename__, "fate": d.fate.name.lower(), "title": d.title}
            for d in line.also
        ],
    }


@commands.command()
def export(
    noun: Annotated[str, typer.Argument(help="What to export: partner, contact, agreement …")] = "",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="The file. Default: standard output."),
    ] = None,
    plan: PlanPath = None,
    fields: Annotated[str, typer.Option("--fields", help="Only these fields: name,country,city.")] = "",
    language: Annotated[str, typer.Option("--language", help="The language of the column names.")] = "",
    group: Annotated[str, typer.Option("--group", help="Only the records of this group.")] = "",
    form: Annotated[
        str, typer.Option("--format", help="csv, xlsx, vcf or ics. Default: what the file's name says.")
    ] = "",
    bundle: Annotated[
        Path | None,
        typer.Option("--bundle", metavar="FILE", help="Write the whole plan as JSON to this file instead."),
    ] = None,
    vcard: Annotated[str, typer.Option("--vcard", help="The version of cards: 4.0 or 3.0.")] = "4.0",
    everyone: Annotated[
        bool, typer.Option("--all", help="On cards, also contacts that are not to be contacted.")
    ] = False,
) -> None:
    """Export every record of a noun in a form that other programs read, or the whole plan as a bundle.

    Examples: cityplanner export partner -o partners.csv; cityplanner export partner --group Consulates
    """
    if bundle is not None:
        _export_bundle(bundle, plan)
        return
    if vcard not in ("4.0", "3.0"):
        raise UserError(_("Cards are written in version 4.0 or 3.0."), _("Use --vcard 3.0 for older phones."))
    chosen = noun_named(noun)
    write = _writer(form, output, chosen.__tablename__)
    names = [name.strip() for name in fields.split(",") if name.strip()] or None
    _refuse_unknown(chosen.__tablename__, names or [])
    with reading(plan) as opened, console.progress(_("Exporting")) as tell:
        options: dict[str, Any] = {"names": names, "language_tag": language or None, "progress": tell}
        if group:
            options["ids"] = members_of(opened, chosen, group)
        if output is None:
            written = io.StringIO(newline="")
            export_csv(opened, chosen, written, **options)
            sys.stdout.buffer.write(written.getvalue().encode())
            return
        more: dict[str, Any] = {"everyone": everyone, "version": vcard} if write is OUT["vcf"] else {}
        count = write(opened, chosen, output, **options, **more)
    noun_words = _(chosen.__plural__)
    console.complain(
        _("Wrote {n} {noun} to {path}.").format(n=current().number(count), noun=noun_words, path=output)
    )


def _export_bundle(target: Path, plan: Path | None) -> None:
    with reading(plan) as opened, console.progress(_("Exporting")) as tell:
        count = export_bundle(opened, target, tell)
    text = _("Wrote the whole plan, {n} records, to {path}.")
    console.complain(text.format(n=current().number(count), path=target))


def _writer(form: str, output: Path | None, table: str) -> Writer:
    """What writes the file: by the format that was asked for, else by the file's name."""
    if form and form not in forms_of(table):
        raise UserError(
            _("There is no format “{form}” for this.").format(form=form),
            _("Use one of: {forms}.").format(forms=", ".join(forms_of(table))),
        )
    if output is None and form not in ("", "csv"):
        raise UserError(_("This format needs a file to write to."), _("Name one with --output."))
    if form:
        return OUT[form]
    return writer_of(output, table) if output is not None and output.suffix else OUT["csv"]


def _refuse_unknown(table: str, names: list[str]) -> None:
    from cityplanner.model.entity import fields

    known = [field.name for field in fields(nouns()[table])]
    for name in names:
        if name not in known:
            raise UserError(
                _("There is no field “{name}”.").format(name=name),
                _("Use any of: {names}.").format(names=", ".join(known)),
            )


@commands.command()
def search(
    words: Annotated[
        list[str], typer.Argument(help="Words, or how they begin; accents and case do not matter.")
    ],
    plan: PlanPath = None,
    noun: Annotated[str, typer.Option("--noun", help="Only records of this noun.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many to show.")] = 50,
    as_json: Json = False,
) -> None:
    """Find records in which each of the words occurs.

    Example: cityplanner search nagoya mayor
    """
    tables = (noun_named(noun).__tablename__,) if noun else ()
    with reading(plan) as opened:
        hits = opened.search(" ".join(words), tables, limit)
    if as_json:
        console.show_json(
            [
                {"noun": hit.table, "id": hit.record_id, "title": hit.title, "snippet": hit.snippet}
                for hit in hits
            ]
        )
        return
    if not hits:
        console.complain(_("Nothing was found."))
    rows = [(_(nouns()[hit.table].__label__), hit.record_id, hit.title, hit.snippet) for hit in hits]
    console.show_table([_("Noun"), _("Id"), _("Title"), _("Where")], rows)
