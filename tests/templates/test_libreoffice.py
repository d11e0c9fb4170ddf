"""The template in the hands of a department that has LibreOffice: opened, filled in, saved as it likes."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.intake.conftest import Home, home
from tests.services import libreoffice
from warehouse import templates
from warehouse.periods import Period

__all__ = ["home"]


pytestmark = pytest.mark.slow

# LibreOffice's own kind in every `make test`; `test_template.py` fills in the others without it.
KINDS = ["ods", *(pytest.param(kind, marks=pytest.mark.long) for kind in ("xlsx", "xls"))]


@pytest.mark.parametrize("kind", KINDS)
def test_filled_in_and_saved_it_comes_back_cleanly_and_completely(
    home: Home, tmp_path: Path, kind: str
) -> None:
    template = Path(templates.write(home.settings, "LABOUR", Period(2025, 3)).path)
    rows = openpyxl.load_workbook(template)["填报"].iter_rows(min_row=6, values_only=True)
    place = {(row[1], row[4]): number for number, row in enumerate(rows, start=6)}
    cells: dict[str, float | str] = {
        f"G{place['AIR', '210504']}": 95.5,
        f"G{place['JOBS', '210504002']}": 12,
        f"J{place['JOBS', '210504002']}": 12,
        f"K{place['JOBS', '210504004']}": "零报",
        f"H{place['RATE', '210504']}": 3,
        f"I{place['RATE', '210504']}": 4,
        f"G{place['SCHOOL', '210504']}": 40,
    }

    receipt = home.send(
        libreoffice.filled(template, tmp_path / f"三月.{kind}", "填报", cells), f"三月.{kind}"
    )

    assert receipt["refusals"] + receipt["warnings"] == []
    assert (receipt["status"], receipt["rows"]["accepted"], receipt["missing"]) == ("accepted", 5, [])
    assert home.query("select value from ledger.observations where kind = 'nil'") == [(0,)]
