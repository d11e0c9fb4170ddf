"""The promises of the design, killed at random instants: four kills in every run, 200 in the long one.

`make faults N=1000` kills as often as it says. Each case prints its seed; MINSHENG_FAULT_SEED=<seed> does it
again.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.checker import Opened, ledger_file
from tests.faults.district import STEPS, Case, District, in_a_lake, words_of
from tests.prepared import Prepared
from tests.services.extensions import with_extensions
from tests.services.postgresql import postgresql
from warehouse import intake

pytestmark = pytest.mark.slow

FEW = len(STEPS)
MANY = int(os.environ.get("MINSHENG_FAULTS", "200"))


def cases(kills: int) -> list[Case]:
    if seed := os.environ.get("MINSHENG_FAULT_SEED"):
        return [Case.of(int(seed))]
    rounds = -(-kills // len(STEPS))
    return [Case.of(secrets.randbelow(2**32)) for _ in range(rounds)]


def rows_of(opened: Opened) -> dict[str, list[tuple[object, ...]]]:
    with opened() as ledger:
        tables = ledger.execute(
            "select table_name from duckdb_tables() "
            "where schema_name = 'ledger' and database_name = current_database()"
        ).fetchall()
        return {table: ledger.execute(f"from ledger.{table} order by all").fetchall() for (table,) in tables}


def kill_each_step(district: District, case: Case) -> int:
    """Kill every step of a month once and run it again; return how many were at work when killed."""
    at_work = 0
    for step in STEPS:
        fraction = case.fractions[step]
        took = district.seconds[step]
        was_at_work = district.kill(words_of(step), fraction * took)
        sys.stderr.write(f"seed {case.seed}: {step} killed {fraction:.0%} through: {was_at_work}\n")
        at_work += was_at_work
        assert district.checker.faults_for_readers() == [], replay(case)
        district.take_steps(step)
        # What a killed command had done already, the next one need not do.
        district.seconds[step] = max(district.seconds[step], took / 2)
        if step == "ingest":
            assert district.checker.faults_of_intake() == [], replay(case)
    assert district.checker.faults() == [], replay(case)
    return at_work


def replay(case: Case) -> str:
    return f"replay with MINSHENG_FAULT_SEED={case.seed}"


def assert_nothing_more_to_do(district: District) -> None:
    """Promise 7: another run is a no-op."""
    before = rows_of(district.checker.opened)
    editions = dict(district.checker.published)

    district.run()

    assert district.checker.faults() == []
    assert (rows_of(district.checker.opened), district.checker.published) == (before, editions)


def assert_the_archive_makes_the_same_ledger(district: District, into: Path) -> None:
    """Promise 8: the ledger can be made again from the archive."""
    intake.rebuild(district.settings, into)

    assert rows_of(ledger_file(into)) == rows_of(district.checker.opened)


@pytest.fixture
def district(
    request: pytest.FixtureRequest, sound_district: District, prepared: Prepared, tmp_path: Path
) -> Iterator[District]:
    """A district whose month is published, with its ledger in the home's file or in a lakehouse."""
    if request.param == "file":
        yield sound_district.copied(tmp_path / "home")
        return
    with postgresql() as catalog:
        district = in_a_lake(with_extensions(prepared, tmp_path / "home"), f"ducklake:postgres:{catalog}")
        district.open()
        district.deliver()
        district.take_steps(*STEPS)
        yield district


@pytest.mark.parametrize(
    ("district", "kills"),
    [
        pytest.param("file", FEW, id="file"),
        pytest.param("file", MANY, id="file, many", marks=pytest.mark.long),
        pytest.param("lake", MANY, id="lake, many", marks=pytest.mark.long),
    ],
    indirect=["district"],
)
@pytest.mark.timeout(0)
def test_killed_at_random_instants_every_promise_holds_after_the_next_run(
    district: District, kills: int, tmp_path: Path
) -> None:
    at_work = 0
    all_cases = cases(kills)
    for case in all_cases:
        district.deliver()
        at_work += kill_each_step(district, case)

    assert at_work >= len(all_cases) * len(STEPS) // 3
    assert_nothing_more_to_do(district)
    assert_the_archive_makes_the_same_ledger(district, tmp_path / "again")
