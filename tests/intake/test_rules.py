"""One line for each rule of rows: what breaks it, and what nearly does."""

from __future__ import annotations

import string

import pytest

from tests.intake.conftest import HEADER, Home, rules_of
from warehouse.intake.rules import FOLDER, registry

REFUSED = {
    "ragged_row": ["2025-03,JOBS,,210504002,12,,"],
    "period_missing": [",JOBS,,210504002,12,,,,"],
    "period_malformed": ["2025-13,JOBS,,210504002,12,,,,"],
    "period_implausible": ["1899-12,JOBS,,210504002,12,,,,"],
    "period_in_future": ["2999-01,JOBS,,210504002,12,,,,"],
    "indicator_missing": ["2025-03,,新增就业,210504002,12,,,,"],
    "unknown_indicator": ["2025-03,WORK,,210504002,12,,,,"],
    "derived_indicator": ["2025-03,GROWTH,,,12,,,,"],
    "not_your_indicator": ["2025-03,BEDS,,,12,,,,"],
    "name_disagrees": ["2025-03,JOBS,床位数,210504002,12,,,,"],
    "unknown_area": ["2025-03,JOBS,,999999,12,,,,"],
    "error_cell": ["2025-03,JOBS,,210504002,#REF!,,,,"],
    "not_a_number": ["2025-03,JOBS,,210504002,约300,,,,"],
    "number_too_large": ["2025-03,ROADS,,,1e15,,,,"],
    "percent_sign": ["2025-03,JOBS,,210504002,95%,,,,"],
    "value_missing": ["2025-03,JOBS,,210504002,,,,,"],
    "value_out_of_range": ["2025-03,AIR,,,100.1,,,,"],
    "parts_needed": ["2025-03,RATE,,,95,,,,"],
    "part_missing": ["2025-03,RATE,,,,95,,,"],
    "negative_part": ["2025-03,RATE,,,,-1,5,,"],
    "numerator_over_denominator": ["2025-03,RATE,,,,8,7,,"],
    "contradictory_remark": ["2025-03,JOBS,,210504002,12,,,,撤回；期初"],
    "unclear_remark": ["2025-03,JOBS,,210504002,12,,,,撤回（误报）"],
    "nil_with_figure": ["2025-03,JOBS,,210504002,12,,,,零报"],
    "not_applicable_with_figure": ["2025-03,JOBS,,210504002,12,,,,不适用"],
    "conflicting_rows": ["2025-03,JOBS,,210504002,12,,,,", "2025-03,JOBS,,210504002,13,,,,"],
}
ACCEPTED = {
    "an empty area is the district": "2025-03,AIR,,,95,,,,",
    "a percent of an indicator in percent": "2025-03,AIR,,,95%,,,,",
    "the upper bound itself": "2025-03,AIR,,,100,,,,",
    "full-width digits": "２０２５－０３,JOBS,,２１０５０４００２,１２,,,,",
    "a thousands separator": '2025-03,JOBS,,210504002,"1,234",,,,',
    "scientific notation": "2025-03,JOBS,,210504002,1.2e3,,,,",
    "blanks around": " 2025-03 , JOBS ,新增就业 , 210504002 , 12 ,,,,",
    "a name with blanks": "2025-03,JOBS,新增 就业,210504002,12,,,,",
    "all of a whole": "2025-03,RATE,,,,7,7,,",
    "nothing of nothing": "2025-03,RATE,,,,0,0,,",
    "a nil return": "2025-03,JOBS,,210504002,,,,,零报",
    "not applicable": "2025-03,RATE,,,,,,,不适用",
    "an opening balance": "2025-03,JOBS,,210504002,12,,,,期初；样例数据",
    "the words of a mark inside others": "2025-03,JOBS,,210504002,12,,,,并非零报错误",
}


@pytest.mark.parametrize("rule", REFUSED)
def test_a_row_that_breaks_the_rule_is_refused(home: Home, rule: str) -> None:
    receipt = home.send_rows(*REFUSED[rule])

    assert set(rules_of(receipt["refusals"])) == {rule}
    assert receipt["rows"]["refused"] == len(REFUSED[rule])
    assert home.observations() == []


