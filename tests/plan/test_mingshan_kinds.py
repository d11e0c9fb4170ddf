"""How many statements of each kind the real plan holds, and that each is judged as its kind is."""

from __future__ import annotations

import re
from typing import NamedTuple

from tests.plan.mingshan import CODE, KINDS, NOTES, PLAN, Kind, differing, indicator_of, window_of
from warehouse.plan.shapes import TARGETS


class Judgement(NamedTuple):
    """How the targets of a kind are judged: one word each, or the words that may stand there."""

    aggregation: str
    comparator: str
    judged: str
    pace: str
    repeat: str = "none"


JUDGED_BY = {
    "total to 2025": Judgement("sum", "at_least", "as_reached", "linear"),
    "total of one year": Judgement("sum", "at_least", "as_reached", "linear"),
    "floor of each year": Judgement("sum", "at_least", "as_reached", "linear", "yearly"),
    "stock in force": Judgement("last", "at_least", "at_end", "linear"),
    "level": Judgement("last", "at_least above", "at_end", "linear"),
    "rate of a stock": Judgement("ratio_last last", "at_least", "at_end", "linear"),
    "rate of a period": Judgement("ratio ratio_last", "at_least", "at_end", "level"),
    "all of them": Judgement("ratio ratio_last", "at_least", "at_end", "level"),
    "per resident": Judgement("quotient", "at_least", "at_end", "linear"),
    "at most": Judgement("ratio_last last sum", "at_most", "at_end", "level"),
    "about": Judgement("ratio last sum", "about", "at_end", "level"),
    "held": Judgement("ratio_last last increment", "at_least", "throughout", "level", "yearly"),
    "growth on the year before": Judgement("growth", "at_least", "at_end", "none", "yearly"),
    "multiple of a base year": Judgement("multiple", "at_least", "at_end", "none"),
    "rise by an amount": Judgement("increment", "at_least", "at_end", "none"),
    "ratio of two standards": Judgement("quotient", "at_least at_most", "at_end", "level"),
    "growth against growth": Judgement("difference", "above at_least", "at_end", "none"),
    "outside benchmark": Judgement("difference ratio_last", "above at_most", "at_end", "none"),
    "direction each year": Judgement(
        "growth last sum ratio_last", "rises declines above at_least", "at_end", "none", "yearly"
    ),
    "direction over the three years": Judgement("increment", "above below", "at_end", "none"),
    "none may happen": Judgement("sum", "zero", "throughout", "level", "yearly"),
    "none left": Judgement("ratio ratio_last last", "at_least at_most", "at_end", "linear"),
    "milestone with a date": Judgement("last", "done", "as_reached", "none"),
    "deliverable without date or number": Judgement("last", "evidence", "as_reached", "none"),
    "forecast or planned amount": Judgement("sum", "at_least", "as_reached", "linear"),
    "floor for each unit": Judgement("ratio_last", "at_least", "at_end", "level"),
    "whole commitment without any test": Judgement("last", "evidence", "as_reached", "none"),
}

PACED_OTHERWISE = [
    ("none", "T31-04", "tourism has its season: no line within 2025"),
    ("none", "T09-01 T09-02", "one survey a year"),
    (
        "none",
        "T23-02 T26-01 A18-01 A18-02 A18-03",
        "the one is there or not, and no line leads to it",
    ),
    ("none", "T17-03", "a standard is raised in one step"),
    ("none", "A10-04", "one sample survey a year"),
    ("profile", "T02-03 A01-04", "graduates leave in June and find work from July to December"),
    ("none", "T02-05 T02-09 A01-05 A02-01", "graduates find work until the year ends"),
    ("none", "T10-Q7 T11-Q1 A08-Q1 A08-Q2 A20-01 A20-02", "done for all at once, in one part of the year"),
    ("none", "T14-01 T16-Q2", "one institution, a few stages of school: no line leads to them"),
    ("linear", "G07-Q1 G09-Q1 G09-Q2 T03-Q1 T14-02 T22-02 T23-01 T37-Q1", "a coverage is built up"),
    ("linear", "T16-Q3 T41-Q2 T41-Q3 T41-Q4 T44-Q2 T45-Q1 A19-01", "a coverage is built up"),
    ("none", "T31-01", "what was planned to be spent is no task"),
    ("linear", "T35-01", "an area adds up to its total"),
    ("level", "T47-01", "money of the year so far, against the same months"),
    ("linear", "T13-03", "逐步缩小: the ratio comes down little by little"),
    (
        "level",
        "G02-Q3 T08-Q3 T10-Q1 T10-Q6 G10-Q1 G10-Q2",
        "counted within the year, against the same months",
    ),
    ("level", "T22-Q2 T29-Q2 T46-Q2", "counted within the year, against the same months"),
    ("level", "G09-Q3 T37-Q2", "nothing may go to landfill from January on"),
    ("level", "T10-Q2 T43-Q4", "none overdue at any month's end, new ones included"),
    ("linear", "T32-02", "sports places are built up"),
]
"""Targets that have another pace than their kind, and why."""

