"""The sample's agreements with their sides and deliverables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cityplanner.exchange.sample.data import day, document
from cityplanner.exchange.sample.writer import Writer
from cityplanner.model.agreement import (
    Agreement,
    AgreementPartner,
    AgreementStatus,
    AgreementType,
    Deliverable,
    DeliverableStatus,
)
from cityplanner.model.partner import Partner, Sensitivity

MAYOR = "Mayor of Port Linden"
DIRECTOR = "Director of International Affairs"
_BY_MAYOR = (AgreementType.SISTER, AgreementType.FRIENDSHIP, AgreementType.DECLARATION)


def rows() -> list[dict[str, Any]]:
    """All agreements as the file has them."""
    return list(document("agreements.yaml"))


def write(writer: Writer) -> None:
    """Enter the agreements, then what they promise."""
    with writer.plan.edit("Enter agreements and their sides") as edit:
        writer.keep(edit, [(row["key"], _agreement(writer, row)) for row in rows()])
        writer.insert(
            edit,
            [
                writer.new(
                    AgreementPartner,
                    agreement_id=writer.id(Agreement, row["key"]),
                    partner_id=writer.id(Partner, key),
                )
                for row in rows()
                for key in row["with"]
            ],
        )
    with writer.plan.edit("Enter what the agreements promise") as edit:
        writer.insert(edit, list(_deliverables(writer)))


def _agreement(writer: Writer, row: dict[str, Any]) -> Agreement:
    kind = AgreementType[row["type"]]
    signed = row.get("signed")
    return writer.new(
        Agreement,
        title=row["title"],
        type=kind,
        status=AgreementStatus[row["status"]],
        signed_on=signed,
        in_force_on=row.get("force"),
        expires_on=day(row.get("expires")),
        notice_days=row.get("notice"),
        resolution=f"Resolution {row['resolution']}" if "resolution" in row else "",
        our_signatory=(MAYOR if kind in _BY_MAYOR else DIRECTOR) if signed else "",
        their_signatory=row["theirs"] if signed else "",
        sensitivity=Sensitivity[row.get("sens", "PUBLIC")],
        summary=row["summary"],
    )


def _deliverables(writer: Writer) -> Iterator[Deliverable]:
    for row in rows():
        for title, status, due, delivered, evidence in row["deliverables"]:
            yield writer.new(
                Deliverable,
                agreement_id=writer.id(Agreement, row["key"]),
                title=title,
                status=DeliverableStatus[status],
                due_on=day(due),
                delivered_on=day(delivered),
                evidence=evidence or "",
            )
