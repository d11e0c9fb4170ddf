"""What `make run` shows: a mostly sound district, in which every status can be seen."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from deployment.run import LAST
from tests.prepared import Prepared
from tests.progress.compiled import compiled_project
from warehouse import home, intake, samples
from warehouse.settings import PROJECT, Settings

pytestmark = pytest.mark.slow

STATUSES = PROJECT / "dbt_project" / "seeds" / "statuses.csv"


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory, prepared: Prepared) -> dict[str, int]:
    """How many windows of targets in force have which status, in the newest month of the demonstration."""
    settings = Settings(
        home=tmp_path_factory.mktemp("demonstration"), plan=PROJECT / "seeds", stable_seconds=0
    )
    home.initialise(settings)
    samples.write(settings, LAST)
    intake.take_in(settings)
    marts: Path = compiled_project(prepared).build(settings, LAST).marts
    with duckdb.connect(str(marts), read_only=True) as connection:
        return dict(
            connection.execute(
                "select status, count(*) from marts.indicator_progress "
                "where in_force and comparator <> 'evidence' group by status"
            ).fetchall()
        )


def test_every_status_is_there(counts: dict[str, int]) -> None:
    with STATUSES.open(encoding="utf-8") as stream:
        known = {row["status"] for row in csv.DictReader(stream)}

    assert counts.keys() == known


def test_most_of_what_is_judged_is_sound(counts: dict[str, int]) -> None:
    sound = sum(counts[status] for status in ("exceeded", "achieved", "met_so_far", "on_track"))
    unsound = sum(counts[status] for status in ("behind", "far_behind", "lost", "missed"))

    assert 4 * unsound < sound
