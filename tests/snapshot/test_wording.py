from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from warehouse.settings import PROJECT
from warehouse.snapshot import wording


@pytest.mark.parametrize(
    ("value", "beside", "text"),
    [
        ("6000.000000", None, "6,000"),
        ("0.909091", None, "0.91"),
        ("0.000000", None, "0"),
        ("-0.001", None, "0"),
        ("2.005", None, "2.01"),
        ("99.996", "100", "99.996"),
        ("99.9999995", "100", "100"),
        ("100", "100", "100"),
    ],
)
def test_a_figure_is_short_but_never_looks_equal_to_what_it_is_not(
    value: str, beside: str | None, text: str
) -> None:
    assert wording.figure(Decimal(value), Decimal(beside) if beside else None) == text


def test_no_figure_is_a_dash_and_never_zero() -> None:
    assert {wording.figure(None), wording.signed(None), wording.percent(None), wording.points(None)} == {"—"}


def test_the_statuses_are_those_of_the_warehouse() -> None:
    with (PROJECT / "dbt_project" / "seeds" / "statuses.csv").open(encoding="utf-8") as stream:
        seeded = [(row["status"], row["status_zh"], int(row["rank"])) for row in csv.DictReader(stream)]

    assert [(one.code, one.zh, one.rank) for one in wording.STATUSES.values()] == seeded


def test_a_target_between_two_values_names_both() -> None:
    row = {
        "comparator": "between",
        "unit": "%",
        "target_value": Decimal(5),
        "upper_value": Decimal(6),
        "tolerance": None,
    }

    assert (wording.target_zh(row), wording.target_en(row)) == ("介于5至6%", "between 5 to 6%")
