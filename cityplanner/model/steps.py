"""Steps of a life: which status may follow which, and what is said where one does not."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from cityplanner.base.language import _
from cityplanner.model.entity import Entity, Problem

S = TypeVar("S", bound=StrEnum)


def check_step(
    record: Entity, before: Mapping[str, Any], following: Mapping[S, tuple[S, ...]]
) -> list[Problem]:
    """What is wrong with the status a saved record was given: it only follows one that leads to it."""
    was, now = before.get("status"), getattr(record, "status", None)
    if was is None or now is None or now == was:
        return []
    allowed = following[next(status for status in following if status == was)]
    if now in allowed:
        return []
    text = _("cannot go from “{was}” to “{now}”. Choose one of: {allowed}.").format(
        was=_(str(was)), now=_(str(now)), allowed=", ".join(_(status.value) for status in allowed)
    )
    return [record.problem("status", text)]
