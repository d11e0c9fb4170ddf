"""Running totals: the sixteen vectors of the rules R1 to R11 (what a department says as 本年累计 or 期初).

Each vector is an indicator of its own; `f` is a month's figure, `c` a running total, `o` an opening balance.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.progress.district import DISTRICT, EAST, RATIO, WEST, District, Report
from warehouse import progress
from warehouse.periods import Period

IN_2024 = {"window_start": "2024-01", "window_end": "2024-12", "target_value": "1000000"}


def f(period: str, value: str, **facts: Any) -> Report:
    return Report(period, value, **facts)


def c(period: str, value: str, **facts: Any) -> Report:
    return Report(period, value, kind="total", **facts)


def o(period: str, value: str) -> Report:
    return Report(period, value, kind="opening")


@dataclass(frozen=True)
class Seen:
    """What a build shows of each vector: the running figure, and the months said to be missing."""

    figures: dict[str, Decimal | None]
    missing: dict[str, list[str]]
    flows: dict[str, dict[str, Decimal | None]]
    statuses: dict[str, str]


TOTALS = [c("2024-01", "10"), c("2024-02", "22"), c("2024-03", "31"), c("2024-04", "43")]
VECTORS: dict[str, list[Report]] = {
    "V1": TOTALS,
    "V2": [c("2024-01", "10"), c("2024-02", "22"), c("2024-04", "43")],
    "V3": [f("2024-01", "10"), c("2024-02", "22"), f("2024-03", "9"), c("2024-04", "43")],
    "V4": [f("2024-01", "10"), f("2024-03", "9"), c("2024-04", "43")],
    "V5": [*TOTALS, c("2024-02", "25")],
    "V6": [c("2024-01", "10"), c("2024-02", "22"), c("2024-03", "20")],
    "V7": [*TOTALS, Report("2024-02", kind="withdrawal"), Report("2024-04", kind="withdrawal")],
    "V9": [f("2024-01", "50"), f("2024-02", "60"), o("2024-03", "500")],
    "V12": [c("2024-01", "10"), f("2024-02", "0"), c("2024-03", "15")],
}


def seen(district: District, period: str) -> Seen:
    rows = district.build(period)
    notes = {code: row["note"] for (code, _), row in rows.items()}
    marts = progress.candidate_of(district.settings, Period.parse(period)).marts
    flows: dict[str, dict[str, Decimal | None]] = {}
    with duckdb.connect(str(marts), read_only=True) as connection:
        for code, month, value in connection.execute(
            "select indicator_code, period, value from marts.indicator_monthly where area_code = ?",
            [DISTRICT],
        ).fetchall():
            flows.setdefault(code, {})[month] = value
    return Seen(
        {code: row["actual_value"] for (code, _), row in rows.items()},
        {code: re.findall(r"\d{4}-\d{2}", re.sub(r"（部分未报.*", "", note)) for code, note in notes.items()},
        flows,
        {code: row["status"] for (code, _), row in rows.items()},
    )


@pytest.fixture(scope="module")
def built(shared_district: District) -> Callable[[str], Seen]:
    shared_district.keys = {"reporting_starts": "2024-01"}
    for code, reports in VECTORS.items():
        shared_district.indicator(code, *reports)
        shared_district.target(code, code, **IN_2024)
    shared_district.indicator("V10", c("2024-05", "50"), c("2024-08", "80"), c("2024-09", "95"))
    shared_district.target("V10", "V10", target_value="1000000", window_start="2024-07", window_end="2025-06")
    ratios = [
        Report(f"2024-0{month}", parts=parts, kind="total")
        for month, parts in ((1, ("8", "10")), (2, ("17", "20")))
    ]
    shared_district.indicator("V13", *ratios, **RATIO | {"aggregation": "ratio"})
    shared_district.target("V13", "V13", **IN_2024 | {"target_value": "90", "judged": "at_end"})
    parts = [c("2024-01", "5", area=EAST), c("2024-03", "12", area=EAST)]
    parts += [f(f"2024-0{month}", value, area=WEST) for month, value in ((1, "3"), (2, "4"), (3, "2"))]
    shared_district.indicator("V14", *parts, reporting_level="subdistrict")
    shared_district.indicator("V14D", *parts, f("2024-02", "8"), reporting_level="subdistrict")
    for code in ("V14", "V14D"):
        shared_district.target(code, code, **IN_2024)
    shared_district.indicator("V16", o("2023-12", "1200"), c("2024-03", "330"), c("2024-12", "1320"))
    shared_district.indicator("V16G", aggregation="growth", input_a="V16", unit="%")
    shared_district.target(
        "V16G", "V16G", **IN_2024 | {"target_value": "8", "judged": "at_end", "pace": "level"}
    )
    known: dict[str, Seen] = {}

    def at(period: str) -> Seen:
        if period not in known:
            known[period] = seen(shared_district, period)
        return known[period]

    return at


RUNNING = [
    ("V1", "2024-04", 43, []),
    ("V2", "2024-03", 22, ["2024-03"]),
    ("V2", "2024-04", 43, []),
    ("V3", "2024-03", 31, []),
    ("V3", "2024-04", 43, []),
    ("V4", "2024-03", 19, ["2024-02"]),
    ("V4", "2024-04", 43, []),
    ("V5", "2024-02", 25, []),
    ("V5", "2024-03", 31, []),
    ("V5", "2024-04", 43, []),
    ("V6", "2024-03", 20, []),
    ("V7", "2024-02", 10, ["2024-02"]),
    ("V7", "2024-03", 31, []),
    ("V7", "2024-04", 31, ["2024-04"]),
    ("V9", "2024-03", 500, []),
    ("V10", "2024-09", 15, ["2024-07", "2024-08"]),
    ("V12", "2024-03", 15, []),
    ("V13", "2024-02", 85, []),
    ("V14", "2024-02", 12, []),
    ("V14", "2024-03", 21, []),
    ("V14D", "2024-03", 18, []),
    ("V16G", "2024-12", 10, []),
]
FLOWS: list[tuple[str, list[int | None]]] = [
    ("V1", [10, 12, 9, 12]),
    ("V2", [10, 12, None, None]),
    ("V3", [10, 12, 9, 12]),
    ("V4", [10, None, 9, None]),
    ("V5", [10, 15, 6, 12]),
    ("V6", [10, 12, -2, None]),
    ("V7", [10, None, None, None]),
    ("V9", [50, 60, 390, None]),
    ("V12", [10, 0, 5, None]),
    ("V13", [80, 90, None, None]),
]


@pytest.mark.parametrize(("code", "period", "figure", "missing"), RUNNING)
def test_the_running_figure_and_what_it_lacks(
    built: Callable[[str], Seen], code: str, period: str, figure: int, missing: list[str]
) -> None:
    found = built(period)

    assert found.figures[code] == figure
    assert found.missing[code] == missing


@pytest.mark.parametrize(("code", "flows"), FLOWS)
def test_the_months_are_the_differences_of_the_totals(
    built: Callable[[str], Seen], code: str, flows: list[int | None]
) -> None:
    found = built("2024-04").flows[code]

    assert [found.get(f"2024-0{month}") for month in range(1, 5)] == flows


def test_growth_waits_for_a_base_of_the_same_months(built: Callable[[str], Seen]) -> None:
    assert (built("2024-03").figures["V16G"], built("2024-03").statuses["V16G"]) == (None, "no_baseline")


def test_an_opening_of_the_year_before_counts_in_a_window_over_both(district: District) -> None:
    district.keys = {"reporting_starts": "2023-11"}
    district.indicator(
        "V8",
        o("2023-10", "1800"),
        f("2023-11", "200"),
        f("2023-12", "150"),
        c("2024-01", "120"),
        c("2024-02", "260"),
    )
    district.target("V8", "V8", target_value="6000")
    district.indicator("V11", c("2024-11", "100"), c("2025-01", "8"))
    district.target("V11", "V11", target_value="6000", window_start="2024-01", window_end="2025-12")

    february, january = seen(district, "2024-02"), seen(district, "2025-01")

    assert (february.figures["V8"], february.missing["V8"]) == (2410, [])
    assert (january.figures["V11"], january.missing["V11"]) == (108, ["2024-12"])


def test_the_opening_of_a_quarterly_indicator_is_of_its_quarters(district: District) -> None:
    district.keys = {"reporting_starts": "2023-07"}
    district.indicator(
        "CAPPED", o("2023-06", "100"), f("2023-09", "50"), frequency="quarterly", favourable="down"
    )
    district.target(
        "CAPPED", "CAPPED", comparator="at_most", judged="at_end", target_value="1000", window_end="2023-12"
    )

    found = seen(district, "2023-09")

    assert found.statuses["CAPPED"] == "on_track"


def test_a_total_counts_the_reporting_year_that_begins_in_july(district: District) -> None:
    district.keys = {"reporting_starts": "2023-07", "year_starts": "7"}
    months = (("2023-07", "10"), ("2023-12", "70"), ("2024-01", "82"), ("2024-06", "150"), ("2024-07", "9"))
    district.indicator("V15", *[c(period, value) for period, value in months])
    district.target("V15", "V15", target_value="6000", window_start="2023-07", window_end="2024-06")
    district.target("NEXT", "V15", target_value="6000", window_start="2024-07", window_end="2025-06")

    found = [seen(district, period) for period in ("2024-01", "2024-06", "2024-07")]

    assert [(one.figures["V15"], one.missing["V15"]) for one in found[:2]] == [(82, []), (150, [])]
    assert found[2].figures["NEXT"] == 9
