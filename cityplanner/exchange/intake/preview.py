"""The third step of an import: what each row of a table would do to the plan, without doing it."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cityplanner.base.collecting import emptied_after, holding_off
from cityplanner.base.language import _
from cityplanner.exchange.cell_texts import unsafe
from cityplanner.exchange.cells import CellReader, write
from cityplanner.exchange.intake.companions import Companion
from cityplanner.exchange.intake.differences import Wording
from cityplanner.exchange.intake.directory import Directory
from cityplanner.exchange.intake.doubts import Doubts
from cityplanner.exchange.intake.entourage import Entourage, left_out
from cityplanner.exchange.intake.known import Known, Match, comparable, unique
from cityplanner.exchange.intake.match import UID, Column
from cityplanner.exchange.intake.outcome import (
    AS_NEW,
    LEAVE_OUT,
    LIKELIEST,
    Candidate,
    Choices,
    Draft,
    Fate,
    Line,
    Preview,
    Trouble,
)
from cityplanner.exchange.intake.rows import Place, RowReader, Told, told_companions
from cityplanner.exchange.intake.together import PAGE, Together
from cityplanner.exchange.sheet import Progress, Row, Sheet, silent
from cityplanner.model.asking import Asker
from cityplanner.model.contact import Contact
from cityplanner.model.entity import Entity, Problem, field_of, fields, links, stand_in
from cityplanner.model.field import Kind
from cityplanner.model.office import Office
from cityplanner.model.scenario import Scenario
from cityplanner.store.guards import check_around
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.history import newest
from cityplanner.store.queries.records import Reading
from cityplanner.store.queries.values import values

_STEP = 500
_TOGETHER = 0.5
"""The share of the work that is looking at rows together."""
_SEPARATOR = " · "
_FOR_NOTES = ("notes", "purpose")
"""Where a record keeps what came with it and fits no field."""


@holding_off()
def preview(
    plan: Plan,
    sheet: Sheet,
    noun: type[Entity],
    columns: Sequence[Column],
    *,
    clear_empty: bool = False,
    choices: Choices | None = None,
    undecided: int | None = AS_NEW,
    progress: Progress = silent,
) -> Preview:
    """Work out the fate of every row. With `clear_empty`, an empty cell empties the field of a known record.

    `choices` say what becomes of rows that may be about a record of the plan, `undecided` what of those that
    are not among them; with None these stay doubtful, with the records they may be about.
    """
    words = _("Comparing with the plan")
    progress(0, words)
    office = plan.office()
    with plan.reading() as session:
        examiner = _Examiner(session, noun, columns, office, clear_empty, sheet.keep_unknown)
        examiner.decide(choices or {}, undecided)
        examiner.reserve(sheet.rows)
        found = examiner.newcomers(sheet.rows, lambda share: progress(_TOGETHER * share, words))
        lines: list[Line] = []
        for row, line in zip(sheet.rows, found, strict=True):
            lines.append(line or examiner.line(row))
            if len(lines) % _STEP == 0:
                progress(_TOGETHER + (1 - _TOGETHER) * len(lines) / len(sheet.rows), words)
        latest = newest(session)
    progress(1, words)
    return Preview(noun, sheet.name, tuple(columns), tuple(lines), latest)


class _Examiner:
    """Looks at one row after the other, remembering those before."""

    def __init__(
        self,
        session: Reading,
        noun: type[Entity],
        columns: Sequence[Column],
        office: Office | None,
        clear_empty: bool,
        keep_unknown: bool,
    ) -> None:
        self._session = session
        self._noun = noun
        self._columns = columns
        self._clear_empty = clear_empty
        self._currency = office.currency if office else "USD"
        self._zone = office.zone if office else None
        directory = Directory(session)
        region = office.country if office else None
        cells = CellReader(self._currency, self._zone, region, directory.find)
        self._reader = RowReader(noun, columns, cells, directory, keep_unknown)
        self._wording = Wording(directory, self._currency, self._zone)
        self._known = Known.read(session, noun)
        self._used: dict[int, int] = {}
        self._spoken_for: dict[int, int] = {}
        self._taken = ChainMap(self._used, self._spoken_for)
        self._entourages: dict[str, Entourage] = {}
        self._headers: dict[Place, str] = {}
        for column in columns:
            if column.target:
                self._headers.setdefault((column.target.companion, column.target.field), column.header)
        self._asker = Asker(noun)
        self._titles = [field_of(noun, name) for name in noun.__title__]
        self._unique = unique(noun)
        self._zones = [f.name for f in fields(noun) if f.kind is Kind.ZONE and f.required]
        self._locked = _locked_scenarios(session, noun)
        self._choices: Choices = {}
        self._undecided: int | None = AS_NEW
        self._doubts: Doubts | None = None

    def decide(self, choices: Choices, undecided: int | None) -> None:
        """Say what becomes of doubtful rows."""
        self._choices, self._undecided = choices, undecided

    def reserve(self, rows: Sequence[Row]) -> None:
        """Keep the records that rows name by uid for those rows, whatever the names of other rows."""
        for column in self._columns:
            if column.target is not None and column.target.field == UID and not column.target.companion:
                for row in rows:
                    owner = self._known.by_uid.get(unsafe(row.cells[column.position]).strip())
                    if owner is not None:
                        self._spoken_for[owner] = row.number

    def newcomers(self, rows: Sequence[Row], heed: Callable[[float], None]) -> list[Line | None]:
        """The rows that are about nobody else; None for those that have to be looked at one by one."""
        separator = " " if self._noun is Contact else _SEPARATOR
        together = Together(self._noun, self._reader, self._known, self._entourage, separator)
        found: list[Line | None] = [None] * len(rows)
        if self._unique or self._zones or self._locked or self._noun is Office or not together.is_of_use:
            return found
        decided = bool(self._choices) or self._undecided != AS_NEW
        with emptied_after(*together.remembered):
            for start in range(0, len(rows), PAGE):
                together.look_at(rows[start : start + PAGE], start)
                heed(start / len(rows))
            for place, line in together.lines():
                if not (decided and (line.number in self._choices or self._may_be_known(line))):
                    found[place] = line
        return found

    def _may_be_known(self, line: Line) -> bool:
        """Whether somebody has to decide if a new record is one of the plan."""
        return self._undecided != AS_NEW and bool(self._signs(line.values))

    def line(self, row: Row) -> Line:
        """The fate of a row."""
        if row.fault:
            return Line(row, Fate.ERROR, "", 0, problems=(Trouble("", row.fault),))
        told = self._reader.read(row.cells)
        match = self._known.find(told.values, self._taken)
        choice, candidates = self._doubtful(row, told, match)
        if choice == LEAVE_OUT:
            return Line(row, Fate.LEFT_OUT, self._title(told.values), 0)
        if candidates:
            return self._asked(row, told, match, candidates)
        if choice is not None and choice != AS_NEW:
            match = Match(choice)
        elif match.problem and choice is not None:
            match = Match()
        if match.problem:
            return _refused(row, self._title(told.values), [Trouble("", match.problem)], [])
        notes = [match.note] if match.note else []
        self._keep(told, self._known.records[match.owner] if match.owner is not None else {})
        if match.owner is None:
            return self._new(row, told, notes)
        if match.owner in self._used or match.owner < 0:
            return self._duplicate(row, told, match.owner, notes)
        return self._existing(row, told, match.owner, notes)

    def _doubtful(self, row: Row, told: Told, match: Match) -> tuple[int | None, tuple[Candidate, ...]]:
        """What was decided on a row (None: nothing had to be), or whom it may be about where that is asked."""
        if match.owner is not None:
            return None, ()
        choice = self._choices.get(row.number)
        if choice in (AS_NEW, LEAVE_OUT) or choice in self._known.records:
            return choice, ()
        if self._undecided == AS_NEW:
            return None, ()
        signs = self._signs(told.values)
        if not signs:
            return None, ()
        if self._undecided == LIKELIEST:
            return next(iter(signs)), ()
        if self._undecided == LEAVE_OUT:
            return LEAVE_OUT, ()
        return None, tuple(self._candidate(owner, why, told) for owner, why in signs.items())

    def _signs(self, values: Mapping[str, Any]) -> dict[int, str]:
        """Whom of the plan a row may be about, and why."""
        if self._doubts is None:
            stored = {owner: record for owner, record in self._known.records.items() if owner > 0}
            self._doubts = Doubts(self._noun, stored)
        return self._doubts.of(values)

    def _candidate(self, owner: int, why: str, told: Told) -> Candidate:
        known = self._known.records[owner]
        differences = self._wording.differences(self._noun, known, self._changes(told, known))
        return Candidate(owner, self._title(known), _(why), differences)

    def _asked(self, row: Row, told: Told, match: Match, candidates: tuple[Candidate, ...]) -> Line:
        """A row that somebody has to decide on, unless it cannot be taken at all."""
        self._keep(told, {})
        line = self._new(row, told, [text for text in (match.problem, match.note) if text])
        if line.fate is Fate.ERROR:
            return line
        return line._replace(fate=Fate.DOUBTFUL, also=(), candidates=candidates)

    def _keep(self, told: Told, known: dict[str, Any]) -> None:
        """Add what no field takes to the record's notes, unless they have it already."""
        if not told.kept:
            return
        name = next((name for name in _FOR_NOTES if any(f.name == name for f in fields(self._noun))), "")
        if name:
            text = str(told.values.get(name) or known.get(name) or "")
            lines = [line for line in dict.fromkeys(told.kept) if line not in text.split("\n")]
            told.values[name] = "\n".join(filter(None, (text, *lines)))
            told.empty = [empty for empty in told.empty if empty != name]

    def _new(self, row: Row, told: Told, notes: list[str]) -> Line:
        for name in self._zones:
            if not told.values.get(name):
                told.values[name] = self._zone
        record = {**self._known.defaults, **told.values}
        title = self._title(record)
        problems = self._problems(told, self._asker.problems(told.values), record)
        drafts, troubles, more = self._companions(told, -row.number, title) if not problems else ((), [], [])
        if problems or troubles:
            return _refused(row, title, [*problems, *troubles], notes)
        self._known.add(-row.number, record, told.values)
        return Line(row, Fate.NEW, title, -row.number, told.values, notes=(*notes, *more), also=drafts)

    def _existing(self, row: Row, told: Told, owner: int, notes: list[str]) -> Line:
        known = self._known.records[owner]
        changes = self._changes(told, known)
        title = self._title(known | changes)
        made = stand_in(self._noun, known | changes)
        checked = [*made.check(), *made.check_change(known)] if changes else []
        if changes and owner > 0:
            checked += check_around(self._session, made, owner, known)
        problems = self._problems(told, checked, known | changes, owner, touched=bool(changes))
        drafts, troubles, more = self._companions(told, owner, title) if not problems else ((), [], [])
        if problems or troubles:
            return _refused(row, title, [*problems, *troubles], notes)
        differences = self._wording.differences(self._noun, known, changes)
        self._used[owner] = row.number
        self._known.records[owner] = known | changes
        changed = changes or any(draft.fate is not Fate.SAME for draft in drafts)
        fate = Fate.UPDATE if changed else Fate.SAME
        return Line(row, fate, title, owner, changes, differences, (), (*notes, *more), drafts)

    def _duplicate(self, row: Row, told: Told, owner: int, notes: list[str]) -> Line:
        """A row about a record that an earlier row was about: only what it brings along is new."""
        known = self._known.records[owner]
        title = self._title(known)
        first = -owner if owner < 0 else self._used[owner]
        notes.append(_("Row {n} is about the same {noun}.").format(n=first, noun=_(self._noun.__label__)))
        if other := self._changes(told, known):
            labels = ", ".join(_(field_of(self._noun, name).label) for name in other)
            notes.append(_("Left out, because that row comes first: {fields}.").format(fields=labels))
        problems = self._unreadable(told, known)
        drafts, troubles, more = self._companions(told, owner, title) if not problems else ((), [], [])
        if problems or troubles:
            return _refused(row, title, [*problems, *troubles], notes)
        return Line(row, Fate.DUPLICATE, title, owner, notes=(*notes, *more), also=drafts)

    def _changes(self, told: Told, known: dict[str, Any]) -> dict[str, Any]:
        """The own fields whose cells say something else than the record."""
        changes: dict[str, Any] = {}
        same_name = self._reader.says_full_name(told, known)
        for name, value in told.values.items():
            if name == UID or value == known[name] or self._is_as_written(name, told, known):
                continue
            if name not in told.cells and (same_name or comparable(value) == comparable(known[name])):
                continue  # worked out from another column: no reason to change how it is written
            changes[name] = value
        for name in told.empty if self._clear_empty else ():
            if known[name] and field_of(self._noun, name).kind is not Kind.FLAG:
                changes[name] = self._known.defaults[name] if isinstance(known[name], str | tuple) else None
        return changes

    def _is_as_written(self, name: str, told: Told, known: dict[str, Any]) -> bool:
        """Whether a cell is exactly what an export makes of the record's value."""
        cell = told.cells.get(name)
        return cell is not None and cell == write(field_of(self._noun, name), known[name], self._currency)

    def _problems(
        self,
        told: Told,
        checked: list[Problem],
        record: dict[str, Any],
        owner: int | None = None,
        *,
        touched: bool = True,
    ) -> list[Trouble]:
        """What stands against a row; rules between records are asked only where it makes or changes one."""
        found: list[Trouble] = []
        if told.problems or checked:
            found += self._unreadable(told, self._known.records[owner] if owner else None)
            unread = {name for companion, name in told.problems if not companion}
            found += [self._trouble("", problem) for problem in checked if problem.field not in unread]
        return [*found, *self._refusals(record, owner)] if touched else found

    def _refusals(self, record: dict[str, Any], owner: int | None) -> list[Trouble]:
        """What the plan would refuse: what may occur only once, and an adopted scenario."""
        found: list[Trouble] = []
        for names in self._unique:
            taken = self._known.taken(names, record)
            if taken is not None and taken != owner:
                labels = ", ".join(_(field_of(self._noun, name).label) for name in names)
                text = _("There is already a {noun} with the same {field}.")
                found.append(Trouble("", text.format(noun=_(self._noun.__label__), field=labels)))
        if (owner in self._locked and self._noun is Scenario) or record.get("scenario_id") in self._locked:
            found.append(
                Trouble("", _("The scenario is adopted and locked. Make a copy of it and change the copy."))
            )
        return found

    def _unreadable(self, told: Told, known: dict[str, Any] | None) -> list[Trouble]:
        return [
            Trouble(self._headers.get((companion, name), name), text)
            for (companion, name), text in told.problems.items()
            if companion or known is None or name == UID or not self._is_as_written(name, told, known)
        ]

    def _trouble(self, companion: str, problem: Problem) -> Trouble:
        return Trouble(self._headers.get((companion, problem.field), problem.label), problem.text)

    def _companions(
        self, told: Told, owner: int, title: str
    ) -> tuple[tuple[Draft, ...], list[Trouble], list[str]]:
        """What a row brings along: drafts, problems and notes."""
        drafts: list[Draft] = []
        troubles: list[Trouble] = []
        notes: list[str] = []
        for companion, values_told in told_companions(self._noun, told):
            if values_told.get(companion.needs) is None:
                notes.append(left_out(companion))
                continue
            draft, problems = self._entourage(companion).draft(owner, values_told, title)
            drafts.append(draft)
            troubles += [self._trouble(companion.name, problem) for problem in problems]
        return tuple(drafts), troubles, notes

    def _entourage(self, companion: Companion) -> Entourage:
        if companion.name not in self._entourages:
            self._entourages[companion.name] = Entourage(self._session, companion, self._wording)
        return self._entourages[companion.name]

    def _title(self, record: dict[str, Any]) -> str:
        shown = [self._wording.show(field, record.get(field.name)) for field in self._titles]
        separator = " " if self._noun is Contact else _SEPARATOR
        return separator.join(filter(None, shown)) or str(record.get("own_name") or "")


def _refused(row: Row, title: str, problems: list[Trouble], notes: list[str]) -> Line:
    return Line(row, Fate.ERROR, title, 0, problems=tuple(problems), notes=tuple(notes))


def _locked_scenarios(session: Reading, noun: type[Entity]) -> frozenset[int]:
    """The adopted scenarios, where the noun is a scenario or a part of one."""
    if noun is not Scenario and all(link.target != Scenario.__tablename__ for link in links(noun)):
        return frozenset()
    return frozenset(number for number, adopted in values(session, Scenario, ("id", "adopted_at")) if adopted)
