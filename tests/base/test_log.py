"""The log."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from cityplanner.base import log


@pytest.fixture
def _no_handlers() -> Iterator[None]:
    root = logging.getLogger("cityplanner")
    before = list(root.handlers)
    root.handlers.clear()
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers[:] = before


@pytest.mark.usefixtures("_no_handlers")
def test_the_log_goes_to_a_file_in_the_given_folder(tmp_path: Path) -> None:
    path = log.start(tmp_path)
    logging.getLogger("cityplanner.store").info("opened")

    assert "opened" in path.read_text("utf-8")


@pytest.mark.usefixtures("_no_handlers")
def test_starting_twice_writes_each_line_once(tmp_path: Path) -> None:
    log.start(tmp_path)
    path = log.start(tmp_path)
    logging.getLogger("cityplanner").info("once")

    assert path.read_text("utf-8").count("once") == 1


@pytest.mark.usefixtures("_no_handlers")
def test_an_error_is_logged_by_its_place_and_never_by_its_words(tmp_path: Path) -> None:
    path = log.start(tmp_path)
    try:
        raise ValueError("Dana Ito")
    except ValueError:
        logging.getLogger("cityplanner").exception("it failed")

    text = path.read_text("utf-8")
    assert "ValueError\n  tests.base.test_log, line " in text
    assert "Dana" not in text
