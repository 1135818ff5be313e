"""E-mail drafts for a group as `.eml` files that a mail program opens; nothing is sent from here."""

from __future__ import annotations

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from cityplanner.base.errors import UserError
from cityplanner.base.files import whole_file
from cityplanner.base.language import _
from cityplanner.exchange.recipients import Recipients

MOST_AT_ONCE = 50
"""How many recipients one message has at most unless said otherwise; many providers refuse more than 100."""


def drafts(
    found: Recipients, *, subject: str = "", body: str = "", batch: int = MOST_AT_ONCE
) -> list[EmailMessage]:
    """One draft for every `batch` addresses, each address only in Bcc; raises `UserError` where there are none."""
    if batch < 1:
        raise UserError(_("A message needs at least one recipient."), _("Choose 1 or more at once."))
    addresses = found.addresses
    if not addresses:
        raise UserError(
            _("Nobody in “{group}” can be reached by e-mail.").format(group=found.group),
            _("Add e-mail addresses to its contacts first."),
        )
    title = " ".join((subject or found.group).split())
    return [
        _draft(addresses[start : start + batch], title, body) for start in range(0, len(addresses), batch)
    ]


def _draft(addresses: Sequence[str], subject: str, body: str) -> EmailMessage:
    # Addresses in other scripts can only be written as UTF-8 (RFC 6532); all others stay readable everywhere.
    message = EmailMessage(policy=SMTP.clone(utf8=not all(map(str.isascii, addresses))))
    message["Subject"] = subject
    message["Bcc"] = [_address(address) for address in addresses]
    # Outlook opens a message with this header for editing instead of for reading.
    message["X-Unsent"] = "1"
    message.set_content(body + "\n" if body else "\n")
    return message


def _address(address: str) -> Address:
    name, _at, domain = address.rpartition("@")
    return Address(username=name, domain=domain)


def write_drafts(messages: Sequence[EmailMessage], target: Path) -> list[Path]:
    """Write each draft to a file of its own: `name.eml`, or `name-1.eml` and so on where there are several."""
    stem = target.with_suffix("")
    if len(messages) == 1:
        paths = [stem.with_suffix(".eml")]
    else:
        paths = [stem.with_name(f"{stem.name}-{number}.eml") for number in range(1, len(messages) + 1)]
    for path, message in zip(paths, messages, strict=True):
        with whole_file(path) as temporary:
            temporary.write_bytes(message.as_bytes())
    return paths
