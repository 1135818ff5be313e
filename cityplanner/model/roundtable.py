"""Roundtables, their sections and source items: what practitioners recorded, and how it hangs together."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.orm import Mapped

from cityplanner.base.language import N_, _
from cityplanner.model import field as f
from cityplanner.model.entity import Entity, Problem
from cityplanner.model.field import OnDelete


class Theme(StrEnum):
    """What a source item or an initiative is about."""

    EMERGENCY = N_("emergency response")
    LOCAL = N_("local engagement")
    NETWORKS = N_("networks and peer learning")
    RESOURCES = N_("resources and budget")
    VALUE = N_("value narrative")
    FRAMEWORK = N_("institutional and policy framework")
    MULTILATERAL = N_("multilateral work")
    EQUITY = N_("racial equity and inclusion")
    VIRTUAL = N_("virtual engagement")
    TENSION = N_("great-power tension")
    CULTURE = N_("culture, health, sport and trade")
    STRATEGY = N_("post-crisis strategy")


class Origin(StrEnum):
    """Who wrote a roundtable into the plan."""

    SHIPPED = N_("shipped")
    OWN = N_("own")


class SectionKind(StrEnum):
    """What sort of part of a report a section is; a question's heading prompts, it is no finding."""

    INTRODUCTION = N_("introduction")
    TAKEAWAY = N_("takeaway")
    QUESTION = N_("question")
    CLOSING = N_("closing")


class ItemKind(StrEnum):
    """What a source item is."""

    RECOMMENDATION = N_("recommendation")
    PRACTICE = N_("practice")
    FINDING = N_("finding")
    QUESTION = N_("open question")


class Support(StrEnum):
    """How many of the participants stood behind an item."""

    ONE = N_("one")
    SEVERAL = N_("several")
    MANY = N_("many")
    MOST = N_("most")
    ALL = N_("all")


class LinkKind(StrEnum):
    """How one source item relates to another."""

    REPEATS = N_("repeats")
    EVOLVES = N_("evolves")
    TENSION = N_("in tension with")


class Roundtable(Entity):
    """A meeting of practitioners whose results are worth planning by."""

    __tablename__ = "roundtable"
    __label__ = N_("roundtable")
    __plural__ = N_("roundtables")
    __order__ = ("held_on", "title")

    title: Mapped[str] = f.title(N_("Title"))
    host: Mapped[str] = f.text(
        N_("Host"), listed=True, help=N_("The organization that called the roundtable.")
    )
    held_on: Mapped[str] = f.partial_date(N_("Held on"), required=True, listed=True)
    published_on: Mapped[str | None] = f.partial_date(N_("Published on"), listed=True)
    source: Mapped[str] = f.text(N_("Source"), help=N_("Under which title its results were published."))
    scope: Mapped[str] = f.text(N_("Scope"), help=N_("Which cities and topics it covered."))
    participants: Mapped[int | None] = f.integer(N_("Participating cities"), listed=True)
    origin: Mapped[Origin] = f.choice(
        N_("Origin"),
        Origin,
        Origin.OWN,
        derived=True,
        help=N_("Shipped roundtables are updated with the catalog."),
    )


class Section(Entity):
    """A takeaway or a question of a roundtable."""

    __tablename__ = "section"
    __label__ = N_("section")
    __plural__ = N_("sections")
    __order__ = ("roundtable_id", "number")

    roundtable_id: Mapped[int] = f.link("roundtable", N_("Roundtable"), on_delete=OnDelete.OWN, listed=True)
    number: Mapped[int] = f.integer(N_("Number"), required=True, listed=True)
    kind: Mapped[SectionKind] = f.choice(N_("Kind"), SectionKind, SectionKind.TAKEAWAY, listed=True)
    title: Mapped[str] = f.title(N_("Title"))
    prompt: Mapped[str] = f.long_text(N_("Prompt"), help=N_("What the question asked; it is no finding."))


class SourceItem(Entity):
    """One thing a roundtable recorded: a recommendation, a practice, a finding or an open question."""

    __tablename__ = "source_item"
    __label__ = N_("source item")
    __plural__ = N_("source items")
    __title__ = ("code", "title")
    __order__ = ("code",)

    code: Mapped[str] = f.code(N_("Code"))
    number: Mapped[int | None] = f.integer(N_("Number"), help=N_("Its place in the catalog."))
    title: Mapped[str] = f.title(N_("Title"))
    kind: Mapped[ItemKind] = f.choice(N_("Kind"), ItemKind, ItemKind.RECOMMENDATION, listed=True)
    support: Mapped[Support] = f.choice(
        N_("Support"),
        Support,
        Support.SEVERAL,
        listed=True,
        help=N_("How many of the participants stood behind it."),
    )
    theme: Mapped[Theme] = f.choice(N_("Theme"), Theme, required=True, listed=True)
    section_id: Mapped[int] = f.link("section", N_("Section"), on_delete=OnDelete.OWN, listed=True)
    text: Mapped[str] = f.long_text(N_("Text"), required=True)
    actions: Mapped[tuple[str, ...]] = f.words(N_("Suggested actions"), longest=500)
    indicators: Mapped[tuple[str, ...]] = f.words(N_("Suggested indicators"), longest=500)


class ItemLink(Entity):
    """How one source item relates to another: the second roundtable follows the first."""

    __tablename__ = "item_link"
    __label__ = N_("link between source items")
    __plural__ = N_("links between source items")
    __title__ = ("from_id", "kind", "to_id")
    __unique__ = ("from_id", "to_id", "kind")

    from_id: Mapped[int] = f.link("source_item", N_("From"), on_delete=OnDelete.OWN, listed=True)
    kind: Mapped[LinkKind] = f.choice(N_("Relation"), LinkKind, LinkKind.EVOLVES, listed=True)
    to_id: Mapped[int] = f.link("source_item", N_("To"), on_delete=OnDelete.OWN, listed=True)
    note: Mapped[str] = f.long_text(N_("Note"), listed=True)

    def check(self) -> list[Problem]:
        """An item cannot relate to itself."""
        found = super().check()
        if self.from_id is not None and self.from_id == self.to_id:
            found.append(self.problem("to_id", _("is the item itself. Choose another.")))
        return found
