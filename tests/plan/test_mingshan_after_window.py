"""What can complete a target of the real plan after its window: works, and nothing that is of a year."""

from __future__ import annotations

from tests.plan.mingshan import CODE, KINDS, NOTES, PLAN, differing, indicator_of
from warehouse.plan.shapes import TARGETS

SECTION = NOTES[NOTES.index("## What comes after a window") : NOTES.index("## Figures that others publish")]
WORKS = CODE.findall(SECTION.partition("Sums of works:")[2].partition("- Sums that end")[0])
ENDING = CODE.findall(SECTION.partition("Sums that end:")[2].partition("The villages")[0])
BUILT_UP = [
    *["stock in force", "rate of a stock", "per resident", "rise by an amount", "floor for each unit"],
    *["all of them", "none left", "level"],
]
"""Kinds of targets whose figure work builds up, where it has a line to its end or none."""
NOT_BUILT_UP = {
    "A10-04": "a sample survey of one year",
    "G06-02": "a level that others publish",
    "T35-05": "a level that others publish",
    "T44-01": "samples of one year",
    "T10-Q7": "subsidies of a year",
    "T11-Q1": "contributions of a year",
    "T02-05": "graduates of one year",
    "T02-09": "graduates of one year",
    "A01-05": "graduates of one year",
    "A02-01": "graduates of one year",
    "A08-Q1": "pupils of one year",
    "A08-Q2": "pupils of one year",
    "A20-01": "inspections of one year",
    "A20-02": "inspections of one year",
}


def after_window_of(code: str) -> str:
    return PLAN.targets[code].text("after_window")


def test_every_sum_that_is_reached_is_a_work_or_ends_as_the_notes_say() -> None:
    sums = {
        row.text("target_code"): row.text("after_window")
        for row in PLAN.of(TARGETS)
        if indicator_of(row).text("aggregation") == "sum" and row.text("judged") == "as_reached"
    }

    listed = dict.fromkeys(WORKS, "counts") | dict.fromkeys(ENDING, "ends")
    assert listed.pop("T44-01") == after_window_of("T44-01")
    assert differing(sums, listed) == {}


def test_what_work_builds_up_counts_when_it_comes_late() -> None:
    built_up = {
        code
        for kind in KINDS
        if kind.name in BUILT_UP
        for code in kind.codes
        if PLAN.targets[code].text("pace") in {"linear", "none"} and code not in NOT_BUILT_UP
    }

    assert built_up > {"A15-01", "A18-01", "A19-01", "T17-01", "T41-01"}
    assert {code for code in built_up if after_window_of(code) != "counts"} == set()


def test_what_is_of_a_year_or_published_by_others_ends_with_its_window() -> None:
    assert {code for code in NOT_BUILT_UP if after_window_of(code) != "ends"} == set()


def test_a_milestone_counts_when_it_comes_late() -> None:
    milestones = {
        row.text("target_code"): row.text("after_window")
        for row in PLAN.of(TARGETS)
        if row.text("comparator") in {"done", "evidence"}
    }

    assert differing(milestones, dict.fromkeys(milestones, "counts")) == {}
