"""How many statements of each kind the real plan holds, and that each is judged as its kind is."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from tests.plan.mingshan import CODE, PLAN, PROJECT, indicator_of
from warehouse.plan.shapes import TARGETS

NOTES = (PROJECT / "docs" / "plan-notes.md").read_text(encoding="utf-8")
LISTED = re.compile(r"^\| ([^|]+) \| [^|]+ \| (\d+) \| (\d+) \| ([^|]+) \|$", re.M)


class Kind(NamedTuple):
    """A kind as docs/plan-notes.md lists it."""

    name: str
    numbered: int
    unnumbered: int
    codes: list[str]


KINDS = [
    Kind(name, int(numbered), int(unnumbered), codes.split())
    for name, numbered, unnumbered, codes in LISTED.findall(NOTES)
]

# What a kind is judged by: aggregations, comparators, and when.
JUDGED_BY = {
    "total to 2025": ("sum", "at_least", "as_reached"),
    "total of one year": ("sum", "at_least", "as_reached"),
    "floor of each year": ("sum", "at_least", "as_reached"),
    "stock in force": ("last", "at_least", "at_end"),
    "level": ("last", "at_least above", "at_end"),
    "rate of a stock": ("ratio_last last", "at_least", "at_end"),
    "rate of a period": ("ratio ratio_last", "at_least", "at_end"),
    "all of them": ("ratio ratio_last", "at_least", "at_end"),
    "per resident": ("quotient", "at_least", "at_end as_reached"),
    "at most": ("ratio_last last sum", "at_most", "at_end throughout"),
    "about": ("ratio_last last sum", "about", "at_end throughout as_reached"),
    "held": ("ratio_last last increment", "at_least", "throughout"),
    "growth on the year before": ("growth", "at_least", "at_end"),
    "multiple of a base year": ("multiple", "at_least", "at_end"),
    "rise by an amount": ("increment", "at_least", "as_reached"),
    "ratio of two standards": ("quotient", "at_least at_most", "at_end"),
    "growth against growth": ("difference", "above at_least", "at_end"),
    "outside benchmark": ("difference ratio_last", "above at_most", "at_end"),
    "direction only": ("growth last quotient sum ratio_last", "rises declines at_least at_most", "at_end"),
    "none may happen": ("sum", "zero", "throughout"),
    "none left": ("ratio ratio_last last", "at_least at_most", "at_end"),
    "milestone with a date": ("last", "done", "as_reached"),
    "deliverable without date or number": ("last", "evidence", "as_reached"),
    "forecast": ("sum", "at_least", "as_reached"),
    "floor for each unit": ("ratio_last", "at_least", "at_end"),
    "whole commitment without any test": ("last", "evidence", "as_reached"),
}


def test_every_target_is_of_one_kind() -> None:
    listed = [code for kind in KINDS for code in kind.codes]

    assert sorted(listed) == sorted(PLAN.targets)


def test_there_are_155_statements_with_a_number_four_of_them_repeats() -> None:
    numbered = [code for code in PLAN.targets if re.fullmatch(r"...-\d\d", code)]
    repeats = [code for code in numbered if PLAN.targets[code].text("superseded_by") in numbered]

    assert (len(numbered), len(repeats)) == (155, 4)


def test_there_are_106_checkable_statements_without_a_number() -> None:
    statements = {re.sub("[ABC]$", "", code) for code in PLAN.targets if "-Q" in code}

    assert len(statements) == 106


def test_with_the_parts_of_four_statements_and_five_whole_commitments_there_are_271_targets() -> None:
    parts = [code for code in PLAN.targets if code.endswith(("B", "C"))]
    whole = [code for code in PLAN.targets if code.endswith("-E1")]

    assert (len(parts), len(whole)) == (5, 5)
    assert len(PLAN.of(TARGETS)) == 155 + 106 + 5 + 5


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_has_as_many_statements_as_the_notes_say(kind: Kind) -> None:
    numbered = [code for code in kind.codes if re.fullmatch(r"...-\d\d", code)]
    unnumbered = {re.sub("[ABC]$", "", code) for code in kind.codes if "-Q" in code}

    assert (len(numbered), len(unnumbered)) == (kind.numbered, kind.unnumbered)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_target_is_judged_as_its_kind_is(kind: Kind) -> None:
    aggregations, comparators, judged = (words.split() for words in JUDGED_BY[kind.name])

    strangers = [
        code
        for code in kind.codes
        if (target := PLAN.targets[code])
        and not (
            indicator_of(target).text("aggregation") in aggregations
            and target.text("comparator") in comparators
            and target.text("judged") in judged
        )
    ]

    assert strangers == []


def test_every_code_in_the_notes_is_a_target() -> None:
    assert set(CODE.findall(NOTES)) <= set(PLAN.targets)
