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

from tests.intake.conftest import HEADER, Files, Home, Maker, Receipt, rules_of

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


sent = Files(".xlsx")
GOOD = ["2025-03", "JOBS", "新增就业", 210504002, 12]
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(scope="module")
def answers(shared_home: Home) -> dict[Maker, Receipt]:
    return sent.sent_to(shared_home)


@sent
def numbers_and_texts() -> bytes:
    return workbook(rows(GOOD, [202502, "JOBS", "", "210504002", "1,200"]))


def test_numbers_and_texts_are_read_alike(answers: dict[Maker, Receipt], shared_home: Home) -> None:
    assert shared_home.kept(answers[numbers_and_texts], "period, kind, value") == [
        ("2025-03", "figure", 12),
        ("2025-02", "figure", 1200),
    ]


def dated(format_: str | int, epoch_1904: bool) -> bytes:
    def build(sheet: Any, book: Any) -> None:
        sheet.write_row(1, 1, GOOD[1:])
        as_date = book.add_format({"num_format": format_})
        sheet.write_datetime(1, 0, date(2025, 3, 31), as_date)

    return workbook(build, date_1904=epoch_1904)


def test_a_date_cell_is_its_month(home: Home) -> None:
    formats = ["yyyy-mm", "yyyy/m/d", 'yyyy"年"m"月"', "mmm-yy", 57]
    cases = [(format_, epoch_1904) for format_ in formats for epoch_1904 in (False, True)]
    receipts = home.send_each({case: dated(*case) for case in cases}, ".xlsx")

    assert {case: receipt["refusals"] for case, receipt in receipts.items()} == {case: [] for case in cases}
    assert home.kept_of_each(receipts, "period") == {case: [("2025-03",)] for case in cases}


@sent
def number_like_a_date() -> bytes:
    return workbook(rows([45717, *GOOD[1:]]))


def test_a_number_that_looks_like_a_date_is_not_one(answers: dict[Maker, Receipt]) -> None:
    assert rules_of(answers[number_like_a_date]["refusals"]) == ["period_malformed"]


@sent
def percent_format() -> bytes:
    def build(sheet: Any, book: Any) -> None:
        percent = book.add_format({"num_format": "0.0%"})
        for place, code in enumerate(("AIR", "JOBS"), start=1):
            sheet.write_row(place, 0, ["2025-03", code])
            sheet.write_number(place, 4, 0.953, percent)

    return workbook(build)


def test_a_percent_format_is_a_percent_sign(answers: dict[Maker, Receipt], shared_home: Home) -> None:
    receipt = answers[percent_format]

    assert rules_of(receipt["refusals"]) == ["percent_sign"]
    assert shared_home.kept(receipt, "cast(value as varchar)") == [("95.300000",)]


@sent
def sum_of_tenths() -> bytes:
    return workbook(rows(["2025-12", "ROADS", "", "", 0.1 + 0.2]))


def test_noise_in_the_last_digit_is_not_a_figure(answers: dict[Maker, Receipt], shared_home: Home) -> None:
    assert shared_home.kept(answers[sum_of_tenths], "cast(value as varchar)") == [("0.300000",)]


def computed(result: str | int) -> bytes:
    def build(sheet: Any, _book: Any) -> None:
        sheet.write_row(1, 0, GOOD[:4])
        sheet.write_formula(1, 4, "=6*7", value=result)

    return workbook(build)


def test_a_formula_error_is_refused_as_one(home: Home) -> None:
    errors = ["#REF!", "#N/A", "#DIV/0!", "#VALUE!"]
    receipts = home.send_each({error: computed(error) for error in errors}, ".xlsx")

    found = {
        error: [(one["rule"], one["sheet"], one["row"], one["text"]) for one in receipt["refusals"]]
        for error, receipt in receipts.items()
    }
    assert found == {error: [("error_cell", "填报", 2, error)] for error in errors}


