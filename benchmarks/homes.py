"""Homes to measure in: fresh ones, taken to just before what is measured, that are gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse import home, intake, ledger, samples
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

TRIAL = Period(2023, 12)
"""The month of a bench that is only tried: with its samples the real plan takes seconds, not minutes."""
Step = Callable[[Settings, Period], object]


@contextmanager
def temporary_home(
    plan: Path = PROJECT / "seeds",
    through: Period | None = None,
    steps: tuple[Step, ...] = (),
    months: int = 1,
) -> Iterator[Settings]:
    """Give the settings of a fresh home with a plan, and its samples up to a month taken in.

    The last so many `months` have taken the `steps` of a month that are named.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home", plan=plan, stable_seconds=0)
        home.initialise(settings)
        if through is not None:
            samples.write(settings, through)
            intake.take_in(settings)
            for month in (through + (1 - months)).through(through):
                for step in steps:
                    step(settings, month)
        yield settings


def observations_in(settings: Settings) -> int:
    """Return how many observations the home's ledger holds."""
    with ledger.reading(settings) as connection:
        ((observations,),) = connection.execute("select count(*) from ledger.observations").fetchall()
    return int(observations)
