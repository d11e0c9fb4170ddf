from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl import Workbook

from tests.intake.conftest import Home, home
from warehouse import templates
from warehouse.errors import UsageError
from warehouse.periods import Period

__all__ = ["home"]
MARCH, DECEMBER = Period(2025, 3), Period(2025, 12)


def fill(path: str, figures: dict[tuple[str, str], tuple[object, ...]]) -> bytes:
    """What a department does: write figures beside the codes, and save."""
    book = openpyxl.load_workbook(path)
    sheet = book["填报"]
    for row in sheet.iter_rows(min_row=6):
        filled = figures[str(row[1].value), str(row[4].value)]
        for cell, figure in zip(row[6:11], filled, strict=True):
            cell.value = figure  # type: ignore[assignment]
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_xls(workbook: bytes) -> bytes:
    """The same cells in a workbook of the older kind."""
    older = xlwt.Workbook()
    for sheet in openpyxl.load_workbook(io.BytesIO(workbook)):
        copy = older.add_sheet(sheet.title)
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            copy.write(cell.row - 1, cell.column - 1, cell.value)
    stream = io.BytesIO()
    older.save(stream)
    return stream.getvalue()


def test_it_has_a_row_for_each_figure_that_is_due(home: Home) -> None:
    march = templates.write(home.settings, "LABOUR", MARCH)
    december = templates.write(home.settings, "LABOUR", DECEMBER)

    rows = openpyxl.load_workbook(march.path)["填报"].iter_rows(min_row=6, values_only=True)
    assert [(row[0], row[1], row[4]) for row in rows] == [
        ("2025-03", "AIR", "210504"),
        ("2025-03", "JOBS", "210504002"),
        ("2025-03", "JOBS", "210504004"),
        ("2025-03", "RATE", "210504"),
        ("2025-03", "SCHOOL", "210504"),
    ]
    assert december.rows == 6


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_filled_in_it_comes_back_cleanly_and_completely(home: Home, kind: str) -> None:
    written = templates.write(home.settings, "LABOUR", MARCH)
    figures: dict[tuple[str, str], tuple[object, ...]] = {
        ("AIR", "210504"): (95.5, None, None, None, None),
        ("JOBS", "210504002"): (12, None, None, 12, "正常"),
        ("JOBS", "210504004"): (None, None, None, None, "零报"),
        ("RATE", "210504"): (None, 3, 4, None, None),
        ("SCHOOL", "210504"): (40, None, None, None, None),
    }

    filled = fill(written.path, figures)
    receipt = home.send(filled if kind == "xlsx" else as_xls(filled), f"三月.{kind}")

    assert receipt["refusals"] + receipt["warnings"] == []
    assert (receipt["status"], receipt["rows"]["accepted"], receipt["missing"]) == ("accepted", 5, [])


def test_it_shows_what_was_said_last(home: Home) -> None:
    home.send_rows("2025-02,JOBS,,210504002,12.50,,,,", "2025-02,RATE,,,,3,4,,")

    written = templates.write(home.settings, "LABOUR", MARCH)

    rows = list(openpyxl.load_workbook(written.path)["填报"].iter_rows(min_row=6, values_only=True))
    assert [row[11] or "" for row in rows] == ["", "12.5（2025-02）", "", "3/4（2025-02）", ""]


def test_known_cells_are_locked_and_others_open(home: Home) -> None:
    written = templates.write(home.settings, "LABOUR", MARCH)

    sheet = openpyxl.load_workbook(written.path)["填报"]
    assert sheet.protection.sheet
    air, rate = sheet[6], sheet[9]
    assert [cell.protection.locked for cell in air[6:11]] == [False, True, True, False, False]
    assert [cell.protection.locked for cell in rate[6:11]] == [True, False, False, True, False]
    assert air[1].protection.locked


