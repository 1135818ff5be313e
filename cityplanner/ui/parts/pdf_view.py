"""The pages of a finished PDF, drawn when they come into view."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from cityplanner.base.language import _
from cityplanner.reports.pdfium import PDFIUM
from cityplanner.ui import theme
from cityplanner.ui.parts.jobs import Jobs

WIDEST = 900


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

    def show_file(self, path: Path) -> None:
        """Show the pages of a PDF file as it is now."""
        self._jobs.start(lambda _progress: _measured(path), self._lay_out, owner=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self, measured: tuple[bytes, list[tuple[float, float]]]) -> None:
        self._data, sizes = measured
        self._sizes = [QSize(round(width), round(height)) for width, height in sizes]
        self._drawn.clear()
        pages = QWidget()
        column = QVBoxLayout(pages)
        column.setSpacing(theme.LARGE)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        self._labels = []
        for number in range(1, len(sizes) + 1):
            label = QLabel()
            label.setFrameShape(QFrame.Shape.Box)
            label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            label.setAccessibleName(_("Page {n} of {total}").format(n=number, total=len(sizes)))
            self._labels.append(label)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setWidget(pages)
        self._fit()

    def _fit(self) -> None:
        room = min(self.viewport().width() - 2 * theme.LARGE - theme.WIDE, WIDEST)
        for label, size in zip(self._labels, self._sizes, strict=True):
            label.setFixedSize(size.scaled(max(room, 200), 10_000, Qt.AspectRatioMode.KeepAspectRatio))
        self._timer.start()

    def _draw_visible(self) -> None:
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        for number, label in enumerate(self._labels):
            near = label.y() < bottom + label.height() and label.y() + label.height() > top - label.height()
            width = round(label.width() * self.devicePixelRatioF())
            if near and self._drawn.get(number) != width:
                self._drawn[number] = width
                self._draw(number, width)

    def _draw(self, number: int, width: int) -> None:
        data, ratio, label = self._data, self.devicePixelRatioF(), self._labels[number]

        def show(image: QImage) -> None:
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
            return QImage(pixels.data(), bitmap.width, bitmap.height, bitmap.stride, form).copy()
        finally:
            document.close()


def _measured(path: Path) -> tuple[bytes, list[tuple[float, float]]]:
    import pypdfium2

    data = path.read_bytes()
    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            return data, [document.get_page_size(number) for number in range(len(document))]
        finally:
            document.close()
