"""The child process that opens workbooks: what happens to it happens to no one else."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.intake.conftest import HEADER, Home, rules_of
from tests.intake.test_xlsx import GOOD, SHEET, edited, rows, workbook
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
        first = workbooks._child
        assert read(workbooks, good) == 2
        assert workbooks._child is first


def test_a_refused_workbook_does_not_cost_the_process(good: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    with Workbooks() as workbooks:
        read(workbooks, good)
        first = workbooks._child
        with pytest.raises(FileRefused):
            read(workbooks, broken)
        assert workbooks._child is first


def test_after_the_death_of_the_process_the_next_workbook_is_read(good: Path) -> None:
    with Workbooks() as workbooks:
        read(workbooks, good)
        assert workbooks._child is not None
        workbooks._child.process.kill()
        workbooks._child.process.wait()

        assert read(workbooks, good) == 2


def test_the_death_of_the_process_refuses_the_workbook_it_was_reading(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    path.write_bytes(workbook(rows(*[GOOD] * 15_000)))

    def read_and_kill(workbooks: Workbooks) -> None:
        with workbooks.opened(path) as document:
            assert workbooks._child is not None
            workbooks._child.process.kill()
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


PRINTING = """
import os
from xml.etree import ElementTree
real = ElementTree.iterparse
def iterparse(*given):
    print('{"end": "read"}', flush=True)
    os.write(2, b"0 is out of range")
    return real(*given)
ElementTree.iterparse = iterparse
"""


def test_what_a_library_prints_is_no_answer(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(PRINTING)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    with Workbooks() as workbooks:
        assert read(workbooks, good) == 2


def test_a_process_killed_while_it_reads_ends_the_reading_alone(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    path.write_bytes(workbook(rows(*[[date(2025, 3, 1), *GOOD[1:]]] * 15_000), default_date_format="yyyy-mm"))
    words = []

    with Workbooks() as workbooks:
        for end in ("kill", "go on"):
            try:
                with workbooks.opened(path) as document:
                    for sheet in document.sheets:
                        for number, _ in enumerate(sheet.rows):
                            if (number, end) == (10, "kill"):
                                assert workbooks._child is not None
                                workbooks._child.process.kill()
                words.append("read")
            except FileRefused as refused:
                words.append(str(refused.where["text"]))

    assert words == ["读取中断", "read"]


def deflated(content: bytes) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return stream.getvalue()


CELLS_OF_NOTHING = "".join(f'<row r="{row}">{"<c/>" * 16_000}</row>' for row in range(3, 258))


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(
            "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A10:XFD1048576"/></mergeCells>'
        ),
        lambda xml: xml.replace("</sheetData>", f"{CELLS_OF_NOTHING}</sheetData>"),
    ],
    ids=["a merge over all", "four million empty cells"],
)
def test_a_workbook_that_would_grow_is_answered_within_seconds(
    home: Home, change: Callable[[str], str]
) -> None:
    begun = time.monotonic()
    grown = edited(workbook(rows([*GOOD[:4], "约5"])), SHEET, change)
    receipt = home.send(deflated(grown), "a.xlsx")

    assert rules_of(receipt["refusals"]) == ["not_a_number"]
    assert openpyxl.load_workbook(home.for_people(receipt)).sheetnames[-1] == "原文填报"
    assert time.monotonic() - begun < 60
