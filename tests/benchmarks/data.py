"""The big plan and the files that are read into it, made up with a fixed seed: the same bytes on every machine."""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cityplanner.model.office import Office
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.store import schema
from cityplanner.store.plan_file import Plan, create_plan, open_plan

SEED = 20261102
CONTACTS, PARTNERS, ENGAGEMENTS = 100_000, 20_000, 1_000_000
HEADERS = (
    "Given name", "Family name", "Name in own script", "E-mail", "Phone", "Country", "Languages", "Partner",
    "Position", "Notes",
)  # fmt: skip
_SYLLABLES = [
    "ka",
    "mi",
    "no",
    "ra",
    "ber",
    "lin",
    "sto",
    "na",
    "go",
    "ya",
    "wien",
    "por",
    "to",
    "li",
    "ma",
    "san",
    "ta",
    "cruz",
    "hel",
    "sin",
    "ki",
    "mün",
    "chen",
    "ath",
    "en",
    "łu",
    "ñe",
    "øs",
    "dé",
    "šk",
]
_SCRIPTS = (
    "абвгдежзиклмнопрст",
    "山田中村木林高橋大小川口",
    "김이박최정강조윤장임",
    "بتجدرسعفكلمن",
    "αβγδεζηικλμνοπ",
)
_TITLES = (
    "Consul General",
    "Head of Protocol",
    "Mayor",
    "Director",
    "Vice Consul",
    "Cultural Attaché",
    "Trade Officer",
)
_TAGS = ("en", "es; en", "ja", "ko; en", "fr", "ar; fr", "ru", "el", "de; en", "pt-BR")
# Country code and the number after it, so that every number is possible in its country.
_COUNTRIES = (
    ("JP", "+8152961"), ("MX", "+5255512"), ("FR", "+3314027"), ("DE", "+4930227"), ("KR", "+8225312"),
    ("GR", "+3021033"), ("BR", "+5511309"), ("EG", "+2022735"), ("US", "+1312555"), ("KE", "+2542022"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How much of the whole is made: 1 is 100,000 contacts at 20,000 partners, and 1,000,000 engagements."""

    scale: float = 1.0

    @property
    def contacts(self) -> int:
        """How many contacts a file has."""
        return max(int(CONTACTS * self.scale), 20)

    @property
    def partners(self) -> int:
        """How many partners the plan has before the import."""
        return max(int(PARTNERS * self.scale), 5)

    @property
    def engagements(self) -> int:
        """How many engagements the log of the big plan has."""
        return max(int(ENGAGEMENTS * self.scale), 50)


class Words:
    """Words of made-up syllables; names come from a stock, so that prefixes are shared as in a real list."""

    def __init__(self, seed: int = SEED) -> None:
        self.dice = random.Random(seed)
        self.given = [self.word(1, 3).title() for _ in range(800)]
        self.family = [self.word(2, 4).title() for _ in range(6000)]
        self.common = [self.word(1, 4) for _ in range(3000)]

    def word(self, least: int, most: int) -> str:
        """A word of so many syllables."""
        return "".join(self.dice.choices(_SYLLABLES, k=self.dice.randint(least, most)))

    def own_name(self) -> str:
        """A name in one of the other scripts; two in five people have one."""
        if self.dice.random() > 0.4:
            return ""
        script = self.dice.choice(_SCRIPTS)
        first, second = (("".join(self.dice.choices(script, k=self.dice.randint(2, 5)))) for _ in range(2))
        return f"{first} {second}"

    def sentence(self, count: int) -> str:
        """So many words."""
        return " ".join(self.dice.choices(self.common, k=count))


def partner_name(words: Words, number: int) -> str:
    """The name of a partner; the number keeps it apart from others."""
    return f"{words.dice.choice(words.family)} {words.dice.choice(words.family)} {number}"


def partner_names(size: Size) -> list[str]:
    """The names of all partners of the plan."""
    words = Words()
    return [partner_name(words, number) for number in range(1, size.partners + 1)]


def contact_rows(size: Size) -> Iterator[tuple[str, ...]]:
    """The rows of the file that is imported, by `HEADERS`."""
    partners, words = partner_names(size), Words(SEED + 1)
    for number in range(size.contacts):
        country, prefix = words.dice.choice(_COUNTRIES)
        yield (
            words.dice.choice(words.given),
            words.dice.choice(words.family),
            words.own_name(),
            f"p{number}@example.org",
            f"{prefix}{words.dice.randrange(10_000):04d}",
            country,
            words.dice.choice(_TAGS),
            words.dice.choice(partners),
            words.dice.choice(_TITLES),
            words.sentence(10),
        )


def make_plan(path: Path, size: Size) -> None:
    """Write a plan with an office and the partners, unless it is there."""
    if path.exists():
        return
    office = Office(
        name="Office of International Affairs",
        city="Riverton",
        country="US",
        zone="America/Chicago",
        languages=("en",),
    )
    with create_plan(path, office, user="benchmark") as plan:
        _add_partners(plan, size)


def _add_partners(plan: Plan, size: Size) -> None:
    kinds = tuple(PartnerKind)
    with plan.edit("Partners") as edit:
        edit.insert_values(
            Partner,
            [
                {"name": name, "kind": kinds[number % len(kinds)], "country": _COUNTRIES[number % 10][0]}
                for number, name in enumerate(partner_names(size))
            ],
        )


def make_csv(path: Path, size: Size) -> None:
    """Write the contacts as CSV, unless they are there."""
    if not path.exists():
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADERS)
            writer.writerows(contact_rows(size))


def make_xlsx(path: Path, size: Size) -> None:
    """Write the contacts as a spreadsheet, unless they are there."""
    if path.exists():
        return
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Contacts")
        sheet.write_row(0, 0, HEADERS)
        for number, row in enumerate(contact_rows(size), 1):
            for place, text in enumerate(row):
                if text:
                    sheet.write_string(number, place, text)


@dataclass(frozen=True, slots=True)
class Store:
    """A folder with what the workloads read; made once per size."""

    folder: Path
    size: Size

    def plan(self) -> Path:
        """The plan with its partners and no contact."""
        path = self.folder / f"partners-{self.size.partners}.cityplan"
        make_plan(path, self.size)
        return path

    def csv(self) -> Path:
        """The contacts as CSV."""
        path = self.folder / f"contacts-{self.size.contacts}.csv"
        make_csv(path, self.size)
        return path

    def xlsx(self) -> Path:
        """The contacts as a spreadsheet."""
        path = self.folder / f"contacts-{self.size.contacts}.xlsx"
        make_xlsx(path, self.size)
        return path

    def fresh_plan(self, name: str = "work") -> Path:
        """A copy of the plan that a workload may change."""
        path = self.folder / f"{name}.cityplan"
        for old in (path, Path(f"{path}-journal"), Path(f"{path}.holder"), Path(f"{path}.lock")):
            old.unlink(missing_ok=True)
        shutil.rmtree(self.folder / f"{name} backups", ignore_errors=True)
        shutil.copyfile(self.plan(), path)
        return path

    def big_plan(self) -> Path:
        """The plan with all there is, made once: contacts are imported, then the log and the work are added."""
        path = self.folder / f"big-{self.size.contacts}.cityplan"
        if not path.exists():
            from tests.benchmarks.big import fill
            from tests.benchmarks.importing import import_file

            work = self.fresh_plan("growing")
            import_file(work, self.csv())
            with open_plan(work, user="benchmark") as plan:
                fill(plan, self.size)
            work.rename(path)
        if schema.is_older(path):  # kept from another day
            open_plan(path, user="benchmark").close()
        return path
