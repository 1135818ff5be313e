"""Collections wait while work goes on in any thread, and come back afterwards."""

from __future__ import annotations

import gc

import pytest

from cityplanner.base.collecting import holding_off


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