JUDGED_OTHERWISE = [
    ("as_reached", "T44-01", "samples add up, and cannot be untaken"),
    ("throughout", "G08-Q1 A13-01 T34-02", "a budget of two days a year: the third day loses it"),
    (
        "throughout",
        "G03-Q3 T15-Q1 T43-01 T43-02 T44-02 T44-04 A06-Q1 A21-02",
        "a case once missed stays missed",
    ),
    ("throughout", "G09-Q3 T37-Q2", "what was buried stays buried"),
    ("at_end", "T34-05 A13-02", "sections are assessed on the mean of the year"),
    ("throughout", "T34-Q1", "a boiler that was built against the rules stands"),
    ("throughout", "G01-02", "保持: in the range whenever it is published"),
    ("as_reached", "T35-01", "an area adds up, and once restored is restored"),
]
"""Targets that are judged at another time than their kind, and why."""

YEARLY_TOO = {
    "T02-03": "每年: one cohort",
    "G01-02": "保持, as what is held",
    "G11-01": "年度",
}
"""Targets with a verdict each year beyond those of their kind and the assumed windows, and why."""


def listed_otherwise(listed: list[tuple[str, str, str]]) -> dict[str, str]:
    return {code: word for word, codes, _reason in listed for code in codes.split()}


PACES, TIMES = listed_otherwise(PACED_OTHERWISE), listed_otherwise(JUDGED_OTHERWISE)
KIND_OF = {code: kind for kind in KINDS for code in kind.codes}
OWED_EACH_YEAR = CODE.findall(NOTES.partition("Each year:")[2].partition("To the end of 2024")[0])


def repeat_of(code: str, kind: Kind) -> str:
    """Return how often a target is to be judged: what is of one year has one verdict."""
    start, end = window_of(PLAN.targets[code])
    if start[:4] == end[:4]:
        return "none"
    if code in YEARLY_TOO or code in OWED_EACH_YEAR:
        return "yearly"
    return JUDGED_BY[kind.name].repeat


def test_every_target_is_of_one_kind() -> None:
    listed = [code for kind in KINDS for code in kind.codes]

    assert sorted(listed) == sorted(PLAN.targets)


def test_there_are_155_statements_with_a_number() -> None:
    numbered = [code for code in PLAN.targets if re.fullmatch(r"...-\d\d", code)]

    assert len(numbered) == 155


def test_15_targets_are_superseded() -> None:
    assert len([row for row in PLAN.of(TARGETS) if row.is_filled("superseded_by")]) == 15


def test_there_are_132_checkable_statements_without_a_number() -> None:
    statements = {re.sub("[ABC]$", "", code) for code in PLAN.targets if "-Q" in code}

    assert len(statements) == 132


def test_with_the_parts_of_four_statements_and_six_whole_commitments_there_are_298_targets() -> None:
    parts = [code for code in PLAN.targets if code.endswith(("B", "C"))]
    whole = [code for code in PLAN.targets if code.endswith("-E1")]

    assert (len(parts), len(whole)) == (5, 6)
    assert len(PLAN.of(TARGETS)) == 155 + 132 + 5 + 6


def test_a_kind_has_as_many_statements_as_the_notes_say() -> None:
    counted = {
        kind.name: (
            len([code for code in kind.codes if re.fullmatch(r"...-\d\d", code)]),
            len({re.sub("[ABC]$", "", code) for code in kind.codes if "-Q" in code}),
        )
        for kind in KINDS
    }

    assert differing(counted, {kind.name: (kind.numbered, kind.unnumbered) for kind in KINDS}) == {}


def test_every_target_is_aggregated_and_compared_as_its_kind_is() -> None:
    found = {
        code: (indicator_of(row).text("aggregation"), row.text("comparator"))
        for code, row in PLAN.targets.items()
    }

    assert KIND_OF.keys() == found.keys()
    strangers = {
        code: (aggregation, comparator, KIND_OF[code].name)
        for code, (aggregation, comparator) in found.items()
        if aggregation not in JUDGED_BY[KIND_OF[code].name].aggregation.split()
        or comparator not in JUDGED_BY[KIND_OF[code].name].comparator.split()
    }
    assert strangers == {}


def test_every_target_is_judged_when_its_kind_is_or_has_a_reason_for_another_time() -> None:
    times = {code: row.text("judged") for code, row in PLAN.targets.items()}

    expected = {code: TIMES.get(code, JUDGED_BY[kind.name].judged) for code, kind in KIND_OF.items()}
    assert differing(times, expected) == {}


def test_every_target_has_the_pace_of_its_kind_or_a_reason_for_another() -> None:
    paces = {code: row.text("pace") for code, row in PLAN.targets.items()}

    expected = {code: PACES.get(code, JUDGED_BY[kind.name].pace) for code, kind in KIND_OF.items()}
    assert differing(paces, expected) == {}


def test_every_target_has_as_many_verdicts_as_its_kind_or_its_words_ask_for() -> None:
    repeats = {code: row.text("repeat") for code, row in PLAN.targets.items()}

    assert differing(repeats, {code: repeat_of(code, kind) for code, kind in KIND_OF.items()}) == {}


def test_every_code_in_the_notes_is_a_target() -> None:
    assert set(CODE.findall(NOTES)) <= set(PLAN.targets)
