"""What a row of the template says: which month it is of, what is promised, what is to be filled in."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from warehouse import home, templates
from warehouse.errors import UsageError
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

DECEMBER = Period(2023, 12)
_REPORTED, _CODE, _VALUE, _YTD, _LAST, _TARGET = 0, 1, 6, 9, 11, 12


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home of the minimal plan, in which accidents are reported as the year's total so far."""
    folder = tmp_path_factory.mktemp("promised")
    settings = Settings(home=folder / "home", plan=folder / "plan")
    shutil.copytree(PROJECT / "tests" / "plans" / "minimal", settings.plan)
    _change(settings.plan / "indicators.csv", "SAF-002", reported_as="year_to_date")
    home.initialise(settings)
    return settings


def _change(path: Path, code: str, **cells: str) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    changed = [row | cells if row["indicator_code"] == code else row for row in rows]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(changed)


def rows_of(settings: Settings, organization: str, period: Period) -> dict[str, list[Any]]:
    """Return the cells of each indicator's first row."""
    path = templates.write(settings, organization, period).path
    rows: dict[str, list[Any]] = {}
    for row in openpyxl.load_workbook(path)["填报"].iter_rows(min_row=6):
        rows.setdefault(str(row[_CODE].value), list(row))
    return rows


@pytest.mark.parametrize(
    ("organization", "indicator", "words"),
    [
        ("LABOUR", "EMP-002", "每年不高于4.3%（2023-01 至 2025-12）"),
        ("LABOUR", "EMP-005", "低于5件（2023-01 至 2025-12）"),
        ("CIVIC", "SOC-001", ""),
        ("ENVIRONMENT", "AIR-001", "每年90%左右（±2个百分点）（2023-01 至 2025-12）"),
        ("ENVIRONMENT", "SAF-001", "每年不得发生（2023-01 至 2025-12）"),
        ("ENVIRONMENT", "SAF-002", "每年同比下降（2023-01 至 2025-12）"),
    ],
)
def test_it_says_what_is_promised_in_the_words_of_the_vocabulary(
    settings: Settings, organization: str, indicator: str, words: str
) -> None:
    assert rows_of(settings, organization, DECEMBER)[indicator][_TARGET].value.partition("\n")[0] == words


def test_a_row_of_a_rate_says_what_its_two_parts_are(settings: Settings) -> None:
    rate = rows_of(settings, "LABOUR", DECEMBER)["EMP-002"]

    assert rate[_TARGET].value.splitlines()[1:] == ["分子：登记失业人数", "分母：劳动力人数"]


def test_an_area_without_a_share_of_its_own_is_told_what_the_whole_has_promised(settings: Settings) -> None:
    rows = rows_of(settings, "LABOUR", DECEMBER)

    assert rows["EMP-001"][_TARGET].value == "4,000人（2023-01 至 2025-12）"
    assert rows["EMP-003"][_TARGET].value.startswith("示例区：每年不低于90%（2023-01 至 2025-12）")


def test_what_is_to_lie_between_two_values_names_both(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", plan=tmp_path / "plan")
    shutil.copytree(PROJECT / "tests" / "plans" / "minimal", settings.plan)
    targets = settings.plan / "targets.csv"
    before = "T01-03,EMP-005,T01,999999,2023-01,2025-12,none,below,5,,,"
    after = "T01-03,EMP-005,T01,999999,2023-01,2025-12,none,between,40,60,,"
    targets.write_text(targets.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    home.initialise(settings)

    assert rows_of(settings, "LABOUR", DECEMBER)["EMP-005"][_TARGET].value == (
        "40件至60件（2023-01 至 2025-12）"
    )


def test_a_target_that_another_replaces_is_not_promised(settings: Settings) -> None:
    assert rows_of(settings, "CIVIC", DECEMBER)["EDU-001"][_TARGET].value == "12所（2023-01 至 2025-12）"


def test_what_others_publish_later_is_asked_for_in_its_round_under_its_own_month(settings: Settings) -> None:
    second = Period(2025, 2)
    december, february = (rows_of(settings, "CIVIC", month) for month in (second + -2, second))

    assert "EDU-002" not in december
    assert february["EDU-002"][_REPORTED].value == "2024-12"
    assert february["SOC-001"][_REPORTED].value == "2025-02"


def test_the_base_is_asked_for_with_the_first_report_and_called_so(settings: Settings) -> None:
    first = rows_of(settings, "CIVIC", Period(2023, 3))

    assert first["EDU-001"][_REPORTED].value == "2022-12"
    assert first["EDU-001"][_TARGET].value == "基期数，是以后比较的起点"
    assert rows_of(settings, "CIVIC", Period(2023, 6))["EDU-001"][_REPORTED].value == "2023-06"


def test_nothing_is_asked_for_after_the_last_window(settings: Settings) -> None:
    # The graduates of 2023 have a target to December 2023, the school one to June 2024.
    january = rows_of(settings, "LABOUR", DECEMBER + 1)

    assert "EMP-004" in rows_of(settings, "LABOUR", DECEMBER)
    assert "EMP-004" not in january
    assert "FAC-001" not in rows_of(settings, "CIVIC", Period(2024, 7))


def test_who_reports_an_area_is_asked_for_it_alone(settings: Settings) -> None:
    path = templates.write(settings, "WEST_STREET", Period(2024, 3)).path

    rows = openpyxl.load_workbook(path)["填报"].iter_rows(min_row=6, values_only=True)
    assert [(row[1], row[4]) for row in rows] == [("FAC-003", "999999002")]


def test_of_a_running_total_only_the_total_is_to_be_filled_in(settings: Settings) -> None:
    accidents = rows_of(settings, "ENVIRONMENT", DECEMBER)["SAF-002"]

    assert [accidents[column].protection.locked for column in (_VALUE, _YTD)] == [True, False]


def test_who_owes_nothing_in_the_round_is_told(settings: Settings) -> None:
    with pytest.raises(UsageError, match="WEST_STREET owes no figure for 2023-12"):
        templates.write(settings, "WEST_STREET", DECEMBER)
