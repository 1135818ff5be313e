"""Logging an engagement with a partner at hand: the dialog that logs all engagements, begun with that partner."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cityplanner.base.language import _
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.log_engagement import LogDialog


def log_contact(context: Context, partner_id: int, name: str, parent: QWidget) -> LogDialog | None:
    """Open the dialog with the partner picked; None in a plan that is only read.

    What was typed there earlier for this partner and not saved is there again.
    """
    if context.read_only:
        context.say(_("This plan is open read-only."))
        return None
    dialog = LogDialog(context, parent.window(), partner=(partner_id, name))
    dialog.open()
    return dialog
