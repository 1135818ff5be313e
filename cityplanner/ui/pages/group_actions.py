"""What a list does with groups and selected rows: the dialogs behind its menu, made when they are asked for."""

from __future__ import annotations

from cityplanner.base.language import _
from cityplanner.model.entity import Entity
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import groups
from cityplanner.store.queries.groups import Asked
from cityplanner.ui.context import Context
from cityplanner.ui.parts.list_panel import ListPanel


def connect(context: Context, noun: type[Entity], panel: ListPanel) -> None:
    """Open the dialogs that the list's menu asks for."""
    panel.group_asked.connect(lambda: save_group(context, noun, panel))
    panel.bulk_asked.connect(lambda: change_selected(context, noun, panel))
    panel.recipients_asked.connect(lambda _group: write_to(context, panel))


def save_group(context: Context, noun: type[Entity], panel: ListPanel) -> None:
    """Save what narrows the list; a group that it shows already is part of it."""
    plan, shown = context.plan, panel.asked
    group = panel.groups.group_id if panel.groups is not None else 0

    def opened(asked: Asked) -> None:
        from cityplanner.ui.dialogs.group import GroupDialog

        dialog = GroupDialog(context, noun, asked, panel)
        dialog.saved.connect(panel.show_group)
        dialog.open()

    context.jobs.start(lambda _progress: _together(plan, group, shown), opened, owner=panel)


def _together(plan: Plan, group: int, shown: Asked) -> Asked:
    with plan.reading() as session:
        of = groups.asked(session, group) if group else Asked()
    return Asked(f"{of.words} {shown.words}".strip(), tuple(dict.fromkeys((*of.lines, *shown.lines))))


def change_selected(context: Context, noun: type[Entity], panel: ListPanel) -> None:
    """Change one field of the selected records."""
    from cityplanner.ui.dialogs.bulk_edit import BulkEditDialog

    ids = list(panel.view.selected_ids())
    if context.read_only:
        context.say(_("This plan is open read-only."))
    elif ids:
        BulkEditDialog(context, noun, ids, panel).open()


def write_to(context: Context, panel: ListPanel) -> None:
    """Show the recipients of the group that the list shows, or of any."""
    from cityplanner.ui.dialogs.recipients import RecipientsDialog

    box = panel.groups
    chosen = (box.of.name, box.currentText()) if box is not None and box.group_id else None
    RecipientsDialog(context, chosen, panel).open()
