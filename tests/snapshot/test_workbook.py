"""The ledger (台账): what an office finds when it opens, filters and prints it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from warehouse.editions import Edition
from warehouse.snapshot.month import Month
from warehouse.snapshot.wording import GROUPS
from warehouse.snapshot.workbook import workbook_of
from warehouse.snapshot.workbook.sheet_names import SheetNames, link_to

EDITION = "2023-12/r1"
HEADING_ROW = 6
# What a sheet could take for a formula or a link.
LURES = ["=1+1", "+86", "-5", "@SUM(A1)", '=HYPERLINK("http://example.org")', "http://example.org"]


@pytest.fixture(scope="module")
def content(month: Month) -> bytes:
    return workbook_of(month, EDITION)


@pytest.fixture(scope="module")
def book(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def ledgers(book: Workbook) -> list[Worksheet]:
    return book.worksheets[1:-1]


def headings(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet[HEADING_ROW]]


def rows_of(sheet: Worksheet) -> list[dict[str, object]]:
    values = sheet.iter_rows(min_row=HEADING_ROW + 1, values_only=True)
    return [dict(zip(headings(sheet), row, strict=True)) for row in values]


def formulas(book: Workbook) -> list[str]:
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return [str(cell.value) for cell in cells if cell.data_type == "f"]


def test_the_edition_holds_the_workbook_of_its_marts(edition: Edition, content: bytes) -> None:
    assert (edition.path / "workbook.xlsx").read_bytes() == content


def test_every_section_and_every_department_with_targets_has_a_sheet(book: Workbook, month: Month) -> None:
    sections = {row["section_zh"] for row in month.figures}
    leads = {name for row in month.figures if row["lead_names"] for name in row["lead_names"].split("、")}

    assert sections | leads <= set(book.sheetnames)


def test_a_departments_sheet_holds_what_it_leads_and_what_it_reports(book: Workbook, month: Month) -> None:
    code, name = next(
        (row["lead_codes"][0], row["lead_names"]) for row in month.figures if len(row["lead_codes"]) == 1
    )
    wanted = [
        (row["target_code"], row["window_start"])
        for row in month.figures
        if code in row["lead_codes"] or row["reporter_code"] == code
    ]

    assert [(row["编号"], row["起"]) for row in rows_of(book[name])] == wanted


def test_the_overview_counts_as_the_marts_do(book: Workbook, month: Month) -> None:
    (district,) = (row for row in month.standings if row["scope"] == "district")
    tiles = [cell.value for cell in book["总览"][7]]

    assert tiles[0] == district["windows"]
    assert tiles[2 : 2 + len(GROUPS)] == [district[group.count_column] for group in GROUPS]


def test_the_overview_has_native_charts(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        charts = [container.read(name) for name in container.namelist() if name.startswith("xl/charts/chart")]

    assert len(charts) == 2
    assert any(b"doughnutChart" in chart for chart in charts)
    assert any(b"barChart" in chart for chart in charts)


def test_every_link_of_the_overview_leads_to_a_sheet(book: Workbook) -> None:
    links = [cell.hyperlink.location for row in book["总览"].iter_rows() for cell in row if cell.hyperlink]

    assert links
    assert {re.fullmatch(r"'(.+)'!A1", link)[1] for link in links} <= set(book.sheetnames)


def test_every_ledger_sheet_can_be_filtered_scrolled_and_printed_on_a4(book: Workbook) -> None:
    for sheet in ledgers(book):
        assert sheet.freeze_panes == "C7"
        assert sheet.auto_filter.ref.startswith("A6:")
        assert sheet.print_title_rows == "$6:$6"
        assert sheet.print_area
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0  # one page wide, as many high as it needs


def test_a_status_and_an_attainment_are_coloured_by_rules_of_the_sheet(book: Workbook) -> None:
    for sheet in ledgers(book):
        kinds = {rule.type for ranged in sheet.conditional_formatting for rule in ranged.rules}
        assert {"cellIs", "dataBar", "expression"} <= kinds


def test_figures_are_numbers_and_what_is_missing_is_empty(book: Workbook, month: Month) -> None:
    figures = {(row["target_code"], row["window_start"]): row for row in month.figures}

    for row in rows_of(book["全部目标"]):
        mart = figures[row["编号"], row["起"]]
        for heading, column in (
            ("实际", "actual_value"),
            ("目标值", "target_value"),
            ("完成率", "attainment_pct"),
        ):
            assert isinstance(row[heading], int | float) == (mart[column] is not None)
            assert (row[heading] is None) == (mart[column] is None)


def test_every_sheet_is_marked_as_sample_and_says_when_it_is_stale(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert "样例" in str(sheet["A3"].value)
        assert "样例" in sheet.oddFooter.left.text
        assert str(sheet["A4"].value).startswith("=IF(TODAY()>DATE(2024,2,5)")


@pytest.fixture(scope="module")
def last_book(month: Month) -> Workbook:
    """The ledger of a month of real figures that is the plan's last."""
    last = replace(month, freshness=month.freshness | {"is_sample": False, "next_deadline": None})
    return load_workbook(io.BytesIO(workbook_of(last, EDITION)))


def test_a_month_of_real_figures_carries_no_sample_mark(last_book: Workbook) -> None:
    assert all(sheet["A3"].value is None and not sheet.oddFooter.left.text for sheet in last_book.worksheets)


def test_the_plans_last_month_says_that_nothing_follows(last_book: Workbook) -> None:
    assert last_book["总览"]["A4"].value == "方案期已满，没有下一期。"


def test_text_that_looks_like_a_formula_stays_text(month: Month) -> None:
    figures = [
        row | dict.fromkeys(("note", "indicator_name"), LURES[number % len(LURES)])
        for number, row in enumerate(month.figures)
    ]

    book = load_workbook(io.BytesIO(workbook_of(replace(month, figures=figures), EDITION)))

    sheet = book["全部目标"]
    column = headings(sheet).index("说明") + 1
    cells = [sheet.cell(HEADING_ROW + 1 + number, column) for number in range(len(LURES))]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [
        (lure, "s", None) for lure in LURES
    ]
    assert all("TODAY()" in formula for formula in formulas(book))


def test_the_same_month_gives_the_same_bytes(month: Month, content: bytes) -> None:
    assert workbook_of(month, EDITION) == content


def test_names_of_sheets_are_valid_and_no_two_alike() -> None:
    names = SheetNames()

    given = [
        names.give(wanted) for wanted in ["a/b", "A:B", "历" * 40, "历" * 41, "", "History", "'局'", "[区]?"]
    ]

    assert given == ["a_b", "A_B(2)", "历" * 31, "历" * 28 + "(2)", "_", "History(2)", "局", "_区__"]


def test_a_link_quotes_the_name_of_its_sheet() -> None:
    assert link_to("王's") == "internal:'王''s'!A1"


def test_a_month_before_any_window_still_makes_a_workbook(month: Month) -> None:
    empty = replace(month, figures=[], standings=[])

    book = load_workbook(io.BytesIO(workbook_of(empty, EDITION)))

    assert book.sheetnames == ["总览", "全部目标", "说明"]
    assert book["总览"]["A7"].value == 0


def test_nothing_of_this_machine_is_in_the_file(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        parts = b"".join(container.read(name) for name in container.namelist())

    assert str(Path.home()).encode() not in parts
