"""Fonts for scripts that the system may lack, so that every name in a plan can be read."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from cityplanner.base import paths

WRITING = QFontDatabase.WritingSystem
NEEDED = {
    "NotoSansArabic-Regular.ttf": WRITING.Arabic,
    "NotoSansHebrew-Regular.ttf": WRITING.Hebrew,
    "NotoSansDevanagari-Regular.ttf": WRITING.Devanagari,
    "NotoSansThai-Regular.ttf": WRITING.Thai,
    "WenQuanYiMicroHei-Regular.ttf": WRITING.SimplifiedChinese,
    "NotoSans-Regular.ttf": WRITING.Latin,
}


def load() -> None:
    """Add our fonts for the writing systems for which the system has none; costs nothing where it has."""
    for file, writing in NEEDED.items():
        path = paths.resources() / "fonts" / file
        if path.is_file() and not QFontDatabase.families(writing):
            QFontDatabase.addApplicationFont(str(path))