def saved(content: bytes) -> bytes:
    """The workbook as a spreadsheet program saves it: its formulas are computed."""
    return edited(content, "xl/workbook.xml", lambda text: text.replace(' fullCalcOnLoad="1"', ""))


@sent
def formula() -> bytes:
    return saved(computed(42))


@sent
def formula_without_result() -> bytes:
    return edited(saved(computed(42)), SHEET, lambda text: text.replace("<v>42</v>", ""))


@sent
def formula_to_be_computed_when_opened() -> bytes:
    return computed(43)


@sent
def formula_left_at_zero() -> bytes:
    return edited(
        computed(0),
        "xl/workbook.xml",
        lambda text: text.replace('fullCalcOnLoad="1"', 'calcMode="manual" calcCompleted="0"'),
    )


def test_a_formula_is_its_result_and_without_one_to_rely_on_it_is_refused(
    answers: dict[Maker, Receipt], shared_home: Home
) -> None:
    uncomputed = (formula_without_result, formula_to_be_computed_when_opened, formula_left_at_zero)

    assert shared_home.kept(answers[formula], "value") == [(42,)]
    assert [rules_of(answers[one]["refusals"]) for one in uncomputed] == [["formula_not_computed"]] * 3
    assert [shared_home.kept(answers[one], "value") for one in uncomputed] == [[]] * 3


@sent
def wrong_dimension() -> bytes:
    return edited(
        workbook(rows(*[[f"2004-{month:02d}", *GOOD[1:]] for month in range(1, 13)])),
        SHEET,
        lambda text: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:B2"', text),
    )


def test_rows_beyond_a_wrong_dimension_are_read(answers: dict[Maker, Receipt]) -> None:
    assert answers[wrong_dimension]["rows"]["read"] == 13


@sent
def missing_rows() -> bytes:
    return workbook(lambda sheet, _book: sheet.write_row(9, 0, [*GOOD[:4], "bad"]))


def test_missing_rows_are_blank_and_keep_the_count(answers: dict[Maker, Receipt]) -> None:
    receipt = answers[missing_rows]

    assert receipt["refusals"][0]["row"] == 10
    assert receipt["rows"] == {
        "read": 10,
        "accepted": 0,
        "warned": 0,
        "refused": 1,
        "blank": 8,
        "non_data": 1,
    }


@sent
def merged_cells() -> bytes:
    def build(sheet: Any, _book: Any) -> None:
        sheet.merge_range(1, 0, 2, 0, "2025-03")
        sheet.write_row(1, 1, GOOD[1:])
        sheet.write_row(2, 1, ["JOBS", "", 210504004, 5])

    return workbook(build)


def test_merged_cells_are_never_guessed_down(answers: dict[Maker, Receipt]) -> None:
    refusals = answers[merged_cells]["refusals"]

    assert [(one["row"], one["rule"]) for one in refusals] == [(3, "period_missing")]


@sent
def strict() -> bytes:
    content = workbook(rows(GOOD))
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts = [name for name in source.namelist() if name.endswith((".xml", ".rels"))]
    for part in parts:
        content = edited(content, part, as_strict)
    return content


def test_a_strict_workbook_is_read_like_any_other(answers: dict[Maker, Receipt]) -> None:
    assert answers[strict]["status"] == "accepted"


def as_strict(text: str) -> str:
    ordinary = "http://schemas.openxmlformats.org/"
    return text.replace(
        f"{ordinary}spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"
    ).replace(
        f"{ordinary}officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )


@sent
def by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER.split(","))
    sheet.append([date(2025, 3, 1), *GOOD[1:]])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_of_openpyxl_is_read(answers: dict[Maker, Receipt]) -> None:
    assert answers[by_openpyxl]["status"] == "accepted"


@sent
def hidden_columns() -> bytes:
    def build(sheet: Any, _book: Any) -> None:
        sheet.write_row(1, 0, ["2019-03", *GOOD[1:]])
        sheet.write(0, 12, "隐藏的说明")
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.set_column(3, 3, 0)
        sheet.set_column(12, 12, None, None, {"hidden": True})

    return workbook(build)


