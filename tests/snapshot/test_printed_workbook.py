"""The ledger (台账) as LibreOffice prints it: every page is an A4, and every cell shows what it holds."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.services.libreoffice import printed
from tests.services.programs import required
from warehouse.editions import Edition

pytestmark = pytest.mark.slow

A4_LANDSCAPE = (842, 595)
# What a sheet shows in place of a figure that is too wide for its column, or of a formula that fails.
UNREADABLE = re.compile(r"#{3,}|Err:\d+|#(?:N/A|VALUE!|REF!|NAME\?|DIV/0!|NUM!)")


@pytest.fixture(scope="module")
def pdf(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return printed(edition.path / "workbook.xlsx", tmp_path_factory.mktemp("printed"))


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


def test_a_ledger_is_one_page_wide_and_every_page_has_its_head(edition: Edition, pages: list[str]) -> None:
    ledgers = load_workbook(edition.path / "workbook.xlsx").sheetnames[1:-1]
    heads = [page for page in pages if re.search(r"编号 +指标 +地区", page)]

    assert len(heads) >= len(ledgers) > 0
    assert all(re.search(r"状态 +说明", page) for page in heads)


def test_every_page_says_that_it_is_a_sample_and_where_it_belongs(pages: list[str]) -> None:
    total = len(pages)

    for number, page in enumerate(pages, start=1):
        foot = page.strip().splitlines()[-1]
        assert "样例数据" in foot
        assert f"第 {number} 页，共 {total} 页" in foot
