"""Every bench at its tiniest: once, so that its tests ask only what it says, never how long it took."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from benchmarks.measure import Measurement, Scale
from benchmarks.registry import measurements_of

TINIEST = Scale(size=0.001, runs=1)


@pytest.fixture(scope="session")
def measured() -> Callable[[str], list[Measurement]]:
    """What a bench gives, by its name; each runs once in a session."""
    return cache(lambda subject: list(measurements_of(subject, TINIEST)))
