"""The commands of retention: the rules, what each puts on the review list, and letting go what was looked through."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.base.language import _, current
from cityplanner.cli import console
from cityplanner.cli.options import Json, PlanPath, reading, writing
from cityplanner.exchange.retention import SERIES, Outcome, Review, apply, reviews
from cityplanner.model.retention import RetentionAction
from cityplanner.store.anonymizing import told_of
from cityplanner.store.plan_file import Plan

commands = typer.Typer()
group = typer.Typer(
    no_args_is_help=True, help="Retention rules: review what is past its time, and let it go."
)
commands.add_typer(group, name="retention")

Rules = Annotated[
    list[str] | None,
    typer.Option("--rule", metavar="TITLE", help="Only this rule; may be given several times. Default: all."),
]


@group.command("list")
def list_(plan: PlanPath = None, as_json: Json = False) -> None:
    """List the retention rules, and how much each would let go today.

    Example: cityplanner retention list
    """
    found = _reviewed(plan, None)
    if as_json:
        console.show_json([_rule(one) for one in found])
        return
    rows = [
        (
            one.rule.title,
            _(one.rule.series),
            current().plural("{n} year", "{n} years", one.rule.years),
            _(one.rule.counted_from),
            _(one.rule.action),
            _count(one),
        )
        for one in found
    ]
    console.show_table([_("Rule"), _("Series"), _("Keep for"), _("From"), _("Then"), _("May go")], rows)


@group.command("review")
def review_(plan: PlanPath = None, rule: Rules = None, as_json: Json = False) -> None:
    """Show the review list: each record past its time, what would go with it, and why others are kept.

    Examples: cityplanner retention review; cityplanner retention review --rule "Gifts ledger" --json
    """
    found = _reviewed(plan, rule)
    if as_json:
        console.show_json([_rule(one) | _listed(one) for one in found])
        return
    for one in found:
        _show(one)


@group.command("apply")
def apply_(
    plan: PlanPath = None,
    rule: Rules = None,
    agreed: Annotated[
        bool, typer.Option("--yes", help="Really let it go. Without this, only what would go is shown.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Let go everything that the review list says may go; a dry run unless --yes is given.

    The plan is backed up before. Records go in one change that can be undone; a pruned history is gone for good.

    Examples: cityplanner retention apply; cityplanner retention apply --rule "Gifts ledger" --yes
    """
    if not agreed:
        found = _reviewed(plan, rule)
        if as_json:
            console.show_json({"done": False, "rules": [_rule(one) | _listed(one) for one in found]})
            return
        for one in found:
            _show(one)
        console.say(_("Nothing was changed. Look through the list, then give --yes."))
        return
    with writing(plan) as opened:
        chosen = {
            one.rule.id: [record.id for record in one.ready] if one.cut is None else [0]
            for one in _named(opened, rule)
            if one.has_any
        }
        if not chosen:
            raise UserError(_("Nothing is past its time and free to go."), _("“retention review” says why."))
        with console.progress(_("Letting go")) as tell:
            done = apply(opened, chosen, dt.date.today(), lambda share: tell(share, ""))
    _report(done, as_json)


def _report(done: Outcome, as_json: bool) -> None:
    if as_json:
        console.show_json(
            {
                "done": True,
                "gone": done.gone,
                "kept": done.kept,
                "pruned": done.pruned,
                "backup": str(done.backup),
            }
        )
        return
    for line in done.told():
        console.say(line)


def _reviewed(plan: Any, rules: list[str] | None) -> list[Review]:
    with reading(plan) as opened:
        return _named(opened, rules)


def _named(plan: Plan, rules: list[str] | None) -> list[Review]:
    """The reviews of the rules that were named, or of all."""
    with plan.reading() as session, console.progress(_("Looking through the plan")) as tell:
        found = reviews(session, dt.date.today(), lambda share: tell(share, ""))
    if rules is None:
        return found
    wanted = {title.casefold().strip() for title in rules}
    unknown = wanted - {one.rule.title.casefold() for one in found}
    if unknown:
        raise NotFoundError(
            _("There is no retention rule “{title}”.").format(title=", ".join(sorted(unknown))),
            _("“cityplanner retention list” shows those there are."),
        )
    return [one for one in found if one.rule.title.casefold() in wanted]


def _rule(one: Review) -> dict[str, Any]:
    rule = one.rule
    return {
        "rule": rule.title,
        "series": str(rule.series),
        "years": rule.years,
        "counted_from": str(rule.counted_from),
        "action": str(rule.action),
        "authority": rule.authority,
        "reviewed_on": rule.reviewed_on,
        "may_go": one.cut.count if one.cut is not None else len(one.ready),
        "kept": len(one.candidates) - len(one.ready),
        "fault": one.fault,
    }


def _listed(one: Review) -> dict[str, Any]:
    if one.cut is not None:
        return {"up_to_change": one.cut.last_id, "why_not_more": one.kept}
    return {
        "records": [
            {
                "id": record.id,
                "title": record.title,
                "since": record.since,
                "along": record.along,
                "kept_by": record.reasons,
            }
            for record in one.candidates
        ]
    }


def _count(one: Review) -> str:
    if one.fault:
        return "—"
    return current().number(one.cut.count if one.cut is not None else len(one.ready))


def _show(one: Review) -> None:
    console.say(one.told())
    rule = one.rule
    if one.ready and rule.action is RetentionAction.ANONYMIZE:
        console.say(told_of(SERIES[rule.series]))
    rows = [
        (
            current().date(record.since),
            _("may go") if record.may_go else _("kept"),
            record.title,
            "; ".join(record.reasons) or record.along,
        )
        for record in one.candidates
    ]
    console.show_table([_("Due since"), _("State"), _("Record"), _("Goes along, or why kept")], rows)
