"""The homes that benches measure in: fresh, as far as asked, and gone afterwards."""

from __future__ import annotations

import pytest

from benchmarks.homes import observations_in, temporary_home
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

MINIMAL = PROJECT / "tests" / "plans" / "minimal"


@pytest.mark.slow
def test_a_home_has_its_samples_taken_in_and_its_last_months_have_taken_the_steps() -> None:
    taken: list[tuple[str, Period]] = []

    def build(_: Settings, month: Period) -> None:
        taken.append(("build", month))

    def check(_: Settings, month: Period) -> None:
        taken.append(("check", month))

    with temporary_home(MINIMAL, Period(2023, 4), (build, check), months=2) as settings:
        observations = observations_in(settings)

    march, april = Period(2023, 3), Period(2023, 4)
    assert observations > 0
    assert taken == [("build", march), ("check", march), ("build", april), ("check", april)]
    assert not settings.home.exists()
