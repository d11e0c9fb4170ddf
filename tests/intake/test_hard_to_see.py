"""Small things by which a figure would be taken wrongly, or lost, and nobody would see it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.intake.conftest import Home, rules_of

BELOW = "报告期,指标编码,数值,本年累计\n2025-03,JOBS,35,35\n"
JOBS = "报告期,指标编码,指标名称,数值,备注"


def figures(home: Home) -> list[tuple[str, Decimal]]:
    return [(period, value) for _, _, period, _, value, _, _ in home.observations()]


@pytest.mark.parametrize(
    "content",
    [
        "报告期,指标编码,数值,,备注\n,,累计,本月,\n2025-03,JOBS,120,35,\n",
        f"{BELOW}报告期,指标代码,本年累计,数值\n2025-04,JOBS,65,30\n",
        f"{BELOW}报告期,指标 编码,本年累计,数值\n2025-04,JOBS,65,30\n",
    ],
)
def test_a_small_text_file_with_two_headers_is_read_like_any_other(home: Home, content: str) -> None:
    home.send(content)

    assert figures(home)[0] == ("2025-03", 35)
    assert all(value in (35, 30) for _, value in figures(home))


@pytest.mark.parametrize(
    "content",
    [
        '指标编码,数值,备注,报告期\nJOBS,5,"备注,2025-01\nJOBS,6,,2025-02\nJOBS,7,",2025-03\n',
        f'{JOBS}\n2025-01,JOBS,,5,"说明\n２０２５-02,JOBS,,6,\n２０２５年３月,JOBS,,7,"\n',
    ],
)
def test_a_stray_quote_that_swallows_rows_is_found_wherever_the_month_stands(
    home: Home, content: str
) -> None:
    receipt = home.send(content)

    assert "lines_in_cell" in rules_of(receipt["refusals"])
    assert figures(home) == []


@pytest.mark.parametrize(
    "remark",
    [
        "撤 回",
        "撤　回",
        "撤\u200b回",
        "撤囘",
        "期 初",
        "鎾ゅ洖",
        "³·»Ø",
        "&#25764;&#22238;",
        "\\u64a4\\u56de",
    ],
)
def test_a_mark_that_is_a_little_off_is_never_a_plain_figure(home: Home, remark: str) -> None:
    receipt = home.send(f"{JOBS}\n2025-03,JOBS,,79,{remark}\n")

    assert figures(home) == []
    assert set(rules_of(receipt["refusals"])) & {"unclear_remark", "remark_encoding"}


def test_a_thousands_comma_with_a_unit_behind_is_found(home: Home) -> None:
    receipt = home.send("报告期,指标编码,数值,备注\n2025-03,JOBS,1,234人\n")

    assert rules_of(receipt["refusals"]) == ["shifted_figure"]


@pytest.mark.parametrize(
    "row",
    [
        "注册登记科,2025-03,,新增就业,55人",
        "联系点办,2025-03,,新增就业,约66",
        "主管部门,2025-03,,新增就业,—",
        "注册科,2025-13,,,99",
        ",2025-03,,新增就业,77",
        ",合计,,新增就业,56",
    ],
)
def test_a_row_with_a_figure_is_no_note_whatever_it_begins_with(home: Home, row: str) -> None:
    receipt = home.send(f"科室,报告期,指标编码,指标名称,数值\n,2025-02,JOBS,,5\n{row}\n")

    assert receipt["rows"]["refused"] == 1


@pytest.mark.parametrize(
    "row", ["填报人：张某某,,,审核人：李某某,联系电话：024-1234567", "注：以上为快报数,,,,", ",合计,,,56"]
)
def test_signatures_notes_and_totals_are_none(home: Home, row: str) -> None:
    receipt = home.send(f"科室,报告期,指标编码,指标名称,数值\n,2025-02,JOBS,,5\n{row}\n")

    assert (receipt["rows"]["refused"], receipt["rows"]["non_data"]) == (0, 2)


def test_a_line_of_text_with_content_only_beyond_the_header_is_not_blank(home: Home) -> None:
    receipt = home.send("报告期,指标编码,数值\n2025-02,JOBS,5\n,,,,2025-03,JOBS,12\n")

    assert (receipt["rows"]["refused"], receipt["rows"]["blank"]) == (1, 0)


def test_a_sheet_named_after_other_figures_is_not_read_and_told(home: Home) -> None:
    import io

    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for name, value in (("填报", 5), ("上年同期", 99)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["报告期", "指标编码", "数值"])
            sheet.write_row(1, 0, ["2025-03", "JOBS", value])

    receipt = home.send(stream.getvalue(), "two.xlsx")

    assert figures(home) == [("2025-03", 5)]
    assert ("上年同期", "sheet_not_read") in [(one["sheet"], one["rule"]) for one in receipt["warnings"]]


def test_a_unit_line_between_two_tables_is_the_seconds(home: Home) -> None:
    second = "单位：万元,,\n报告期,指标编码,数值\n2025-03,SALES,35\n"

    home.send(f"报告期,指标编码,数值\n2025-02,SALES,30\n\n{second}", organization="TRADE")

    assert figures(home) == [("2025-02", 30), ("2025-03", 350000)]
