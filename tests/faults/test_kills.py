"""The promises of the design, killed at random instants: `make faults N=200`, or a few of them here.

Each case prints its seed; MINSHENG_FAULT_SEED=<seed> does that case again.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import duckdb
import pytest

from tests.faults.district import STEPS, Case, District, words_of
from warehouse import intake

FEW = 4


def cases() -> list[Case]:
    if seed := os.environ.get("MINSHENG_FAULT_SEED"):
        return [Case.of(int(seed))]
    count = int(os.environ.get("MINSHENG_FAULTS", FEW))
    return [Case.of(secrets.randbelow(2**32)) for _ in range(count)]


def rows_of(ledger_file: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(ledger_file), read_only=True) as ledger:
        tables = ledger.execute(
            "select table_name from duckdb_tables() where schema_name = 'ledger'"
        ).fetchall()
        return {table: ledger.execute(f"from ledger.{table} order by all").fetchall() for (table,) in tables}


@pytest.fixture
def district(tmp_path: Path) -> District:
    district = District(tmp_path / "home")
    district.open()
    return district


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_killed_at_random_instants_every_promise_holds_after_the_next_run(
    district: District, tmp_path: Path
) -> None:
    district.deliver()
    seconds = {step: district.complete(*words_of(step)) for step in STEPS}
    at_work = 0
    all_cases = cases()
    for case in all_cases:
        district.deliver()
        for step in STEPS[: STEPS.index(case.step)]:
            district.complete(*words_of(step))
        was_at_work = district.kill(words_of(case.step), case.fraction * seconds[case.step])
        at_work += was_at_work
        sys.stderr.write(f"seed {case.seed}: {case.step} killed {case.fraction:.0%} through: {was_at_work}\n")

        district.run()

        assert district.checker.faults() == [], f"replay with MINSHENG_FAULT_SEED={case.seed}"
    assert at_work >= len(all_cases) // 3
    assert_nothing_more_to_do(district)
    assert_the_archive_makes_the_same_ledger(district, tmp_path / "again")


def assert_nothing_more_to_do(district: District) -> None:
    """Promise 7: another run is a no-op."""
    before = rows_of(district.settings.ledger_file)
    editions = dict(district.checker.published)

    district.run()

    assert district.checker.faults() == []
    assert (rows_of(district.settings.ledger_file), district.checker.published) == (before, editions)


def assert_the_archive_makes_the_same_ledger(district: District, into: Path) -> None:
    """Promise 8: the ledger can be made again from the archive."""
    again = intake.rebuild(district.settings, into)

    assert rows_of(Path(again.ledger_file)) == rows_of(district.settings.ledger_file)


@pytest.mark.slow
def test_two_runs_of_a_month_at_once_make_one_edition(district: District) -> None:
    district.deliver()

    both = [district.start(*words_of("run")) for _ in range(2)]
    for one in both:
        one.join()

    assert [one.exitcode for one in both] == [0, 0]
    assert district.checker.faults() == []
    assert list(district.checker.published) == ["2023-04/r1"]
