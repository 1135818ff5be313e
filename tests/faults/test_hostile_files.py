"""Hostile or broken files: no crash, no half import, words or a report by row; the long form tries 2,000 a reader."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from cityplanner.base.errors import UserError
from cityplanner.exchange import child
from cityplanner.exchange.bundle import restore_bundle
from cityplanner.exchange.csv_reading import read_csv
from cityplanner.exchange.formats import read_sheet
from cityplanner.exchange.icalendar_reading import read_icalendar
from cityplanner.exchange.intake.apply import apply
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.outcome import Fate, Preview
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.sheet import Reader, Sheet
from cityplanner.exchange.spreadsheet_reading import read_spreadsheet
from cityplanner.exchange.vcards import read_vcards
from cityplanner.model.contact import Contact
from cityplanner.model.engagement import Engagement
from cityplanner.model.entity import Entity
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.store.checks import check_content
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import listing
from tests.exchange.bundles import read_bundles_in_place, small_bundle
from tests.exchange.in_place import read_in_place
from tests.exchange.spreadsheet_files import ods_rows, open_document, workbook
from tests.faults.mutants import inside, mutants
from tests.faults.sizes import size

DATA = Path(__file__).parents[1] / "data" / "import"
MUTANTS = size(40, 2000)
APPLIED_EVERY = size(10, 5)
"""Every so manieth import is carried through, which takes a backup each time."""
PATIENCE = 30
"""Seconds that no file of a few kilobytes may take."""
TABLE = [
    ["Name", "Kind", "Country", "City", "E-mail", "Languages", "Since", "Notes"],
    ["Nagoya", "sister city", "Japan", "Nagoya", "office@example.jp", "ja; en", "1959", "Harbor, schools"],
    ["Bordeaux", "friendship city", "FR", "Bordeaux", "ville@example.fr", "fr", "1964-05", "“Wine” & more"],
    ["São Paulo", "sister city", "Brasil", "São Paulo", "", "pt-BR", "", "line\nbreak"],
]


def _text(delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    lines = (delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in TABLE)
    return "\r\n".join(lines).encode(encoding, "replace")


def _packed() -> tuple[bytes, ...]:
    return workbook(("one", TABLE)), open_document(ods_rows(TABLE))


def _broken_spreadsheets(count: int, seed: int) -> Iterator[bytes]:
    """Half of them broken as archives, half of them whole archives of broken parts."""
    chance = random.Random(seed)
    for number, mutant in enumerate(mutants(_packed(), count, seed)):
        yield mutant if number % 2 else inside(_packed()[number // 2 % 2], chance)


def _broken(*good: bytes) -> Callable[[int, int], Iterator[bytes]]:
    return lambda count, seed: mutants(good, count, seed)


@dataclass(frozen=True)
class Trial:
    """A reader, what it reads, and what becomes of it."""

    read: Reader
    noun: type[Entity]
    suffix: str
    broken: Callable[[int, int], Iterator[bytes]]


TRIALS = {
    "csv": Trial(
        read_csv, Partner, "csv", _broken(_text(), _text(";", "cp1252"), _text("\t", "utf-16"), _text("|"))
    ),
    "spreadsheet": Trial(read_spreadsheet, Partner, "xlsx", _broken_spreadsheets),
    "vcard": Trial(
        read_vcards, Contact, "vcf", _broken(*(file.read_bytes() for file in sorted(DATA.glob("*.vcf"))))
    ),
    "icalendar": Trial(read_icalendar, Engagement, "ics", _broken((DATA / "outlook.ics").read_bytes())),
}
Read = Sheet | UserError


@dataclass
class Figures:
    """What became of the mutants."""

    refused: int = 0
    died: int = 0
    tables: int = 0
    rows: int = 0
    reported: int = 0
    applied: int = 0
    longest: float = 0.0
    _since: float = field(default_factory=time.monotonic)

    def took(self) -> None:
        """One more was read."""
        now = time.monotonic()
        self.longest, self._since = max(self.longest, now - self._since), now

    def __str__(self) -> str:
        return (
            f"{self.refused} refused in words, {self.tables} tables of {self.rows} rows, "
            f"{self.reported} of them reported, {self.applied} imports carried through, "
            f"longest {self.longest:.2f} s"
        )


def _sheets(trial: Trial, broken: list[bytes]) -> Iterator[Read]:
    """What the reader makes of each; in a process that is begun anew where a mutant ended it."""
    done = 0
    while done < len(broken):
        heard = child.heard_from_child(
            read_all, (trial.read, broken[done:]), "fuzz", lambda: None, child.Limits(seconds=3600)
        )
        try:
            for read in heard:
                yield read
                done += 1
        except UserError as ended:  # as the real process would have ended
            yield ended
            done += 1


def read_all(read: Reader, broken: list[bytes], send: child.Send) -> None:
    """In the process: what becomes of each."""
    for data in broken:
        try:
            send(read_in_place(read, data, "fuzz"))
        except UserError as error:
            send(error)


def _count(plan: Plan) -> dict[str, int]:
    with plan.reading() as session:
        return {table: listing.count(session, noun) for table, noun in nouns().items()}


@pytest.mark.parametrize("name", TRIALS)
def test_a_broken_file_ends_in_words_or_in_a_report_by_row_and_never_in_half_an_import(
    name: str, plan: Plan
) -> None:
    trial, figures = TRIALS[name], Figures()
    for number, read in enumerate(_sheets(trial, list(trial.broken(MUTANTS, 7)))):
        figures.took()
        ended = _looked_at(plan, trial, read)
        if isinstance(ended, UserError):
            assert ended.what
            assert ended.remedy
            figures.refused += 1
            figures.died += "all of a sudden" in ended.what
        else:
            _reported(ended, figures)
            if number % APPLIED_EVERY == 0 and ended.changes and not ended.doubtful:
                _carried_through(plan, ended)
                figures.applied += 1
    print(f"\n{name}: {MUTANTS} mutants: {figures}")
    assert figures.refused + figures.tables == MUTANTS
    assert figures.died == 0, "its process would have kept the window from harm, but nothing should end it"
    assert figures.tables > MUTANTS // 20, "what is never read proves little"
    assert figures.longest < PATIENCE
    assert all(finding.ok for finding in check_content(plan))


def _looked_at(plan: Plan, trial: Trial, read: Read) -> Preview | UserError:
    if isinstance(read, UserError):
        return read
    try:
        return preview(plan, read, trial.noun, match(read.headers, trial.noun))
    except UserError as error:
        return error


def _reported(found: Preview, figures: Figures) -> None:
    """Each row has its fate, and what is refused says why."""
    assert sum(found.counts.values()) == len(found.lines) > 0
    assert all(line.problems for line in found.rejected)
    figures.tables += 1
    figures.rows += len(found.lines)
    figures.reported += len(found.rejected)


def _carried_through(plan: Plan, found: Preview) -> None:
    """What the preview said is done, all of it, and one undo takes all of it back."""
    before = _count(plan)
    report = apply(plan, found)
    table = found.noun.__tablename__
    assert _count(plan)[table] - before[table] == report.created == found.counts[Fate.NEW]
    plan.undo()
    assert _count(plan) == before


@pytest.mark.parametrize("name", TRIALS)
def test_a_broken_file_harms_nothing_through_the_real_process(name: str, plan: Plan, tmp_path: Path) -> None:
    trial = TRIALS[name]
    refused: list[UserError] = []
    for number, data in enumerate(trial.broken(size(2, 40), 11)):
        path = tmp_path / f"{number}.{trial.suffix}"
        path.write_bytes(data)
        try:
            sheet = read_sheet(path)
        except UserError as error:
            refused.append(error)
        else:
            assert all(len(row.cells) == len(sheet.headers) for row in sheet.rows)
    assert all(error.remedy for error in refused)


STRANGE: tuple[object, ...] = (
    None,
    True,
    -1,
    10**30,
    1.5,
    "",
    "x\x00",
    "\ud800",
    [],
    [[]],
    {},
    "9" * 400,
    "2026-02-30",
    "=1+1",
)


def _broken_bundles(bundle: dict[str, Any], count: int) -> Iterator[bytes]:
    """A third with a strange value somewhere, a third with a changed sign or two, a third damaged as bytes."""
    chance = random.Random(7)
    text = json.dumps(bundle)
    damaged = mutants([text.encode()], count, 7)
    for number in range(count):
        whole = json.loads(text)
        table = chance.choice([name for name, some in whole["records"].items() if some])
        record = chance.choice(whole["records"][table])
        record[chance.choice(list(record))] = chance.choice(STRANGE)
        place = chance.randrange(len(text))
        sign = chance.choice(("", '"', "}", "0", "\\u0000", "é"))
        made = (json.dumps(whole), text[:place] + sign + text[place + chance.randrange(3) :])
        yield made[number % 3].encode() if number % 3 < 2 else next(damaged)


def test_a_broken_bundle_ends_in_words_or_in_a_whole_plan(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    read_bundles_in_place(monkeypatch)
    (tmp_path / "good").mkdir()
    bundle = small_bundle(tmp_path / "good")
    records = sum(map(len, bundle["records"].values()))
    whole, refused = 0, list[UserError]()
    for number, data in enumerate(_broken_bundles(bundle, size(15, 2000))):
        (tmp_path / "plan.json").write_bytes(data)
        target = tmp_path / f"{number}.cityplan"
        try:
            restored = restore_bundle(tmp_path / "plan.json", target)
        except UserError as error:
            refused.append(error)
        else:
            with restored:
                assert records - 1 <= sum(_count(restored).values()) <= records
                assert all(finding.ok for finding in check_content(restored))
            target.unlink()
            whole += 1
        assert list(tmp_path.glob("*.cityplan*")) == []
    assert all(error.remedy for error in refused)
    print(f"\njson: {len(refused) + whole} mutants: {len(refused)} refused in words, {whole} restored whole")
