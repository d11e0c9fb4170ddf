from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlwt

from tests.intake.conftest import HEADER, Home, rules_of

GOOD = ["2025-03", "JOBS", "新增就业", 210504002, 12]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook(build: Callable[[Any, Any], None]) -> bytes:
    """A workbook with the full header in row 1; `build` gets the sheet and the workbook."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("填报", cell_overwrite_ok=True)
    write(sheet, 0, HEADER.split(","))
    build(sheet, book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def write(sheet: Any, place: int, row: list[Any]) -> None:
    for column, cell in enumerate(row):
        sheet.write(place, column, cell)


def test_numbers_and_texts_are_read_alike(home: Home) -> None:
    def build(sheet: Any, _book: Any) -> None:
        write(sheet, 1, GOOD)
        write(sheet, 2, [202502, "JOBS", "", "210504002", "1,200"])

    receipt = home.send(workbook(build), "a.xls")

    assert receipt["status"] == "accepted"
    assert [row[2:5] for row in home.observations()] == [
        ("2025-03", "figure", 12),
        ("2025-02", "figure", 1200),
    ]
    assert home.query("select format from ledger.submissions") == [("xls",)]


@pytest.mark.parametrize("epoch_1904", [False, True])
@pytest.mark.parametrize("format_", ["yyyy-mm", "yyyy/m/d", 'yyyy"年"m"月"'])
def test_a_date_cell_is_its_month(home: Home, format_: str, epoch_1904: bool) -> None:
    def build(sheet: Any, book: Any) -> None:
        book.dates_1904 = epoch_1904
        write(sheet, 1, ["", *GOOD[1:]])
        serial = date(2025, 3, 31).toordinal() - date(1899, 12, 30).toordinal() - 1462 * epoch_1904
        sheet.row(1).set_cell_number(0, serial, xlwt.easyxf(num_format_str=format_))

    receipt = home.send(workbook(build), "a.xls")

    assert receipt["refusals"] == []
    assert home.query("select period from ledger.observations") == [("2025-03",)]


def test_a_percent_format_is_a_percent_sign(home: Home) -> None:
    def build(sheet: Any, _book: Any) -> None:
        write(sheet, 1, ["2025-03", "AIR"])
        sheet.write(1, 4, 0.953, xlwt.easyxf(num_format_str="0.0%"))

    home.send(workbook(build), "a.xls")

    assert home.query("select cast(value as varchar) from ledger.observations") == [("95.300000",)]


def test_an_error_cell_is_refused_as_one(home: Home) -> None:
    def build(sheet: Any, _book: Any) -> None:
        write(sheet, 1, GOOD[:4])
        sheet.row(1).set_cell_error(4, "#DIV/0!")

    receipt = home.send(workbook(build), "a.xls")

    assert [(one["rule"], one["row"], one["text"]) for one in receipt["refusals"]] == [
        ("error_cell", 2, "#DIV/0!")
    ]


def test_merged_cells_are_never_guessed_down(home: Home) -> None:
    def build(sheet: Any, _book: Any) -> None:
        write(sheet, 1, GOOD)
        write(sheet, 2, ["", "JOBS", "", 210504004, 5])
        sheet.merge(1, 2, 0, 0)

    receipt = home.send(workbook(build), "a.xls")

    assert [(one["row"], one["rule"]) for one in receipt["refusals"]] == [(3, "period_missing")]


def test_a_hidden_sheet_is_told_and_a_hidden_row_is_read_and_told(home: Home) -> None:
    def build(sheet: Any, book: Any) -> None:
        write(sheet, 1, GOOD)
        write(sheet, 2, ["2025-02", *GOOD[1:]])
        sheet.row(2).hidden = True
        other = book.add_sheet("隐藏")
        write(other, 0, HEADER.split(","))
        other.visibility = 1

    receipt = home.send(workbook(build), "a.xls")

    assert [(one["rule"], one["sheet"], one["row"]) for one in receipt["warnings"]] == [
        ("hidden_rows", "填报", 3),
        ("hidden_sheet", "隐藏", None),
    ]
    assert len(home.observations()) == 2


def test_its_rows_come_back_with_what_is_wrong(home: Home) -> None:
    def build(sheet: Any, _book: Any) -> None:
        write(sheet, 1, [*GOOD[:4], "十二"])

    home.send(workbook(build), "a.xls")

    (answer,) = (home.settings.outbox / "LABOUR").glob("*.xlsx")
    page = openpyxl.load_workbook(answer)["原文填报"]
    line = [cell.value for cell in page[2]]
    assert line[:6] == [2, "2025-03", "JOBS", "新增就业", "210504002", "十二"]
    assert "不是数字" in str(line[6])


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted_workbook"),
        (OLE + "_VBA_PROJECT_CUR".encode("utf-16-le"), "macro_workbook"),
        (OLE + bytes(2000), "broken_workbook"),
    ],
)
def test_what_a_workbook_must_not_be_is_refused(home: Home, content: bytes, rule: str) -> None:
    assert rules_of(home.send(content, "a.xls")["refusals"]) == [rule]


def test_a_workbook_cut_short_is_refused(home: Home) -> None:
    whole = workbook(lambda sheet, _: write(sheet, 1, GOOD))

    assert home.send(whole[: len(whole) // 2], "a.xls")["status"] == "refused"
