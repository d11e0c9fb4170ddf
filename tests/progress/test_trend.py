"""How a figure came to stand where it stands: one row a month, beside the pace line."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from tests.progress.district import District, Report, months
from warehouse import progress
from warehouse.periods import Period

MONTH = "2023-06"


@pytest.fixture(scope="module")
def trends(shared_district: District) -> dict[str, dict[str, tuple[Decimal | None, Decimal | None]]]:
    """Return, by target and month, the figure and the pace line."""
    district = shared_district
    district.indicator("TOTAL", Report("2023-02", "100"), *months("2023-04", "2023-06", "50"))
    district.target("SLICE", "TOTAL", target_value="600", window_end="2023-12")
    district.target("WHOLE", "TOTAL", target_value="3000", anchor_target_code="SLICE")
    district.indicator(
        "DEATHS", *months("2022-01", "2022-12", "1"), *months("2023-01", "2023-06", "1"), favourable="down"
    )
    district.target("FEWER", "DEATHS", comparator="declines", repeat="yearly", pace="level", judged="at_end")
    district.build(MONTH)
    marts = progress.candidate_of(district.settings, Period.parse(MONTH)).marts
    with duckdb.connect(str(marts), read_only=True) as connection:
        rows = connection.execute(
            "select target_code, month, actual_value, expected_value from marts.target_trend"
        ).fetchall()
    found: dict[str, dict[str, tuple[Decimal | None, Decimal | None]]] = {}
    for target, month, actual, expected in rows:
        found.setdefault(target, {})[month] = (actual, expected)
    return found


def test_a_running_total_stands_still_in_a_month_that_was_not_reported(trends) -> None:
    totals = [trends["SLICE"][f"2023-{month:02}"][0] for month in range(1, 8)]

    assert totals == [None, 100, 100, 150, 200, 250, None]


def test_the_line_goes_to_the_windows_end_and_bends_at_its_anchor(trends) -> None:
    line = {month: expected for month, (_, expected) in trends["WHOLE"].items()}

    assert (len(line), line["2023-06"], line["2023-12"], line["2025-12"]) == (36, 300, 600, 3000)
    assert line["2024-12"] == 1800


def test_what_is_held_against_a_year_before_has_its_same_months_as_line(trends) -> None:
    lines = [expected for _, (_, expected) in sorted(trends["FEWER"].items())]

    assert lines == list(range(1, 13))
