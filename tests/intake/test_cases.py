"""Small files that were once taken wrongly: headings, units, areas, layouts, notes, names; the right answers.

Its labour bureau sends them to the shipped plan; `test_cases_of_readers.py` has those of cells and workbooks.
"""

from __future__ import annotations

import json
import os
import shutil
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.intake.conftest import rules_of
from warehouse import home, intake, ledger
from warehouse.intake import inbox
from warehouse.settings import PROJECT, Settings

pytestmark = pytest.mark.slow

CASES = Path(__file__).with_name("cases")
LONG_AGO = 1_700_000_000
IN_JULY = datetime.fromisoformat("2026-07-04 09:00:00")

# By the beginning of the file's name: the rules that refuse, and what the ledger holds.
DISTRICT, NIUXINTAI = "210504", "210504009"
RIGHT: dict[str, tuple[list[str], list[tuple[str, str, str]]]] = {
    "a01": (["value_out_of_range"], []),
    "a02": ([], [("total", DISTRICT, "480")]),
    "a03": (["missing_columns"], []),
    "a04": (["missing_columns"], []),
    "a05": ([], [("figure", NIUXINTAI, "37")]),
    "a08": (["area_disagrees"], []),
    "a09": (["shifted_figure"], []),
    "a11": (["shifted_figure"], []),
    "a12": ([], [("figure", DISTRICT, "5"), ("figure", DISTRICT, "7")]),
    "a16": ([], [("figure", DISTRICT, "9")]),
    "a40": (["indicator_missing"], []),
    "a43": (["period_missing", "unknown_indicator"], []),
    "a46": (["remark_encoding"], []),
    "a49": (["remark_encoding"], []),
    "h01": (["indicator_missing", "indicator_missing"], [("figure", DISTRICT, "5")]),
    "h03": (["area_level"], []),
    "h05": (["wrong_unit"], []),
    "h09": ([], [("figure", DISTRICT, "8")]),
    "月报": ([], [("figure", DISTRICT, "17")]),
    "future": (["period_in_future"], []),
}


@pytest.fixture(scope="module")
def answers(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, tuple[dict[str, Any], list[tuple[Any, ...]]]]:
    """The receipt of each file, and what the ledger holds of it; all arrive in July 2026."""
    settings = Settings(home=tmp_path_factory.mktemp("cases") / "home", plan=PROJECT / "seeds")
    home.initialise(settings)
    files = {case: next(CASES.glob(f"{case}*")) for case in RIGHT}
    for file in files.values():
        copy = settings.inbox / "HRSS" / file.name
        shutil.copyfile(file, copy)
        os.utime(copy, (LONG_AGO, LONG_AGO))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inbox, "now", lambda: IN_JULY)
        taken = {one.file_name: one for one in intake.take_in(settings).submissions}
    found = {}
    with ledger.reading(settings) as connection:
        for case, file in files.items():
            receipt = json.loads((settings.home / taken[file.name].receipt).read_text(encoding="utf-8"))
            rows = connection.execute(
                "select kind, area_code, value from ledger.observations where submission_id = ? "
                "order by row_number",
                [receipt["submission_id"]],
            ).fetchall()
            found[case] = (receipt, rows)
    return found


@pytest.mark.parametrize("case", RIGHT)
def test_the_file_is_answered_rightly(answers: dict[str, Any], case: str) -> None:
    receipt, rows = answers[case]
    rules, held = RIGHT[case]

    assert rules_of(receipt["refusals"]) == rules
    assert rows == [(kind, area, Decimal(figure)) for kind, area, figure in held]


def test_a_table_of_last_year_below_is_told(answers: dict[str, Any]) -> None:
    receipt, _ = answers["h09"]

    assert ("table_not_read", 6) in [(one["rule"], one["row"]) for one in receipt["warnings"]]
