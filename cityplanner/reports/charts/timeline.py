"""A timeline laid out: a label and a bar for each span, days marked above, a line at today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cityplanner.reports.charts.description import Span, Timeline
from cityplanner.reports.charts.shapes import LINE, Box, Drawing, Ink, Label, Measure, Stroke

BAR = 8.0
DOT = 4.0
MOST_TICKS = 8
APART = 4.0
"""The least room between the names of two days."""
LABELS = 0.36
"""The share of the width that labels may take."""


def spans(chart: Timeline, width: float, measure: Measure) -> Drawing:
    """The spans below each other, between round days before the first and after the last."""
    drawing = Drawing(height=16.0)
    first, last, step, every = _bounds(chart)
    wide = max(measure.width(span.label) for span in chart.spans) + 12
    left = min(width * LABELS, wide)
    total = (last - first).days or 1

    def x_of(day: dt.date) -> float:
        return left + (width - left) * (day - first).days / total

    top = drawing.height
    for span in chart.spans:
        _row(drawing, span, left, x_of(span.begin), x_of(span.end or span.begin), width, measure)
    rules: list[Stroke | Label] = []
    taken = -width
    for day in _ticks(first, last, step, every):
        x = x_of(day)
        rules.append(Stroke(((x, top - 2), (x, drawing.height)), "rule", 0.4))
        words = measure.date(day, step)
        half = measure.width(words, small=True) / 2
        # Long names would run into each other: such a day is marked without its name.
        if x - half >= taken and x + half <= width:
            rules.append(Label(words, max(x, left), 9, "center", small=True, tone="quiet"))
            taken = x + half + APART
    drawing.shapes[:0] = rules
    if chart.today is not None and first <= chart.today <= last:
        x = x_of(chart.today)
        drawing.shapes.append(Stroke(((x, top - 2), (x, drawing.height + 2)), "strong", 0.9, (2.5, 2)))
        anchor = "end" if x > (left + width) / 2 else "start"
        move = -3 if anchor == "end" else 3
        drawing.shapes.append(
            Label(chart.today_label, x + move, drawing.height + 9, "end" if move < 0 else "start", small=True)
        )
        drawing.height += 13
    return drawing


def _row(
    drawing: Drawing, span: Span, left: float, begin: float, end: float, width: float, measure: Measure
) -> None:
    lines = measure.wrap(span.label, left - 10)
    notes = measure.wrap(span.note, left - 10, small=True) if span.note else []
    y = drawing.height + 11
    for words in lines:
        drawing.shapes.append(Label(words, 0, y))
        y += LINE
    for words in notes:
        drawing.shapes.append(Label(words, 0, y - 1, small=True, tone="quiet"))
        y += 10
    height = max(len(lines) * LINE + len(notes) * 10, BAR) + 7
    middle = drawing.height + height / 2
    ink: Ink = span.tone if span.tone in ("good", "caution", "bad") else "accent"
    if span.end is None and not span.open_ended:
        drawing.shapes.append(Box(begin - DOT, middle - DOT, 2 * DOT, 2 * DOT, ink, DOT))
    else:
        stop = width if span.open_ended else max(end, begin + BAR)
        drawing.shapes.append(Box(begin, middle - BAR / 2, stop - begin, BAR, ink, BAR / 2))
    drawing.height += height


def reach(chart: Timeline) -> tuple[dt.date, dt.date]:
    """The first and the last day of a timeline: those given, or of its spans and today."""
    days = [day for span in chart.spans for day in (span.begin, span.end) if day is not None]
    if chart.today is not None:
        days.append(chart.today)
    return chart.first or min(days), chart.last or max(days)


def _bounds(chart: Timeline) -> tuple[dt.date, dt.date, str, int]:
    """The first and last day drawn, and how far apart days are marked: every so many years, months or days."""
    first, last = reach(chart)
    length = (last - first).days
    if length > 3 * 365:
        years = last.year - first.year + 1
        return dt.date(first.year, 1, 1), dt.date(last.year, 12, 31), "year", -(-years // MOST_TICKS)
    if length > 45:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        after = (last.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        return first.replace(day=1), after, "month", -(-months // MOST_TICKS)
    return first, last + dt.timedelta(days=1), "day", -(-(length + 1) // MOST_TICKS)


def _ticks(first: dt.date, last: dt.date, step: str, every: int) -> Iterator[dt.date]:
    day = first
    while day <= last:
        yield day
        if step == "year":
            day = day.replace(year=day.year + every)
        elif step == "month":
            month = day.month - 1 + every
            day = day.replace(year=day.year + month // 12, month=month % 12 + 1)
        else:
            day += dt.timedelta(days=every)
