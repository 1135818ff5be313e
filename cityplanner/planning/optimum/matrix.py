"""A model as the matrix that the solver takes: floating-point numbers that stand for the whole ones exactly."""

from __future__ import annotations

from collections.abc import Mapping
from math import gcd, inf
from typing import TYPE_CHECKING

from cityplanner.planning.optimum.limits import Limit
from cityplanner.planning.optimum.model import Model, Terms

if TYPE_CHECKING:
    import highspy

LARGEST = 20
"""Bits a coefficient may have before it is scaled down."""


def matrix(model: Model) -> tuple[highspy.HighsLp, dict[Limit, int]]:
    """The matrix with every limit in force, and the row of each limit that has one.

    Columns are the options, then the coverage of each item; rows are one choice for each initiative, what
    covers each item, then the limits.
    """
    import highspy  # see engine.py

    lp = highspy.HighsLp()
    count, items, banned = len(model.options), len(model.items), model.banned()
    lp.num_col_ = count + items
    lp.col_cost_ = lp.col_lower_ = [0.0] * lp.num_col_
    lp.col_upper_ = [*(float(at not in banned) for at in range(count)), *[float(model.full)] * items]
    lp.integrality_ = [highspy.HighsVarType.kInteger] * count + [highspy.HighsVarType.kContinuous] * items
    lp.sense_ = highspy.ObjSense.kMaximize
    rows, row_at = _filled(model)
    lp.num_row_ = len(rows.lower)
    lp.row_lower_, lp.row_upper_ = rows.lower, rows.upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.num_row_, lp.a_matrix_.num_col_ = lp.num_row_, lp.num_col_
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = rows.starts, rows.index, rows.value
    return lp, row_at


def joined(model: Model, options: Terms, items: Terms) -> dict[int, int]:
    """Terms over options and items as terms over the matrix's columns."""
    count = len(model.options)
    return {**options, **{count + place: value for place, value in items.items()}}


def scaled(terms: Terms, at_most: int) -> tuple[dict[int, float], float]:
    """A row in its smallest whole numbers, times a power of two where those are large: exact either way."""
    shared = gcd(*terms.values()) or 1
    least = at_most // shared
    bits = max((abs(value // shared).bit_length() for value in terms.values()), default=0)
    scale = 2.0 ** -max(0, bits - LARGEST)
    return {at: value // shared * scale for at, value in terms.items()}, least * scale


class _Rows:
    """A matrix row by row."""

    def __init__(self) -> None:
        self.starts, self.index, self.value = [0], list[int](), list[float]()
        self.lower, self.upper = list[float](), list[float]()

    def add(self, terms: Mapping[int, float], lower: float, upper: float) -> None:
        self.index += terms
        self.value += terms.values()
        self.starts.append(len(self.index))
        self.lower.append(lower)
        self.upper.append(upper)


def _filled(model: Model) -> tuple[_Rows, dict[Limit, int]]:
    rows, row_at, count = _Rows(), dict[Limit, int](), len(model.options)
    for slot in model.slots.values():
        rows.add(dict.fromkeys(slot, 1.0), 1.0, 1.0)
    for place, item in enumerate(model.items):
        gives = {at: -float(units) for at, units in item.gives.items()}
        rows.add({**gives, count + place: 1.0}, -inf, 0.0)
    for row in model.rows:
        row_at[row.limit] = len(rows.lower)
        terms, at_most = scaled(joined(model, row.options, row.items), row.at_most)
        rows.add(terms, -inf, at_most)
    return rows, row_at
