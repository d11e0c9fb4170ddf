"""What a person sees in the workbook: heads in both languages, drop-downs, faults and guesses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.plan.conftest import Folder, folder
from warehouse.plan.shapes import TABLES, UNDECIDED
from warehouse.plan.workbook import export
from warehouse.plan.workbook.wording import heads, sheet_names, words

__all__ = ["folder"]

CARRIED = (*TABLES, UNDECIDED)
COLUMNS = [(table.file, column.name) for table in CARRIED for column in table.columns]


def exported(folder: Folder) -> Any:
    path = folder.path.parent / "plan.xlsx"
    export(folder.path, path)
    return openpyxl.load_workbook(path)


def test_every_column_has_a_head_and_a_meaning_in_both_languages() -> None:
    assert sorted(heads()) == sorted(COLUMNS)
    assert all(all(vars(head).values()) for head in heads().values())


def test_every_word_of_a_cell_is_explained() -> None:
    said = {(column.name, word) for table in CARRIED for column in table.columns for word in column.words}

    assert set(words()) == said


def test_every_table_has_a_sheet() -> None:
    assert list(sheet_names()) == [table.file for table in CARRIED]
    assert max(map(len, sheet_names().values())) <= 31


def test_every_coded_cell_has_a_drop_down(folder: Folder) -> None:
    book = exported(folder)

    for table in TABLES:
        sheet = book[sheet_names()[table.file]]
        names = [cell.value for cell in sheet[5]]
        listed = {
            names[bounds.min_col - 1]
            for rule in sheet.data_validations.dataValidation
            if rule.type == "list"
            for bounds in rule.sqref.ranges
        }
        coded = {one.name for one in table.columns if one.words or (one.refers_to and one.name != "input_a")}
        assert listed == coded, table.file


def test_a_fault_is_coloured_and_explained_in_its_cell(folder: Folder) -> None:
    folder.change("targets.csv", "T01-01", "comparator", "more")

    book = exported(folder)

    sheet = book["targets 目标"]
    row = next(row for row in sheet.iter_rows(min_row=6) if row[0].value == "T01-01")
    cell = next(cell for cell in row if cell.value == "more")
    assert "'more' is no comparator" in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFF8CBAD"


def test_the_first_sheet_lists_what_is_open_with_a_link_to_its_cell(folder: Folder) -> None:
    folder.change("targets.csv", "T01-01", "note_zh", "待确认：期限推定。")
    folder.change("targets.csv", "T01-01", "comparator", "more")

    page = exported(folder).worksheets[0]

    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    kinds = {row[0]: row for row in rows if row[1] and str(row[1]).startswith("targets 目标!")}
    assert set(kinds) == {"错误 fault", "待确认 to confirm"}
    assert kinds["待确认 to confirm"][2] == "待确认：期限推定。"
    assert [row[1].hyperlink.location for row in page.iter_rows() if row[1].hyperlink] == [
        "'targets 目标'!H12",
        "'targets 目标'!P12",
    ]


@pytest.mark.parametrize(
    ("text", "said"), [("x" * 40_000, "has 40000 characters"), ("\uffff", "which no workbook carries")]
)
def test_a_text_that_no_cell_takes_is_refused_with_its_place(
    folder: Folder, tmp_path: Path, text: str, said: str
) -> None:
    folder.change("targets.csv", "T01-01", "note_zh", text)

    with pytest.raises(Exception, match=f"targets.csv: the text for targets 目标!.* {said}"):
        export(folder.path, tmp_path / "plan.xlsx")
