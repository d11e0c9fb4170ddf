"""The SQL of a build run by hand, apart from the build: what runs it alone need not load dbt."""

from __future__ import annotations

import shutil

import duckdb

from benchmarks.measure import NO_BAR
from warehouse.ledger import STORAGE_VERSION
from warehouse.settings import PROJECT, Settings

_SEEDS = PROJECT / "dbt_project" / "seeds"


def by_hand(settings: Settings, statements: list[str], _run: int) -> None:
    """Run the compiled SQL into files of the same kind as the build's."""
    folder = settings.home / "by_hand"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    workings = str(folder / "workings.duckdb")
    with duckdb.connect(workings, config={"storage_compatibility_version": STORAGE_VERSION}) as connection:
        connection.execute(NO_BAR)
        connection.execute(
            f"attach '{folder / 'minsheng.duckdb'}' as minsheng (storage_version '{STORAGE_VERSION}')"
        )
        connection.execute(f"attach '{settings.ledger_file}' as warehouse (read_only)")
        connection.execute("create schema staging; create schema intermediate; create schema minsheng.marts")
        for seed in _SEEDS.glob("*.csv"):
            connection.execute(f"create table staging.{seed.stem} as from '{seed}'")
        for statement in statements:
            connection.execute(statement)
