"""Absence is a type: the ways in which a month can lack a figure are never mixed up with each other."""

from __future__ import annotations

from typing import Any

from tests.intake.conftest import Home, rules_of, table

STATEMENT = "kind, value, numerator, denominator"


def told(home: Home, code: str) -> list[tuple[Any, ...]]:
    """The ledger's statements on an indicator: kind, value, numerator, denominator."""
    return home.query(
        f"select {STATEMENT} from ledger.observations "
        f"where indicator_code = '{code}' order by sequence, row_number"
    )


def owed(receipt: dict[str, Any], code: str) -> bool:
    return code in {one["indicator_code"] for one in receipt["missing"]}


STATEMENTS: dict[str, tuple[Any, ...]] = {
    "2025-03,AIR,,,0,,,,": ("figure", 0, None, None),
    "2025-03,AIR,,,,,,,零报": ("nil", 0, None, None),
    "2025-03,AIR,,,0,,,,零报": ("nil", 0, None, None),
    "2025-03,AIR,,,,,,,不适用": ("not_applicable", None, None, None),
    "2025-03,AIR,,,5,,,,期初": ("opening", 5, None, None),
    "2025-03,RATE,,,,0,4,,": ("figure", None, 0, 4),
    "2025-03,RATE,,,,,,,零报": ("nil", None, 0, 0),
    "2025-03,RATE,,,,,,,不适用": ("not_applicable", None, None, None),
}


def test_each_kind_of_absence_is_kept_as_what_it_is(home: Home) -> None:
    receipts = home.send_each({row: table(row) for row in STATEMENTS})

    assert home.kept_of_each(receipts, STATEMENT) == {row: [kept] for row, kept in STATEMENTS.items()}


def test_a_statement_of_zero_or_of_nothing_to_count_is_no_debt(home: Home) -> None:
    rows = ["2025-03,AIR,,,0,,,,", "2025-04,AIR,,,,,,,零报", "2025-05,AIR,,,,,,,不适用"]
    receipts = home.send_each({row: table(row) for row in rows})

    assert {row: owed(receipt, "AIR") for row, receipt in receipts.items()} == dict.fromkeys(rows, False)


def test_a_blank_cell_is_refused_and_still_owed(home: Home) -> None:
    receipt = home.send_rows("2025-03,AIR,,,,,,,", "2025-03,JOBS,,210504002,1,,,,")

    assert rules_of(receipt["refusals"]) == ["value_missing"]
    assert owed(receipt, "AIR")
    assert told(home, "AIR") == []


def test_what_nobody_spoke_of_is_owed_and_in_no_table(home: Home) -> None:
    receipt = home.send_rows("2025-03,JOBS,,210504002,1,,,,")

    assert owed(receipt, "AIR")
    assert told(home, "AIR") == []


def test_what_is_not_due_is_not_owed(home: Home) -> None:
    months = ["2025-03", "2025-12"]
    receipts = home.send_each({month: table(f"{month},AIR,,,95,,,,") for month in months})

    assert {month: owed(receipt, "ROADS") for month, receipt in receipts.items()} == {
        "2025-03": False,
        "2025-12": True,
    }


def test_a_withdrawn_figure_stays_on_record_and_is_owed_again(home: Home) -> None:
    home.send_rows("2025-03,AIR,,,95,,,,")
    receipt = home.send_rows("2025-03,AIR,,,,,,,撤回")

    assert told(home, "AIR") == [("figure", 95, None, None), ("withdrawal", None, None, None)]
    assert owed(receipt, "AIR")


def test_a_refused_row_leaves_the_old_figure_in_place(home: Home) -> None:
    home.send_rows("2025-03,AIR,,,95,,,,")
    receipt = home.send_rows("2025-03,AIR,,,九十五,,,,")

    assert rules_of(receipt["refusals"]) == ["not_a_number"]
    assert told(home, "AIR") == [("figure", 95, None, None)]
    assert not owed(receipt, "AIR")


def test_another_department_can_neither_withdraw_nor_replace_a_figure(home: Home) -> None:
    remarks = {"2025-03": "撤回", "2025-04": "零报", "2025-05": "不适用"}
    home.send_rows(*(f"{month},AIR,,,95,,,," for month in remarks))
    receipts = home.send_each(
        {remark: table(f"{month},AIR,,,,,,,{remark}") for month, remark in remarks.items()},
        organization="HEALTH",
    )

    assert {remark: rules_of(receipt["refusals"]) for remark, receipt in receipts.items()} == {
        remark: ["not_your_indicator"] for remark in remarks.values()
    }
    assert told(home, "AIR") == [("figure", 95, None, None)] * 3
