"""Promise 8: the ledger can be made again from the archive, and is the same."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tests.intake.conftest import HEADER, Home
from tests.intake.test_accounting import generate
from warehouse import intake, ledger
from warehouse.errors import MinshengError
from warehouse.settings import Settings

KINDS = ("csv", "csv", "xlsx", "xls", "ods")
TABLES = ("submissions", "observations", "refusals", "warnings")


def contents(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    with ledger.reading(settings) as connection:
        return {
            table: sorted(connection.execute(f"from ledger.{table}").fetchall(), key=repr) for table in TABLES
        }


def test_the_rebuilt_ledger_is_the_same(home: Home, tmp_path: Path) -> None:
    chance = random.Random(1)
    for run in range(3):
        for number in range(15):
            made = generate(chance, number, KINDS[number % len(KINDS)])
            home.drop(f"{run}-{made.name}", made.content)
        home.take_in()
    before = contents(home.settings)

    rebuilt = intake.rebuild(home.settings, tmp_path / "again")

    assert rebuilt.submissions == len(before["submissions"])
    assert contents(home.settings.model_copy(update={"home": tmp_path / "again"})) == before


def test_each_file_is_judged_by_the_plan_of_its_day(home: Home, tmp_path: Path) -> None:
    row = "2025-03,AIR,,,95,,,,"
    home.send_rows(row)
    with ledger.writing(home.settings) as connection:
        connection.execute("insert into plan.versions values ('v2', 2, timestamp '2025-01-01')")
        for table in ("settings", "organizations", "areas"):
            connection.execute(
                f"insert into plan.{table} select * replace ('v2' as plan_version) from plan.{table}"
            )
    home.send_rows(f"{row} ")
    before = contents(home.settings)
    assert [row[8] for row in before["submissions"]] == ["accepted", "refused"]

    intake.rebuild(home.settings, tmp_path / "again")

    assert contents(home.settings.model_copy(update={"home": tmp_path / "again"})) == before


def test_a_file_missing_from_the_archive_is_told(home: Home, tmp_path: Path) -> None:
    receipt = home.send(f"{HEADER}\n2025-03,AIR,,,95,,,,\n")
    (home.settings.archive / receipt["sha256"]).unlink()

    with pytest.raises(MinshengError, match=receipt["sha256"]):
        intake.rebuild(home.settings, tmp_path / "again")
