"""What a department says of a target that lags or is silent: kept beside the figure, never counted as one."""

from __future__ import annotations

from datetime import date

import pytest

from tests.intake.conftest import Home, Receipt, rules_of
from warehouse.intake.values import read_day

HEADER = "报告期,指标编码,数值,滞后原因,下一步措施,完成时限,责任人,联系电话"
KEPT = "select reason, measure, promised_on, responsible, contact from ledger.explanations order by sequence"


def sent(home: Home, *rows: str) -> Receipt:
    return home.send("\n".join([HEADER, *rows]) + "\n")


def test_the_words_are_kept_with_the_row_that_they_came_from(home: Home) -> None:
    receipt = sent(home, "2025-01,AIR,80,设备检修,更换设备,2025-03-31,示例责任人,0414-0000000")

    assert home.query(KEPT) == [("设备检修", "更换设备", date(2025, 3, 31), "示例责任人", "0414-0000000")]
    place = "select submission_id, sheet, row_number, period from ledger.explanations"
    assert home.query(place) == [(receipt["submission_id"], "", 2, "2025-01")]
    assert receipt["rows"]["accepted"] == 1


def test_a_row_without_words_leaves_none(home: Home) -> None:
    sent(home, "2025-01,AIR,80,,,,,")

    assert home.query(KEPT) == []


def test_words_without_a_figure_are_kept_and_the_figure_stays_missing(home: Home) -> None:
    receipt = sent(home, "2025-01,AIR,,数据未出,,,,", "2025-01,SCHOOL,50,,,,,")

    assert [row[0] for row in home.query(KEPT)] == ["数据未出"]
    assert home.query("select indicator_code from ledger.observations") == [("SCHOOL",)]
    assert rules_of(receipt["warnings"]) == ["explanation_without_figure"]
    assert "AIR" in {one["indicator_code"] for one in receipt["missing"]}


def test_words_in_a_row_of_their_own_do_not_conflict_with_the_figure_of_the_same_file(home: Home) -> None:
    receipt = sent(home, "2025-01,AIR,80,,,,,", "2025-01,AIR,,设备检修,,,,")

    assert receipt["refusals"] == []


@pytest.mark.parametrize(
    ("cells", "rule", "kept"),
    [
        (f"{'长' * 501},措施,,,", "explanation_too_long", (None, "措施")),
        ("=SUM(A1:A9),措施,,,", "explanation_is_formula", (None, "措施")),
        ("@cmd,措施,,,", "explanation_is_formula", (None, "措施")),
        ("原因,措施,年底前,,", "promise_unreadable", ("原因", "措施")),
        ("原因,措施,2025-01-31,,", "promise_passed", ("原因", "措施")),
    ],
)
def test_words_at_fault_are_told_and_never_hold_back_the_figure(
    home: Home, cells: str, rule: str, kept: tuple[str | None, str]
) -> None:
    receipt = sent(home, f"2025-01,AIR,80,{cells}")

    assert rules_of(receipt["warnings"]) == [rule]
    assert [row[:2] for row in home.query(KEPT)] == [kept]
    assert home.kept(receipt, "value") == [(80,)]


def test_a_sign_before_plain_words_is_no_formula(home: Home) -> None:
    receipt = sent(home, "2025-01,AIR,80,- 场地未落实,,,,")

    assert receipt["warnings"] == []


def test_a_reason_repeated_word_for_word_is_told_with_how_often(home: Home) -> None:
    sent(home, "2025-01,AIR,80,场地未落实,,,,")
    sent(home, "2025-02,AIR,80,场地未落实,,,,")

    receipt = sent(home, "2025-03,AIR,80,场地 未落实,,,,")

    assert rules_of(receipt["warnings"]) == ["reason_repeated"]
    assert "第 3 次" in receipt["warnings"][0]["reason_zh"]


def test_a_file_whose_words_were_replaced_can_be_sent_again(home: Home) -> None:
    first = "2025-01,AIR,80,设备检修,,,,"
    sent(home, first)
    sent(home, "2025-01,AIR,80,改为其他原因,,,,")

    sent(home, first)

    assert [row[0] for row in home.query(KEPT)] == ["设备检修", "改为其他原因", "设备检修"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-07-31", date(2025, 7, 31)),
        ("2025/7/31", date(2025, 7, 31)),
        ("２０２５年７月３１日", date(2025, 7, 31)),
        ("2025年7月底前", date(2025, 7, 31)),
        ("2025-02", date(2025, 2, 28)),
        ("2025-02-30", None),
        ("7月底", None),
        ("尽快", None),
    ],
)
def test_a_promised_day_is_read_as_written_or_not_at_all(text: str, day: date | None) -> None:
    assert read_day(text) == day
