"""The sample's agreements with their sides and deliverables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from cityplanner.base.files import safe_name
from cityplanner.exchange.sample.data import day, document
from cityplanner.exchange.sample.writer import SEED, Writer, new_uid
from cityplanner.model.agreement import (
    Agreement,
    AgreementPartner,
    AgreementStatus,
    AgreementStep,
    AgreementType,
    Deliverable,
    DeliverableStatus,
)
from cityplanner.model.attachment import Attachment
from cityplanner.model.partner import Partner, Sensitivity
from cityplanner.store.journal import Editing

MAYOR = "Mayor of Port Linden"
ATTACHED = 2
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
    with writer.plan.edit("Enter the steps of agreements, and attach two texts") as edit:
        # Chance of their own, so that what is drawn later stays what it was.
        random = Random(SEED)
        writer.insert(edit, list(_steps(writer, random)))
        writer.insert(edit, [_text(writer, random, edit, row) for row in rows()[:ATTACHED]])


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


def _steps(writer: Writer, random: Random) -> Iterator[AgreementStep]:
    """The signing and the coming into force, where their days are known."""
    for row in rows():
        days = {AgreementStatus.SIGNED: row.get("signed"), AgreementStatus.ACTIVE: row.get("force")}
        for status, on in days.items():
            if on is not None and len(str(on)) == len("2020-01-31"):
                yield AgreementStep(
                    uid=new_uid(random),
                    agreement_id=writer.id(Agreement, row["key"]),
                    status=status,
                    taken_on=date.fromisoformat(str(on)),
                )


def _text(writer: Writer, random: Random, edit: Editing, row: dict[str, Any]) -> Attachment:
    """A short text file that says what the agreement is about."""
    data = f"{row['title']}\n\n{row['summary']}\n".encode()
    return Attachment(
        uid=new_uid(random),
        name=safe_name(f"{row['title']}.txt"),
        size=len(data),
        attached_on=edit.now().date(),
        noun=Agreement.__tablename__,
        record_id=writer.id(Agreement, row["key"]),
        sha256=edit.keep_file(data),
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
