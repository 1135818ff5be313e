"""The version gate: which plans this application reads, and how an older one is brought up to date."""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path

from cityplanner.store import sqlite
from cityplanner.store.errors import NewerPlanError

CURRENT = "0001"
"""The newest migration; a test holds it against the folder of migrations."""


def check_version(path: Path, connection: sqlite3.Connection) -> None:
    """Raise `NewerPlanError` for a plan whose migrations this application does not know."""
    if _version(connection) > CURRENT:
        raise NewerPlanError(path)


def is_older(path: Path) -> bool:
    """Whether a plan needs to be upgraded before it is used."""
    connection = sqlite.connect(path, read_only=True)
    try:
        return _version(connection) < CURRENT
    finally:
        connection.close()


def _version(connection: sqlite3.Connection) -> str:
    """The plan's migration; they are numbered, so that newer ones sort after older ones."""
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError:
        return ""
    return str(row[0]) if row else ""


@cache
def _scripts() -> str:
    return str(Path(__file__).with_name("migrations"))


def upgrade(path: Path) -> None:
    """Bring a plan to the current version in one transaction: entirely or not at all."""
    from alembic import command
    from alembic.config import Config

    engine = sqlite.engine(path)
    try:
        with engine.connect().execution_options(writing=True) as connection, connection.begin():
            config = Config()
            config.set_main_option("script_location", _scripts())
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()
