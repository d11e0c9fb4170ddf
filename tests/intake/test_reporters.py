"""Who may report an area of an indicator that is not one organization's for all areas and all time."""

from __future__ import annotations

import pytest

from tests.intake.conftest import Home, rules_of, table

BEIDI, GAOYU = "210504002", "210504004"

# Organization, month, area, and whether the plan lets it say so.
CASES = {
    "a subdistrict office for itself": ("BEIDI", "2025-03", BEIDI, True),
    "a subdistrict office for its neighbour": ("BEIDI", "2025-03", GAOYU, False),
    "the department for a subdistrict that reports for itself": ("LABOUR", "2025-03", BEIDI, False),
    "the department before it handed over": ("LABOUR", "2024-12", GAOYU, True),
    "the department after it handed over": ("LABOUR", "2025-01", GAOYU, False),
    "a subdistrict office since it took over": ("GAOYU", "2025-01", GAOYU, True),
    "a subdistrict office that corrects what was reported before it took over": (
        "GAOYU",
        "2024-12",
        GAOYU,
        True,
    ),
    "the department for the whole district": ("LABOUR", "2025-03", "210504", True),
    "another department for the whole district": ("HEALTH", "2025-03", "210504", False),
}


@pytest.mark.parametrize("case", CASES)
def test_an_area_is_reported_by_its_reporters(home: Home, case: str) -> None:
    organization, month, area, may_report = CASES[case]

    receipt = home.send_rows(f"{month},PARKS,,{area},3,,,,", organization=organization)

    assert rules_of(receipt["refusals"]) == ([] if may_report else ["not_your_indicator"])


def test_an_area_that_is_unknown_is_the_only_fault_of_a_row(home: Home) -> None:
    receipt = home.send(table("2025-03,PARKS,,210504999,3,,,,"), organization="GAOYU")

    assert rules_of(receipt["refusals"]) == ["unknown_area"]
