"""Ledger and archive vouch for each other: what was recorded of a batch is what the ledger holds."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.intake.conftest import copied_home, table
from tests.prepared import Prepared
from warehouse import ledger
from warehouse.errors import MinshengError
from warehouse.intake.records import recorded_batches, require_sound
from warehouse.settings import Settings

JANUARY = "2024-01,JOBS,,210504002,1,,,,"
FEBRUARY = "2024-02,JOBS,,210504002,2,,,,"
REFUSED = "2024-02,NOBODY,,210504002,2,,,,"
ANOTHER_SUBMISSION = """
    insert into ledger.submissions by name
    select * replace ('another' as submission_id) from ledger.submissions limit 1
"""


@pytest.fixture(scope="module")
def home_with_two_batches(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = copied_home(prepared, tmp_path_factory.mktemp("two_batches") / "home")
    for name, rows in (("a.csv", [JANUARY]), ("b.csv", [FEBRUARY, REFUSED])):
        home.drop(name, table(*rows))
        home.take_in()
    return home.settings.home


@pytest.fixture
def two_batches(home_with_two_batches: Path, tmp_path: Path) -> Settings:
    """A home of its own that has taken in a.csv and then b.csv."""
    return Settings(home=shutil.copytree(home_with_two_batches, tmp_path / "home"), stable_seconds=0)


def check(settings: Settings) -> None:
    with ledger.reading(settings) as connection:
        require_sound(settings, connection)


def found(settings: Settings) -> str:
    """Return what a build would refuse the home with."""
    with pytest.raises(MinshengError) as refused:
        check(settings)
    return str(refused.value)


def change(settings: Settings, statement: str) -> None:
    with ledger.writing(settings) as connection:
        connection.execute(statement)


def files(settings: Settings) -> list[Path]:
    return sorted((settings.archive / "records").iterdir())


def test_each_batch_has_a_record_that_names_the_one_before(two_batches: Settings) -> None:
    first, second = recorded_batches(two_batches)

    assert (first.record.previous, second.record.previous) == ("", first.sha256)
    assert [one.file_name for one in second.record.arrivals] == ["b.csv"]
    assert {table: one.rows for table, one in second.record.rows.items()} == {
        "submissions": 1,
        "observations": 1,
        "refusals": 1,
    }


def test_a_home_as_it_was_recorded_is_sound(two_batches: Settings) -> None:
    check(two_batches)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("update ledger.observations set value = 9999 where sequence = 1", r"a.csv row 2 JOBS"),
        ("update ledger.observations set remark = '' where sequence = 1", r"a.csv row 2 JOBS"),
        ("update ledger.submissions set received_at = received_at + interval 1 day", "row of submissions"),
        ("update ledger.refusals set rule = 'other'", "b.csv row 3"),
        ("delete from ledger.observations where sequence = 2", "lacks a row of observations: b.csv row 2"),
        ("delete from ledger.refusals", "lacks a row of refusals: b.csv row 3"),
        ("insert into ledger.observations from ledger.observations limit 1", "a row of observations"),
        (ANOTHER_SUBMISSION, "holds 3 submissions, and 2 were recorded"),
        ("delete from ledger.submissions where sequence = 2", "holds 1 submissions, and 2 were recorded"),
        ("update ledger.batches set record_sha256 = 'x' where first_sequence = 2", "is not the one"),
        ("update ledger.batches set record_sha256 = 'x' where first_sequence = 1", "is not the one"),
    ],
)  # fmt: skip
def test_what_the_ledger_does_not_hold_as_it_was_recorded_is_found(
    two_batches: Settings, statement: str, said: str
) -> None:
    change(two_batches, statement)

    message = found(two_batches)

    assert said in message
    assert 'docs/runbook.md says under "The ledger and its archive differ"' in message


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def say_something_else(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"a.csv", b"z.csv").replace(b"b.csv", b"z.csv"))


@pytest.mark.parametrize("number", range(7))
@pytest.mark.parametrize("damage", [Path.unlink, cut])
def test_a_lost_or_changed_record_is_found(
    two_batches: Settings, number: int, damage: Callable[[Path], None]
) -> None:
    path = files(two_batches)[number]
    damage(path)

    assert path.name in found(two_batches)


@pytest.mark.parametrize("number", [0, 3])
def test_a_record_that_was_rewritten_is_found(two_batches: Settings, number: int) -> None:
    say_something_else(files(two_batches)[number])

    assert "is not the one that the ledger was written with" in found(two_batches)


def test_a_batch_that_was_lost_in_a_crash_and_taken_in_again_leaves_its_first_record_behind(
    two_batches: Settings,
) -> None:
    first, second = recorded_batches(two_batches)
    begun = json.loads(second.path.read_text()) | {"batch": "begun"}
    second.path.with_name("begun.batch.json").write_text(json.dumps(begun))

    check(two_batches)

    assert first.sha256 in {one.sha256 for one in recorded_batches(two_batches)}


def test_any_byte_of_any_record_that_changes_is_found_and_named(two_batches: Settings) -> None:
    chance = random.Random(20)
    for path in files(two_batches):
        whole = path.read_bytes()
        for place in chance.sample(range(len(whole)), 40):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
            assert path.name in found(two_batches)
        path.write_bytes(whole)
    check(two_batches)


def test_intake_refuses_a_record_that_is_missing(two_batches: Settings) -> None:
    from warehouse import intake

    files(two_batches)[0].unlink()

    with pytest.raises(MinshengError, match="The archive lacks 1 records of batches"):
        intake.take_in(two_batches)
