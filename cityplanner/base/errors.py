"""The errors a person is meant to read; anything else that is raised is our own bug."""

from __future__ import annotations


class UserError(Exception):
    """Something went wrong that the user can understand and mend.

    `what` says what happened, `remedy` what to do next; both are shown as they are.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}".strip()


class NotFoundError(UserError):
    """A file or record that was named does not exist."""


class Cancelled(UserError):  # noqa: N818 - an outcome the user asked for, not a fault
    """The user stopped a long task; nothing of it was kept."""
