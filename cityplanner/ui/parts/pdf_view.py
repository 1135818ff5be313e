"""The pages of a finished PDF, drawn when they come into view."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from cityplanner.base.language import _
from cityplanner.reports.pdf.pdfium import PDFIUM
from cityplanner.ui import theme
from cityplanner.ui.parts.jobs import Jobs

WIDEST = 900
NARROWEST = 200
KEPT = 4
"""How many pages' heights away from what is in sight a page keeps its picture."""


class PdfView(QScrollArea):
    """Shows a file's pages below each other, as wide as there is room for."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._data = b""
        self._sizes: list[QSize] = []
        self._labels: list[QLabel] = []
        self._drawn: dict[int, int] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Preview"))
        self._timer = QTimer(self, singleShot=True, interval=60)
        self._timer.timeout.connect(self._draw_visible)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._timer.start())

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return len(self._labels)

    @property
    def drawn(self) -> bool:
        """Whether the page in sight has its picture."""
        return any(not label.pixmap().isNull() for label in self._labels)

    def show_data(self, data: bytes, counted: Callable[[int], None]) -> None:
        """Show the pages of a PDF; `counted` is told how many they are. One stays where one was reading."""

        def lay_out(sizes: list[tuple[float, float]]) -> None:
            self._lay_out(data, [QSize(round(width), round(height)) for width, height in sizes])
            counted(len(sizes))

        self._jobs.start(lambda _progress: page_sizes(data), lay_out, owner=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self, data: bytes, sizes: list[QSize]) -> None:
        self._data = data
        self._drawn.clear()
        if sizes != self._sizes:
            self._sizes = sizes
            self._make_labels()
        self._fit()

    def _make_labels(self) -> None:
        bar, total = self.verticalScrollBar(), len(self._sizes)
        reading = bar.value()
        pages = QWidget()
        column = QVBoxLayout(pages)
        column.setSpacing(theme.LARGE)
        column.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.LARGE)
        self._labels = [self._label(number, total) for number in range(1, total + 1)]
        for label in self._labels:
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setWidget(pages)
        self._fit()
        pages.adjustSize()
        bar.setValue(reading)

    def _label(self, number: int, total: int) -> QLabel:
        label = QLabel()
        theme.set_card(label)
        label.setAccessibleName(_("Page {n} of {total}").format(n=number, total=total))
        return label

    def _fit(self) -> None:
        room = min(self.viewport().width() - 2 * theme.LARGE - theme.WIDE, WIDEST)
        for label, size in zip(self._labels, self._sizes, strict=True):
            label.setFixedSize(size.scaled(max(room, NARROWEST), 10_000, Qt.AspectRatioMode.KeepAspectRatio))
        self._timer.start()

    def _draw_visible(self) -> None:
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        for number, label in enumerate(self._labels):
            height = label.height()
            away = max(label.y() - bottom, top - label.y() - height, 0)
            width = round(label.width() * self.devicePixelRatioF())
            if away <= height and self._drawn.get(number) != width:
                self._drawn[number] = width
                self._draw(number, width)
            elif away > KEPT * height and self._drawn.pop(number, 0):
                label.clear()

    def _draw(self, number: int, width: int) -> None:
        data, ratio, label = self._data, self.devicePixelRatioF(), self._labels[number]

        def show(image: QImage) -> None:
            if data is self._data:
                drawn = QPixmap.fromImage(image)
                drawn.setDevicePixelRatio(ratio)
                label.setPixmap(drawn)

        self._jobs.start(lambda _progress: draw_page(data, number, width), show, owner=label)


def draw_page(data: bytes, number: int, width: int) -> QImage:
    """One page (from 0) of a PDF as a picture `width` pixels wide."""
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            page = document[number]
            bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)
            pixels = QByteArray(bytes(bitmap.buffer))
            form = {4: QImage.Format.Format_RGBX8888, 3: QImage.Format.Format_RGB888}[bitmap.n_channels]
            image = QImage(pixels.data(), bitmap.width, bitmap.height, bitmap.stride, form).copy()
            bitmap.close()
            return image
        finally:
            document.close()


def page_sizes(data: bytes) -> list[tuple[float, float]]:
    """Width and height of each page of a PDF in points."""
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            return [document.get_page_size(number) for number in range(len(document))]
        finally:
            document.close()
