from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.errors import UsageError
from warehouse.periods import Period

periods = st.builds(Period, st.integers(1900, 2999), st.integers(1, 12))


def test_a_month_is_read_as_it_is_written() -> None:
    assert Period.parse("2025-03") == Period(2025, 3)
    assert str(Period(2025, 3)) == "2025-03"


@pytest.mark.parametrize(
    "text", ["2025-13", "2025-00", "202503", "2025-3", "March", "", "2025-03-01", "٢٠٢٥-03"]
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match="YYYY-MM"):
        Period.parse(text)


@given(periods, st.integers(-5000, 5000))
def test_adding_months_and_taking_the_difference_agree(period: Period, months: int) -> None:
    assert (period + months) - period == months


@given(periods, periods)
def test_periods_order_as_their_texts_do(one: Period, other: Period) -> None:
    assert (one < other) == (str(one) < str(other))


def test_a_span_holds_both_its_ends() -> None:
    assert [str(month) for month in Period(2023, 11).through(Period(2024, 1))] == [
        "2023-11",
        "2023-12",
        "2024-01",
    ]


def test_a_span_that_ends_before_it_begins_is_empty() -> None:
    assert list(Period(2024, 1).through(Period(2023, 12))) == []