def test_an_earlier_month_is_corrected_on_a_sheet_of_its_own_where_every_cell_is_open(home: Home) -> None:
    home.send_rows("2025-02,JOBS,,210504002,12,,,,")
    written = templates.write(home.settings, "LABOUR", MARCH)
    book = openpyxl.load_workbook(written.path)
    headings, row, *_ = book["更正"].iter_rows(min_row=2)
    for heading, cell in zip(headings, row, strict=True):
        corrected = {"报告期": "2025-02", "指标编码": "JOBS", "地区编码": "210504002", "数值": 15}
        cell.value = corrected.get(str(heading.value))

    receipt = home.send(saved(book), "更正.xlsx")

    assert not any(cell.protection.locked for cell in row)
    assert {one["sheet"] for one in receipt["refusals"] + receipt["warnings"]} == {"填报"}
    assert home.query(
        "select value from ledger.statements where ended_at is null and period = '2025-02'"
    ) == [(15,)]


def test_what_the_form_is_signed_with_is_not_read(home: Home) -> None:
    book = openpyxl.load_workbook(templates.write(home.settings, "LABOUR", MARCH).path)
    page = book["填报"]
    for place, words in {
        "G2": "单位负责人：",
        "J2": "审核人：",
        "G3": "填报人：",
        "J3": "联系电话：",
    }.items():
        assert page[place].value == words
        assert not page[place].protection.locked
        page[place].value = f"{words}样例 024-0000000"
    page["G6"].value = 95.5

    receipt = home.send(saved(book), "三月.xlsx")

    assert (receipt["rows"]["accepted"], receipt["warnings"]) == (1, [])
    assert {one["row"] for one in receipt["refusals"]} == {7, 8, 9, 10}


def test_it_prints_lying_on_a4_with_its_header_on_each_page(home: Home) -> None:
    book = openpyxl.load_workbook(templates.write(home.settings, "LABOUR", MARCH).path)

    set_up = {
        sheet.title: (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight)
        for sheet in book
    }
    assert set_up == dict.fromkeys(["填报", "更正", "指标说明", "填表说明"], ("landscape", 9, 0))
    assert all(sheet.sheet_properties.pageSetUpPr.fitToPage for sheet in book)
    assert book["填报"].print_title_rows == "$5:$5"
    assert book["填报"].print_area == "'填报'!$A$1:$M$10"


def test_each_indicator_is_explained_once_with_its_parts_and_what_is_counted(home: Home) -> None:
    book = openpyxl.load_workbook(templates.write(home.settings, "LABOUR", MARCH).path)

    headings, *rows = book["指标说明"].iter_rows(values_only=True)
    assert headings == ("指标编码", "名称（计量单位）", "分子是什么", "分母是什么", "口径")
    assert [row[0] for row in rows] == ["AIR", "JOBS", "RATE", "SCHOOL"]


def test_it_says_which_template_it_is(home: Home, tmp_path: Path) -> None:
    written = templates.write(home.settings, "LABOUR", MARCH, tmp_path / "mine.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "mine.xlsx")["填报"]
    assert written.template_id == "MS/LABOUR/2025-03/v1"
    assert sheet["A2"].value == f"模板编号：{written.template_id}"
    assert sheet["A4"].value == "截止日期：2025-04-05"


def test_an_unknown_department_is_told(home: Home) -> None:
    with pytest.raises(UsageError, match="no organization NOBODY"):
        templates.write(home.settings, "NOBODY", MARCH)


def test_the_template_of_another_department_or_an_old_plan_is_warned_of(home: Home) -> None:
    header = "报告期,指标编码,数值"
    other = home.send(f"模板编号：MS/HEALTH/2025-03/v1,,\n{header}\n2025-03,AIR,95\n")
    old = home.send(f"模板编号：MS/LABOUR/2025-03/v0,,\n{header}\n2025-03,AIR,95\n")
    right = home.send(f"模板编号：MS/LABOUR/2025-03/v1,,\n{header}\n2025-03,AIR,95\n")

    assert [[one["rule"] for one in receipt["warnings"]] for receipt in (other, old, right)] == [
        ["template_of_another"],
        ["template_outdated"],
        [],
    ]
