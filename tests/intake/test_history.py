"""Rules that hold a figure against what was sent before: what is said of each of several files in turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from tests.intake.conftest import Home, rules_of, table
from warehouse import ledger


@dataclass(frozen=True)
class File:
    """The rows of one file, and the rules that must warn of them."""

    rows: list[str]
    warnings: list[str]


MONTHS = [f"2025-{month:02d},JOBS,,210504002,{10 + month},,,," for month in range(1, 5)]
TWO_YEARS = [f"2024-{month:02d},JOBS,,210504002,{100 + month % 3},,,," for month in range(1, 13)]
SUBDISTRICTS = ["2025-03,JOBS,,210504002,10,,,,", "2025-03,JOBS,,210504004,5,,,,"]
WITHDRAWAL = "2025-03,JOBS,,210504002,,,,,撤回"
HISTORIES = {
    "a running total is checked against the months": [
        File(["2025-01,JOBS,,210504002,10,,,,", "2025-02,JOBS,,210504002,5,,,,"], []),
        File(["2025-03,JOBS,,210504002,7,,,22,"], []),
        File(["2025-04,JOBS,,210504002,7,,,22,"], ["ytd_differs"]),
    ],
    "a running total starts from the opening balance": [
        File(["2025-02,JOBS,,210504002,100,,,,期初"], []),
        File(["2025-03,JOBS,,210504002,7,,,107,"], []),
    ],
    "a running total sent as the month's figure is warned of": [
        File(MONTHS, []),
        File(["2025-05,JOBS,,210504002,61,,,,"], ["looks_cumulative", "running_total"]),
        File(["2025-05,JOBS,,210504002,15,,,,"], []),
    ],
    "a figure far off its history is warned of": [
        File(TWO_YEARS, []),
        File(["2025-01,JOBS,,210504002,1010,,,,"], ["far_off"]),
        File(["2025-01,JOBS,,210504002,110,,,,"], []),
    ],
    "subdistricts that do not add up to the district are warned of": [
        File(SUBDISTRICTS, []),
        File(["2025-03,JOBS,,210504,16,,,,"], ["district_figure", "areas_off"]),
        File(["2025-03,JOBS,,210504,15,,,,"], ["district_figure"]),
    ],
    "withdrawing nothing is warned of": [
        File([WITHDRAWAL], ["withdrawal_of_nothing"]),
        File(["2025-03,JOBS,,210504002,10,,,,"], []),
        File([f"{WITHDRAWAL} "], []),
    ],
}


@pytest.fixture(scope="module")
def warnings(shared_home: Home) -> dict[str, list[list[str]]]:
    """What each file of each history was warned of; the first ones are taken in together, then the second.

    Each history is of an indicator of its own, so that they know nothing of each other.
    """
    found: dict[str, list[list[str]]] = {history: [] for history in HISTORIES}
    codes = {history: f"JOBS{number}" for number, history in enumerate(HISTORIES)}
    add_indicators_like_jobs(shared_home, codes.values())
    for place in range(max(map(len, HISTORIES.values()))):
        sent = {
            history: table(*files[place].rows).replace("JOBS", codes[history])
            for history, files in HISTORIES.items()
            if place < len(files)
        }
        for history, receipt in shared_home.send_each(sent).items():
            assert receipt["refusals"] == []
            found[history].append(rules_of(receipt["warnings"]))
    return found


def add_indicators_like_jobs(home: Home, codes: Iterable[str]) -> None:
    with ledger.writing(home.settings) as connection:
        connection.executemany(
            "insert into plan.indicators select * replace (? as indicator_code) from plan.indicators "
            "where indicator_code = 'JOBS'",
            [[code] for code in codes],
        )


@pytest.mark.parametrize("history", HISTORIES)
def test_what_is_said_of_a_file_depends_on_those_before_it(
    warnings: dict[str, list[list[str]]], history: str
) -> None:
    assert warnings[history] == [file.warnings for file in HISTORIES[history]]
