"""The lock around PDFium, which only one thread of a process may use at a time."""

from __future__ import annotations

from threading import Lock

PDFIUM = Lock()
