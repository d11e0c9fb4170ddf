"""The numbers of the real plan: each is the value of a target, or is listed with the reason why not."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from tests.plan.mingshan import PLAN, targets_of, texts
from warehouse.plan.folder import Row
from warehouse.plan.shapes import TARGETS

TEXTS = texts()
TIMES = {"": 1, "万": 10_000, "亿": 100_000_000}
NUMBER = re.compile(r"(\d+(?:\.\d+)?)([万亿]?)")
WORDED = {
    "T03-01": (100, "every household has at least one (至少一人) in work"),
    "T13-03": (Decimal("1.2"), "1:2:1 is read as 1.2:1"),
    "T23-01": (100, "全覆盖 of the 20"),
    "T31-02": (2, "倍增 is twice the base"),
    "T31-03": (3, "增长2倍 is three times the base"),
    "T32-02": (100, "every resident within the 10 minutes"),
}
"""Statements whose value is in their words: the value, and how they are read."""

with (Path(__file__).parent / "numbers_without_target.csv").open(encoding="utf-8", newline="") as stream:
    EXCLUDED = list(csv.DictReader(stream))


@dataclass(frozen=True)
class Figure:
    """A number in a commitment's text, in base units, and where it stands."""

    value: Decimal
    start: int
    end: int


def figures(text: str) -> Iterator[Figure]:
    for found in NUMBER.finditer(text):
        yield Figure(Decimal(found[1]) * TIMES[found[2]], found.start(), found.end())


def is_value_of(figure: Figure, target: Row, text: str) -> bool:
    """Return whether a figure stands in a target's quote and is its value."""
    start = text.index(target.text("quote_zh"))
    quoted = start <= figure.start and figure.end <= start + len(target.text("quote_zh"))
    return quoted and figure.value == target.number("target_value")


def is_excluded(figure: Figure, code: str, text: str) -> bool:
    words = [row["words"] for row in EXCLUDED if code in row["commitment_codes"].split(";")]
    spans = [found.span() for each in words for found in re.finditer(re.escape(each), text)]
    return any(start <= figure.start and figure.end <= end for start, end in spans)


@pytest.mark.parametrize("code", TEXTS)
def test_every_number_of_a_commitment_is_a_target_or_has_a_reason_to_be_none(code: str) -> None:
    text = TEXTS[code]

    unclaimed = [
        text[max(0, figure.start - 6) : figure.end + 6]
        for figure in figures(text)
        if not any(is_value_of(figure, target, text) for target in targets_of(code))
        and not is_excluded(figure, code, text)
    ]

    assert unclaimed == []


STATEMENTS = [row for row in PLAN.of(TARGETS) if re.fullmatch(r"[GTA]\d\d-\d\d", row.text("target_code"))]


@pytest.mark.parametrize("target", STATEMENTS, ids=lambda row: row.text("target_code"))
def test_the_value_of_a_target_is_the_number_of_its_quote_in_base_units(target: Row) -> None:
    code = target.text("target_code")
    quoted = {figure.value for figure in figures(target.text("quote_zh"))}

    allowed = {WORDED[code][0]} if code in WORDED else quoted

    assert target.number("target_value") in allowed


@pytest.mark.parametrize("row", EXCLUDED, ids=lambda row: row["words"])
def test_an_exclusion_is_of_words_that_stand_there_and_hold_a_number(row: dict[str, str]) -> None:
    missing = [code for code in row["commitment_codes"].split(";") if row["words"] not in TEXTS[code]]

    assert missing == []
    assert re.search(r"\d", row["words"])
    assert row["reason"]


@pytest.mark.parametrize(
    ("code", "value", "unit"),
    [
        ("T03-02", 10_000, "人"),
        ("T05-01", 10_000, "人次"),
        ("T02-01", 1_000, "个次"),
        ("T31-01", 560_000_000, "元"),
        ("T31-04", 1_800_000_000, "元"),
        ("T35-03", 2_000, "亩"),
        ("T35-05", 2_223_600, "立方米"),
        ("A21-01", 1_800_000, "元"),
        ("T06-01", 300, "人"),
        ("A02-04", 100, "户"),
        ("A11-01", Decimal("6.492"), "公里"),
    ],
)
def test_values_are_in_base_units(code: str, value: Decimal, unit: str) -> None:
    target = PLAN.targets[code]

    assert target.number("target_value") == value
    assert PLAN.indicators[target.text("indicator_code")].text("unit") == unit
