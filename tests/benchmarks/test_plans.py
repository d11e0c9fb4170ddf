"""The plans that scaling is measured on are plans: larger, or another district's, and without a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.plans import write_plan
from warehouse import plan


def rows(folder: Path, name: str) -> list[str]:
    return (folder / name).read_text(encoding="utf-8").splitlines()[1:]


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """The real plan as it is."""
    return write_plan(tmp_path / "real")


def test_every_copy_of_an_indicator_has_its_targets(real: Path, tmp_path: Path) -> None:
    larger = write_plan(tmp_path / "larger", indicators=3)

    assert len(rows(larger, "indicators.csv")) == 3 * len(rows(real, "indicators.csv"))
    assert len(rows(larger, "targets.csv")) == 3 * len(rows(real, "targets.csv"))


def test_only_subdistricts_are_repeated(real: Path, tmp_path: Path) -> None:
    larger = write_plan(tmp_path / "larger", areas=3)

    more = len(rows(larger, "areas.csv")) - len(rows(real, "areas.csv"))
    assert more == 2 * sum(",subdistrict," in row for row in rows(real, "areas.csv"))


def test_another_district_shares_no_area_with_the_first(real: Path, tmp_path: Path) -> None:
    other = write_plan(tmp_path / "other", district=7)

    areas = [{row.split(",")[0] for row in rows(folder, "areas.csv")} for folder in (real, other)]
    assert len(areas[0]) == len(areas[1])
    assert not areas[0] & areas[1]


def test_a_plan_larger_in_every_way_under_another_code_has_no_fault(tmp_path: Path) -> None:
    larger = write_plan(tmp_path / "larger", indicators=3, areas=3, district=42)

    assert plan.check(larger) == []
