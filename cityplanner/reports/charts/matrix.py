"""A matrix laid out: a label and a line of cells for each row; a sign and a bar as long as its share."""

from __future__ import annotations

from cityplanner.reports.charts.description import MatrixChart
from cityplanner.reports.charts.shapes import LINE, Box, Drawing, Label, Measure, Stroke

HEAD = 9.5
WIDEST_CELL = 40.0
WIDEST_BAR = 16.0
BAR = 2.6
LABELS = 0.42


def matrix(chart: MatrixChart, width: float, measure: Measure) -> Drawing:
    """Column heads above, then the rows; a cell's sign says what its bar shows."""
    left = width * LABELS
    cell = min(WIDEST_CELL, (width - left) / len(chart.columns))
    drawing = Drawing()
    heads = [measure.wrap(name, max(cell - 2, 12), small=True)[:3] for name in chart.columns]
    drawing.height = max(map(len, heads)) * HEAD + 6
    for place, lines in enumerate(heads):
        x = left + cell * (place + 0.5)
        for line, words in enumerate(lines):
            drawing.shapes.append(Label(words, x, 8 + HEAD * line, "center", small=True, tone="quiet"))
    right = left + cell * len(chart.columns)
    for name, row in zip(chart.rows, chart.cells, strict=True):
        lines = measure.wrap(name, left - 8)
        height = len(lines) * LINE + 5
        drawing.shapes.append(Stroke(((0, drawing.height), (right, drawing.height)), "rule", 0.4))
        for line, words in enumerate(lines):
            drawing.shapes.append(Label(words, 0, drawing.height + 10.5 + LINE * line))
        middle = drawing.height + height / 2
        for place, held in enumerate(row):
            if held is not None:
                _cell(drawing, held, left + cell * place, cell, middle)
        drawing.height += height
    drawing.shapes.append(Stroke(((0, drawing.height), (right, drawing.height)), "rule", 0.4))
    drawing.height += 3
    return drawing


def _cell(drawing: Drawing, held: tuple[float, str], x: float, cell: float, middle: float) -> None:
    share, sign = held
    wide = min(cell - 4, WIDEST_BAR)
    start, y = x + (cell - wide) / 2, middle + 3.5
    drawing.shapes.append(Label(sign, x + cell / 2, middle + 1, "center", small=True, bold=True))
    drawing.shapes.append(Box(start, y, wide, BAR, "track"))
    if share > 0:
        drawing.shapes.append(Box(start, y, wide * share, BAR, "accent"))
