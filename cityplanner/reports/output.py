"""A briefing written to a file of any format: checked first, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.base.files import cannot_write
from cityplanner.base.language import _
from cityplanner.reports.blocks import Briefing
from cityplanner.reports.soundness import check
from cityplanner.reports.theme import PAPERS

FORMS = ("pdf", "html", "docx")
Progress = Callable[[int, int], None]


def write_briefing(
    briefing: Briefing,
    target: Path,
    *,
    form: str = "pdf",
    paper: str = "Letter",
    progress: Progress | None = None,
) -> int | None:
    """Write a briefing as `pdf`, `html` or `docx` for `Letter` or `A4`; gives the number of pages of a PDF.

    Equal briefings give equal bytes. The file appears under its name only when it is whole and has passed its
    check; raises `UserError` with what is missing and where to mend it. `progress` is told the pages drawn and
    their total; raising `Cancelled` in it stops the work and leaves nothing behind.
    """
    if form not in FORMS:
        raise UserError(
            _("A briefing can't be written as {name}.").format(name=form),
            _("Choose one of: {names}.").format(names=", ".join(FORMS)),
        )
    if paper not in PAPERS:
        raise UserError(_("There is no paper called {name}.").format(name=paper), _("Choose Letter or A4."))
    if not target.parent.is_dir():
        raise NotFoundError(_("The folder {path} does not exist.").format(path=target.parent))
    check(briefing)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        pages = _write(briefing, unfinished, form, paper, progress)
        os.replace(unfinished, target)
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return pages


def _write(briefing: Briefing, path: Path, form: str, paper: str, progress: Progress | None) -> int | None:
    if form == "pdf":
        from cityplanner.reports.pdf.document import draw

        return draw(briefing, paper, path, progress)
    path.write_bytes(_as_html(briefing, paper) if form == "html" else _as_docx(briefing, paper))
    if progress:
        progress(1, 1)
    return None


def _as_html(briefing: Briefing, paper: str) -> bytes:
    from cityplanner.reports.html.page import html

    return html(briefing, paper).encode("utf-8", "replace")


def _as_docx(briefing: Briefing, paper: str) -> bytes:
    from cityplanner.reports.docx.file import docx

    return docx(briefing, paper)
