"""The numbers of the real plan: each is the value of a target, or is listed with the reason why not."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from tests.plan.mingshan import PLAN, differing, indicator_of, said_with, targets_of, texts
from warehouse.plan.folder import Row
from warehouse.plan.shapes import INDICATORS, TARGETS

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
    "T34-02": (2, "0.6 % of 365 or 366 days is two whole days"),
    "A13-01": (2, "0.6 % of 365 or 366 days is two whole days"),
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


def test_every_number_of_a_commitment_is_a_target_or_has_a_reason_to_be_none() -> None:
    numbers = [(code, text, figure) for code, text in TEXTS.items() for figure in figures(text)]

    assert len(numbers) > 150
    unclaimed = {
        (code, text[max(0, figure.start - 6) : figure.end + 6])
        for code, text, figure in numbers
        if not any(is_value_of(figure, target, text) for target in targets_of(code))
        and not is_excluded(figure, code, text)
    }
    assert unclaimed == set()


STATEMENTS = [row for row in PLAN.of(TARGETS) if re.fullmatch(r"[GTA]\d\d-\d\d", row.text("target_code"))]


IN_DIGITS = [row for row in STATEMENTS if row.text("target_code") not in WORDED]
UNIT_OF_WORDS = {"名": "人"}
"""What the plan counts by another word than the unit of the indicator."""
UNITS_WITHOUT_FIGURE = {
    "元": "INC-004 INC-005 INC-015 INC-018 INC-020 INC-021 CUL-010",
    "元/月": "SOC-001 SOC-003 SOC-009 SOC-010 SOC-011 SOC-012 SOC-017 SOC-018 SOC-023 SOC-024 "
    "SOC-042 SOC-043 SOC-044",
    "百分点": "INC-003 INC-008 EDU-005 PRO-011",  # a difference of two rates
    "倍": "INC-009 INC-023 SOC-015 SOC-045 CUL-011 CUL-013",
    "系数": "EDU-002",
    "岁": "HLT-003 HLT-004",
    "人": "HLT-001 SAF-002 SOC-037",
    "天": "ENV-002",
    "人次": "CUL-012",
    "个": "HLT-012",
    "平方米": "CUL-032",
    "批次": "FDS-001",
    "台": "ENV-005",
    "起": "SAF-001 SAF-003 GOV-009 GOV-010",
    "件": "FDS-008 GOV-006",
    "项": "SAF-007",
}
"""What is counted without a figure in the plan, or goes into one. The rest are shares and progress, in %."""


def figure_of(target: Row) -> Figure | None:
    """Return the figure that a target takes: the n-th of the words for their n-th target, or the only one."""
    code = target.text("commitment_code")
    text = TEXTS[code]
    start = text.index(target.text("quote_zh"))
    end = start + len(target.text("quote_zh"))
    offered = [
        figure
        for figure in figures(text)
        if start <= figure.start and figure.end <= end and not is_excluded(figure, code, text)
    ]
    place = said_with(target).index(target) if len(offered) > 1 else 0
    return offered[place] if place < len(offered) else None


def behind(target: Row, figure: Figure) -> str:
    """Return the words behind a figure of a target."""
    return TEXTS[target.text("commitment_code")][figure.end :][:10]


def has_unit(words: str, unit: str) -> bool:
    """Return whether words begin with a unit, or with what the plan writes for it."""
    written = [unit, *(word for word, meant in UNIT_OF_WORDS.items() if meant == unit)]
    return any(words.startswith(word) for word in written)


def test_the_nth_target_of_a_sentence_has_its_nth_figure_in_base_units() -> None:
    values = {row.text("target_code"): row.number("target_value") for row in IN_DIGITS}

    written = {
        row.text("target_code"): figure.value for row in IN_DIGITS if (figure := figure_of(row)) is not None
    }
    assert differing(values, written) == {}


def test_a_value_in_words_is_read_as_listed() -> None:
    values = {code: PLAN.targets[code].number("target_value") for code in WORDED}

    assert differing(values, {code: value for code, (value, _words) in WORDED.items()}) == {}


def test_the_unit_of_an_indicator_is_the_word_behind_the_figure() -> None:
    units = {
        row.text("target_code"): (behind(row, figure), indicator_of(row).text("unit"))
        for row in IN_DIGITS
        if (figure := figure_of(row)) is not None
    }

    assert len(units) == len(IN_DIGITS) > 100
    assert {code: pair for code, pair in units.items() if not has_unit(*pair)} == {}


def test_what_has_no_figure_in_the_plan_is_in_percent_or_in_what_is_counted() -> None:
    with_figure = {target.text("indicator_code") for target in IN_DIGITS}
    listed = {code: unit for unit, codes in UNITS_WITHOUT_FIGURE.items() for code in codes.split()}

    units = {
        row.text("indicator_code"): row.text("unit")
        for row in PLAN.of(INDICATORS)
        if row.text("indicator_code") not in with_figure
    }

    assert units == {code: listed.get(code, "%") for code in units}
    assert set(listed) <= set(units)


def test_an_exclusion_is_of_words_that_stand_there() -> None:
    excluded = [(code, row["words"]) for row in EXCLUDED for code in row["commitment_codes"].split(";")]

    assert excluded
    assert {(code, words) for code, words in excluded if words not in TEXTS[code]} == set()


def test_an_exclusion_is_of_a_number_and_has_a_reason() -> None:
    reasons = {row["words"]: row["reason"] for row in EXCLUDED}

    assert len(reasons) == len(EXCLUDED)
    assert {words for words, reason in reasons.items() if not re.search(r"\d", words) or not reason} == set()


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