@pytest.mark.parametrize(
    "remark",
    [
        "撤回（误报）",
        "撤回：误报",
        "撤回上月数",
        "期初余额",
        "期初数",
        "零报单位3家",
        "不适用于本区",
        " 撤回。误报",
        "“撤回”",
        "误报，撤回原数",
    ],
)
def test_a_mark_with_something_attached_is_never_guessed_at(home: Home, remark: str) -> None:
    receipt = home.send_rows(f"2025-03,JOBS,,210504002,12,,,,{remark}")

    assert [(one["rule"], one["column"], one["text"]) for one in receipt["refusals"]] == [
        ("unclear_remark", "备注", remark.strip())
    ]
    assert home.observations() == []


@pytest.mark.parametrize(
    ("remark", "kind"),
    [
        ("撤回。", "withdrawal"),
        ("撤回！", "withdrawal"),
        (" 撤回 ", "withdrawal"),
        ("\u3000撤回\u3000误报", "withdrawal"),
        ("撤回；撤回原因见附件", "withdrawal"),
        ("期初.", "opening"),
        ("请勿撤回", "figure"),
        ("含期初数", "figure"),
    ],
)
def test_a_mark_of_its_own_counts_and_one_inside_other_words_does_not(
    home: Home, remark: str, kind: str
) -> None:
    receipt = home.send_rows(f"2025-03,JOBS,,210504002,12,,,,{remark}")

    assert receipt["refusals"] == []
    assert [row[3] for row in home.observations()] == [kind]


