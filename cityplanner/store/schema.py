"""The version gate: which plans this application reads, and how an older one is brought up to date."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.model.entity import Base
from cityplanner.store import sqlite
from cityplanner.store.errors import DamagedPlanError, NewerPlanError
from cityplanner.store.marks import CURRENT as CURRENT


def check_version(path: Path, connection: sqlite3.Connection, *, newer: bool = False) -> None:
    """Raise `NewerPlanError` for a plan of migrations unknown here, `DamagedPlanError` for one without any.

    With `newer`, a plan that still has every table and column that is known here may be looked into.
    """
    version = _version(connection)
    if version > CURRENT and not (newer and _has_all(connection)):
        raise NewerPlanError(path, readable=_has_all(connection))
    if not version:
        raise DamagedPlanError(path, _("it does not say of which version it is."))


def _has_all(connection: sqlite3.Connection) -> bool:
    """Whether a plan has every table and column that this application reads."""
    return all(
        {column.key for column in table.columns} <= set(sqlite.columns_of(connection, table.name))
        for table in Base.metadata.tables.values()
    )


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


SCRIPTS = Path(__file__).with_name("migrations")


def upgrade(path: Path, scripts: Path = SCRIPTS) -> None:
    """Bring a plan to the newest version in one transaction: entirely or not at all.

    Raises `UserError` where the database refuses a step.
    """
    from alembic import command
    from alembic.config import Config
    from sqlalchemy.exc import DBAPIError

    engine = sqlite.engine(path, writing=True)
    try:
        with engine.connect() as connection, connection.begin():
            config = Config()
            config.set_main_option("script_location", str(scripts).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DBAPIError as error:
        raise UserError(
            _("“{name}” could not be brought up to date: {detail}").format(
                name=path.name, detail=sqlite.message(error)
            ),
            _("Nothing in it was changed. Check the space on the disk and try again."),
        ) from error
    finally:
        engine.dispose()
