"""By what a plan's file is known; apart, so that it can be looked at before the store is loaded."""

from __future__ import annotations

APPLICATION_ID = 0x43504C4E  # "CPLN"
CURRENT = "0003"
"""The newest migration; a test holds it against the folder of migrations."""
