"""A real Airflow, embedded as in `make run`, on a home of its own with the smallest plan."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from deployment.embedded import Airflow, running
from warehouse import home, samples
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

MINIMAL = PROJECT / "tests" / "plans" / "minimal"
FIRST = Period(2023, 12)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with the plan and the submissions of its first months, none of them taken in yet."""
    made = Settings(home=tmp_path_factory.mktemp("home"), plan=MINIMAL)
    home.initialise(made)
    samples.write(made, FIRST + 1)
    return made


@pytest.fixture(scope="session")
def airflow(settings: Settings) -> Iterator[Airflow]:
    """Airflow on that home, for all tests that only need a living one."""
    with running(settings) as living:
        yield living
