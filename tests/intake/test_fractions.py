"""A rate in percent that may have been written as a fraction: taken as written, and told."""

from __future__ import annotations

import pytest

from tests.intake.conftest import Home, rules_of
from warehouse import ledger


@pytest.fixture
def promised(home: Home) -> Home:
    """A home whose air is to be good on 90 % of days."""
    with ledger.writing(home.settings) as connection:
        connection.execute(
            "insert into plan.targets by name "
            "select * replace ('T3' as target_code, 'AIR' as indicator_code, 90 as target_value) "
            "from plan.targets where target_code = 'T1'"
        )
    return home


@pytest.mark.parametrize("value", ["0.9", "1", "0.05"])
def test_less_than_one_percent_of_a_rate_in_tens_is_told(promised: Home, value: str) -> None:
    receipt = promised.send_rows(f"2025-03,AIR,,,{value},,,,")

    assert "maybe_a_fraction" in rules_of(receipt["warnings"])


@pytest.mark.parametrize("value", ["90", "1.1", "0", "0.9%"])
def test_what_is_clearly_percent_is_not(promised: Home, value: str) -> None:
    receipt = promised.send_rows(f"2025-03,AIR,,,{value},,,,")

    assert "maybe_a_fraction" not in rules_of(receipt["warnings"])


def test_a_rate_that_is_promised_nothing_is_not(home: Home) -> None:
    receipt = home.send_rows("2025-03,AIR,,,0.9,,,,")

    assert rules_of(receipt["warnings"]) == []
