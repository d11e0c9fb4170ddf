"""The ledger (台账) as LibreOffice prints it: every page is an A4, and every cell shows what it holds."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.services.libreoffice import printed
from tests.services.programs import required
from tests.snapshot.test_parity import FIGURES
from warehouse.editions import Edition
from warehouse.snapshot.month import Month
from warehouse.snapshot.workbook import workbook_of

pytestmark = pytest.mark.slow

A4_LANDSCAPE = (842, 595)
# What a sheet shows in place of a figure that is too wide for its column, or of a formula that fails.
UNREADABLE = re.compile(r"#{3,}|Err:\d+|#(?:N/A|VALUE!|REF!|NAME\?|DIV/0!|NUM!)")


@pytest.fixture(scope="module", params=["widest", pytest.param("all", marks=pytest.mark.long)])
def workbook(
    request: pytest.FixtureRequest, edition: Edition, month: Month, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The ledger of the month, or of those figures only that need the most room in their columns."""
    if request.param == "all":
        return edition.path / "workbook.xlsx"
    widest = [max(month.figures, key=lambda row: len(str(row[name] or ""))) for name, _ in FIGURES.values()]
    shown = {(row["target_code"], row["window_start"], row["area_code"]) for row in widest}
    figures = [
        row for row in month.figures if (row["target_code"], row["window_start"], row["area_code"]) in shown
    ]
    path = tmp_path_factory.mktemp("widest") / "workbook.xlsx"
    path.write_bytes(workbook_of(replace(month, figures=figures), "2023-12/r1"))
    return path


@pytest.fixture(scope="module")
def pdf(workbook: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return printed(workbook, tmp_path_factory.mktemp("printed"))


@pytest.fixture(scope="module")
def pages(pdf: Path) -> list[str]:
    """The text of each page."""
    program = required(shutil.which("pdftotext"), "poppler-utils")
    done = subprocess.run([program, "-layout", pdf, "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1]


def test_every_cell_shows_what_it_holds(pages: list[str]) -> None:
    assert [line for page in pages for line in page.splitlines() if UNREADABLE.search(line)] == []


def test_every_page_is_an_a4_across(pdf: Path, pages: list[str]) -> None:
    boxes = re.findall(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+) ?\]", pdf.read_bytes())

    assert len(boxes) >= len(pages) > 0
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {A4_LANDSCAPE}


def test_a_ledger_is_one_page_wide_and_every_page_has_its_head(workbook: Path, pages: list[str]) -> None:
    ledgers = load_workbook(workbook).sheetnames[1:-1]
    heads = [page for page in pages if re.search(r"编号 +指标 +地区", page)]

    assert len(heads) >= len(ledgers) > 0
    assert all(re.search(r"状态 +连续情况 +说明", page) for page in heads)


def test_every_page_says_that_it_is_a_sample_and_where_it_belongs(pages: list[str]) -> None:
    total = len(pages)

    for number, page in enumerate(pages, start=1):
        foot = page.strip().splitlines()[-1]
        assert "样例数据" in foot
        assert f"第 {number} 页，共 {total} 页" in foot
