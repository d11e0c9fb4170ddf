from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlwt

from tests.intake.conftest import HEADER, Files, Home, Maker, Receipt, rules_of

GOOD = ["2025-03", "JOBS", "新增就业", 210504002, 12]
sent = Files(".xls")
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


@pytest.fixture(scope="module")
def answers(shared_home: Home) -> dict[Maker, Receipt]:
    return sent.sent_to(shared_home)


@sent
def numbers_and_texts() -> bytes:
    def build(sheet: Any, _book: Any) -> None:
        write(sheet, 1, GOOD)
        write(sheet, 2, [202502, "JOBS", "", "210504002", "1,200"])

    return workbook(build)


def test_numbers_and_texts_are_read_alike(answers: dict[Maker, Receipt], shared_home: Home) -> None:
    receipt = answers[numbers_and_texts]

    assert receipt["status"] == "accepted"
    assert shared_home.kept(receipt, "period, kind, value") == [
        ("2025-03", "figure", 12),
        ("2025-02", "figure", 1200),
    ]
    assert shared_home.format_of(receipt) == "xls"


def dated(format_: str, epoch_1904: bool) -> bytes:
    def build(sheet: Any, book: Any) -> None:
        book.dates_1904 = epoch_1904
        write(sheet, 1, ["", *GOOD[1:]])
        serial = date(2025, 3, 31).toordinal() - date(1899, 12, 30).toordinal() - 1462 * epoch_1904
        sheet.row(1).set_cell_number(0, serial, xlwt.easyxf(num_format_str=format_))

    return workbook(build)


def test_a_date_cell_is_its_month(home: Home) -> None:
    formats = ["yyyy-mm", "yyyy/m/d", 'yyyy"年"m"月"']
    cases = [(format_, epoch_1904) for format_ in formats for epoch_1904 in (False, True)]
    receipts = home.send_each({case: dated(*case) for case in cases}, ".xls")

    assert {case: receipt["refusals"] for case, receipt in receipts.items()} == {case: [] for case in cases}
    assert home.kept_of_each(receipts, "period") == {case: [("2025-03",)] for case in cases}


@sent
def percent_format() -> bytes:
    def build(sheet: Any, _book: Any) -> None:
        write(sheet, 1, ["2025-03", "AIR"])
        sheet.write(1, 4, 0.953, xlwt.easyxf(num_format_str="0.0%"))

    return workbook(build)


def test_a_percent_format_is_a_percent_sign(answers: dict[Maker, Receipt], shared_home: Home) -> None:
    assert shared_home.kept(answers[percent_format], "cast(value as varchar)") == [("95.300000",)]


@sent
def error_cell() -> bytes:
    def build(sheet: Any, _book: Any) -> None:
        write(sheet, 1, GOOD[:4])
        sheet.row(1).set_cell_error(4, "#DIV/0!")

    return workbook(build)


def test_an_error_cell_is_refused_as_one(answers: dict[Maker, Receipt]) -> None:
    refusals = answers[error_cell]["refusals"]

    assert [(one["rule"], one["row"], one["text"]) for one in refusals] == [("error_cell", 2, "#DIV/0!")]


@sent
def merged_cells() -> bytes:
    def build(sheet: Any, _book: Any) -> None:
        write(sheet, 1, GOOD)
        write(sheet, 2, ["", "JOBS", "", 210504004, 5])
        sheet.merge(1, 2, 0, 0)

    return workbook(build)


def test_merged_cells_are_never_guessed_down(answers: dict[Maker, Receipt]) -> None:
    refusals = answers[merged_cells]["refusals"]

    assert [(one["row"], one["rule"]) for one in refusals] == [(3, "period_missing")]


@sent
def hidden_sheet_and_row() -> bytes:
    def build(sheet: Any, book: Any) -> None:
        write(sheet, 1, GOOD)
        write(sheet, 2, ["2025-02", *GOOD[1:]])
        sheet.row(2).hidden = True
        other = book.add_sheet("隐藏")
        write(other, 0, HEADER.split(","))
        other.visibility = 1

    return workbook(build)


