from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.intake.values import read_number, read_period


@pytest.mark.parametrize(
    "text",
    [
        "2025-03",
        "202503",
        "2025年3月",
        "2025年03月份",
        "2025/3",
        "２０２５－０３",
        " 2025-03 ",
        "2025-03-31",
        "2025/3/1",
        "2025-03-31 09:30",
        "2025-3-1 09:30:05",
    ],
)
def test_a_month_in_every_form_of_the_contract(text: str) -> None:
    assert read_period(text) == "2025-03"


@pytest.mark.parametrize(
    "text",
    ["2025-13", "2025-00", "25-03", "2025.3", "2025", "Mar-25", "2025-02-30", "03-2025", "2025年", "٢٠٢٥-03"],
)
def test_anything_else_is_no_month(text: str) -> None:
    assert read_period(text) is None


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("1,234.5", "1234.5"),
        ("１２３", "123"),
        ("1e3", "1000"),
        ("1.5E-3", "0.0015"),
        ("−5", "-5"),
        ("+5", "5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("95%", "95"),
        ("95 ％", "95"),
        ("\u3000 7 \t", "7"),
    ],
)
def test_a_number_in_every_form_of_the_contract(text: str, figure: str) -> None:
    number = read_number(text)

    assert number is not None
    assert number.figure == Decimal(figure)
    assert number.is_percent == ("%" in text or "％" in text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12人",
        "1,23",
        "1.234,5",
        "1 234",
        "(5)",
        "--5",
        "5-",
        "1e",
        "nan",
        "inf",
        "10²",
        "٣",
        "0x10",
        "1_000",
        "5%%",
    ],
)
def test_anything_else_is_no_number(text: str) -> None:
    assert read_number(text) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**14), max_value=10**14, places=9))
def test_a_number_is_rounded_half_up_to_six_decimals(exact: Decimal) -> None:
    number = read_number(f"{exact:f}")

    rounded = exact.quantize(Decimal("0.000001"), ROUND_HALF_UP)
    assert number is not None
    assert number.figure == rounded
    assert number.is_rounded == (rounded != exact)


@pytest.mark.parametrize("text", ["1e15", "-1e15", "999999999999999.9999999", "1e999"])
def test_what_the_ledger_cannot_hold_is_no_figure(text: str) -> None:
    number = read_number(text)

    assert number is not None
    assert number.figure is None
