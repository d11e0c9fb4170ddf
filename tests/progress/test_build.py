"""The build itself: its digest, and what it leaves behind where a model fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import MONTH
from tests.progress.district import EAST, WEST, District, Report
from warehouse import progress
from warehouse.errors import MinshengError
from warehouse.periods import Period
from warehouse.settings import Settings

pytestmark = pytest.mark.slow


def test_the_same_ledger_gives_the_same_marts(built: Settings) -> None:
    first = progress.candidate_of(built, MONTH).build_facts()

    second = progress.build(built, MONTH)

    assert second.marts_sha256 == first["marts_sha256"]


def test_a_failed_build_names_the_model_and_leaves_the_last_candidate(
    district: District, new_home: Callable[[Path], Path]
) -> None:
    new_home(district.settings.home)
    district.indicator("JOBS", Report("2023-01", "100"))
    district.target("JOBS", "JOBS", target_value="1200")
    district.build("2023-01")
    # A figure larger than any decimal(24, 6) can hold once two of them are added.
    district.indicator("HUGE", *[Report("2023-01", "9" * 18, area=area) for area in (EAST, WEST)])
    district.target("HUGE", "HUGE", target_value="1200")
    district.write()
    district.record()

    with pytest.raises(MinshengError, match="int_monthly_flows"):
        progress.build(district.settings, Period(2023, 1))

    assert ("JOBS", "2023-01") in district.rows("2023-01")
