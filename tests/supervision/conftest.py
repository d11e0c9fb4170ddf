"""A district with one open item, as its newest edition shows it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.prepared import Prepared
from tests.progress.compiled import compiled_project
from tests.progress.district import District, months
from tests.progress.test_supervision import YEAR
from warehouse import ledger
from warehouse.periods import Period
from warehouse.published import Edition, find
from warehouse.settings import Settings

ITEM = "T01-01-2024-02"
EXPLANATION = (
    "insert into ledger.explanations by name select 's1' as submission_id, 1 as sequence, '' as sheet, "
    "2 as row_number, 'LABOUR' as organization_code, 'JOBS' as indicator_code, '999999' as area_code, "
    "'2024-05' as period, '<b>场地</b>未落实' as reason, '示例责任人' as responsible, "
    "timestamp '2024-06-05 09:00:00' as recorded_at"
)


@pytest.fixture
def office(tmp_path: Path, prepared: Prepared) -> tuple[Settings, Edition]:
    """The settings of its home, and the edition of May 2024, which is the newest."""

    def make(folder: Path) -> None:
        district = District(_settings(folder), compiled_project(prepared))
        district.indicator("JOBS", *months("2024-01", "2024-05", "2"))
        district.indicator("BEDS", *months("2024-01", "2024-05", "50"), aggregation="last")
        district.target("T01-01", "JOBS", target_value="120", **YEAR)
        district.target("T01-02", "BEDS", target_value="10", **YEAR)
        district.write()
        with ledger.writing(district.settings) as connection:
            connection.execute(EXPLANATION)
        district.project.build(district.settings, Period(2024, 5))
        district.put_in_an_edition("2024-05")

    settings = _settings(shutil.copytree(prepared.folder("supervised", make), tmp_path / "office"))
    return settings, find(settings, "current")


def _settings(folder: Path) -> Settings:
    return Settings(home=folder / "home", plan=folder / "plan")
