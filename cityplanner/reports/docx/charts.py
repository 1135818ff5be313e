"""A chart as a picture: the very drawing of the printed briefing, in the same type and colours."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path

import pypdfium2

from cityplanner.reports.charts.description import Chart
from cityplanner.reports.pdf.chart_element import ChartElement
from cityplanner.reports.pdf.metadata import Metadata
from cityplanner.reports.pdf.paper import Paper
from cityplanner.reports.pdf.pdfium import PDFIUM
from cityplanner.reports.pdf.setting import Setting
from cityplanner.reports.pdf.tags import Node

EDGE = 5.0
DOTS = 200
"""To the inch: sharp on paper, small in a letter."""


def png(setting: Setting, chart: Chart, width: float) -> bytes:
    """A chart of a width (points, edges included) as PNG."""
    inner = width - 2 * EDGE
    element = ChartElement(setting, chart, Node("Figure", alt="chart"))
    height = element.height(inner) + 2 * EDGE
    metadata = Metadata("chart", setting.language.tag, dt.date(2000, 1, 1), "", "", ())
    paper = Paper(Path("chart"), (width, height), metadata)
    element.node = paper.root.child("Figure", alt="chart")
    element.draw(paper, EDGE, height - EDGE, inner)
    with PDFIUM:
        document = pypdfium2.PdfDocument(paper.finished())
        try:
            image = document[0].render(scale=DOTS / 72).to_pil().convert("RGB")
        finally:
            document.close()
    out = BytesIO()
    image.quantize(128, dither=0).save(out, "PNG", optimize=True)
    return out.getvalue()
