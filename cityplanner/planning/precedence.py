"""The order of precedence among heads of consular posts.

Vienna Convention on Consular Relations, articles 16 and 68: by class, in each class career heads before honorary
ones, then by the date of the exequatur, which the plan keeps as the date of rank.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cityplanner.model.partner import ConsularRank, HeadStatus, PartnerKind

CLASSES = {rank: place for place, rank in enumerate(ConsularRank)}


@dataclass(frozen=True, slots=True)
class Post:
    """A consular post and the standing of its head."""

    partner_id: int
    kind: str
    rank: str | None
    since: date | None
    status: str | None


def precedence(posts: Iterable[Post]) -> tuple[int, ...]:
    """The ids of the posts in order; those whose head has no rank or date, or is not recognised, are left out."""
    standing = [
        post
        for post in posts
        if post.rank is not None and post.since is not None and post.status == HeadStatus.RECOGNISED
    ]
    standing.sort(
        key=lambda post: (
            CLASSES[ConsularRank(post.rank or "")],
            post.kind == PartnerKind.HONORARY,
            post.since or date.max,
            post.partner_id,
        )
    )
    return tuple(post.partner_id for post in standing)
