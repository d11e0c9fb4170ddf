"""What many districts cost: two small ones measured for real, and the table that holds what came out."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import districts
from benchmarks.districts import Size
from benchmarks.measure import Run
from tests.city.small import publish
from tests.districts.lists import MINIMAL
from warehouse.settings import Settings


@pytest.mark.airflow
@pytest.mark.slow
def test_so_many_districts_are_read_by_airflow_and_viewed_by_the_city(tmp_path: Path) -> None:
    published = Settings(home=tmp_path / "published", plan=MINIMAL)
    publish(published.home)

    found = districts.measured(tmp_path / "measured", published, 2)

    assert found.districts == 2
    assert min(found.parse.processor_seconds, found.task.processor_seconds, found.mebibytes) > 0
    assert (tmp_path / "measured" / "city" / "editions" / "2023-12" / "r1").is_dir()


def test_the_table_has_a_row_for_each_size() -> None:
    sizes = [Size(number, Run(2, 1.5), Run(1, 0.25), 150.0, Run(9, 8.25)) for number in (1, 10)]

    *_, last = districts.rows(sizes)

    assert last == "| 10 | 50 | 1.50 | 2.00 s | 150 MiB | 0.25 | 8.2 | 9.0 s |"