def test_a_hidden_sheet_is_told_and_a_hidden_row_is_read_and_told(
    answers: dict[Maker, Receipt], shared_home: Home
) -> None:
    receipt = answers[hidden_sheet_and_row]

    assert [(one["rule"], one["sheet"], one["row"]) for one in receipt["warnings"]] == [
        ("hidden_rows", "填报", 3),
        ("hidden_sheet", "隐藏", None),
    ]
    assert shared_home.kept(receipt, "row_number") == [(2,), (3,)]


@sent
def figure_in_words() -> bytes:
    return workbook(lambda sheet, _book: write(sheet, 1, [*GOOD[:4], "十二"]))


def test_its_rows_come_back_with_what_is_wrong(answers: dict[Maker, Receipt], shared_home: Home) -> None:
    page = openpyxl.load_workbook(shared_home.for_people(answers[figure_in_words]))["原文填报"]

    line = [cell.value for cell in page[2]]
    assert line[:6] == [2, "2025-03", "JOBS", "新增就业", "210504002", "十二"]
    assert "不是数字" in str(line[6])


def test_what_a_workbook_must_not_be_is_refused(home: Home) -> None:
    cases = {
        "encrypted_workbook": OLE + "EncryptedPackage".encode("utf-16-le"),
        "macro_workbook": OLE + "_VBA_PROJECT_CUR".encode("utf-16-le"),
        "broken_workbook": OLE + bytes(2000),
    }
    receipts = home.send_each(cases, ".xls")

    assert {rule: rules_of(receipt["refusals"]) for rule, receipt in receipts.items()} == {
        rule: [rule] for rule in cases
    }


@sent
def cut_short() -> bytes:
    whole = workbook(lambda sheet, _: write(sheet, 1, GOOD))
    return whole[: len(whole) // 2]


def test_a_workbook_cut_short_is_refused(answers: dict[Maker, Receipt]) -> None:
    assert answers[cut_short]["status"] == "refused"


def counted(content: bytes, change: int) -> bytes:
    """The workbook with another count of its shared texts than there are."""
    places = (match.start() for match in re.finditer(re.escape(struct.pack("<H", 0xFC)), content))
    for place in places:
        length, total, count = struct.unpack("<HII", content[place + 2 : place + 12])
        if 0 < count <= total <= length:
            return content[: place + 8] + struct.pack("<I", count + change) + content[place + 12 :]
    raise AssertionError


def test_a_wrong_count_of_texts_refuses_nothing(home: Home) -> None:
    content = workbook(lambda sheet, _book: write(sheet, 1, GOOD))
    receipts = home.send_each({change: counted(content, change) for change in (-5, 1, 400)}, ".xls")

    assert {change: receipt["refusals"] for change, receipt in receipts.items()} == {-5: [], 1: [], 400: []}


def formatted(code: str, stored: float) -> bytes:
    def build(sheet: Any, _book: Any) -> None:
        write(sheet, 1, ["2025-12", "ROADS"])
        sheet.write(1, 4, stored, xlwt.easyxf(num_format_str=code))

    return workbook(build)


def test_a_figure_is_what_the_cell_shows(home: Home) -> None:
    cases = {
        ('0.0"万"', 1.2): [("12000.000000",)],
        ("#,##0.00", 1234.5): [("1234.500000",)],
        ("0,", 2345): [],
    }
    receipts = home.send_each({case: formatted(*case) for case in cases}, ".xls")

    assert home.kept_of_each(receipts, "cast(value as varchar)") == cases
    assert rules_of(receipts["0,", 2345]["refusals"]) == ["not_as_shown"]


@sent
def hidden_column_and_covered_cell() -> bytes:
    def build(sheet: Any, _book: Any) -> None:
        write(sheet, 1, GOOD)
        sheet.merge(1, 2, 4, 4)
        write(sheet, 2, ["2025-02", "JOBS", "", 210504002, 7])
        sheet.col(1).hidden = True

    return workbook(build)


def test_a_hidden_column_is_told_and_a_covered_cell_is_not_read(answers: dict[Maker, Receipt]) -> None:
    receipt = answers[hidden_column_and_covered_cell]

    assert [(one["rule"], one["row"]) for one in receipt["warnings"]] == [
        ("hidden_columns", None),
        ("covered_cells", 3),
    ]
    assert [(one["rule"], one["row"]) for one in receipt["refusals"]] == [("value_missing", 3)]
