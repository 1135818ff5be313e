"""Errors a person reads."""

from cityplanner.base.errors import Cancelled, NotFoundError, UserError


def test_an_error_reads_as_what_happened_and_what_to_do() -> None:
    assert str(UserError("It is gone.", "Look elsewhere.")) == "It is gone. Look elsewhere."


def test_an_error_without_a_remedy_has_no_trailing_space() -> None:
    assert str(UserError("It is gone.")) == "It is gone."


def test_what_is_not_found_and_what_was_cancelled_are_shown_to_the_user() -> None:
    assert issubclass(NotFoundError, UserError)
    assert issubclass(Cancelled, UserError)
