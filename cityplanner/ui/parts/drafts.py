"""What was typed and not saved, kept per record beside the plans, so that nothing half-typed is lost."""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from pathlib import Path

from cityplanner.base import paths

log = logging.getLogger(__name__)
Typed = dict[str, str]
_NEW = "new"


class Drafts:
    """The drafts of one plan: what was typed into which field of which record."""

    def __init__(self, plan: Path, folder: Path) -> None:
        self.path = paths.drafts_file(plan, folder)
        self._drafts = self._read()

    def read_anew(self) -> None:
        """Take what stands in the file now: somebody was taken out of it."""
        self._drafts = self._read()

    def _read(self) -> dict[str, Typed]:
        try:
            drafts = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            log.warning("drafts could not be read: %s", type(error).__name__)
            return {}
        kept = drafts.items() if isinstance(drafts, dict) else ()
        return {key: typed for key, typed in kept if _is_typed(typed)}

    def get(self, table: str, record_id: int | None) -> Typed:
        """What was typed for a record (None: for a new one); empty when nothing was."""
        return dict(self._drafts.get(_key(table, record_id), {}))

    def all(self) -> list[tuple[str, int | None, Typed]]:
        """Every draft: its name, the record's id (None: a new one), and what was typed."""
        parts = [(*key.rpartition("/"), typed) for key, typed in self._drafts.items()]
        return [
            (name, None if number == _NEW else int(number), dict(typed))
            for name, _mark, number, typed in parts
            if number == _NEW or number.isdigit()
        ]

    def keep(self, table: str, record_id: int | None, typed: Typed) -> None:
        """Keep what was typed; nothing typed forgets the draft."""
        key = _key(table, record_id)
        if self._drafts.get(key, {}) == typed:
            return
        if typed:
            self._drafts[key] = dict(typed)
        else:
            self._drafts.pop(key, None)
        self._write()

    def forget(self, table: str, record_id: int | None) -> None:
        """Forget a draft: it was saved or discarded."""
        self.keep(table, record_id, {})

    def _write(self) -> None:
        temporary = self.path.with_suffix(".tmp")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if not self._drafts:
                self.path.unlink(missing_ok=True)
                return
            temporary.write_text(json.dumps(self._drafts, ensure_ascii=False), "utf-8")
            os.replace(temporary, self.path)
        except OSError as error:  # a full disk: the draft is kept as long as the window is open
            log.warning("drafts could not be kept: %s", type(error).__name__)
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _is_typed(kept: object) -> bool:
    return isinstance(kept, dict) and all(isinstance(text, str) for text in kept.values())


def _key(table: str, record_id: int | None) -> str:
    return f"{table}/{_NEW if record_id is None else record_id}"
