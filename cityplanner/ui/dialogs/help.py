"""The help: a few topics, shipped as text, with a filter."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base import paths
from cityplanner.base.language import _, current
from cityplanner.ui import theme
from cityplanner.ui.dialogs.trouble import close_button

TEXT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the help: its title and its text, in Markdown."""

    title: str
    text: str


class HelpDialog(QDialog):
    """Topics on the left, the chosen one on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Help"))
        self.resize(860, 600)
        self.words = QLineEdit(placeholderText=_("Filter topics"))
        self.words.setAccessibleName(_("Filter topics"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._narrow)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Topics"))
        self.list.setFixedWidth(240)
        self.list.setWordWrap(True)
        theme.set_roomy(self.list)
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Text"))
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(True)
        self.text.document().setDocumentMargin(theme.LARGE)
        for topic in topics():
            item = QListWidgetItem(topic.title, self.list)
            item.setData(TEXT, topic.text)
        self.list.currentItemChanged.connect(self._show)
        self.list.setCurrentRow(0)
        left = QVBoxLayout()
        left.setSpacing(theme.SMALL)
        left.addWidget(self.words)
        left.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.MEDIUM)
        row.addLayout(left)
        row.addWidget(self.text, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close_button(self))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(row, 1)
        column.addLayout(foot)

    def _show(self, item: QListWidgetItem | None) -> None:
        # Our own text, shipped with the program: the one place where markup is meant.
        self.text.setMarkdown(str(item.data(TEXT)) if item is not None else "")

    def _narrow(self, words: str) -> None:
        wanted = words.casefold().split()
        first = None
        for at in range(self.list.count()):
            item = self.list.item(at)
            text = str(item.data(TEXT)).casefold()
            item.setHidden(not all(word in text for word in wanted))
            first = first or (item if not item.isHidden() else None)
        if first is not None:
            self.list.setCurrentItem(first)


def topics(folder: Path | None = None) -> list[Topic]:
    """The topics in their order, in the window's language where the help was translated."""
    folder = folder or paths.resources() / "help"
    translated = folder / current().tag
    files = sorted((translated if translated.is_dir() else folder).glob("*.md"))
    texts = [file.read_text("utf-8") for file in files if file.name != "SOURCES.md"]
    return [Topic(text.splitlines()[0].removeprefix("# "), text) for text in texts]
