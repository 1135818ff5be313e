"""Which page shows which noun: the sections of the rail, as data."""

from __future__ import annotations

from dataclasses import dataclass

from cityplanner.base.language import N_


@dataclass(frozen=True, slots=True)
class View:
    """A tab that is no list but a page of its own kind; `cityplanner.ui.pages.views` makes it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Section:
    """An entry of the rail. Its nouns are tabs in this order; without nouns it is a page of its own kind.

    `views` are tabs before the nouns, `more_views` tabs after them.
    """

    key: str
    label: str
    icon: str
    tables: tuple[str, ...] = ()
    views: tuple[View, ...] = ()
    more_views: tuple[View, ...] = ()


SECTIONS = (
    Section("home", N_("Home"), "house"),
    Section(
        "recommendations",
        N_("Recommendations"),
        "lightbulb",
        ("source_item", "answer", "roundtable", "section"),
        views=(View("board", N_("Overview")),),
        more_views=(View("matrix", N_("Matrix")),),
    ),
    Section(
        "initiatives",
        N_("Initiatives"),
        "target",
        ("initiative", "service_level", "milestone", "indicator", "measurement", "score", "criterion_weight"),
        more_views=(View("score_sheet", N_("Score sheet")),),
    ),
    Section(
        "budget",
        N_("Budget"),
        "wallet",
        ("scenario", "budget_line", "fund", "fund_amount", "staff_position"),
        views=(View("desk", N_("Desk")),),
    ),
    Section(
        "partners",
        N_("Partners"),
        "building-2",
        ("partner",),
        more_views=(View("keep_in_touch", N_("Keep in touch")),),
    ),
    Section("contacts", N_("Contacts"), "users", ("contact", "position", "smart_group")),
    Section(
        "agreements",
        N_("Agreements"),
        "handshake",
        ("agreement", "deliverable", "agreement_step", "attachment"),
        more_views=(View("dormancy", N_("Dormancy review")),),
    ),
    Section(
        "engagements",
        N_("Engagements"),
        "calendar-days",
        ("engagement", "commitment", "gift", "aid", "practice"),
        more_views=(View("all_commitments", N_("Commitments due")),),
    ),
    Section("reports", N_("Reports"), "file-text"),
)

NARROWED_BY: dict[str, tuple[str, ...]] = {
    "source_item": ("kind", "theme"),
    "answer": ("response",),
    "section": ("kind",),
    "initiative": ("status", "theme"),
    "service_level": ("kind",),
    "milestone": ("status",),
    "indicator": ("kind",),
    "score": ("criterion",),
    "scenario": ("kind",),
    "budget_line": ("category",),
    "fund": ("type", "source"),
    "partner": ("kind", "sensitivity"),
    "smart_group": ("of",),
    "agreement": ("status", "type"),
    "deliverable": ("status",),
    "agreement_step": ("status",),
    "engagement": ("status", "format", "mode"),
    "commitment": ("status", "side"),
    "gift": ("direction", "disposition"),
    "aid": ("direction", "status"),
    "practice": ("status",),
}
"""The choices a list can be narrowed by, in the order of their boxes."""

HINTS: dict[str, str] = {
    "source_item": N_(
        "What the roundtables recorded stands here. Add items of your own to your own roundtables."
    ),
    "answer": N_("Say how far your office takes a recommendation up, and how much it counts."),
    "roundtable": N_("Add a meeting of practitioners whose results you want to plan by."),
    "section": N_("Add the takeaways and questions of a roundtable."),
    "initiative": N_("Add what your office does, then link it to the recommendations it answers."),
    "service_level": N_("Add the levels at which an initiative can run: full, reduced, virtual or paused."),
    "milestone": N_("Add the dated steps of your initiatives."),
    "indicator": N_("Add what shows that an initiative works."),
    "measurement": N_("Add a dated value of an indicator."),
    "score": N_("Score your initiatives to see their priority."),
    "criterion_weight": N_("Say how much each criterion counts in your office."),
    "scenario": N_("Add a scenario to see what a budget change would keep and lose."),
    "budget_line": N_("Add what a service level costs a fund in a year."),
    "fund": N_("Add the funds that pay for your work."),
    "fund_amount": N_("Add what a fund holds in a fiscal year."),
    "staff_position": N_("Add the positions of your office, filled or vacant."),
    "partner": N_("Add the organizations you keep in touch with, or import your list."),
    "contact": N_("Add the people at your partners, or import your list."),
    "position": N_("Add who holds which position at which partner, from when to when."),
    "smart_group": N_("Save a search or filter of any list as a group, or write its conditions here."),
    "agreement": N_("Add what you agreed with a partner; a year is enough for a date."),
    "deliverable": N_("Add what an agreement promises."),
    "agreement_step": N_("Each change of an agreement's status stands here with its date."),
    "attachment": N_("Attach files on the page of the record they belong to; all of them are listed here."),
    "engagement": N_("Log a meeting, a visit or a call, with the partners who took part."),
    "commitment": N_("Add a promise, ours or theirs, so that nobody is forgotten."),
    "gift": N_("Log a gift given or received, with the date its disclosure is due."),
    "aid": N_("Log help given or received."),
    "practice": N_("Note what a peer does well."),
}
"""What to do where a list is empty."""


def section_of(table: str) -> Section | None:
    """The section whose page shows a noun; None for pairings, which are reached from either side."""
    return next((section for section in SECTIONS if table in section.tables), None)
