"""What can go wrong with a plan file, in words for the user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.base.language import _


class NotAPlanError(UserError):
    """The file is something else."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("“{name}” is not a CityPlanner plan.").format(name=path.name),
            _("Choose a file that ends in .cityplan, or create a new plan."),
        )


class NewerPlanError(UserError):
    """The plan was written by a newer version; `readable` when it can be looked into all the same."""

    def __init__(self, path: Path, *, readable: bool = False) -> None:
        self.readable = readable
        super().__init__(
            _("“{name}” was saved by a newer version of CityPlanner.").format(name=path.name),
            _("Install the newer version to work on it. Nothing was changed."),
        )


class OlderPlanError(UserError):
    """The plan was written by an older version and cannot be brought up to date where nothing may be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("“{name}” was saved by an older version of CityPlanner.").format(name=path.name),
            _("Open it for writing once, so that it can be brought up to date."),
        )


class UnreadablePlanError(UserError):
    """The file cannot be opened at the moment."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            _("“{name}” cannot be read: {detail}").format(name=path.name, detail=detail),
            _("Check the rights of the file and whether another program is using it, then try again."),
        )


class DamagedPlanError(UserError):
    """The file was a plan once and can no longer be read; `detail` is the database's own word for it."""

    def __init__(self, path: Path, detail: str) -> None:
        self.path, self.detail = path, detail
        super().__init__(
            _("“{name}” is damaged and cannot be opened: {detail}").format(name=path.name, detail=detail),
            _("Restore a backup of it. The damaged file was left as it is."),
        )


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a plan open for writing."""

    user: str
    host: str
    pid: int
    since: str


class LockedPlanError(UserError):
    """Somebody has the plan open for writing."""

    def __init__(self, path: Path, holder: Holder) -> None:
        self.holder = holder
        super().__init__(
            _("“{name}” is open on {host} by {user} since {since}.").format(
                name=path.name, host=holder.host, user=holder.user, since=holder.since
            ),
            _("Open it read-only, or ask them to close it."),
        )


class UnlockableError(UserError):
    """The plan's folder does not let us say that we are writing to the plan."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            _("“{name}” cannot be opened for writing: {detail}").format(name=path.name, detail=detail),
            _("Open it read-only, or check the rights of its folder."),
        )


class ReadOnlyError(UserError):
    """A change was asked of a plan that is open for reading only."""

    def __init__(self) -> None:
        super().__init__(
            _("This plan is open read-only."), _("Close it elsewhere, or save a copy to work on.")
        )


class InUseError(UserError):
    """A deletion was refused because other records need the record."""

    def __init__(self, title: str, users: str) -> None:
        super().__init__(
            _("“{title}” cannot be deleted: it is used by {users}.").format(title=title, users=users),
            _("Delete or change those first."),
        )


class HeldError(UserError):
    """An erasure was refused because a legal hold stands."""

    def __init__(self, title: str, matters: Sequence[str]) -> None:
        super().__init__(
            _("“{title}” cannot be erased: there is a legal hold, {matters}.").format(
                title=title, matters=", ".join(f"“{matter}”" for matter in matters)
            ),
            _("Erase the person when the hold has been released; whoever ordered it decides that."),
        )


class LockedScenarioError(UserError):
    """An adopted scenario was about to change."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("The scenario “{title}” is adopted and locked.").format(title=title),
            _("Make a copy of it and change the copy."),
        )


class NoSuchPlanError(NotFoundError):
    """There is no file of that name."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("There is no plan at {path}.").format(path=path), _("Check the name, or create a new plan.")
        )
