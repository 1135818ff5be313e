"""The commands on one person's data: what is kept about them, handing it over, erasing it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.base.language import _
from cityplanner.base.settings import Settings
from cityplanner.cli import console
from cityplanner.cli.options import Json, PlanPath, reading, writing
from cityplanner.exchange.person_words import parts
from cityplanner.model.contact import Contact
from cityplanner.store.personal.copies import Copy, copies
from cityplanner.store.personal.erasing import Extent, extent
from cityplanner.store.personal.everywhere import Erased, erase_everywhere
from cityplanner.store.plan_file import Plan
from cityplanner.store.search import fold

commands = typer.Typer()
group = typer.Typer(no_args_is_help=True, help="One person's data: hand it over, or erase it for good.")
commands.add_typer(group, name="person")

Who = Annotated[
    str,
    typer.Argument(metavar="PERSON", help="The contact: a name, an e-mail address, or the contact's number."),
]


@group.command("export")
def export_(
    who: Who,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The .zip file to write.")],
    plan: PlanPath = None,
) -> None:
    """Write everything that is kept about a person to a zip file: a page to read, the data, the attached files.

    Example: cityplanner person export "Ada Quillfeather" -o ada.zip
    """
    from cityplanner.exchange.person_out import export_person

    with reading(plan) as opened, console.progress(_("Exporting")) as tell:
        export_person(opened, _found(opened, who), output.absolute(), tell)
    console.say(_("Wrote {path}.").format(path=output))


@group.command("erase")
def erase_(
    who: Who,
    plan: PlanPath = None,
    agreed: Annotated[
        bool, typer.Option("--yes", help="Really erase. Without this, only what would go is shown.")
    ] = False,
    keep_backups: Annotated[
        bool, typer.Option("--keep-backups", help="Leave the backups that still hold the person.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Erase a person for good: records, files, history, search, drafts and backups. It cannot be undone.

    Without --yes nothing is erased and what would go is shown. A legal hold forbids it.

    Examples: cityplanner person erase 17; cityplanner person erase "Ada Quillfeather" --yes
    """
    if not agreed:
        with reading(plan) as opened, console.progress(_("Looking")):
            found = extent(opened, _found(opened, who))
            held = copies(opened.path, found.person)
        _show_extent(found, held, as_json)
        return
    with writing(plan) as opened, console.progress(_("Erasing")) as tell:
        number = _found(opened, who)
        erased = erase_everywhere(
            opened, number, Settings(), replace=not keep_backups, heed=lambda share: tell(share, _("Erasing"))
        )
    _show_erased(erased, as_json)


def _found(plan: Plan, who: str) -> int:
    """The contact that is meant; raises `UserError` where there is none, or several."""
    if who.isdecimal():
        return int(who)
    found = plan.search(who, (Contact.__tablename__,))
    hits = {hit.record_id: hit.title for hit in found}
    named = [number for number, title in hits.items() if fold(title) == fold(who)]
    if len(named or hits) == 1:
        return next(iter(named or hits))
    if not hits:
        raise NotFoundError(
            _("There is no contact “{who}”.").format(who=who),
            _("Give the name as it stands in the plan, or the contact’s number."),
        )
    listed = ", ".join(f"{number} ({title})" for number, title in hits.items())
    raise UserError(
        _("Several contacts are “{who}”: {listed}.").format(who=who, listed=listed),
        _("Give the number of the one you mean."),
    )


def _show_extent(found: Extent, held: tuple[Copy, ...], as_json: bool) -> None:
    if as_json:
        console.show_json(
            {
                "contact": found.person.contact_id,
                "name": found.person.name,
                "records": dict(found.records),
                "mentions": [{"table": one.table, "id": one.record_id} for one in found.mentions],
                "doubtful": [{"table": one.table, "id": one.record_id} for one in found.doubtful],
                "changes": found.changes,
                "files": found.files,
                "bytes": found.bytes,
                "holds": [hold.title for hold in found.holds],
                "backups": [str(one.path) for one in held],
            }
        )
        return
    console.say(_("Erasing {name} ({id}):").format(name=found.person.name, id=found.person.contact_id))
    for part in parts(found, held):
        console.say(str(part))
    if not found.holds:
        console.say(_("Nothing was erased. Add --yes to erase all of this; it cannot be undone."))


def _show_erased(erased: Erased, as_json: bool) -> None:
    if as_json:
        console.show_json(
            {
                "contact": erased.person.contact_id,
                "drafts": erased.drafts,
                "backups_deleted": [str(one.path) for one in erased.replaced],
                "backups_left": [str(one.path) for one in erased.left],
            }
        )
        return
    console.say(_("The person was erased. What was exported, printed or sent is not known here."))
    for one in erased.replaced:
        console.say(_("Deleted, a new backup took its place: {path}").format(path=one.path))
    for one in erased.left:
        console.say(_("Still in: {path}").format(path=one.path))
