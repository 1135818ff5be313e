"""The sample plan of an invented city."""

from cityplanner.exchange.sample.build import build_sample

__all__ = ["build_sample"]
