"""vCards (2.1, 3.0, 4.0) as a table of contacts: one row a card, whatever program wrote it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.exchange.cell_texts import join, safe
from cityplanner.exchange.content_lines import Line, blocks, one_line, read_line
from cityplanner.exchange.sheet import MOST_ROWS, Hints, Sheet, Told
from cityplanner.model.names import UnreadableError, country_named

OURS = "X-CITYPLANNER-"
PRODUCT = "-//CityPlanner//EN"
LONGEST_UID = 36
COLUMNS = (
    "given", "family", "own_name", "pronunciation", "address_form", "salutation", "email", "other_emails", "phone",
    "other_phones", "country", "languages", "do_not_contact", "protocol", "notes", "full_name",
    "position.title", "position.partner_id", "position.partner_id uid", "uid",
)  # fmt: skip
_PICTURES = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})


@dataclass(slots=True)
class _Card:
    """What a card says of a person, by column; what no column takes is kept for the notes."""

    cells: dict[str, str] = field(default_factory=dict)
    emails: list[tuple[int, str]] = field(default_factory=list)
    phones: list[tuple[int, str]] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    phonetic: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    organization: str = ""
    department: str = ""
    title: str = ""
    role: str = ""
    shown: str = ""
    nickname: str = ""
    kind: str = ""
    ours: bool = False


def read_vcards(data: bytes, name: str, hints: Hints) -> Generator[Told, None, Sheet]:
    """A table of contacts out of the bytes of any number of cards; a card that is none of a person is left out."""
    left_out: Counter[str] = Counter()
    any_told = False
    for number, lines in enumerate(blocks(data, "VCARD"), 1):
        if number > MOST_ROWS:
            raise UserError(
                _("“{name}” has more than {n} cards.").format(name=name, n=MOST_ROWS),
                _("Split it into several files and import them one by one."),
            )
        cells = _card_cells(lines, left_out)
        if cells is not None:
            any_told = True
            yield number, tuple(safe(cells.get(column, "")) for column in COLUMNS), ""
    if not any_told:
        raise UserError(
            _("“{name}” has no cards of people.").format(name=name),
            _("Export contacts as vCard (.vcf) from their program and import that."),
        )
    return Sheet(name, COLUMNS, table="contact", notes=_told(left_out), keep_unknown=True)


def _told(left_out: Counter[str]) -> tuple[str, ...]:
    say = current()
    words = {
        "pictures": ("{n} picture or sound was left out.", "{n} pictures and sounds were left out."),
        "groups": ("{n} group was left out.", "{n} groups were left out."),
        "lines": ("{n} line could not be read.", "{n} lines could not be read."),
        "empty": ("{n} card without a name was left out.", "{n} cards without a name were left out."),
    }
    return tuple(say.plural(*words[what], count) for what, count in left_out.items() if count)


def _card_cells(lines: list[bytes], left_out: Counter[str]) -> dict[str, str] | None:
    """What a card says of a person, by column; None for one that is left out."""
    card = _Card()
    labels: dict[str, str] = {}
    read = [line for line in map(read_line, lines) if line is not None]
    left_out.update({"lines": len([line for line in lines if line.strip()]) - len(read)})
    for line in read:
        if line.name == "X-ABLABEL":
            labels[line.group] = line.text()
    for line in read:
        if line.name in _PICTURES:
            left_out["pictures"] += 1
        elif line.name in _READ:
            _READ[line.name](card, line)
        elif line.name.startswith(OURS):
            _own(card, line)
    if card.kind == "group":
        left_out["groups"] += 1
        return None
    cells = _cells(card)
    if not any(cells.get(name) for name in ("given", "family", "own_name", "full_name")):
        left_out["empty"] += 1
        return None
    return cells


# --- properties ---


def _name(card: _Card, line: Line) -> None:
    family, given, middle, prefix, suffix = [*line.components(), "", "", "", "", ""][:5]
    card.cells["given"] = one_line(f"{given} {middle}")
    card.cells["family"] = one_line(", ".join(part for part in (family, suffix) if part))
    card.cells["address_form"] = one_line(prefix)


def _shown(card: _Card, line: Line) -> None:
    card.shown = card.shown or one_line(line.text())


def _nickname(card: _Card, line: Line) -> None:
    card.nickname = one_line(line.text())


def _email(card: _Card, line: Line) -> None:
    address = line.text().removeprefix("mailto:").strip()
    if re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+", address):
        card.emails.append((_place(line), address))
    elif address:
        card.more.append(f"{_('E-mail')}: {one_line(address)}")


def _phone(card: _Card, line: Line) -> None:
    number = re.sub(r"^tel:", "", line.text(), flags=re.IGNORECASE)
    digits = sum(sign.isdigit() for sign in number)
    kinds = line.types()
    if 6 <= digits <= 22 and not re.search(r"[*#]", number):
        card.phones.append((_place(line) + (10 if "fax" in kinds or "pager" in kinds else 0), number))
    elif number:
        card.more.append(f"{_('Phone')}: {one_line(number)}")


def _place(line: Line) -> int:
    """Preferred addresses stand first, all others as they come."""
    preference = line.parameters.get("PREF", ("",))[0]
    if preference.isdecimal():
        return min(int(preference), 100) - 101
    return -1 if "pref" in line.types() else 0


def _organization(card: _Card, line: Line) -> None:
    parts = [one_line(part) for part in line.components() if part]
    if parts and not card.organization:
        card.organization, card.department = parts[0], ", ".join(parts[1:])


def _title(card: _Card, line: Line) -> None:
    card.title = card.title or one_line(line.text())


def _role(card: _Card, line: Line) -> None:
    card.role = card.role or one_line(line.text())


def _address(card: _Card, line: Line) -> None:
    """An address has no field of its own, but its country has."""
    parts = line.components()
    whole = one_line(
        ", ".join(one_line(part) for part in parts[:-1] if part) if len(parts) == 7 else ", ".join(parts)
    )
    country = one_line(parts[-1]) if len(parts) == 7 else ""
    code = ""
    try:
        code = country.upper() if len(country) == 2 and country.isascii() else country_named(country)
    except UnreadableError:
        whole = ", ".join(part for part in (whole, country) if part)
    if code and not card.cells.get("country"):
        card.cells["country"] = code
    elif code and code != card.cells["country"]:
        whole = ", ".join(part for part in (whole, country) if part)
    if whole:
        card.more.append(f"{_('Address')}: {whole}")


def _note(card: _Card, line: Line) -> None:
    card.notes.append(line.text())


def _kept(label: str) -> Callable[[_Card, Line], None]:
    def keep(card: _Card, line: Line) -> None:
        if line.text():
            card.more.append(f"{_(label)}: {one_line(line.text())}")

    return keep


def _language(card: _Card, line: Line) -> None:
    card.languages.append(one_line(line.text()))


def _uid(card: _Card, line: Line) -> None:
    uid = line.text().removeprefix("urn:uuid:")
    card.cells["uid"] = uid if 0 < len(uid) <= LONGEST_UID and uid.isprintable() else stable_uid(uid)


def stable_uid(uid: str) -> str:
    """A uid short enough for a plan, always the same for a longer one; empty for an empty one."""
    return str(uuid5(NAMESPACE_URL, uid)) if uid else ""


def _product(card: _Card, line: Line) -> None:
    card.ours = line.value == PRODUCT


def _kind(card: _Card, line: Line) -> None:
    text = line.text().lower()
    card.kind = {"company": "org", "organization": "org"}.get(text, text)


def _phonetic(card: _Card, line: Line) -> None:
    card.phonetic[line.name] = one_line(line.text())


def _own(card: _Card, line: Line) -> None:
    """What only our own cards say."""
    name = line.name.removeprefix(OURS).lower().replace("-", "_")
    if name == "lang":
        card.languages.append(line.text())
    elif name == "partner_uid":
        card.cells["position.partner_id uid"] = line.text()
    elif name in ("own_name", "pronunciation", "salutation", "do_not_contact", "protocol", "country"):
        card.cells[name] = line.text()


_READ: dict[str, Callable[[_Card, Line], None]] = {
    "N": _name,
    "FN": _shown,
    "NICKNAME": _nickname,
    "EMAIL": _email,
    "TEL": _phone,
    "ORG": _organization,
    "TITLE": _title,
    "ROLE": _role,
    "ADR": _address,
    "NOTE": _note,
    "URL": _kept("Website"),
    "BDAY": _kept("Birthday"),
    "IMPP": _kept("Messages"),
    "LANG": _language,
    "UID": _uid,
    "KIND": _kind,
    "PRODID": _product,
    "X-ABSHOWAS": _kind,
    "X-ADDRESSBOOKSERVER-KIND": _kind,
    "X-PHONETIC-FIRST-NAME": _phonetic,
    "X-PHONETIC-MIDDLE-NAME": _phonetic,
    "X-PHONETIC-LAST-NAME": _phonetic,
}


# --- the row ---


def _cells(card: _Card) -> dict[str, str]:
    cells = card.cells
    _name_somehow(card)
    for name, found in (("email", card.emails), ("phone", card.phones)):
        found.sort(key=lambda item: item[0])
        ordered = list(dict.fromkeys(text for _place, text in found))
        if card.ours and found and found[0][0] >= 0:  # our cards say which address comes first, if any does
            ordered.insert(0, "")
        if ordered:
            cells[name] = ordered[0]
            cells[f"other_{name}s"] = join(tuple(ordered[1:]))
    cells["languages"] = join(tuple(dict.fromkeys(card.languages)))
    if card.phonetic and not cells.get("pronunciation"):
        parts = (card.phonetic.get(f"X-PHONETIC-{part}-NAME", "") for part in ("FIRST", "MIDDLE", "LAST"))
        cells["pronunciation"] = one_line(" ".join(parts))
    cells["position.partner_id"] = card.organization if card.kind != "org" else ""
    title = card.title or card.role
    cells["position.title"] = ", ".join(part for part in (title, card.department) if part)
    cells["notes"] = "\n".join(part for part in (*card.notes, *card.more) if part)
    return cells


def _name_somehow(card: _Card) -> None:
    """A card whose name is only shown, or that is an organization's, still says whom it is of."""
    cells = card.cells
    if cells.get("given") or cells.get("family"):
        if card.nickname:
            card.more.append(f"{_('Nickname')}: {card.nickname}")
        return
    if card.kind == "org":
        cells["family"] = card.shown or card.organization
    elif not cells.get("own_name"):
        cells["full_name"] = card.shown or card.nickname or card.organization or _local_part(card)
        cells["address_form"] = "" if not cells["full_name"] else cells.get("address_form", "")


def _local_part(card: _Card) -> str:
    return next((address.partition("@")[0] for _place, address in card.emails), "")