def test_hidden_columns_that_are_read_are_told(answers: dict[Maker, Receipt], shared_home: Home) -> None:
    receipt = answers[hidden_columns]

    assert [(one["rule"], one["text"]) for one in receipt["warnings"]] == [
        ("hidden_columns", "指标编码、地区编码"),
        ("unknown_columns", "隐藏的说明"),
    ]
    assert shared_home.kept(receipt, "value") == [(12,)]


@sent
def hidden_figures_that_agree() -> bytes:
    def build(sheet: Any, _book: Any) -> None:
        sheet.write(0, 9, "本月合计")
        sheet.write(0, 10, "本月计划")
        sheet.write_row(1, 0, ["2019-04", *GOOD[1:], "", "", "", "情况说明", "12", 99])
        sheet.set_column(4, 4, None, None, {"hidden": True})
        sheet.set_column(8, 8, None, None, {"hidden": True})

    return workbook(build)


def test_a_hidden_figure_that_a_visible_one_agrees_with_is_taken(
    answers: dict[Maker, Receipt], shared_home: Home
) -> None:
    assert shared_home.kept(answers[hidden_figures_that_agree], "value, remark") == [(12, "情况说明")]


@sent
def covered_figure() -> bytes:
    content = workbook(rows(["2019-05", *GOOD[1:]], ["2019-06", *GOOD[1:]]))
    return edited(
        content,
        SHEET,
        lambda text: text.replace(
            "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="E2:E3"/></mergeCells>'
        ),
    )


def test_a_figure_under_a_merged_cell_is_not_read_and_told(
    answers: dict[Maker, Receipt], shared_home: Home
) -> None:
    receipt = answers[covered_figure]

    assert shared_home.kept(receipt, "period, value") == [("2019-05", 12)]
    assert [(one["row"], one["rule"]) for one in receipt["refusals"]] == [(3, "value_missing")]
    assert [(one["row"], one["rule"]) for one in receipt["warnings"]] == [(3, "covered_cells")]


def unseen_rows(change: Callable[[str], str], year: int) -> bytes:
    return edited(workbook(rows(*([f"{year}-0{month}", *GOOD[1:]] for month in (1, 2)))), SHEET, change)


def test_rows_without_height_are_told_like_hidden_ones(home: Home) -> None:
    receipts = home.send_each(
        {
            "a row": unseen_rows(lambda text: text.replace('<row r="3"', '<row r="3" ht="0"'), 2017),
            "all but one": unseen_rows(
                lambda text: re.sub("<sheetFormatPr[^>]*>", '<sheetFormatPr zeroHeight="1"/>', text).replace(
                    '<row r="2"', '<row r="2" ht="15" customHeight="1"'
                ),
                2018,
            ),
        },
        ".xlsx",
    )

    found = {
        case: [(one["rule"], one["row"]) for one in receipt["warnings"]] for case, receipt in receipts.items()
    }
    assert found == {"a row": [("hidden_rows", 3)], "all but one": [("hidden_rows", 3)]}


def test_conflicting_rows_name_their_sheets(home: Home) -> None:
    def build(sheet: Any, book: Any) -> None:
        sheet.write_row(1, 0, GOOD)
        sheet.write_row(3, 0, [*GOOD[:4], 13])
        other = book.add_worksheet("补报")
        other.write_row(0, 0, HEADER.split(","))
        other.write_row(1, 0, [*GOOD[:4], 14])

    refusals = home.send(workbook(build), "a.xlsx")["refusals"]

    assert [(one["sheet"], one["row"], one["rule"]) for one in refusals] == [
        ("填报", 2, "conflicting_rows"),
        ("填报", 4, "conflicting_rows"),
        ("补报", 2, "conflicting_rows"),
    ]
    assert "（工作表「填报」第 2、4 行，工作表「补报」第 2 行）" in refusals[0]["reason_zh"]
    assert "row 2、4 of sheet 填报" in refusals[0]["reason_en"]