@pytest.mark.parametrize("row", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_a_row_that_breaks_no_rule_is_accepted(home: Home, row: str) -> None:
    receipt = home.send_rows(row)

    assert receipt["refusals"] + receipt["warnings"] == []
    assert receipt["rows"]["accepted"] == 1


def test_the_unit_must_be_the_indicators(home: Home) -> None:
    receipt = home.send("报告期,指标编码,地区编码,数值,计量单位\n2025-03,JOBS,210504002,1,万人\n")

    assert rules_of(receipt["refusals"]) == ["wrong_unit"]


def test_of_identical_rows_the_first_is_taken(home: Home) -> None:
    row = "2025-03,JOBS,,210504002,12,,,,"
    receipt = home.send_rows(row, row, row)

    assert [(one["row"], one["rule"]) for one in receipt["refusals"]] == [
        (3, "duplicate_row"),
        (4, "duplicate_row"),
    ]
    assert len(home.observations()) == 1


def test_a_broken_row_does_not_contradict_the_good_one(home: Home) -> None:
    receipt = home.send_rows("2025-03,JOBS,,210504002,?,,,,", "2025-03,JOBS,,210504002,12,,,,")

    assert rules_of(receipt["refusals"]) == ["not_a_number"]


def test_what_rounds_to_six_decimals_is_rounded_half_up_and_said(home: Home) -> None:
    receipt = home.send_rows("2025-12,ROADS,,,0.0000005,,,,")

    assert "figure_rounded" in rules_of(receipt["warnings"])
    assert home.query("select cast(value as varchar) from ledger.observations") == [("0.000001",)]


def test_a_figure_above_a_ratios_ceiling_by_less_than_a_digit_is_refused(home: Home) -> None:
    receipt = home.send_rows("2025-03,RATE,,,,999999999999999,999999999999998.999999,,")

    assert rules_of(receipt["refusals"]) == ["numerator_over_denominator"]


def warned(home: Home, *rows: str, organization: str = "LABOUR") -> list[str]:
    receipt = home.send_rows(*rows, organization=organization)
    assert receipt["refusals"] == []
    return rules_of(receipt["warnings"])


def test_an_area_of_another_level_is_warned_of(home: Home) -> None:
    assert warned(home, "2025-03,JOBS,,,12,,,,") == ["area_level"]


def test_more_decimals_than_usual_are_warned_of(home: Home) -> None:
    assert warned(home, "2025-03,JOBS,,210504002,12.5,,,,") == ["more_decimals"]


def test_a_rate_beside_other_parts_is_warned_of(home: Home) -> None:
    assert warned(home, "2025-03,RATE,,,80,1,2,,", "2025-02,RATE,,,33.33,1,3,,") == ["rate_differs"]


def test_parts_of_what_is_no_ratio_are_warned_of(home: Home) -> None:
    assert warned(home, "2025-03,JOBS,,210504002,12,1,2,,") == ["parts_unused"]


@pytest.mark.parametrize(
    ("row", "organization"),
    [
        ("2025-03,AIR,,,5,,,,期初", "LABOUR"),
        ("2025-03,BEDS,,,5,,,,期初", "HEALTH"),
        ("2025-03,NURSES,,,,5,1000,,期初", "HEALTH"),
    ],
)
def test_an_opening_balance_of_what_is_not_added_up_is_warned_of(
    home: Home, row: str, organization: str
) -> None:
    assert warned(home, row, organization=organization) == ["opening_unused"]


@pytest.mark.parametrize("row", ["2025-03,JOBS,,210504002,12,,,,期初", "2025-03,RATE,,,,5,7,,期初"])
def test_an_opening_balance_of_what_is_added_up_is_not_warned_of(home: Home, row: str) -> None:
    assert warned(home, row) == []


def test_a_running_total_is_checked_against_the_months(home: Home) -> None:
    warned(home, "2025-01,JOBS,,210504002,10,,,,", "2025-02,JOBS,,210504002,5,,,,")

    assert warned(home, "2025-03,JOBS,,210504002,7,,,22,") == []
    assert warned(home, "2025-04,JOBS,,210504002,7,,,22,") == ["ytd_differs"]


def test_a_running_total_starts_from_the_opening_balance(home: Home) -> None:
    warned(home, "2025-02,JOBS,,210504002,100,,,,期初")

    assert warned(home, "2025-03,JOBS,,210504002,7,,,107,") == []


def test_a_running_total_sent_as_the_months_figure_is_warned_of(home: Home) -> None:
    months = [f"2025-{month:02d},JOBS,,210504002,{10 + month},,,," for month in range(1, 5)]
    warned(home, *months)

    assert warned(home, "2025-05,JOBS,,210504002,61,,,,") == ["running_total"]
    assert warned(home, "2025-05,JOBS,,210504002,15,,,,") == []


def test_a_figure_far_off_its_history_is_warned_of(home: Home) -> None:
    history = [f"2024-{month:02d},JOBS,,210504002,{100 + month % 3},,,," for month in range(1, 13)]
    warned(home, *history)

    assert warned(home, "2025-01,JOBS,,210504002,1010,,,,") == ["far_off"]
    assert warned(home, "2025-01,JOBS,,210504002,110,,,,") == []


def test_subdistricts_that_do_not_add_up_to_the_district_are_warned_of(home: Home) -> None:
    warned(home, "2025-03,JOBS,,210504002,10,,,,", "2025-03,JOBS,,210504004,5,,,,")

    assert warned(home, "2025-03,JOBS,,210504,16,,,,") == ["area_level", "areas_off"]
    assert warned(home, "2025-03,JOBS,,210504,15,,,,") == ["area_level"]


def test_withdrawing_nothing_is_warned_of(home: Home) -> None:
    row = "2025-03,JOBS,,210504002,,,,,撤回"
    assert warned(home, row) == ["withdrawal_of_nothing"]

    warned(home, "2025-03,JOBS,,210504002,10,,,,")
    assert warned(home, f"{row} ") == []


def test_a_column_that_is_not_ours_is_said(home: Home) -> None:
    receipt = home.send("经费,报告期,指标编码,数值\n1,2025-03,AIR,5\n")

    assert [(one["row"], one["text"]) for one in receipt["warnings"]] == [(1, "经费")]
    assert receipt["rows"]["accepted"] == 1


def test_every_rule_of_rows_has_its_query_and_every_query_its_rule() -> None:
    queries = {(path.parent.name, path.stem) for path in FOLDER.glob("*/*.sql")}

    assert queries == {(rule.severity, rule.code) for rule in registry().values() if rule.of != "file"}


def test_every_rule_that_refuses_rows_is_tested_here() -> None:
    rules = {rule.code for rule in registry().values() if rule.severity == "refuse" and rule.of != "file"}

    assert rules - REFUSED.keys() == {"wrong_unit", "duplicate_row"}


def test_messages_use_only_known_placeholders() -> None:
    known = {"text", "column", "expected", "actual", "row", "sheet", None}
    for rule in registry().values():
        for text in (rule.message_zh, rule.message_en, rule.fix_zh):
            assert {name for _, name, _, _ in string.Formatter().parse(text)} <= known, rule.code


def test_no_message_leaves_a_placeholder_open(home: Home) -> None:
    rows = [row for rows in REFUSED.values() for row in rows]
    receipt = home.send("\n".join([HEADER, *rows]))

    texts = [one[name] for one in receipt["refusals"] for name in ("reason_zh", "reason_en", "fix_zh")]
    assert not [text for text in texts if "{" in text]
