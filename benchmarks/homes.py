"""Homes to measure in: fresh ones that are gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse import home, intake, ledger, samples
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings


@contextmanager
def temporary_home(plan: Path = PROJECT / "seeds", through: Period | None = None) -> Iterator[Settings]:
    """Give the settings of a fresh home with a plan, and its samples up to a month taken in."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home", plan=plan, stable_seconds=0)
        home.initialise(settings)
        if through is not None:
            samples.write(settings, through)
            intake.take_in(settings)
        yield settings


def observations_in(settings: Settings) -> int:
    """Return how many observations the home's ledger holds."""
    with ledger.reading(settings) as connection:
        ((observations,),) = connection.execute("select count(*) from ledger.observations").fetchall()
    return int(observations)
