"""Chance that always falls the same way: drawn from the names of things, so that samples never change."""

from __future__ import annotations

import hashlib
from decimal import Decimal


def draw(sides: int, *names: object) -> int:
    """Return a number from 0 to `sides` - 1 that depends on the names alone."""
    digest = hashlib.sha256("|".join(map(str, names)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % sides


def around(spread_percent: int, *names: object) -> Decimal:
    """Return a factor within `spread_percent` of 1."""
    return 1 + Decimal(draw(2 * spread_percent + 1, *names) - spread_percent) / 100
