"""The gate makes a figure anew from its rows, totals among them, and finds what is not made of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.prepared import Prepared
from tests.progress.compiled import compiled_project
from tests.progress.district import District, Report
from warehouse import ledger, progress
from warehouse.gate import Result
from warehouse.gate.audit import audit
from warehouse.gate.suites import load_suites
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

pytestmark = pytest.mark.slow

APRIL = Period(2023, 4)


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory, prepared: Prepared) -> District:
    """A district whose figures come as months, as running totals, and as both."""
    folder = tmp_path_factory.mktemp("totals")
    district = District(Settings(home=folder / "home", plan=folder / "plan"), compiled_project(prepared))
    months = [Report("2023-01", "50"), Report("2023-02", "60")]
    district.indicator("MONTHS", *months, Report("2023-03", "500", kind="opening"), Report("2023-04", "5"))
    totals = [Report("2023-01", "10", kind="total"), Report("2023-04", "43", kind="total")]
    district.indicator("TOTALS", *totals)
    district.indicator(
        "STRADDLES", Report("2022-08", "80", kind="total"), Report("2022-09", "95", kind="total")
    )
    for code in ("MONTHS", "TOTALS"):
        district.target(code, code, target_value="1000")
    district.target(
        "STRADDLES", "STRADDLES", target_value="1000", window_start="2022-07", window_end="2023-06"
    )
    district.build(str(APRIL))
    return district


def remade(district: District, marts: Path) -> Result:
    (suite,) = (one for one in load_suites(PROJECT / "expectations") if one.name == "figure_lineage")
    with ledger.sharing(district.settings) as attachment:
        (audited,) = audit(marts, attachment, None, [suite])
    return next(one for one in audited.results if one.expectation == "figures_are_made_of_their_rows")


def test_running_totals_are_not_added_to_the_months_that_they_hold(district: District) -> None:
    values = {code: row["actual_value"] for (code, _), row in district.rows(str(APRIL)).items()}

    assert values == {"MONTHS": 505, "TOTALS": 43, "STRADDLES": 15}
    assert remade(district, progress.candidate_of(district.settings, APRIL).marts).outcome == "passed"


def test_a_figure_that_is_not_made_of_its_rows_is_found(district: District, tmp_path: Path) -> None:
    marts = Path(shutil.copy(progress.candidate_of(district.settings, APRIL).marts, tmp_path))
    with duckdb.connect(str(marts)) as connection:
        connection.execute(
            "update marts.indicator_progress set actual_value = 53 where target_code = 'TOTALS'"
        )

    broken = remade(district, marts)

    assert broken.outcome == "failed"
    assert [row["target_code"] for row in broken.offending_rows] == ["TOTALS"]
