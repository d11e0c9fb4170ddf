"""What headings say: which figure a column is, in what unit, over how many lines; what nobody can tell."""

from __future__ import annotations

import pytest

from warehouse.intake.columns import Header, find_header
from warehouse.intake.findings import FileRefused

KEYS = ["报告期", "指标编码"]
ROW = ["2025-03", "JOBS", "120", "35"]


def header_of(*rows: list[str]) -> Header:
    header = find_header(rows)
    assert header
    return header


def refusal_of(*rows: list[str]) -> tuple[str, str]:
    """Return the rule that refuses the file, and the words that it names."""
    with pytest.raises(FileRefused) as refused:
        find_header(rows)
    return refused.value.rule, str(refused.value.where.get("actual") or refused.value.where.get("text"))


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("万元", "万元"),
        ("单位：万元", "万元"),
        ("计量单位万元", "万元"),
        ("人民币万元", "万元"),
        ("RMB万元", "万元"),
        ("萬元", "万元"),
        ("仟元", "千元"),
        ("万元，含税", "万元"),
        ("元/月", "元/月"),
        ("当月", None),
        ("必填", None),
        ("保留两位小数", None),
    ],
)
def test_a_unit_in_brackets_counts_and_harmless_words_do_not(words: str, unit: str | None) -> None:
    assert header_of([*KEYS, f"数值（{words}）"], ROW).units.get("value") == unit


@pytest.mark.parametrize("words", ["1-3月", "1至3月", "本年累计", "年初至今", "YTD", "cumulative"])
def test_words_for_a_running_total_make_it_one(words: str) -> None:
    assert "ytd_value" in header_of([*KEYS, f"数值（{words}）"], ROW).positions


@pytest.mark.parametrize(
    "words",
    [
        "上年同期",
        "同比增长",
        "环比",
        "增速",
        "计划数",
        "目标",
        "预测",
        "应完成",
        "考核值",
        "基数",
        "plan",
        "last year",
    ],
)
def test_words_for_another_figure_leave_the_column_unread(words: str) -> None:
    header = header_of([*KEYS, f"数值（{words}）", "数值"], ROW)

    assert (header.positions["value"], header.unknown) == (3, (2,))


@pytest.mark.parametrize(
    "words", ["10000元", "k元", "W", "一季度", "截至3月底", "全年", "年度", "总计", "2024年", "1月", "全市"]
)
def test_words_that_may_change_the_figure_refuse_the_file(words: str) -> None:
    assert refusal_of([*KEYS, f"数值（{words}）"], ROW) == ("unclear_heading", words)


@pytest.mark.parametrize("words", ["万人", "本年累计"])
def test_a_part_of_a_rate_has_no_scale_and_is_of_the_month(words: str) -> None:
    assert refusal_of([*KEYS, f"分子（{words}）", "分母（人）"], ROW) == ("unclear_heading", words)


@pytest.mark.parametrize(
    ("second", "value", "total"),
    [
        (["累计", "本月"], 3, 2),
        (["本月", "累计"], 2, 3),
        (["上年同期", "本月"], 3, None),
        (["计划", "完成"], 3, None),
        (["累计", "本月", "同比"], 3, 2),
        (["完成情况"], 2, None),
    ],
)
def test_a_second_line_says_which_figure_each_column_is(
    second: list[str], value: int, total: int | None
) -> None:
    header = header_of([*KEYS, "数值", ""], ["", "", *second], ROW)

    assert (header.positions["value"], header.positions.get("ytd_value"), header.row_number) == (
        value,
        total,
        2,
    )


@pytest.mark.parametrize(
    "lines",
    [
        [["", "", "", ""], ["", "", "累计", "本月"]],
        [["", "", "完成情况", ""], ["", "", "累计", "本月"]],
    ],
)
def test_a_header_may_have_three_lines(lines: list[list[str]]) -> None:
    header = header_of([*KEYS, "数值", ""], *lines, ROW)

    assert (header.positions["value"], header.positions["ytd_value"], header.row_number) == (3, 2, 3)


def test_two_years_below_one_heading_are_refused() -> None:
    assert refusal_of([*KEYS, "数值", ""], ["", "", "2024年", "2025年"], ROW)[0] == "ambiguous_columns"


def test_last_years_figures_above_or_below_are_not_this_years() -> None:
    above = ["", "", "上年同期", "", "本年", ""]
    below = ["", "", "本月", "累计", "本月", "累计"]

    group = header_of(above, [*KEYS, "本月", "累计", "本月", "累计"], ROW)
    two = header_of([*KEYS, "数值", "", "数值（上年同期）", ""], below, ROW)

    assert (group.positions["value"], group.positions["ytd_value"]) == (4, 5)
    assert (two.positions["value"], two.positions["ytd_value"]) == (2, 3)


@pytest.mark.parametrize("second", ["万元", "（万元）", "累计"])
def test_the_unit_of_either_line_counts(second: str) -> None:
    first = "数值" if "万" in second else "数值（万元）"

    assert "万元" in header_of([*KEYS, first, ""], ["", "", second, ""], ROW).units.values()


@pytest.mark.parametrize(
    "line",
    [
        ["某局报表 单位：万元"],
        ["（单位：万元）"],
        ["金额单位：万元"],
        ["货币单位：人民币万元"],
        ["单位：万元 时间：2025年3月"],
        ["单位：", "万元"],
        ["单位", "万元"],
        ["单位(万元)"],
        ["单 位：万元"],
    ],
    ids=str,
)
def test_a_line_above_states_the_unit_in_many_forms(line: list[str]) -> None:
    assert header_of(line, [*KEYS, "数值"], ROW).units == {"value": "万元"}


@pytest.mark.parametrize(
    "line", ["单位：人社局", "填报单位：明山区千山路街道", "单位负责人：某某", "填报单位：百人计划办"]
)
def test_the_name_of_an_office_is_no_unit(line: str) -> None:
    assert header_of([line], [*KEYS, "数值"], ROW).units == {}


@pytest.mark.parametrize("line", ["计量单位：万元、人", "报表单位：万元"])
def test_a_scale_above_that_is_not_plainly_of_the_figures_refuses_the_file(line: str) -> None:
    assert refusal_of([line], [*KEYS, "数值"], ROW)[0] == "unclear_unit"


def test_each_of_two_tables_has_the_unit_above_it() -> None:
    above = ["单位：元", "", "", "", "单位：万元"]

    assert header_of(above, [*KEYS, "数值", "", *KEYS, "数值"], ROW).units == {"value": "元"}


@pytest.mark.parametrize("title", ["上年同期", "2024年计划", "年度计划表", "去年同期数"])
def test_a_table_titled_with_other_figures_is_passed_over(title: str) -> None:
    assert refusal_of([title], [*KEYS, "数值"], ROW) == ("missing_columns", title)


def test_a_title_with_a_word_like_plan_in_it_is_a_title() -> None:
    assert header_of(["2025年重点目标任务完成情况"], ["序号", *KEYS, "数值"], ROW).positions["value"] == 3


@pytest.mark.parametrize("title", ["2025年计划数", "2025年累计数"])
def test_months_below_a_title_of_other_figures_are_refused(title: str) -> None:
    rule, _ = refusal_of([title], ["指标编码", "1月", "2月"], ROW)

    assert rule in ("unclear_heading", "missing_columns")


def test_the_day_of_a_file_is_not_the_year_of_its_months() -> None:
    line = ["填报日期：2026年1月5日"]

    assert refusal_of(line, ["指标编码", "1月", "2月"], ROW)[0] == "months_without_year"
