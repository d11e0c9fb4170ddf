"""A lakehouse does not grow with each intake: many small files become one, and old versions go."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from warehouse import home, ledger
from warehouse.clock import now
from warehouse.ledger.compaction import compact
from warehouse.settings import PROJECT, Settings

LONG_AFTER = timedelta(days=90)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A lakehouse in which every writer has appended one row to one table; it takes seconds to make."""
    tmp_path = tmp_path_factory.mktemp("lake")
    settings = Settings(
        home=tmp_path / "home",
        plan=PROJECT / "tests" / "plans" / "minimal",
        ledger=f"ducklake:sqlite:{tmp_path / 'catalog.sqlite'}",
    )
    home.initialise(settings)
    for number in range(5):
        with ledger.writing(settings) as connection:
            connection.execute(
                "insert into home.programs values ($1, 'x', now()::timestamp)", [f"0.{number}"]
            )
    return settings


def files(settings: Settings) -> list[Path]:
    """Return the Parquet files of the table that all wrote to."""
    return sorted((settings.home / "ledger").rglob("programs/*.parquet"))


def programs(settings: Settings) -> set[str]:
    """Return what the table says."""
    with ledger.reading(settings) as connection:
        return {name for (name,) in connection.execute("select program from home.programs").fetchall()}


def test_a_version_that_is_young_stays_readable(lake: Settings) -> None:
    with ledger.sharing(lake) as attachment:
        compact(lake, datetime(2020, 1, 1))  # noqa: DTZ001  # the ledger's times have no zone
        with ledger.reading_held(lake, attachment) as connection:
            ((rows,),) = connection.execute("select count(*) from home.programs").fetchall()

    assert rows >= 5


def test_a_dry_run_counts_and_changes_nothing(lake: Settings) -> None:
    before = files(lake)

    told = compact(lake, now() + LONG_AFTER, dry_run=True)

    assert told["versions"] > 0
    assert files(lake) == before


def test_small_files_become_one_and_no_row_is_lost(lake: Settings) -> None:
    before = programs(lake)
    assert len(files(lake)) > 4

    went = compact(lake, now() + LONG_AFTER)

    assert programs(lake) == before
    assert len(files(lake)) < 4
    assert went["versions"] > 0


def test_a_ledger_in_a_file_has_nothing_to_give_up(tmp_path: Path) -> None:
    assert compact(Settings(home=tmp_path), now()) == {"versions": 0, "files": 0}
