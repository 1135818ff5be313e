"""Collections wait while work goes on in any thread, and come back afterwards."""

from __future__ import annotations

import gc
import weakref

import pytest

from cityplanner.base.collecting import MANY, Sweep, emptied_after, holding_off, release, setting_aside


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


def test_what_a_job_left_in_great_number_is_not_searched() -> None:
    release()
    with holding_off():
        kept = [[number] for number in range(2 * MANY)]
    assert gc.get_freeze_count() >= len(kept)
    release()


def test_large_collections_are_emptied_in_the_end_whatever_happens() -> None:
    one, other, third = {1: [1]}, {2, 3}, [4, 5]
    with pytest.raises(KeyError), emptied_after(one, other, third):
        raise KeyError
    assert not one
    assert not other
    assert not third


def test_everything_is_searched_only_when_asked() -> None:
    usual = gc.get_threshold()
    sweep = Sweep()
    try:
        assert gc.get_threshold()[:2] == usual[:2]
        sweep.step()  # what was loaded up to now stays
        gc.collect(1)
        one: list[object] = []
        one.append(one)
        gone = weakref.ref(_Thing(one))
        del one
        gc.collect(1)
        sweep.step()
        assert gone() is None
    finally:
        sweep.end()
        release()
    assert gc.get_threshold() == usual


class _Thing:
    """A part of a cycle."""

    def __init__(self, cycle: list[object]) -> None:
        cycle.append(self)
