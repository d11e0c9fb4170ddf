"""The real plan against its own text: every commitment, every body, every quote."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.plan.mingshan import ANNEX, MEASURES, PLAN, SEEDS, TEXT, bodies_of, differing, targets_of, texts
from warehouse.plan import check
from warehouse.plan.folder import Row
from warehouse.plan.shapes import AREAS, COMMITMENTS, ORGANIZATIONS, TARGETS

TEXTS = texts()
SUBDISTRICTS = [row for row in PLAN.of(ORGANIZATIONS) if row.text("kind") == "subdistrict"]
OWNED = [code for code in TEXTS if code.startswith(("T", "A"))]
HEADING = re.compile(r"^(\([一二三四五六七八九十]+\)[^。\n]*|2023年明山区为群众办实事清单)", re.M)
ANSWERS = re.compile(r"\((?:牵头单位:(?P<lead>.*?))?(?:[;,]?责任(?:单位|部门):(?P<responsible>.*?))?\)$")


def names_of(organization: Row) -> list[str]:
    return [organization.text("name_zh"), *filter(None, organization.text("aliases").split(";"))]


CODES = {name: row.text("organization_code") for row in PLAN.of(ORGANIZATIONS) for name in names_of(row)}


def named_bodies(commitment_code: str, role: str) -> list[str]:
    """Return the codes of the bodies that the brackets behind a commitment name."""
    answers = ANSWERS.search(TEXTS[commitment_code])
    names = re.split("[、,]", answers[role]) if answers and answers[role] else []
    everyone = [row.text("organization_code") for row in SUBDISTRICTS]
    return [
        code for name in names for code in (everyone if name == "各街道办事处" else [CODES.get(name, name)])
    ]


def section_of(commitment: Row) -> str:
    """Return the last heading that stands before a commitment; that of the safeguards has none below it."""
    before = TEXT[: TEXT.index(commitment.text("text_zh"))]
    if MEASURES in before and ANNEX not in before:
        return MEASURES
    return next(reversed(HEADING.findall(before)), "no section")


def test_the_check_finds_no_fault() -> None:
    assert check(SEEDS) == []


def test_the_plan_has_eleven_goals_47_tasks_21_annex_items_and_three_safeguards() -> None:
    kinds = Counter(row.text("kind") for row in PLAN.of(COMMITMENTS))

    assert kinds == {"goal": 11, "task": 47, "annex": 21, "safeguard": 3}


def test_every_commitment_has_its_full_text() -> None:
    assert {code: row.text("text_zh") for code, row in PLAN.commitments.items()} == TEXTS


def test_a_commitment_stands_under_its_section() -> None:
    sections = {code: row.text("section_zh") for code, row in PLAN.commitments.items()}

    assert differing(sections, {code: section_of(row) for code, row in PLAN.commitments.items()}) == {}


def test_every_task_and_annex_item_names_who_answers_in_brackets() -> None:
    assert {code for code in OWNED if not ANSWERS.search(TEXTS[code])} == set()


@pytest.mark.parametrize("role", ["lead", "responsible"])
def test_who_answers_is_who_the_plan_names(role: str) -> None:
    bodies = {code: bodies_of(code, role) for code in OWNED}

    assert differing(bodies, {code: named_bodies(code, role) for code in OWNED}) == {}


def test_goals_have_no_owner_and_one_task_no_lead() -> None:
    without_lead = [code for code in TEXTS if not bodies_of(code, "lead")]

    assert without_lead == [*(f"G{number:02}" for number in range(1, 12)), "T12"]
    assert bodies_of("T12", "responsible") == ["HRSS"]


def test_the_safeguards_are_led_by_the_office_that_they_name_and_else_by_who_issued_the_plan() -> None:
    leads = {code: bodies_of(code, "lead") for code in TEXTS if code.startswith("S")}

    assert leads == {
        "S01": ["DISTRICT_GOVERNMENT"],
        "S02": ["INSPECTION_OFFICE"],
        "S03": ["DISTRICT_GOVERNMENT"],
    }
    assert "区委区政府督查室要定期督查、通报" in TEXTS["S02"]


def test_every_subdistrict_answers_for_itself() -> None:
    areas = [row.text("name_zh") for row in PLAN.of(AREAS) if row.text("level") == "subdistrict"]

    assert [row.text("aliases") for row in SUBDISTRICTS] == areas
    assert len(areas) == 7


def test_no_body_has_a_name_that_the_plan_does_not_use() -> None:
    bodies = [row for row in PLAN.of(ORGANIZATIONS) if row not in SUBDISTRICTS]

    assert [name for row in bodies for name in names_of(row) if name not in TEXT] == []


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("市生态环境局明山分局", "ECOLOGY_BRANCH"),
        ("市生态环境局明山区分局", "ECOLOGY_BRANCH"),
        ("区住房和城乡建设局", "HOUSING"),
        ("区住房城乡建设局", "HOUSING"),
        ("省政府", "PROVINCIAL_GOVERNMENT"),
        ("辽宁省人民政府", "PROVINCIAL_GOVERNMENT"),
        ("区政府", "DISTRICT_GOVERNMENT"),
        ("明山区人民政府", "DISTRICT_GOVERNMENT"),
    ],
)
def test_a_body_is_known_by_every_spelling(spelling: str, code: str) -> None:
    assert spelling in TEXT
    assert CODES[spelling] == code


def test_a_body_that_is_named_outside_the_brackets_is_known() -> None:
    named = [
        "中共辽宁省委", "本溪市人民政府", "国务院", "市人力资源和社会保障局", "市卫生健康委",
        "市文化旅游和广播电视局", "市委网信办", "市“六个年”安全生产综合督查组", "沈阳市和平区",
        "区疾病预防控制中心", "区委区政府督查室", "国电投", "龙山泉啤酒", "宇航矿业",
    ]  # fmt: skip

    assert {name for name in named if name not in TEXT or name not in CODES} == set()


def test_a_quote_stands_once_in_its_commitment() -> None:
    counts = {
        code: TEXTS[row.text("commitment_code")].count(row.text("quote_zh"))
        for code, row in PLAN.targets.items()
    }

    assert differing(counts, dict.fromkeys(counts, 1)) == {}


def test_no_two_targets_of_a_commitment_say_the_same_of_one_indicator() -> None:
    said = [
        (row.text("commitment_code"), row.text("indicator_code"), row.text("quote_zh"))
        for row in PLAN.of(TARGETS)
    ]

    assert len(said) == len(set(said))


def test_every_commitment_has_a_target_in_force() -> None:
    in_force = {code: [row for row in targets_of(code) if row.is_empty("superseded_by")] for code in TEXTS}

    assert [code for code, targets in in_force.items() if not targets] == []
