"""The SQL of a build, and the least that any build does, run by hand: these need not load dbt."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from benchmarks.measure import NO_BAR
from warehouse.ledger import STORAGE_VERSION
from warehouse.settings import PROJECT, Settings

_SEEDS = PROJECT / "dbt_project" / "seeds"
_REFERENCE = Path(__file__).with_name("build_reference.sql")


def reference(settings: Settings, _run: int) -> None:
    """Run `build_reference.sql` into a file of the same kind as the build's."""
    file = str(_emptied(settings.home / "reference") / "reference.duckdb")
    with duckdb.connect(file, config={"storage_compatibility_version": STORAGE_VERSION}) as connection:
        connection.execute(NO_BAR)
        connection.execute(f"attach '{settings.ledger_file}' as warehouse (read_only)")
        connection.execute(_REFERENCE.read_text(encoding="utf-8"))


def by_hand(settings: Settings, statements: list[str], _run: int) -> None:
    """Run the compiled SQL into files of the same kind as the build's."""
    folder = _emptied(settings.home / "by_hand")
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


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder
