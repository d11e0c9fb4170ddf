"""A plan whose reporting years begin in another month than January."""

from __future__ import annotations

import pytest

from tests.plan.conftest import Folder
from tests.plan.wrong_cells import INDICATORS, PROFILES, SETTINGS, TARGETS, VALUES
from warehouse.periods import Period
from warehouse.plan import check
from warehouse.plan.years import Years


def places(folder: Folder, code: str) -> list[tuple[str, int, str]]:
    return [(fault.file, fault.line, fault.column) for fault in check(folder.path) if fault.code == code]


def starting(folder: Folder, month: int) -> None:
    folder.change(SETTINGS, "year_starts", "value", str(month))


def of_years(folder: Folder, target: str, first: str, last: str) -> None:
    folder.change(TARGETS, target, "window_start", first)
    folder.change(TARGETS, target, "window_end", last)


@pytest.mark.parametrize(
    ("month", "year", "place"),
    [
        ("2023-07", 2023, 1),
        ("2023-12", 2023, 6),
        ("2024-01", 2023, 7),
        ("2024-06", 2023, 12),
        ("2024-07", 2024, 1),
    ],
)
def test_a_year_is_called_by_the_calendar_year_in_which_it_begins(month: str, year: int, place: int) -> None:
    years = Years(7)

    assert (years.of(Period.parse(month)), years.place(Period.parse(month))) == (year, place)


def test_a_year_ends_twelve_months_on() -> None:
    assert (str(Years(1).last(2023)), str(Years(7).last(2023))) == ("2023-12", "2024-06")


@pytest.mark.parametrize(
    ("starts", "quarterly", "annual"),
    [(1, [3, 6, 9, 12], [12]), (2, [1, 4, 7, 10], [1]), (7, [3, 6, 9, 12], [6])],
)
def test_figures_are_due_for_every_third_month_of_the_year_or_its_last(
    starts: int, quarterly: list[int], annual: list[int]
) -> None:
    years = Years(starts)

    assert (years.due_months("quarterly"), years.due_months("annual")) == (quarterly, annual)


def test_a_yearly_window_is_of_whole_reporting_years(folder: Folder) -> None:
    starting(folder, 7)
    of_years(folder, "G01-04", "2023-07", "2025-06")

    faulty = {line for _, line, _ in places(folder, "repeat_of_part_years")}

    assert folder.line_of(TARGETS, "G01-04") not in faulty
    assert folder.line_of(TARGETS, "G02-01") in faulty


def test_a_window_ends_in_a_month_that_is_due_in_the_reporting_year(folder: Folder) -> None:
    starting(folder, 2)
    of_years(folder, "T02-02", "2023-02", "2026-01")

    faulty = {line for _, line, _ in places(folder, "window_ends_undue")}

    assert folder.line_of(TARGETS, "T02-02") not in faulty
    assert folder.line_of(TARGETS, "T02-01") in faulty


def test_a_base_is_of_a_month_that_is_due_in_the_reporting_year(folder: Folder) -> None:
    starting(folder, 2)
    folder.change(INDICATORS, "EDU-001", "base_period", "2023-01")

    faulty = {line for _, line, _ in places(folder, "base_period_undue")}

    assert folder.line_of(INDICATORS, "EDU-001") not in faulty
    assert folder.line_of(INDICATORS, "EDU-003") in faulty


def test_a_base_year_ends_with_its_last_reporting_month(folder: Folder) -> None:
    starting(folder, 7)
    folder.change(INDICATORS, "INC-003", "base_period", "2024")
    of_years(folder, "T03-02", "2025-01", "2025-06")

    assert places(folder, "base_period_after_window") == [
        (INDICATORS, folder.line_of(INDICATORS, "INC-003"), "base_period")
    ]


def test_a_value_is_for_a_reporting_year_of_the_window(folder: Folder) -> None:
    starting(folder, 7)
    of_years(folder, "T03-01", "2023-07", "2025-06")
    folder.append(VALUES, "T03-01,2024,11,")

    assert places(folder, "year_outside_window") == [(VALUES, 2, "year")]


def test_a_profile_starts_again_with_each_reporting_year(folder: Folder) -> None:
    starting(folder, 7)
    of_years(folder, "T01-02", "2022-07", "2024-06")
    folder.change(TARGETS, "T01-02", "repeat", "yearly")
    folder.change(PROFILES, "T01-02 2023-06", "expected_pct", "100")
    for month in range(1, 6):
        folder.change(PROFILES, f"T01-02 2023-{month:02d}", "expected_pct", "90")

    assert places(folder, "profile_falls") == []
    assert places(folder, "profile_not_closed") == []


def test_a_profile_is_at_its_end_in_the_last_reporting_month(folder: Folder) -> None:
    starting(folder, 7)
    of_years(folder, "T01-02", "2022-07", "2024-06")
    folder.change(TARGETS, "T01-02", "repeat", "yearly")

    assert places(folder, "profile_not_closed") == [
        (PROFILES, folder.line_of(PROFILES, "T01-02 2023-06"), "expected_pct")
    ]
