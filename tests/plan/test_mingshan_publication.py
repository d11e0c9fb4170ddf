"""What the real plan takes from others: when it is published, as what it is reported, and how exactly."""

from __future__ import annotations

import re

import pytest

from tests.plan.mingshan import NOTES, PLAN, differing
from warehouse.plan.derivation import DERIVED
from warehouse.plan.folder import Row
from warehouse.plan.shapes import INDICATORS, TARGETS

PUBLISHED = {
    code: int(months)
    for months, codes in re.findall(r"^\| (\d+) \| ((?:[A-Z]{3}-\d{3} ?)+) \|", NOTES, re.M)
    for code in codes.split()
}
REPORTED = [row for row in PLAN.of(INDICATORS) if row.text("aggregation") not in DERIVED]
BEGINS_ANEW = re.compile("本年累计|本年1月至|自1月起|按当年|当年累计|本年已|年初")
"""Words of a description that say that the figure begins anew each year."""
AS_PUBLISHED = {
    "INC-003": 1,
    "INC-006": 1,
    "INC-007": 1,
    "INC-008": 1,
    "INC-016": 1,
    "INC-009": 2,
    "INC-023": 2,
}


def words_of(indicator: Row) -> str:
    """Return what an indicator says of itself: its description and its two parts."""
    columns = ("description_zh", "numerator_name_zh", "denominator_name_zh")
    return " ".join(indicator.text(column) for column in columns)


def of(target_code: str) -> str:
    """Return the code of the indicator that a target is judged by."""
    return PLAN.targets[target_code].text("indicator_code")


def test_a_figure_that_others_publish_later_is_due_as_late_as_the_notes_say() -> None:
    late = {row.text("indicator_code"): lag for row in REPORTED if (lag := row.integer("lag_months"))}

    assert differing(late, PUBLISHED) == {}


def test_a_figure_that_comes_late_has_a_source_and_says_that_its_lag_is_set() -> None:
    silent = {
        code
        for code in PUBLISHED
        if PLAN.indicators[code].is_empty("source_zh")
        or "个月为设定" not in PLAN.indicators[code].text("description_zh")
    }

    assert silent == set()


def test_two_figures_that_are_set_against_each_other_come_at_the_same_time() -> None:
    lags = {
        row.text("indicator_code"): {
            PLAN.indicators[row.text(column)].integer("lag_months") for column in ("input_a", "input_b")
        }
        for row in PLAN.of(INDICATORS)
        if row.text("aggregation") == "difference"
    }

    assert lags
    assert {code: lag for code, lag in lags.items() if len(lag) > 1} == {}


def test_what_waits_for_its_source_says_so() -> None:
    waiting = {row.text("target_code") for row in PLAN.of(TARGETS) if "待数据" in row.text("note_zh")}

    on_time = {code for code in waiting if not PLAN.indicators[of(code)].integer("lag_months")}
    assert {"G01-02", "G06-Q2", "T08-Q1", "T13-Q6A", "T13-Q6B"} <= waiting
    assert on_time == set()


def test_what_begins_anew_each_year_is_reported_year_to_date() -> None:
    said = {
        row.text("indicator_code")
        for row in REPORTED
        if row.text("aggregation") != "sum" and BEGINS_ANEW.search(words_of(row))
    }

    year_to_date = {
        row.text("indicator_code") for row in REPORTED if row.text("reported_as") == "year_to_date"
    }
    assert year_to_date == said
    assert len(said) > 20


def test_an_amount_is_reported_for_its_month() -> None:
    amounts = {row.text("reported_as") for row in REPORTED if row.text("aggregation") == "sum"}

    assert amounts == {"month"}


@pytest.mark.parametrize(("code", "decimals"), AS_PUBLISHED.items())
def test_what_is_compared_has_the_decimals_that_are_published(code: str, decimals: int) -> None:
    assert PLAN.indicators[code].integer("decimals") == decimals


def test_days_are_counted_whole_and_a_share_of_days_is_divided_last() -> None:
    good, heavy = PLAN.indicators["ENV-001"], PLAN.indicators["ENV-002"]

    assert (good.text("aggregation"), good.text("reported_as")) == ("ratio", "year_to_date")
    assert (heavy.text("aggregation"), heavy.text("unit"), heavy.integer("decimals")) == ("sum", "天", 0)
