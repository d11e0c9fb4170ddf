"""One line for each rule of rows: what breaks it, and what nearly does."""

from __future__ import annotations

import string

import pytest

from tests.intake.conftest import Files, Home, Maker, Receipt, rules_of, table
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
    "total_of_level": ["2025-03,AIR,,,,,,95,"],
    "proof_missing": ["2025-03,SCHOOL,,,100,,,,", "2025-06,SCHOOL,,,100,,,,样例数据；完成"],
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
# Each in a year of its own, so that none is what another is compared with.
ACCEPTED = {
    "an empty area is the district": "2011-03,AIR,,,95,,,,",
    "a percent of an indicator in percent": "2012-03,AIR,,,95%,,,,",
    "the upper bound itself": "2013-03,AIR,,,100,,,,",
    "full-width digits": "２０１１－０３,JOBS,,２１０５０４００２,１２,,,,",
    "a thousands separator": '2012-03,JOBS,,210504002,"1,234",,,,',
    "scientific notation": "2013-03,JOBS,,210504002,1.2e3,,,,",
    "blanks around": " 2014-03 , JOBS ,新增就业 , 210504002 , 12 ,,,,",
    "a name with blanks": "2015-03,JOBS,新增 就业,210504002,12,,,,",
    "all of a whole": "2011-03,RATE,,,,7,7,,",
    "nothing of nothing": "2012-03,RATE,,,,0,0,,",
    "a milestone on its way": "2011-03,SCHOOL,,,99,,,,",
    "a milestone with its proof": "2012-03,SCHOOL,,,100,,,,2012年3月9日验收",
    "a nil return": "2016-03,JOBS,,210504002,,,,,零报",
    "not applicable": "2013-03,RATE,,,,,,,不适用",
    "an opening balance": "2017-03,JOBS,,210504002,12,,,,期初",
    "an opening balance of sample data": "2019-03,JOBS,,210504002,12,,,,期初；样例数据",
    "an opening balance of parts": "2014-03,RATE,,,,5,7,,期初",
    "the words of a mark inside others": "2018-03,JOBS,,210504002,12,,,,并非零报错误",
}
WARNED = {
    "district_figure": ["2011-03,JOBS,,,12,,,,"],
    "not_due": ["2011-02,ROADS,,,12,,,,"],
    "more_decimals": ["2012-03,JOBS,,210504002,12.5,,,,"],
    "rate_differs": ["2011-03,RATE,,,80,1,2,,", "2011-02,RATE,,,33.33,1,3,,"],
    "parts_unused": ["2013-03,JOBS,,210504002,12,1,2,,"],
}
RULES_OF_OTHER_TESTS = {
    "wrong_unit", "duplicate_row", "total_disagrees", "area_disagrees", "area_level", "shifted_figure",
    "unit_disagrees", "unit_inexact", "remark_encoding", "not_as_shown", "formula_not_computed",
    "lines_in_cell",
}  # fmt: skip
"""They need another header, a history or a workbook."""
NOT_ADDED_UP = {
    "AIR": ("2011-03,AIR,,,5,,,,期初", "LABOUR"),
    "BEDS": ("2011-03,BEDS,,,5,,,,期初", "HEALTH"),
    "NURSES": ("2011-03,NURSES,,,,5,1000,,期初", "HEALTH"),
}
UNCLEAR = [
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
]
MARKS = {
    "撤回。": "withdrawal",
    "撤回！": "withdrawal",
    " 撤回 ": "withdrawal",
    "\u3000撤回\u3000误报": "withdrawal",
    "撤回；撤回原因见附件": "withdrawal",
    "期初.": "opening",
    "请勿撤回": "figure",
    "含期初数": "figure",
}
sent = Files()


@pytest.fixture(scope="module")
def answers(shared_home: Home) -> dict[Maker, Receipt]:
    return sent.sent_to(shared_home)


def test_a_row_that_breaks_a_rule_is_refused(home: Home) -> None:
    receipts = home.send_each({rule: table(*rows) for rule, rows in REFUSED.items()})

    found = {
        rule: (set(rules_of(receipt["refusals"])), receipt["rows"]["refused"])
        for rule, receipt in receipts.items()
    }
    assert found == {rule: ({rule}, len(rows)) for rule, rows in REFUSED.items()}
    assert home.observations() == []


def test_a_mark_with_something_attached_is_never_guessed_at(home: Home) -> None:
    receipts = home.send_each({remark: with_remark(remark) for remark in UNCLEAR})

    found = {
        remark: [(one["rule"], one["column"], one["text"]) for one in receipt["refusals"]]
        for remark, receipt in receipts.items()
    }
    assert found == {remark: [("unclear_remark", "备注", remark.strip())] for remark in UNCLEAR}
    assert home.observations() == []


def test_a_mark_of_its_own_counts_and_one_inside_other_words_does_not(home: Home) -> None:
    receipts = home.send_each({remark: with_remark(remark) for remark in MARKS})

    assert {remark: receipt["refusals"] for remark, receipt in receipts.items()} == {
        remark: [] for remark in MARKS
    }
    assert home.kept_of_each(receipts, "kind") == {remark: [(kind,)] for remark, kind in MARKS.items()}


