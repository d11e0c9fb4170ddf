"""A month as it was known on a day comes out the same for ever, whatever has come in since."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest

from tests.progress.district import District, Report, months
from warehouse import progress
from warehouse.periods import Period

pytestmark = pytest.mark.slow

MARCH = Period(2023, 3)
THAT_DAY = date(2023, 4, 5)


@pytest.fixture
def known_that_day(district: District) -> District:
    """A plan with two targets, and what had come in by the evening of that day."""
    in_april = {"recorded_at": "2023-04-05 23:59:59"}
    district.indicator("JOBS", *[Report(f"2023-0{month}", "100", **in_april) for month in (1, 2, 3)])
    district.target("JOBS", "JOBS", target_value="1200", window_end="2023-12")
    base = months("2022-01", "2022-12", "50", recorded_at="2023-04-01 09:00:00")
    district.indicator("SALES", *base, *months("2023-01", "2023-03", "55", **in_april))
    district.indicator("GROWTH", aggregation="growth", input_a="SALES", unit="%")
    traits = {"judged": "at_end", "pace": "level", "window_end": "2023-12"}
    district.target("GROWTH", "GROWTH", target_value="10", **traits)
    return district


def later_news(district: District) -> None:
    """A correction, a base that is revised, a withdrawal, a late month, and a plan that asks for more."""
    may = {"recorded_at": "2023-05-01 00:00:00"}
    district.reports += [
        ("JOBS", Report("2023-01", "90", **may)),
        ("JOBS", Report("2023-02", kind="withdrawal", **may)),
        ("SALES", Report("2022-01", "500", **may)),
        ("SALES", Report("2023-03", "56", recorded_at="2023-04-06 00:00:00")),
    ]
    district.target("JOBS", "JOBS", target_value="1200", window_end="2023-12", superseded_by="MORE-JOBS")
    district.target("MORE-JOBS", "JOBS", target_value="2400", window_end="2023-12")
    district.revisions = [
        {
            "target_code": "JOBS", "replaced_by": "MORE-JOBS", "revised_on": "2023-03-01",
            "approved_by": "示例区政府", "reason_zh": "示例",
        }
    ]  # fmt: skip


def all_marts(district: District) -> dict[str, list[tuple[Any, ...]]]:
    marts = progress.candidate_of(district.settings, MARCH).marts
    with duckdb.connect(str(marts), read_only=True) as connection:
        names = connection.execute("select table_name from duckdb_tables()").fetchall()
        return {name: sorted(connection.table(f"marts.{name}").fetchall(), key=repr) for (name,) in names}


def test_an_earlier_day_is_reproduced_exactly(known_that_day: District) -> None:
    known_that_day.build("2023-03", as_of=THAT_DAY)
    then = all_marts(known_that_day)
    later_news(known_that_day)

    known_that_day.build("2023-03", as_of=THAT_DAY)

    assert len(then) > 10
    assert all_marts(known_that_day) == then


def test_the_same_month_today_holds_what_has_come_in_since(known_that_day: District) -> None:
    then = known_that_day.build("2023-03", as_of=THAT_DAY)
    later_news(known_that_day)

    now = known_that_day.build("2023-03")

    in_force = [
        next(row for row in rows.values() if row["in_force"] and row["indicator_code"] == "JOBS")
        for rows in (then, now)
    ]
    assert [(row["actual_value"], row["target_value"]) for row in in_force] == [(300, 1200), (190, 2400)]
    assert then["GROWTH", "2023-01"]["baseline_value"] == 150
    assert now["GROWTH", "2023-01"]["baseline_value"] == 600
