"""How the words of the real plan were read: what each asks for, and where they contradict each other."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from tests.plan.mingshan import CODE, NOTES, PLAN, differing, targets_of, window_of
from warehouse.plan.folder import Row
from warehouse.plan.shapes import PACE_PROFILES, TARGETS

DECISIONS = NOTES[NOTES.index("## What the plan says twice") :]
OF_2025 = [
    code
    for listed in ("The year 2025, since the figure begins anew each year:", "alone for the same reason")
    for code in CODE.findall(NOTES.partition(listed)[2].partition(". ")[0])
]
TARGETS_BY_CODE = PLAN.targets
OPEN_WORDS = {
    "突破": "above",
    "增速高于": "above",
    "不低于": "at_least",
    "不少于": "at_least",
    "不高于": "at_most",
    "以内": "at_most",
    "%以下": "at_most",
    "立方米以下": "at_most",
    "左右": "about",
    "逐年下降": "declines",
}


def codes(rows: list[Row]) -> list[str]:
    return [row.text("target_code") for row in rows]


def quoting(words: str) -> list[Row]:
    return [row for row in PLAN.of(TARGETS) if words in row.text("quote_zh")]


@pytest.mark.parametrize(("words", "comparator"), OPEN_WORDS.items())
def test_a_word_asks_for_the_same_wherever_it_stands(words: str, comparator: str) -> None:
    assert quoting(words)
    assert {row.text("comparator") for row in quoting(words)} == {comparator}


def test_what_is_about_has_a_tolerance_and_nothing_else_has() -> None:
    with_tolerance = {
        row.text("target_code"): row.number("tolerance")
        for row in PLAN.of(TARGETS)
        if row.is_filled("tolerance")
    }

    assert with_tolerance == {
        "G01-02": Decimal("0.5"),
        "G08-01": Decimal("0.5"),
        "T34-01": Decimal("0.5"),
        "T35-01": Decimal("117.5"),
    }


@pytest.mark.parametrize("words", ["稳定在", "保持在", "巩固适龄"])
def test_what_is_to_be_held_must_hold_at_every_report(words: str) -> None:
    assert quoting(words)
    assert {row.text("judged") for row in quoting(words)} == {"throughout"}


@pytest.mark.parametrize("words", ["每年", "年度", "逐年"])
def test_what_is_asked_each_year_has_a_verdict_each_year(words: str) -> None:
    assert quoting(words)
    assert {row.text("repeat") for row in quoting(words)} == {"yearly"}


def test_what_repeats_yearly_has_the_three_years_but_for_graduates_whose_first_is_in_the_annex() -> None:
    windows = {
        row.text("target_code"): window_of(row) for row in PLAN.of(TARGETS) if row.text("repeat") == "yearly"
    }

    expected = dict.fromkeys(windows, ("2023-01", "2025-12")) | {"T02-03": ("2024-01", "2025-12")}
    assert differing(windows, expected) == {}


@pytest.mark.parametrize("words", ["到2025年", "2025年,"])
def test_what_is_due_in_2025_has_one_verdict_unless_its_words_say_each_year(words: str) -> None:
    yearly = {row.text("target_code") for row in quoting(words) if row.text("repeat") == "yearly"}

    assert yearly == set()


@pytest.mark.parametrize("code", OF_2025)
def test_a_figure_that_begins_anew_and_is_promised_for_2025_is_of_2025(code: str) -> None:
    assert window_of(TARGETS_BY_CODE[code]) == ("2025-01", "2025-12")
    assert TARGETS_BY_CODE[code].text("repeat") == "none"


@pytest.mark.parametrize("words", ["到2025年", "2025年,"])
def test_what_is_due_in_2025_ends_in_its_december(words: str) -> None:
    assert {window_of(row)[1] for row in quoting(words)} == {"2025-12"}


def test_the_annex_is_of_2023_but_for_the_titles_of_homes() -> None:
    later = [
        row
        for row in PLAN.of(TARGETS)
        if row.text("commitment_code").startswith("A") and window_of(row) != ("2023-01", "2023-12")
    ]

    assert {row.text("target_code"): window_of(row) for row in later} == {
        "A15-Q1": ("2023-01", "2024-12"),
        "A15-Q2": ("2023-01", "2024-12"),
    }


def test_goals_and_tasks_are_of_three_years_unless_their_words_have_another_date() -> None:
    shorter = {
        row.text("target_code"): window_of(row)
        for row in PLAN.of(TARGETS)
        if not row.text("commitment_code").startswith("A") and window_of(row) != ("2023-01", "2025-12")
    }

    others = {code: months for code, months in shorter.items() if code not in OF_2025}
    assert others == {
        "T02-03": ("2024-01", "2025-12"),  # 2023 is the annex's
        "T18-Q1": ("2023-01", "2024-12"),  # 2024年正式办学
        "T24-Q2": ("2023-01", "2023-12"),  # 2023年…项目
        "T31-Q3": ("2023-01", "2023-12"),  # 年内
        "T43-Q2": ("2023-01", "2023-12"),  # 2023行动
    }


def test_a_value_without_a_number_in_the_plan_is_100_or_one_of_the_few_that_were_set() -> None:
    assumed = {
        row.text("target_code"): row.text_as_written("target_value")
        for row in PLAN.of(TARGETS)
        if "-Q" in row.text("target_code") and row.is_filled("target_value")
    }

    assert {code: value for code, value in assumed.items() if value != "100"} == {
        # No worse, or better, than what it is set against.
        **dict.fromkeys(["G02-Q2", "G02-Q3", "T10-Q3", "G06-Q2", "G03-Q1", "G03-Q2", "T10-Q1"], "0"),
        **dict.fromkeys(["G02-Q1", "T10-Q4", "T13-Q1", "T13-Q2", "T13-Q3A", "T13-Q3B", "T13-Q4"], "0"),
        **dict.fromkeys(["T17-Q1", "T22-Q2", "T41-Q5"], "0"),
        # None of them.
        **dict.fromkeys(["T34-Q1", "T43-Q4"], "0"),
        # 基本同步, 基本消除, 绝大多数, 中游, 广泛.
        "T08-Q2": "-0.5",
        "G08-Q1": "2",
        **dict.fromkeys(["G08-Q2", "G09-Q1"], "90"),
        "G11-Q1": "90",
        **dict.fromkeys(["T13-Q6A", "T13-Q6B"], "67"),
        **dict.fromkeys(["T41-Q7A", "T41-Q7B", "T41-Q7C"], "50"),
    }


def test_a_slice_of_2023_bends_the_line_of_its_three_years() -> None:
    annex = [row for code in PLAN.commitments if code.startswith("A") for row in targets_of(code)]
    totals = [
        row
        for row in PLAN.of(TARGETS)
        if row.text("pace") == "linear" and window_of(row) == ("2023-01", "2025-12")
    ]

    slices = {
        total.text("target_code"): part.text("target_code")
        for total in totals
        for part in annex
        if part.text("indicator_code") == total.text("indicator_code")
    }

    # 953 parking places are more than the 600 of three years: no slice of them.
    assert slices.pop("T38-02") == "A17-01"
    assert slices == {
        row.text("target_code"): row.text("anchor_target_code")
        for row in PLAN.of(TARGETS)
        if row.is_filled("anchor_target_code")
    }
    assert len(slices) == 15


def test_an_anchor_is_not_more_than_the_whole() -> None:
    values = {
        row.text("target_code"): (anchor.number("target_value") or 0, row.number("target_value") or 0)
        for row in PLAN.of(TARGETS)
        if (anchor := TARGETS_BY_CODE.get(row.text("anchor_target_code")))
    }

    assert values
    assert {code: (part, whole) for code, (part, whole) in values.items() if part > whole} == {}


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("就业率、服务率、回访率均达100%", 3),
        ("城乡最低生活保障标准分别提高3%和7%", 2),
        ("供养标准不低于城乡低保标准的1.3倍", 2),
        ("孤儿、事实无人抚养儿童基本生活保障标准提高5%", 2),
        ("核查率、回复率100%", 2),
        ("生产安全事故总量和死亡人数逐年下降", 2),
    ],
)
def test_one_sentence_with_several_figures_is_as_many_targets(words: str, count: int) -> None:
    found = quoting(words)

    assert len(found) == len({row.text("indicator_code") for row in found}) == count


@pytest.mark.parametrize(("code", "year"), [("A01-04", 2023), ("T02-03", 2024), ("T02-03", 2025)])
def test_graduates_find_work_from_july_to_december(code: str, year: int) -> None:
    points = {
        row.text_as_written("period"): row.number("expected_pct")
        for row in PLAN.of(PACE_PROFILES)
        if row.text("target_code") == code
    }

    assert points[f"{year}-06"] == 0
    assert points[f"{year}-09"] == 50
    assert points[f"{year}-12"] == 100


def test_the_words_that_the_notes_quote_are_the_plans() -> None:
    assert PLAN.text is not None
    assert [words for words in re.findall("「(.*?)」", NOTES) if not PLAN.text.holds(words)] == []


def test_whatever_was_assumed_or_resolved_is_in_the_notes() -> None:
    resolved = [
        row
        for row in PLAN.of(TARGETS)
        if row.is_filled("superseded_by")
        or re.search(f"{CODE.pattern}|推定|设定|无定义", row.text("note_zh"))
    ]

    assert len(resolved) > 100
    assert [code for code in codes(resolved) if code not in CODE.findall(DECISIONS)] == []


def test_the_notes_list_every_assumed_window() -> None:
    listed = NOTES[NOTES.index("## Assumed windows") : NOTES.index("The care building")]

    assert sorted(CODE.findall(listed)) == sorted(
        code for code, row in TARGETS_BY_CODE.items() if "期限推定" in row.text("note_zh")
    )
