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
