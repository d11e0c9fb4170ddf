"""What a file says of units: converted exactly and told, or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.intake.conftest import Home, rules_of

TRADE = {"organization": "TRADE"}


def sent(
    home: Home, heading: str, row: str, above: str = ""
) -> tuple[list[str], list[str], list[Decimal | None]]:
    receipt = home.send(f"{above}报告期,指标编码,{heading}\n2025-03,SALES,{row}\n", **TRADE)
    return (
        rules_of(receipt["refusals"]),
        rules_of(receipt["warnings"]),
        [row[4] for row in home.observations()],
    )


@pytest.mark.parametrize(
    ("heading", "row", "above", "yuan"),
    [
        ("数值（万元）", "35", "", "350000"),
        ("数值（亿元）", "1.5", "", "150000000"),
        ("数值（万）", "35.5", "", "355000"),
        ("本年累计（千元）", "2", "", "2000"),
        ("数值,单位", "35,万元", "", "350000"),
        ("数值", "35", "单位：万元,,\n", "350000"),
        ("数值", "35", ",,计量单位: 百万元\n", "35000000"),
    ],
)
def test_a_multiple_of_the_unit_is_converted_and_told(
    home: Home, heading: str, row: str, above: str, yuan: str
) -> None:
    refused, warned, figures = sent(home, heading, row, above)

    assert (refused, warned, figures) == ([], ["unit_converted"], [Decimal(yuan)])


@pytest.mark.parametrize("heading", ["数值（元）", "数值（保留两位小数）", "数值"])
def test_the_unit_itself_and_other_words_change_nothing(home: Home, heading: str) -> None:
    refused, warned, figures = sent(home, heading, "35", "单位：区商务局,,\n")

    assert (refused, warned, figures) == ([], [], [Decimal(35)])


@pytest.mark.parametrize("heading", ["数值（吨）", "数值（万人）"])
def test_another_unit_is_refused(home: Home, heading: str) -> None:
    assert sent(home, heading, "35")[0] == ["wrong_unit"]


def test_a_row_and_a_heading_that_disagree_are_refused(home: Home) -> None:
    assert sent(home, "数值（万元）,单位", "35,元")[0] == ["unit_disagrees"]


def test_a_figure_of_last_year_is_no_figure_of_the_month(home: Home) -> None:
    receipt = home.send("报告期,指标编码,数值（上年同期）,数值\n2025-03,SALES,33,35\n", **TRADE)

    assert rules_of(receipt["warnings"]) == ["unknown_columns"]
    assert [row[4] for row in home.observations()] == [35]


@pytest.mark.parametrize(
    "below",
    [
        "注：单位为万元,,\n",
        ",,\n单位：万元,,\n",
        ",,注：以万元为单位\n",
        "以上数据均为万元,,\n",
        "备注：金额按万元统计。,,\n填表人：样例,,\n",
        "注：单位为万元\n",
        ",注：单位为万元,\n",
    ],
)
def test_a_note_below_states_the_unit_as_a_line_above_does(home: Home, below: str) -> None:
    receipt = home.send(f"报告期,指标编码,数值\n2025-03,SALES,35\n{below}", **TRADE)

    assert (rules_of(receipt["refusals"]), rules_of(receipt["warnings"])) == ([], ["unit_converted"])
    assert [row[4] for row in home.observations()] == [Decimal(350_000)]


@pytest.mark.parametrize(
    "below", ["注：奖励每个单位10万元", "注：单位负责人已签字", "说明：以上均已核对", "填表单位：百货局"]
)
def test_a_note_about_something_else_changes_nothing(home: Home, below: str) -> None:
    receipt = home.send(f"报告期,指标编码,数值\n2025-03,SALES,35\n{below},,\n", **TRADE)

    assert (rules_of(receipt["refusals"]), rules_of(receipt["warnings"])) == ([], [])
    assert [row[4] for row in home.observations()] == [35]


@pytest.mark.parametrize(
    ("above", "below"),
    [("单位：元,,\n", "注：单位为万元"), ("", "单位：万元,,\n单位：亿元"), ("", "单位：万元、人")],
)
def test_units_that_contradict_each_other_refuse_the_file(home: Home, above: str, below: str) -> None:
    receipt = home.send(f"{above}报告期,指标编码,数值\n2025-03,SALES,35\n{below},,\n", **TRADE)

    assert rules_of(receipt["refusals"])[0] == "unclear_unit"
    assert home.observations() == []


def test_a_table_below_another_does_not_have_the_unit_stated_between_them(home: Home) -> None:
    table = "报告期,指标编码,数值\n{period},SALES,35\n"

    home.send(table.format(period="2025-03") + "注：单位为万元,,\n" + table.format(period="2025-04"), **TRADE)

    assert [row[4] for row in home.observations()] == [Decimal(350_000), Decimal(35)]


@pytest.mark.parametrize(("above", "below"), [("单位：万元,,,,\n", ""), ("", "单位：万元,,,,\n")])
def test_a_multiple_stated_for_all_figures_refuses_numerators_and_denominators(
    home: Home, above: str, below: str
) -> None:
    header = "报告期,指标编码,数值,分子,分母\n"

    receipt = home.send(f"{above}{header}2025-03,RATE,,5,7\n{below}")

    assert rules_of(receipt["refusals"]) == ["wrong_unit"]
