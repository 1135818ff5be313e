"""The sample office's groups: the lists it looks at, exports and writes to again and again."""

from __future__ import annotations

from cityplanner.exchange.sample.writer import Writer
from cityplanner.model.group import GroupOf, SmartGroup

_GROUPS = (
    ("Career consulates", GroupOf.PARTNER, ("kind is career consulate",)),
    ("Cities silent for half a year", GroupOf.PARTNER, ("kind is city", "last_contact older than 180")),
    ("Spanish speakers", GroupOf.CONTACT, ("languages is es", "email is not empty")),
    ("Agreements that run out", GroupOf.AGREEMENT, ("expires_on within 365",)),
    ("Our open promises", GroupOf.COMMITMENT, ("side is ours", "status is pending | in progress")),
)


def write(writer: Writer) -> None:
    """Save each group."""
    with writer.plan.edit("Save five groups") as edit:
        writer.insert(
            edit,
            [
                writer.new(SmartGroup, title=title, of=of, conditions=conditions)
                for title, of, conditions in _GROUPS
            ],
        )
