from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.intake.conftest import HEADER, Home, rules_of

Build = Callable[[Any, Any], None]


def workbook(build: Build, **options: Any) -> bytes:
    """A workbook with the full header in row 1; `build` gets the sheet and the workbook."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet("填报")
        sheet.write_row(0, 0, HEADER.split(","))
        build(sheet, book)
    return stream.getvalue()


def rows(*cells: list[Any]) -> Build:
    def build(sheet: Any, _book: Any) -> None:
        for place, row in enumerate(cells, start=1):
            sheet.write_row(place, 0, row)

    return build


def edited(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, change(text.decode()).encode() if name == part else text)
    return stream.getvalue()


GOOD = ["2025-03", "JOBS", "新增就业", 210504002, 12]
SHEET = "xl/worksheets/sheet1.xml"


def test_numbers_and_texts_are_read_alike(home: Home) -> None:
    home.send(workbook(rows(GOOD, [202502, "JOBS", "", "210504002", "1,200"])), "a.xlsx")

    assert [row[2:5] for row in home.observations()] == [
        ("2025-03", "figure", 12),
        ("2025-02", "figure", 1200),
    ]


@pytest.mark.parametrize("epoch_1904", [False, True])
@pytest.mark.parametrize("format_", ["yyyy-mm", "yyyy/m/d", 'yyyy"年"m"月"', "mmm-yy", 57])
def test_a_date_cell_is_its_month(home: Home, format_: str | int, epoch_1904: bool) -> None:
    def build(sheet: Any, book: Any) -> None:
        sheet.write_row(1, 1, GOOD[1:])
        as_date = book.add_format({"num_format": format_})
        sheet.write_datetime(1, 0, date(2025, 3, 31), as_date)

    receipt = home.send(workbook(build, date_1904=epoch_1904), "a.xlsx")

    assert receipt["refusals"] == []
    assert home.query("select period from ledger.observations") == [("2025-03",)]


def test_a_number_that_looks_like_a_date_is_not_one(home: Home) -> None:
    receipt = home.send(workbook(rows([45717, *GOOD[1:]])), "a.xlsx")

    assert rules_of(receipt["refusals"]) == ["period_malformed"]


def test_a_percent_format_is_a_percent_sign(home: Home) -> None:
    def build(sheet: Any, book: Any) -> None:
        percent = book.add_format({"num_format": "0.0%"})
        for place, code in enumerate(("AIR", "JOBS"), start=1):
            sheet.write_row(place, 0, ["2025-03", code])
            sheet.write_number(place, 4, 0.953, percent)

    receipt = home.send(workbook(build), "a.xlsx")

    assert rules_of(receipt["refusals"]) == ["percent_sign"]
    assert home.query("select cast(value as varchar) from ledger.observations") == [("95.300000",)]


def test_noise_in_the_last_digit_is_not_a_figure(home: Home) -> None:
    home.send(workbook(rows(["2025-12", "ROADS", "", "", 0.1 + 0.2])), "a.xlsx")

    assert home.query("select cast(value as varchar) from ledger.observations") == [("0.300000",)]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!"])
def test_a_formula_error_is_refused_as_one(home: Home, error: str) -> None:
    def build(sheet: Any, _book: Any) -> None:
        sheet.write_row(1, 0, GOOD[:4])
        sheet.write_formula(1, 4, "=A1", value=error)

    receipt = home.send(workbook(build), "a.xlsx")

    assert [(one["rule"], one["sheet"], one["row"], one["text"]) for one in receipt["refusals"]] == [
        ("error_cell", "填报", 2, error)
    ]


def test_a_formula_is_its_result_and_without_one_it_is_refused(home: Home) -> None:
    def build(sheet: Any, _book: Any) -> None:
        sheet.write_row(1, 0, GOOD[:4])
        sheet.write_formula(1, 4, "=6*7", value=42)

    content = workbook(build)
    home.send(content, "a.xlsx")
    receipt = home.send(edited(content, SHEET, lambda text: text.replace("<v>42</v>", "")), "b.xlsx")

    assert [row[4] for row in home.observations()] == [42]
    assert rules_of(receipt["refusals"]) == ["not_a_number"]


def test_rows_beyond_a_wrong_dimension_are_read(home: Home) -> None:
    content = edited(
        workbook(rows(*[[f"2024-{month:02d}", *GOOD[1:]] for month in range(1, 13)])),
        SHEET,
        lambda text: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:B2"', text),
    )

    assert home.send(content, "a.xlsx")["rows"]["read"] == 13


@pytest.mark.parametrize("second", ["2", "1"])
def test_a_row_number_that_comes_twice_or_backwards_refuses_the_file(home: Home, second: str) -> None:
    content = edited(
        workbook(rows(GOOD, ["2025-02", *GOOD[1:]])),
        SHEET,
        lambda text: re.sub(r'r="([A-Z])3"', rf'r="\g<1>{second}"', text).replace(
            '<row r="3"', f'<row r="{second}"'
        ),
    )

    receipt = home.send(content, "a.xlsx")

    assert rules_of(receipt["refusals"]) == ["broken_workbook"]
    assert home.observations() == []


def test_missing_rows_are_blank_and_keep_the_count(home: Home) -> None:
    def build(sheet: Any, _book: Any) -> None:
        sheet.write_row(9, 0, [*GOOD[:4], "bad"])

    receipt = home.send(workbook(build), "a.xlsx")

    assert receipt["refusals"][0]["row"] == 10
    assert receipt["rows"] == {
        "read": 10,
        "accepted": 0,
        "warned": 0,
        "refused": 1,
        "blank": 8,
        "non_data": 1,
    }


def test_merged_cells_are_never_guessed_down(home: Home) -> None:
    def build(sheet: Any, _book: Any) -> None:
        sheet.merge_range(1, 0, 2, 0, "2025-03")
        sheet.write_row(1, 1, GOOD[1:])
        sheet.write_row(2, 1, ["JOBS", "", 210504004, 5])

    receipt = home.send(workbook(build), "a.xlsx")

    assert [(one["row"], one["rule"]) for one in receipt["refusals"]] == [(3, "period_missing")]


def test_every_sheet_with_a_header_is_read_and_the_others_are_told(home: Home) -> None:
    def build(sheet: Any, book: Any) -> None:
        sheet.write_row(1, 0, GOOD)
        second = book.add_worksheet("第二页")
        second.write_row(2, 0, ["指标编码", "报告期", "数值"])
        second.write_row(3, 0, ["AIR", "2025-03", 95])
        book.add_worksheet("填表说明").write(0, 0, "请按月填报")
        book.add_worksheet("半张").write_row(0, 0, ["报告期", "数值"])
        hidden = book.add_worksheet("隐藏")
        hidden.write_row(0, 0, HEADER.split(","))
        hidden.write_row(1, 0, ["2025-02", *GOOD[1:]])
        hidden.hide()

    receipt = home.send(workbook(build), "a.xlsx")

    assert receipt["refusals"] == []
    assert [(one["sheet"], one["rule"]) for one in receipt["warnings"]] == [
        ("半张", "sheet_not_read"),
        ("隐藏", "hidden_sheet"),
    ]
    assert [row[:3:2] for row in home.observations()] == [("JOBS", "2025-03"), ("AIR", "2025-03")]
    assert receipt["rows"]["read"] == 2 + 4 + 1 + 1 + 2


def test_a_refused_header_leaves_no_sheet_uncounted(home: Home) -> None:
    def build(sheet: Any, book: Any) -> None:
        sheet.write_row(1, 0, GOOD)
        book.add_worksheet("二").write_row(0, 0, ["报告期", "period", "指标编码", "数值"])
        third = book.add_worksheet("三")
        third.write_row(0, 0, HEADER.split(","))
        third.write_row(2, 0, GOOD)

    receipt = home.send(workbook(build), "a.xlsx")

    assert rules_of(receipt["refusals"]) == ["ambiguous_columns"]
    counts = receipt["rows"]
    assert (counts["read"], counts["refused"], counts["blank"], counts["non_data"]) == (6, 3, 1, 2)


def test_a_hidden_sheet_with_an_ambiguous_header_refuses_nothing(home: Home) -> None:
    def build(sheet: Any, book: Any) -> None:
        sheet.write_row(1, 0, GOOD)
        hidden = book.add_worksheet("旧稿")
        hidden.write_row(0, 0, ["报告期", "period", "指标编码", "数值"])
        hidden.write_row(1, 0, ["2025-02", "2025-02", "JOBS", 3])
        hidden.hide()

    receipt = home.send(workbook(build), "a.xlsx")

    assert (receipt["status"], receipt["refusals"]) == ("accepted", [])
    assert [(one["sheet"], one["rule"]) for one in receipt["warnings"]] == [("旧稿", "hidden_sheet")]
    counts = receipt["rows"]
    assert (counts["read"], counts["non_data"]) == (4, 3)


def test_a_strict_workbook_is_read_like_any_other(home: Home) -> None:
    content = workbook(rows(GOOD))
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts = [name for name in source.namelist() if name.endswith((".xml", ".rels"))]
    for part in parts:
        content = edited(content, part, as_strict)

    assert home.send(content, "a.xlsx")["status"] == "accepted"


def as_strict(text: str) -> str:
    ordinary = "http://schemas.openxmlformats.org/"
    return text.replace(
        f"{ordinary}spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"
    ).replace(
        f"{ordinary}officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )


def test_what_a_workbook_must_not_be_is_refused(home: Home) -> None:
    good = workbook(rows(GOOD))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b" " * (64 << 20))
    entities = edited(
        good, SHEET, lambda text: text.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)
    )

    def with_part(name: str) -> bytes:
        grown = io.BytesIO(good)
        with zipfile.ZipFile(grown, "a") as target:
            target.writestr(name, b"x")
        return grown.getvalue()

    for content, rule in (
        (stream.getvalue(), "workbook_too_large"),
        (entities, "hostile_workbook"),
        (with_part("xl/vbaProject.bin"), "macro_workbook"),
        (with_part("xl/workbook.bin"), "unsupported_format"),
        (good[: len(good) // 2], "broken_workbook"),
        (b"PK\x03\x04", "broken_workbook"),
    ):
        assert rules_of(home.send(content, "a.xlsx")["refusals"]) == [rule]


def test_a_workbook_of_openpyxl_is_read(home: Home) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER.split(","))
    sheet.append([date(2025, 3, 1), *GOOD[1:]])
    stream = io.BytesIO()
    book.save(stream)

    assert home.send(stream.getvalue(), "a.xlsx")["status"] == "accepted"
