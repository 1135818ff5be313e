"""The palette's sources: the window's commands, its pages, and records found while the user types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from cityplanner.base.language import _
from cityplanner.ui.actions import Actions, commands, plain
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.plain import capitalized
from cityplanner.ui.places import Stop

if TYPE_CHECKING:
    from cityplanner.store.attachments import Holder
    from cityplanner.store.plan_file import Plan
    from cityplanner.store.search import Hit
    from cityplanner.ui.context import Context
    from cityplanner.ui.parts.palette import Entry, Palette

MOST_RECORDS = 30
ATTACHED = "attachment"


class Finder(QObject):
    """Opens the palette and answers its questions; the newest question wins."""

    def __init__(
        self, window: QWidget, actions: Actions, go: Callable[[str], object], icon_of: Callable[[str], str]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._go = go
        self._icon_of = icon_of
        self._searching: Job | None = None
        self.palette: Palette | None = None

    def open(self, context: Context | None, stops: Sequence[Stop], more: Sequence[Entry] = ()) -> None:
        """Show the palette; without a plan it finds commands alone."""
        from cityplanner.ui.parts.palette import Palette  # late, for a fast start

        pages = [self._page(stop) for stop in stops] if context is not None else []
        palette = Palette([*pages, *more, *self._commands()], self._window)
        palette.finished.connect(palette.deleteLater)
        if context is not None:
            palette.asked.connect(lambda words: self._search(context, palette, words))
        self.palette = palette
        palette.open_over(self._window)

    def _page(self, stop: Stop) -> Entry:
        from cityplanner.ui.parts.palette import Entry

        return Entry(stop.label, _("Page"), stop.icon, lambda: self._go(stop.name))

    def _commands(self) -> list[Entry]:
        from cityplanner.ui.parts.palette import Entry

        found = []
        for command in commands():
            action = self._actions[command.name]
            if action.isEnabled() and command.name != "find":
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                title = plain(action.text())
                found.append(
                    Entry(title, _("Command"), command.icon or "chevron-right", action.trigger, keys)
                )
        return found

    def _search(self, context: Context, palette: Palette, words: str) -> None:
        if self._searching is not None:
            self._searching.drop()
        plan = context.plan
        self._searching = context.jobs.start(
            lambda progress: look_up(plan, words, lambda: progress.cancelled),
            lambda found: palette.show_records(words, [self._record(context, *one) for one in found]),
            owner=palette,
        )

    def _record(self, context: Context, hit: Hit, holder: Holder | None) -> Entry:
        from cityplanner.ui.parts.palette import Entry

        noun, icon = _label(hit.table), self._icon_of(hit.table)
        if holder is not None:
            icon = "paperclip"
            detail = f"{noun} · {_label(holder.table)} · {holder.title}"
            place = (holder.table, holder.record_id, hit.record_id)
            return Entry(hit.title, detail, icon, lambda: context.open_file(*place))
        detail = f"{noun} · {hit.snippet}" if hit.snippet and hit.snippet != hit.title else noun
        return Entry(hit.title, detail, icon, lambda: context.open_record(hit.table, hit.record_id))


def look_up(
    plan: Plan, words: str, unwanted: Callable[[], bool] | None = None
) -> list[tuple[Hit, Holder | None]]:
    """The records that hold some words; with an attached file goes the record that it hangs on."""
    from cityplanner.store import attachments

    hits = plan.search(words, limit=MOST_RECORDS, unwanted=unwanted)
    files = [hit.record_id for hit in hits if hit.table == ATTACHED]
    with plan.reading() as session:
        held = attachments.holders(session, files) if files else {}
    return [(hit, held.get(hit.record_id) if hit.table == ATTACHED else None) for hit in hits]


def _label(table: str) -> str:
    from cityplanner.model.nouns import nouns

    return capitalized(_(nouns()[table].__label__))
