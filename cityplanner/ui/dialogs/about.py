"""What this program is, where it keeps its files, and what it is made of."""

from __future__ import annotations

from importlib import metadata

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from cityplanner.base import paths
from cityplanner.base.language import _
from cityplanner.ui import icons, theme
from cityplanner.ui.dialogs.trouble import close_button
from cityplanner.ui.theme import Role, text_label

MADE_OF = (
    ("Qt, PySide6", "LGPL-3.0"),
    ("SQLAlchemy, Alembic", "MIT"),
    ("ReportLab", "BSD-3-Clause"),
    ("HarfBuzz, uharfbuzz", "MIT, Apache-2.0"),
    ("QPDF, pikepdf", "Apache-2.0, MPL-2.0"),
    ("PDFium, pypdfium2", "BSD-3-Clause, Apache-2.0"),
    ("Pillow", "MIT-CMU"),
    ("python-docx", "MIT"),
    ("Babel", "BSD-3-Clause"),
    ("Lucide icons", "ISC"),
    ("Noto fonts", "OFL-1.1"),
)


class AboutDialog(QDialog):
    """Version, folders and licenses, as text that can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("About CityPlanner"))
        self.resize(540, 480)
        logo = QLabel()
        logo.setPixmap(icons.app_icon().pixmap(QSize(64, 64)))
        logo.setAccessibleName("CityPlanner")
        words = QVBoxLayout()
        words.addWidget(text_label(f"CityPlanner {version()}", Role.TITLE))
        purpose = _("Plan your city's international affairs and prove what they are worth.")
        words.addWidget(text_label(purpose, Role.MUTED, wrap=True))
        head = QHBoxLayout()
        head.setSpacing(theme.LARGE)
        head.addWidget(logo)
        head.addLayout(words, 1)
        text = QPlainTextEdit(about())
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(_("Version, folders and licenses"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.LARGE)
        column.setSpacing(theme.LARGE)
        column.addLayout(head)
        column.addWidget(text, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close_button(self))
        column.addLayout(row)


def version() -> str:
    """The version that is installed."""
    return metadata.version("cityplanner")


def about() -> str:
    """Versions, folders and licenses, a line each."""
    lines = [
        f"CityPlanner {version()}, Apache-2.0",
        f"Qt {qVersion()}",
        "",
        _("Plans: {folder}").format(folder=paths.data_folder()),
        _("Settings: {folder}").format(folder=paths.config_folder()),
        _("Log: {folder}").format(folder=paths.log_folder()),
        "",
        _("Made with:"),
        *(f"{name} ({licence})" for name, licence in MADE_OF),
        "",
        _("The sources of icons and fonts are named in the files SOURCES.md beside them."),
    ]
    return "\n".join(lines)
