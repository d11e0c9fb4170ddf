"""The story of docs/new-plan.md, by the commands and the changes that stand on the page, in their order."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.test_new_plan import MINSHENG, PAGE, PROJECT, commands_of
from warehouse.plan import check

STORY = PAGE[PAGE.index("## An afternoon") : PAGE.index("## The files by hand")]
CHANGE = re.compile(
    r"^\| `(?P<sheet>[^`]+)` \| (?P<row>[^|]+) \| (?P<column>[^|]+) \| (?P<write>[^|]+) \|$", re.M
)
NAMES = 5
"""The row of a sheet with the names of its columns."""


@pytest.fixture
def follow(tmp_path: Path) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Run the commands below a heading, with the folders of the test in place of those on the page."""

    def run(heading: str) -> subprocess.CompletedProcess[str]:
        script = (
            commands_of(heading).replace("/srv/", f"{tmp_path}/").replace(".venv/bin/minsheng", str(MINSHENG))
        )
        return subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            env=os.environ | {"MINSHENG_BROWSER": ""},
            check=False,
            timeout=600,
        )

    return run


def make_changes(path: Path) -> int:
    """Do in the workbook what the page's table says, and return how many changes that were."""
    book = openpyxl.load_workbook(path)
    changes = list(CHANGE.finditer(STORY))
    for change in changes:
        sheet = book[change["sheet"]]
        if change["row"] == "every row" and change["column"] == "every column":
            sheet.delete_rows(NAMES + 1, sheet.max_row)
            continue
        column = [cell.value for cell in sheet[NAMES]].index(change["column"].strip("`"))
        for row in rows_of(sheet, change["row"].strip("`")):
            row[column].value = change["write"].strip("`")
    book.save(path)
    return len(changes)


def rows_of(sheet: Any, key: str) -> list[Any]:
    rows = [row for row in sheet.iter_rows(min_row=NAMES + 1) if row[0].value]
    return rows if key == "every row" else [row for row in rows if row[0].value == key]


@pytest.mark.slow
def test_a_document_becomes_a_first_edition_without_a_text_editor(
    tmp_path: Path, follow: Callable[[str], subprocess.CompletedProcess[str]]
) -> None:
    said = [follow(heading) for heading in ("### Draft", "### Review", "### The workbook")]
    assert [one.returncode for one in said] == [0, 0, 0], said
    assert "加装电梯36" in (tmp_path / "qinghe" / "plan" / "review.html").read_text(encoding="utf-8")

    assert make_changes(tmp_path / "qinghe" / "plan.xlsx") == 6
    taken = follow("### Take it back")
    assert taken.returncode == 0, taken.stderr
    assert "add --yes to take these" in taken.stdout
    assert "has no fault" in taken.stdout

    started = follow("### The first month")
    assert started.returncode == 0, started.stderr
    edition = tmp_path / "qinghe" / "home" / "editions" / "2024-03" / "r1"
    assert "青禾县" in (edition / "report.html").read_text(encoding="utf-8")


def test_an_english_document_becomes_a_plan_without_fault(
    tmp_path: Path, follow: Callable[[str], subprocess.CompletedProcess[str]]
) -> None:
    done = follow("### The same in English")

    assert done.returncode == 0, done.stderr
    assert check(tmp_path / "alder-vale" / "plan") == []
    assert "Alder Vale County Council" in (tmp_path / "alder-vale" / "plan" / "organizations.csv").read_text()
