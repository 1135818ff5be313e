"""Collections wait while work goes on in any thread, and come back afterwards."""

from __future__ import annotations

import gc

import pytest

from cityplanner.base.collecting import holding_off, release, setting_aside


def test_collections_wait_until_the_last_who_asked_is_done() -> None:
    with holding_off():
        with holding_off():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_they_come_back_after_an_error() -> None:
    with pytest.raises(KeyError), holding_off():
        raise KeyError
    assert gc.isenabled()


def test_what_is_set_aside_is_not_searched_until_it_is_released() -> None:
    release()
    with setting_aside():
        rows = [[number] for number in range(10_000)]
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() >= len(rows)
    release()
    assert gc.get_freeze_count() == 0
