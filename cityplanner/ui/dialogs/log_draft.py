"""What was typed into the log of an engagement and not saved: put by while typing, there again when it is opened."""

from __future__ import annotations

import json
from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer

from cityplanner.model.entity import Entity
from cityplanner.model.nouns import nouns
from cityplanner.store.queries.titles import titles
from cityplanner.ui.context import Context
from cityplanner.ui.parts.drafts import Typed
from cityplanner.ui.parts.form_row import FieldRow
from cityplanner.ui.parts.many_links import ManyLinks
from cityplanner.ui.parts.outcome_rows import OutcomeRows

DRAFT = "engagement log"
DRAFT_MS = 800
_PICKED, _UNFINISHED = "+", "?"


class LogDraft(QObject):
    """The draft of one dialog; each partner the log is begun with has its own, and so has the log without one.

    `given` are the partners it begins with: alone they are nothing that was typed.
    """

    def __init__(
        self,
        context: Context,
        given: Mapping[int, str],
        fields: Mapping[str, FieldRow],
        links: Mapping[str, ManyLinks],
        outcomes: Mapping[type[Entity], OutcomeRows],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._given = context, dict(given)
        self._key = next(iter(given), None)
        self._fields, self._links, self._outcomes = fields, links, outcomes
        self.untouched: Typed = {name: row.editor.typed() for name, row in fields.items()}
        self._timer = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._timer.timeout.connect(self.keep)
        context.closing.connect(self.keep)

    def keep_soon(self) -> None:
        """Put by what was typed in a moment, whether typing goes on or not."""
        if not self._timer.isActive():
            self._timer.start()

    def keep(self) -> None:
        """Put by what was typed so far."""
        self._timer.stop()
        self._context.drafts.keep(DRAFT, self._key, self._typed())

    def forget(self) -> None:
        """Forget it: it was saved or thrown away."""
        self._timer.stop()
        self._context.drafts.forget(DRAFT, self._key)

    def restore(self) -> Typed:
        """Put everything back; returns what there was."""
        typed = self._context.drafts.get(DRAFT, self._key)
        for name, text in typed.items():
            if name in self._fields:
                self._fields[name].editor.set_typed(text)
        for key, links in self._links.items():
            kept, given = typed.get(_PICKED + key), self._given if key == "partners" else {}
            links.set_picked(given if kept is None else self._still_there(links, kept))
            links.line.line.setText(typed.get(_UNFINISHED + key, ""))
        for noun, rows in self._outcomes.items():
            for kept_row in json.loads(typed.get(_PICKED + noun.__tablename__, "[]")):
                row = rows.add_row()
                for name, text in kept_row.items():
                    row.editors[name].set_typed(text)
        self._timer.stop()
        return typed

    def _still_there(self, links: ManyLinks, kept: str) -> dict[int, str]:
        """What was picked, without what was deleted since, and by the titles of today."""
        ids = [int(number) for number in json.loads(kept)]
        with self._context.plan.reading() as session:
            named = titles(session, nouns()[links.line.field.target], ids)
        return {number: named[number] for number in ids if number in named}

    def _typed(self) -> Typed:
        now = {name: row.editor.typed() for name, row in self._fields.items()}
        typed = {name: text for name, text in now.items() if text != self.untouched[name]}
        for key, links in self._links.items():
            if links.picked != (self._given if key == "partners" else {}):
                typed[_PICKED + key] = json.dumps(links.ids)
            if links.unfinished:
                typed[_UNFINISHED + key] = links.unfinished
        for noun, rows in self._outcomes.items():
            kept = [row.typed() for row in rows.rows if not row.is_empty]
            if kept:
                typed[_PICKED + noun.__tablename__] = json.dumps(kept)
        return typed
