"""A workbook taken into a folder: shown first, taken on request, or refused whole with the cell at fault."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import Ended, minsheng
from tests.plan.conftest import MINIMAL
from warehouse.errors import MinshengError
from warehouse.plan.workbook import export, take

__all__ = ["minsheng"]

TARGETS = "targets 目标"


def edited(folder: Path, change: Callable[[Any], None]) -> Path:
    """Return the minimal plan's workbook after a change."""
    path = folder / "plan.xlsx"
    export(MINIMAL, path)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def cell(book: Any, sheet: str, column: str, row: int = 6) -> Any:
    heads = [one.value for one in book[sheet][5]]
    return book[sheet].cell(row, heads.index(column) + 1)


def writing(sheet: str, column: str, value: object) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        cell(book, sheet, column).value = value

    return change


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINIMAL, tmp_path / "plan"))


def test_a_folder_that_is_there_changes_only_on_request(
    tmp_path: Path, folder: Path, minsheng: Callable[..., Ended]
) -> None:
    path = edited(tmp_path, writing("organizations 单位", "name_zh", "新名称"))
    before = (folder / "organizations.csv").read_bytes()

    shown = minsheng("plan", "import", path, folder, home=tmp_path / "home")
    kept = (folder / "organizations.csv").read_bytes()
    taken = minsheng("plan", "import", path, folder, "--yes", home=tmp_path / "home")

    assert (shown.status, taken.status) == (0, 0)
    assert "新名称" in shown.stdout
    assert "add --yes to take this difference" in shown.stdout
    assert kept == before
    assert "新名称" in (folder / "organizations.csv").read_text(encoding="utf-8")


def test_a_folder_that_was_changed_meanwhile_is_told_of(tmp_path: Path, folder: Path) -> None:
    export(folder, tmp_path / "plan.xlsx")
    text = (folder / "organizations.csv").read_text(encoding="utf-8")
    (folder / "organizations.csv").write_text(text + "LATE,后来的单位,department,\n", encoding="utf-8")

    taken = take(tmp_path / "plan.xlsx", folder, is_confirmed=False)

    assert taken.has_moved_on
    assert [str(one) for one in taken.differences] == [
        "- organizations.csv LATE: 'LATE,后来的单位,department,'"
    ]


def test_an_optional_column_appears_in_the_file_with_its_first_cell(tmp_path: Path, folder: Path) -> None:
    path = edited(tmp_path, writing(TARGETS, "after_window", "ends"))

    take(path, folder, is_confirmed=True)

    header = (folder / "targets.csv").read_text(encoding="utf-8").partition("\n")[0]
    assert header.endswith("after_window")


def test_a_day_and_a_figure_that_the_spreadsheet_made_are_written_as_the_plan_has_them(
    tmp_path: Path, folder: Path
) -> None:
    def change(book: Any) -> None:
        cell(book, TARGETS, "window_start").value = datetime(2023, 1, 1)  # noqa: DTZ001 - as a spreadsheet has it
        cell(book, TARGETS, "target_value").value = 1234.50

    taken = take(edited(tmp_path, change), folder, is_confirmed=False)

    after = {one.column: one.after for one in taken.differences}
    assert after.get("window_start", "2023-01") == "2023-01"
    assert after["target_value"] == "1234.5"


def test_faults_are_named_by_the_cells_of_the_workbook(tmp_path: Path, folder: Path) -> None:
    def change(book: Any) -> None:
        book[TARGETS].insert_rows(6)
        cell(book, TARGETS, "comparator", 7).value = "more"

    taken = take(edited(tmp_path, change), folder, is_confirmed=False)

    assert any(fault.startswith(f"{TARGETS}!H7: 'more' is no comparator") for fault in taken.faults)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (writing(TARGETS, "quote_zh", "=1+1"), r"targets 目标!\w+6 is a formula"),
        (lambda book: book[TARGETS].delete_rows(5), "has no row with the columns target_code"),
        (lambda book: book.remove(book["areas 地区"]), "lacks the sheets areas 地区"),
        (lambda book: book[TARGETS].cell(9, 40, "stray"), r"targets 目标!AN9 holds 'stray' beside the table"),
        (lambda book: book[TARGETS].cell(200_000, 1, "far"), "more than 100000 rows"),
    ],
    ids=["formula", "no header", "no sheet", "stray cell", "too long"],
)
def test_what_cannot_be_meant_is_refused_with_its_cell_and_nothing_changes(
    tmp_path: Path, folder: Path, change: Callable[[Any], None], said: str
) -> None:
    path = edited(tmp_path, change)

    with pytest.raises(MinshengError, match=said):
        take(path, folder, is_confirmed=True)

    assert (folder / "targets.csv").read_bytes() == (MINIMAL / "targets.csv").read_bytes()


def no_zip(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 but no more")


def with_document_type(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


def too_large(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/workbook.xml", "<a/>")
        with container.open("xl/media/image1.png", "w") as part:
            for _ in range(210):
                part.write(bytes(1 << 20))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (no_zip, "no readable XLSX workbook"),
        (with_document_type, "declares a document type in xl/workbook.xml"),
        (too_large, "take pictures and attachments out of it"),
    ],
)
def test_a_hostile_workbook_is_refused_before_it_is_opened(
    tmp_path: Path, folder: Path, make: Callable[[Path], None], said: str
) -> None:
    make(tmp_path / "hostile.xlsx")

    with pytest.raises(MinshengError, match=said):
        take(tmp_path / "hostile.xlsx", folder, is_confirmed=True)


def test_a_taking_that_was_killed_is_completed_by_the_next(tmp_path: Path, folder: Path) -> None:
    path = edited(tmp_path, writing("organizations 单位", "name_zh", "新名称"))
    take(path, tmp_path / "whole", is_confirmed=False)
    shutil.copy(tmp_path / "whole" / "areas.csv", folder / "areas.csv")  # as if only some files were renamed

    take(path, folder, is_confirmed=True)

    for file in (tmp_path / "whole").iterdir():
        assert (folder / file.name).read_bytes() == file.read_bytes()
