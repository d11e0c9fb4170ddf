"""The child process that opens workbooks: what happens to it happens to no one else."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.intake.conftest import HEADER, Home, rules_of
from tests.intake.test_xlsx import GOOD, rows, workbook
from warehouse.intake.findings import FileRefused
from warehouse.intake.readers import Workbooks
from warehouse.intake.readers.document import MOST_COLUMNS


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.xlsx"
    path.write_bytes(workbook(rows(GOOD)))
    return path


def read(workbooks: Workbooks, path: Path) -> int:
    with workbooks.opened(path) as document:
        return sum(len(list(sheet.rows)) for sheet in document.sheets)


def test_one_process_reads_one_workbook_after_the_other(good: Path) -> None:
    with Workbooks() as workbooks:
        assert read(workbooks, good) == 2
        first = workbooks._process
        assert read(workbooks, good) == 2
        assert workbooks._process is first


def test_a_refused_workbook_does_not_cost_the_process(good: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    with Workbooks() as workbooks:
        read(workbooks, good)
        first = workbooks._process
        with pytest.raises(FileRefused):
            read(workbooks, broken)
        assert workbooks._process is first


def test_after_the_death_of_the_process_the_next_workbook_is_read(good: Path) -> None:
    with Workbooks() as workbooks:
        read(workbooks, good)
        assert workbooks._process is not None
        workbooks._process.kill()
        workbooks._process.wait()

        assert read(workbooks, good) == 2


def test_the_death_of_the_process_refuses_the_workbook_it_was_reading(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    path.write_bytes(workbook(rows(*[GOOD] * 15_000)))

    def read_and_kill(workbooks: Workbooks) -> None:
        with workbooks.opened(path) as document:
            assert workbooks._process is not None
            workbooks._process.kill()
            for sheet in document.sheets:
                list(sheet.rows)

    with Workbooks() as workbooks, pytest.raises(FileRefused, match="unreadable"):
        read_and_kill(workbooks)


def test_a_workbook_that_takes_too_long_is_given_up(good: Path) -> None:
    begun = time.monotonic()
    with Workbooks(most_seconds=0.01) as workbooks, pytest.raises(FileRefused, match="too_slow"):
        read(workbooks, good)
    assert time.monotonic() - begun < 5


def test_a_workbook_of_too_many_columns_is_refused(home: Home) -> None:
    receipt = home.send(workbook(rows([*GOOD, *range(MOST_COLUMNS)])), "a.xlsx")

    assert rules_of(receipt["refusals"]) == ["too_many_columns"]


@pytest.mark.parametrize("times", [500, pytest.param(3_000, marks=pytest.mark.long)])
def test_a_shared_text_repeated_many_times_stays_bounded(home: Home, times: int) -> None:
    content = workbook(rows(*[[*GOOD, "", "", "", "x" * 32_000]] * times))
    begun = time.monotonic()
    home.drop("huge.xlsx", content)
    home.drop("good.csv", f"{HEADER}\n2025-03,AIR,,,95,,,,\n")

    statuses = {one.file_name: one.status for one in home.take_in().submissions}

    assert statuses["good.csv"] == "accepted"
    assert time.monotonic() - begun < 60
