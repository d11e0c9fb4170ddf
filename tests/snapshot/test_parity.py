"""One set of results, many formats: every number of every format is the number of the mart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.snapshot.pages import Page
from warehouse.editions import Edition
from warehouse.snapshot.month import Month
from warehouse.snapshot.report.contents import cards_of
from warehouse.snapshot.wording import COMPARATORS, GROUPS, comes_whole, rank

HEADING_ROW = 6
HUNDRED = Decimal(100)
# Heading of the ledger, column of the mart, what one unit of the cell is in the mart.
FIGURES = {
    "目标值": ("target_value", 1),
    "实际": ("actual_value", 1),
    "完成率": ("attainment_pct", 100),
    "序时进度": ("expected_pct", 100),
    "与序时进度差距\n（百分点）": ("gap_pp", 1),
    "对照值": ("expected_value", 1),
    "与对照值差距": ("gap_value", 1),
    "较基期进度": ("way_gone_pct", 100),
    "按当前进度\n预计期末": ("forecast_value", 1),
    "基数": ("baseline_value", 1),
    "目标上限": ("upper_value", 1),
    "允许偏差": ("tolerance", 1),
    "报送率": ("coverage_pct", 100),
}
# What a card of the page calls a figure, and the column of the mart.
SHOWN = {
    "实际": "actual_value",
    "目标": "target_value",
    "须高于": "expected_value",
    "完成率": "attainment_pct",
    "较基期进度": "way_gone_pct",
    "应完成": "expected_value",
    "应达到": "expected_value",
    "控制数": "expected_value",
    "上年同期": "expected_value",
    "差距": "gap_value",
    "按当前进度预计期末": "forecast_value",
}
# The columns of a table of the page, each with the figures of the mart one below the other.
LAGGARDS = {
    2: ("actual_value", "target_value"),
    3: ("attainment_pct", "way_gone_pct", "expected_pct"),
    4: ("gap_pp",),
    7: ("forecast_value",),
}
NUMBER = re.compile(r"[+−]?\d[\d,]*(?:\.\d+)?[万亿]?")
LARGE = {"万": 4, "亿": 8}
Key = tuple[str, str, str]


@pytest.fixture(scope="module")
def sheets(edition: Edition) -> list[Worksheet]:
    return list(load_workbook(edition.path / "workbook.xlsx").worksheets)


def exact(cell: object) -> Decimal | None:
    """Return what a cell holds as the shortest decimal that is the same binary number."""
    return None if cell is None else Decimal(repr(cell))


def ledger_rows(sheet: Worksheet) -> Iterator[tuple[Key, dict[str, Any]]]:
    headings = [str(cell.value) for cell in sheet[HEADING_ROW]]
    for values in sheet.iter_rows(min_row=HEADING_ROW + 1, values_only=True):
        row = dict(zip(headings, values, strict=True))
        yield (row["编号"], row["起"], row["地区编码"]), row


def is_written_as(written: str, figure: Decimal | None, column: str) -> bool:
    """Say whether a text shows a figure: its first number, rounded where it ends; no number is none.

    Of a forecast of what comes whole, the text shows what will be there in full.
    """
    found = NUMBER.search(written)
    if found is None or figure is None:
        return found is None and figure is None
    text = found.group().replace(",", "").replace("−", "-")
    number = Decimal(text.rstrip("万亿")).scaleb(LARGE.get(text[-1], 0))
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    if column == "forecast_value" and number == number.to_integral_value():
        return abs(number - figure) < 1
    return abs(number - figure) <= Decimal(5).scaleb(exponent - 1)


def cards_of_the_page(page: Page) -> Iterator[tuple[str, str, str]]:
    """Yield each figure that the cards show: the indicator, what the card calls it, and how it is written."""
    called: dict[str, str] = {}
    for element in page.elements:
        if element["tag"] not in ("dt", "dd"):
            continue
        for card in (outer["attributes"]["id"] for outer in element["within"] if outer["tag"] == "article"):
            if element["tag"] == "dt":
                called[card] = element["text"]
            else:
                yield card, called[card], element["text"]


def test_every_number_is_the_same_in_the_mart_the_parquet_file_the_workbook_and_the_page(
    edition: Edition, sheets: list[Worksheet], month: Month
) -> None:
    mart = {(row["target_code"], row["window_start"], row["area_code"]): row for row in month.figures}
    twin = duckdb.read_parquet(str(edition.path / "parquet" / "indicator_progress.parquet"))
    parquet = {
        (row["target_code"], row["window_start"], row["area_code"]): row
        for row in (dict(zip(twin.columns, values, strict=True)) for values in twin.fetchall())
    }
    workbook = dict(ledger_rows(sheets[1]))
    page = Page((edition.path / "report.html").read_text(encoding="utf-8"))
    first = {card.figure["indicator_code"]: card.figure for card in cards_of(month)}

    assert parquet.keys() == mart.keys() == workbook.keys()
    for key, row in mart.items():
        for heading, (column, scale) in FIGURES.items():
            cell = exact(workbook[key][heading])
            assert row[column] == parquet[key][column], (key, column)
            assert row[column] == (None if cell is None else cell * scale), (key, column)
    shown = list(cards_of_the_page(page))
    assert {card for card, _, _ in shown} == first.keys()
    for card, name, written in shown:
        column = SHOWN[name.split()[0]]
        assert is_written_as(written, first[card][column], column), (card, name, written)
    for cells in page.rows("laggards", "lagging"):
        (row,) = (row for key, row in mart.items() if f"{key[0]} · {key[1]}–" in cells[0])
        for place, columns in LAGGARDS.items():
            present = [name for name in columns if row[name] is not None]
            written = NUMBER.findall(cells[place])[: len(present)]
            assert len(written) == len(present), (cells[0], columns)
            for text, name in zip(written, present, strict=True):
                assert is_written_as(text, row[name], name), (cells[0], name, text)


def test_every_parquet_file_holds_the_rows_of_its_mart_and_no_other(edition: Edition) -> None:
    with duckdb.connect(str(edition.path / "minsheng.duckdb"), read_only=True) as connection:
        for path in edition.path.glob("parquet/*.parquet"):
            twin, mart = connection.read_parquet(str(path)), connection.table(f"marts.{path.stem}")
            assert twin.types == mart.types
            assert sorted(map(repr, twin.fetchall())) == sorted(map(repr, mart.fetchall())), path.stem


def test_every_figure_of_every_ledger_sheet_is_the_marts(sheets: list[Worksheet], month: Month) -> None:
    mart = {(row["target_code"], row["window_start"], row["area_code"]): row for row in month.figures}

    compared = 0
    for sheet in sheets[1:-1]:
        for key, row in ledger_rows(sheet):
            for heading, (column, scale) in FIGURES.items():
                figure = exact(row[heading])
                assert (None if figure is None else figure * scale) == mart[key][column], (
                    sheet.title,
                    key,
                    heading,
                )
                compared += figure is not None
    assert compared > 1000


def test_what_each_month_must_bring_is_no_less_than_the_marts_and_whole_of_what_comes_whole(
    sheets: list[Worksheet], month: Month
) -> None:
    mart = {(row["target_code"], row["window_start"], row["area_code"]): row for row in month.figures}

    asked = {key: exact(row["后续月均需完成"]) for key, row in ledger_rows(sheets[1])}

    assert any(asked.values())
    for key, figure in asked.items():
        row = mart[key]
        if figure is None or COMPARATORS[row["comparator"]].is_cap:
            continue
        assert abs(figure) >= abs(row["required_monthly"]), key
        assert not comes_whole(row) or figure == int(figure), key


def test_every_word_of_every_ledger_sheet_is_the_marts(sheets: list[Worksheet], month: Month) -> None:
    mart = {(row["target_code"], row["window_start"], row["area_code"]): row for row in month.figures}

    for sheet in sheets[1:-1]:
        for key, row in ledger_rows(sheet):
            stands = mart[key]
            assert (row["状态"], row["说明"], row["指标"], row["单位"], row["止"]) == (
                stands["status_zh"],
                stands["note"],
                stands["indicator_name"],
                stands["unit"],
                stands["window_end"],
            )


def test_the_sheet_of_all_targets_leaves_none_out(sheets: list[Worksheet], month: Month) -> None:
    assert [key for key, _ in ledger_rows(sheets[1])] == [
        (row["target_code"], row["window_start"], row["area_code"]) for row in month.figures
    ]


@pytest.mark.parametrize("scope", ["section", "lead"])
def test_every_count_of_the_overview_is_the_marts(sheets: list[Worksheet], month: Month, scope: str) -> None:
    lines = {
        row[0]: row for row in sheets[0].iter_rows(min_row=9, values_only=True) if isinstance(row[1], int)
    }

    for standing in month.standing(scope):
        counts = [standing["windows"], *(standing[group.count_column] for group in GROUPS)]
        assert list(lines[standing["name"]][1 : 2 + len(GROUPS)]) == counts


def test_every_rate_and_rank_of_the_overview_is_the_scorecards(sheets: list[Worksheet], month: Month) -> None:
    lines = {
        row[0]: row for row in sheets[0].iter_rows(min_row=9, values_only=True) if isinstance(row[1], int)
    }
    leads = {row["code"] for row in month.standing("lead")}

    for score in (row for row in month.scorecards if row["organization_code"] in leads):
        green, on_time, place = lines[score["organization_name"]][2 + len(GROUPS) : 5 + len(GROUPS)]
        found = [None if share is None else exact(share) * HUNDRED for share in (green, on_time)]
        assert found == [score["green_share_pct"], score["on_time_pct"]]
        assert place == rank(score)[0]