def with_remark(remark: str) -> str:
    return table(f"2025-03,JOBS,,210504002,12,,,,{remark}")


def test_a_row_that_breaks_no_rule_is_accepted(home: Home) -> None:
    receipts = home.send_each({case: table(row) for case, row in ACCEPTED.items()})

    found = {
        case: (receipt["refusals"] + receipt["warnings"], receipt["rows"]["accepted"])
        for case, receipt in receipts.items()
    }
    assert found == dict.fromkeys(ACCEPTED, ([], 1))


def test_a_row_that_is_odd_is_warned_of(home: Home) -> None:
    receipts = home.send_each({rule: table(*rows) for rule, rows in WARNED.items()})

    assert refused_and_warned(receipts) == {rule: ([], [rule]) for rule in WARNED}


@pytest.mark.parametrize("organization", ["LABOUR", "HEALTH"])
def test_an_opening_balance_of_what_is_not_added_up_is_warned_of(home: Home, organization: str) -> None:
    rows = {code: row for code, (row, sender) in NOT_ADDED_UP.items() if sender == organization}
    receipts = home.send_each({code: table(row) for code, row in rows.items()}, organization=organization)

    assert refused_and_warned(receipts) == dict.fromkeys(rows, ([], ["opening_unused"]))


def refused_and_warned(receipts: dict[str, Receipt]) -> dict[str, tuple[list[str], list[str]]]:
    return {
        case: (rules_of(receipt["refusals"]), rules_of(receipt["warnings"]))
        for case, receipt in receipts.items()
    }


@sent
def unit_of_its_own() -> str:
    return "报告期,指标编码,地区编码,数值,计量单位\n2011-03,JOBS,210504002,1,万户\n"


def test_the_unit_must_be_the_indicators(answers: dict[Maker, Receipt]) -> None:
    assert rules_of(answers[unit_of_its_own]["refusals"]) == ["wrong_unit"]


@sent
def identical_rows() -> str:
    return table(*["2012-03,JOBS,,210504002,12,,,,"] * 3)


def test_of_identical_rows_the_first_is_taken(answers: dict[Maker, Receipt], shared_home: Home) -> None:
    receipt = answers[identical_rows]

    assert [(one["row"], one["rule"]) for one in receipt["refusals"]] == [
        (3, "duplicate_row"),
        (4, "duplicate_row"),
    ]
    assert shared_home.kept(receipt, "row_number") == [(2,)]


@sent
def broken_and_good_row() -> str:
    return table("2013-03,JOBS,,210504002,?,,,,", "2013-03,JOBS,,210504002,12,,,,")


def test_a_broken_row_does_not_contradict_the_good_one(answers: dict[Maker, Receipt]) -> None:
    assert rules_of(answers[broken_and_good_row]["refusals"]) == ["not_a_number"]


@sent
def half_a_millionth() -> str:
    return table("2014-12,ROADS,,,0.0000005,,,,")


def test_what_rounds_to_six_decimals_is_rounded_half_up_and_said(
    answers: dict[Maker, Receipt], shared_home: Home
) -> None:
    receipt = answers[half_a_millionth]

    assert "figure_rounded" in rules_of(receipt["warnings"])
    assert shared_home.kept(receipt, "cast(value as varchar)") == [("0.000001",)]


@sent
def a_digit_above_the_whole() -> str:
    return table("2015-03,RATE,,,,999999999999999,999999999999998.999999,,")


def test_a_figure_above_a_ratios_ceiling_by_less_than_a_digit_is_refused(
    answers: dict[Maker, Receipt],
) -> None:
    assert rules_of(answers[a_digit_above_the_whole]["refusals"]) == ["numerator_over_denominator"]


@sent
def column_of_their_own() -> str:
    return "经费,报告期,指标编码,数值\n1,2016-03,AIR,5\n"


def test_a_column_that_is_not_ours_is_said(answers: dict[Maker, Receipt]) -> None:
    receipt = answers[column_of_their_own]

    assert [(one["row"], one["text"]) for one in receipt["warnings"]] == [(1, "经费")]
    assert receipt["rows"]["accepted"] == 1


def test_every_rule_of_rows_has_its_query_and_every_query_its_rule() -> None:
    queries = {(path.parent.name, path.stem) for path in FOLDER.glob("*/*.sql")}

    assert queries == {(rule.severity, rule.code) for rule in registry().values() if rule.of != "file"}


def test_every_rule_that_refuses_rows_is_tested_here() -> None:
    rules = {rule.code for rule in registry().values() if rule.severity == "refuse" and rule.of != "file"}

    assert rules - REFUSED.keys() <= RULES_OF_OTHER_TESTS


def test_messages_use_only_known_placeholders() -> None:
    known = {"text", "column", "expected", "actual", "row", "sheet", None}
    for rule in registry().values():
        for text in (rule.message_zh, rule.message_en, rule.fix_zh):
            assert {name for _, name, _, _ in string.Formatter().parse(text)} <= known, rule.code


def test_no_message_leaves_a_placeholder_open(home: Home) -> None:
    receipt = home.send(table(*(row for rows in REFUSED.values() for row in rows)))

    texts = [one[name] for one in receipt["refusals"] for name in ("reason_zh", "reason_en", "fix_zh")]
    assert not [text for text in texts if "{" in text]
