"""Tables that are not one figure a row: months as columns, and tables beside each other."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.conftest import Home, Receipt, csv_text, rules_of
from warehouse.intake.columns import find_header

CASES = Path(__file__).with_name("cases")
Figures = list[tuple[str, str, str, Decimal]]


def sheet_of(*rows: Sequence[Any]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("填报")
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return stream.getvalue()


def figures(home: Home) -> Figures:
    return home.query(  # type: ignore[return-value]
        "select indicator_code, period, kind, value from ledger.observations order by indicator_code, period"
    )


def sent(home: Home, *rows: Sequence[Any]) -> tuple[Receipt, Figures]:
    receipt = home.send(sheet_of(*rows), "report.xlsx")
    return receipt, figures(home)


JOBS_OF_TWO_MONTHS = [
    ("JOBS", "2025-01", "figure", Decimal(3)),
    ("JOBS", "2025-02", "figure", Decimal(4)),
]


@pytest.mark.parametrize(
    "rows",
    [
        [["指标编码", "2025-01", "2025-02"], ["JOBS", 3, 4]],
        [["指标编码", "2025年1月", "2025年2月份"], ["JOBS", 3, 4]],
        [["指标编码", "202501", "2025/2"], ["JOBS", 3, 4]],
        [["2025年月报"], ["指标编码", "1月", "2月"], ["JOBS", 3, 4]],
        [["", "2025年", ""], ["指标编码", "一月", "二月"], ["JOBS", 3, 4]],
        [["指标编码", "2025年", ""], ["", "1月", "2月"], ["JOBS", 3, 4]],
        [["指标编码", "2025年各月完成数", ""], ["", "1月", "2月"], ["JOBS", 3, 4]],
        [["2025年"], ["指标编码", "1月完成数", "2月实际值"], ["JOBS", 3, 4]],
        [["2025年"], ["指标编码", "1月（人）", "2月（人）"], ["JOBS", 3, 4]],
        [["2025年"], ["指标编码", "1月", "", "2月"], ["", "本月", "累计", "本月"], ["JOBS", 3, 3, 4]],
        [["报告期", "指标编码", "数值", "2025-02"], ["2025-01", "JOBS", 3, 4]],
    ],
    ids=str,
)  # fmt: skip
def test_a_column_of_a_month_is_that_months_figure(home: Home, rows: list[list[Any]]) -> None:
    receipt, held = sent(home, *rows)

    assert (receipt["refusals"], held) == ([], JOBS_OF_TWO_MONTHS)
    assert "months_as_columns" in rules_of(receipt["warnings"])


def test_each_year_above_the_months_governs_those_to_its_right(home: Home) -> None:
    years, months = ["", "2024年", "", "2025年"], ["指标编码", "11月", "12月", "1月"]

    _, held = sent(home, years, months, ["JOBS", 1, 2, 3])

    assert [period for _, period, _, _ in held] == ["2024-11", "2024-12", "2025-01"]


def test_a_running_total_of_a_month_is_one(home: Home) -> None:
    _, held = sent(home, ["2025年"], ["指标编码", "1-2月", "3月累计"], ["JOBS", 7, 12])

    assert held == [("JOBS", "2025-02", "total", Decimal(7)), ("JOBS", "2025-03", "total", Decimal(12))]


def test_months_of_no_year_are_refused(home: Home) -> None:
    receipt, held = sent(home, ["指标编码", "1月", "2月"], ["JOBS", 3, 4])

    assert (rules_of(receipt["refusals"]), held) == (["months_without_year"], [])


def test_months_between_two_years_are_refused(home: Home) -> None:
    receipt, held = sent(home, ["2024年、2025年月报"], ["指标编码", "1月", "2月"], ["JOBS", 3, 4])

    assert (rules_of(receipt["refusals"]), held) == (["months_without_year"], [])


@pytest.mark.parametrize("heading", ["1月计划", "2024年同期", "1月（上年同期）", "合计", "本年累计"])
def test_another_figure_beside_the_months_is_not_read_and_told(home: Home, heading: str) -> None:
    receipt, held = sent(home, ["2025年"], ["指标编码", "1月", "2月", heading], ["JOBS", 3, 4, 99])

    assert held == JOBS_OF_TWO_MONTHS
    assert [one["text"] for one in receipt["warnings"] if one["rule"] == "unknown_columns"] == [heading]


def test_each_figure_counts_as_a_row_and_an_empty_month_as_none(home: Home) -> None:
    header = ["指标编码", "2025-01", "2025-02", "2025-03"]

    receipt, held = sent(home, header, ["JOBS", 3, 4, ""], ["AIR", 90, "九十", ""])

    rows = receipt["rows"]
    assert (rows["read"], rows["accepted"] + rows["warned"], rows["refused"], rows["non_data"]) == (
        5,
        3,
        1,
        1,
    )
    assert [(one["row"], one["column"], one["text"]) for one in receipt["refusals"]] == [
        (3, "2025-02", "九十")
    ]
    assert len(held) == 3


def test_a_row_without_any_month_is_refused_as_one_without_a_figure(home: Home) -> None:
    receipt, _ = sent(home, ["指标编码", "2025-01", "2025-02"], ["JOBS", "", ""])

    assert rules_of(receipt["refusals"]) == ["value_missing"]


def test_a_mark_that_could_be_any_months_is_refused(home: Home) -> None:
    header = ["指标编码", "2025-01", "2025-02", "备注"]

    receipt, held = sent(home, header, ["JOBS", 3, 4, "期初"], ["AIR", "", "", "撤回"])

    assert (set(rules_of(receipt["refusals"])), held) == ({"unclear_remark"}, [])


def test_a_mark_beside_one_month_is_that_months(home: Home) -> None:
    _, held = sent(home, ["指标编码", "2025-01", "2025-02", "备注"], ["JOBS", "", 40, "期初"])

    assert held == [("JOBS", "2025-02", "opening", Decimal(40))]


def test_notes_and_totals_below_the_months_are_no_figures(home: Home) -> None:
    rows = [["指标编码", "2025-01", "2025-02"], ["JOBS", 3, 4], ["合计", 3, 4], ["注：为快报数", "", ""]]

    receipt, held = sent(home, *rows)

    assert (receipt["refusals"], held) == ([], JOBS_OF_TWO_MONTHS)


def test_months_as_columns_are_read_from_text_too(home: Home) -> None:
    receipt = home.send(csv_text([["指标编码", "2025-01", "2025-02"], ["JOBS", "3", "4"]]))

    assert (receipt["refusals"], figures(home)) == ([], JOBS_OF_TWO_MONTHS)


def test_hidden_months_are_told(home: Home) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("填报")
        sheet.write_row(0, 0, ["指标编码", "2025-01", "2025-02"])
        sheet.write_row(1, 0, ["JOBS", 3, 4])
        sheet.set_column(1, 1, None, None, {"hidden": True})

    receipt = home.send(stream.getvalue(), "report.xlsx")

    assert [one["text"] for one in receipt["warnings"] if one["rule"] == "hidden_columns"] == ["2025-01"]


def test_the_place_of_each_month_tells_its_row_in_the_ledger_apart(home: Home) -> None:
    sent(home, ["指标编码", "2025-01", "2025-02"], ["JOBS", 3, 4])

    assert home.query("select sheet, row_number from ledger.observations order by sheet") == [
        ("填报!B", 2),
        ("填报!C", 2),
    ]


BESIDE = ["报告期", "指标编码", "数值"]


@pytest.mark.parametrize(
    "rows",
    [
        [[*BESIDE, "", *BESIDE], ["2025-01", "JOBS", 3, "", "2025-02", "JOBS", 4]],
        [[*BESIDE, "", ""], ["2025-01", "JOBS", 3, "", *BESIDE], ["", "", "", "", "2025-02", "JOBS", 4]],
    ],
)
def test_a_table_beside_another_is_read(home: Home, rows: list[list[Any]]) -> None:
    receipt, held = sent(home, *rows)

    assert (receipt["refusals"], held) == ([], JOBS_OF_TWO_MONTHS)


def test_tables_beside_each_other_are_read_from_text_too(home: Home) -> None:
    rows = [[*BESIDE, "", *BESIDE], ["2025-01", "JOBS", "3", "", "2025-02", "JOBS", "4"]]

    receipt = home.send(csv_text(rows))

    assert (receipt["refusals"], figures(home)) == ([], JOBS_OF_TWO_MONTHS)


def test_what_stands_beside_a_table_without_a_header_is_told(home: Home) -> None:
    receipt, held = sent(home, [*BESIDE, "", ""], ["2025-01", "JOBS", 3, "", "上年为2"])

    assert [period for _, period, _, _ in held] == ["2025-01"]
    assert ("outside_table", 2, "上年为2") in [
        (one["rule"], one["row"], one["text"]) for one in receipt["warnings"]
    ]


def test_a_second_table_with_other_columns_below_the_months_is_read(home: Home) -> None:
    rows = [["指标编码", "2025-01"], ["JOBS", 3], ["指标编码", "数值", "报告期"], ["JOBS", 4, "2025-02"]]

    receipt, held = sent(home, *rows)

    assert (receipt["refusals"], held) == ([], JOBS_OF_TWO_MONTHS)


@given(st.permutations(range(1, 13)), st.integers(2001, 2098))
def test_months_in_any_order_keep_their_places(months: list[int], year: int) -> None:
    header = find_header([["指标编码", *(f"{year}年{month}月" for month in months)]])

    assert header
    found = {one.period: one.positions["value"] for one in header.months}
    assert found == {f"{year}-{month:02}": place for place, month in enumerate(months, start=1)}
