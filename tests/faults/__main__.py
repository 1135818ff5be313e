"""The proofs of what can go wrong: python -m tests.faults [ROW ...] [--long]; a row is the name of its module."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import pytest

from tests.faults.sizes import LONG

HERE = Path(__file__).parent


def rows() -> list[str]:
    """The rows there are a module for."""
    return sorted(path.stem.removeprefix("test_") for path in HERE.glob("test_*.py"))


def main(words: list[str]) -> int:
    """Run the rows asked for, every one when none is, and print the figures they report."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    asked.add_argument("row", nargs="*", help=f"only these: {', '.join(rows())}")
    asked.add_argument(
        "--long", action="store_true", help="as often as the promises are proven: takes about an hour"
    )
    said = asked.parse_args(words)
    if said.long:
        os.environ[LONG] = "1"
    if unknown := set(said.row) - set(rows()):
        asked.error(f"no such row: {', '.join(sorted(unknown))}; there are {', '.join(rows())}")
    modules = [str(HERE / f"test_{row}.py") for row in said.row or rows()]
    return int(pytest.main([*modules, "-rA" if said.long else "-q", "-s"]))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
