"""The command that makes recipients of a group: a mail merge list, or e-mail drafts."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated

import typer

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.cli import console
from cityplanner.cli.options import PlanPath, reading
from cityplanner.exchange.drafts_eml import MOST_AT_ONCE, drafts, write_drafts
from cityplanner.exchange.merge_list import write_list
from cityplanner.exchange.recipients import Recipients, now, recipients
from cityplanner.store.queries import groups

commands = typer.Typer()
_MOST_NAMED = 20


@commands.command("recipients")
def recipients_(
    group: Annotated[str, typer.Argument(help="The name of a group of contacts, positions or partners.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="A .csv or .xlsx file. Default: CSV on standard output."
        ),
    ] = None,
    plan: PlanPath = None,
    eml: Annotated[
        bool, typer.Option("--eml", help="Write e-mail drafts with Bcc instead of a list; nothing is sent.")
    ] = False,
    subject: Annotated[str, typer.Option("--subject", help="Of the drafts. Default: the group's name.")] = "",
    batch: Annotated[
        int, typer.Option("--batch", min=1, help="How many recipients one draft has at most.")
    ] = MOST_AT_ONCE,
) -> None:
    """List the people of a group for a mail merge, or write e-mail drafts to them.

    Who must not be contacted is left out. For a group of partners these are the people in a position there today.

    An empty salutation is made of form of address or title, and name.

    Examples: cityplanner recipients "Consulates" -o people.xlsx; cityplanner recipients "Consulates" --eml -o mail.eml
    """
    if eml and output is None:
        raise UserError(_("Drafts need a file to be written to."), _("Name it with --output."))
    with reading(plan) as opened:
        with opened.reading() as session:
            chosen = groups.named(session, group)
            session.expunge(chosen)
        found = recipients(opened, chosen, now(opened))
    if eml and output is not None:
        for path in write_drafts(drafts(found, subject=subject, batch=batch), output):
            console.say(str(path))
    elif output is None:
        text = io.StringIO(newline="")
        write_list(found, text)
        sys.stdout.buffer.write(text.getvalue().encode())
    else:
        count = write_list(found, output)
        console.complain(_("Wrote {n} recipients to {path}.").format(n=current().number(count), path=output))
    for line in left_out(found):
        console.complain(line)


def left_out(found: Recipients) -> list[str]:
    """What was filled in and who is not reached, in words."""
    say = current()
    lines = []
    if found.filled:
        lines.append(_("Salutations made, because none is recorded: {n}.").format(n=say.number(found.filled)))
    if found.not_to_contact:
        lines.append(
            _("Left out, because they must not be contacted: {n}.").format(n=say.number(found.not_to_contact))
        )
    if found.without_email:
        lines.append(_("Without an e-mail address: {n}.").format(n=say.number(len(found.without_email))))
    named = [f"{person.name} ({person.email})" for person in found.invalid[:_MOST_NAMED]]
    if named:
        lines.append(_("Addresses that cannot be right: {names}.").format(names=", ".join(named)))
    return lines
