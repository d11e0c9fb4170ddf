"""The checker itself: each promise broken on purpose is named, so that its silence means something."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.faults.district import District
from warehouse import durable


def in_the_ledger(home: Path, change: str) -> None:
    with duckdb.connect(str(home / "warehouse.duckdb")) as connection:
        connection.execute(change)


def lose_a_row(home: Path) -> None:
    in_the_ledger(home, "delete from ledger.observations where indicator_code = 'EMP-001' and value = 3")


def take_a_row_twice(home: Path) -> None:
    in_the_ledger(home, "insert into ledger.observations from ledger.observations where value = 3")


def keep_silent_about_a_row(home: Path) -> None:
    (receipt,) = (home / "outbox" / "LABOUR").glob("样例1.csv.*.receipt.json")
    told = json.loads(receipt.read_text(encoding="utf-8"))
    receipt.write_text(json.dumps(told | {"refusals": []}), encoding="utf-8")


def change_an_edition(home: Path) -> None:
    page = home / "editions" / "2023-04" / "r1" / "quality.html"
    page.chmod(0o644)
    page.write_text("changed")


def point_to_half_an_edition(home: Path) -> None:
    (home / "editions" / "2023-04" / ".r2.building").mkdir()
    durable.link(home / "editions" / "current", "2023-04/.r2.building")


def put_a_row_under_another_name(home: Path) -> None:
    in_the_ledger(home, "update ledger.observations set organization_code = 'CIVIC' where value = 3")


def accept_what_nobody_can_read(home: Path) -> None:
    in_the_ledger(
        home, "update ledger.submissions set status = 'accepted' where organization_code = 'ENVIRONMENT'"
    )


def publish_twice(home: Path) -> None:
    month = home / "editions" / "2023-04"
    shutil.copytree(month / "r1", month / "r2")


def alter_the_archive(home: Path) -> None:
    (record, *_) = (home / "archive" / "records").glob("*.batch.json")
    record.unlink()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("promise", "broken"),
    [
        ("1", lose_a_row),
        ("1", take_a_row_twice),
        ("2", keep_silent_about_a_row),
        ("3", change_an_edition),
        ("4", point_to_half_an_edition),
        ("5", put_a_row_under_another_name),
        ("6", accept_what_nobody_can_read),
        ("7", publish_twice),
        ("8", alter_the_archive),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_broken_promise_is_named(
    sound_district: District, tmp_path: Path, promise: str, broken: Callable[[Path], None]
) -> None:
    harmed = sound_district.copied(tmp_path / "home")

    broken(harmed.settings.home)

    assert promise in {fault[0] for fault in harmed.checker.faults()}
