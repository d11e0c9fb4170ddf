"""Who reports the figures of the real plan, for which areas, and how often."""

from __future__ import annotations

from tests.plan.mingshan import KINDS, PLAN, Kind, bodies_of, differing, judged_by
from warehouse.plan.folder import Row
from warehouse.plan.shapes import INDICATORS

REPORTED = [row for row in PLAN.of(INDICATORS) if row.is_filled("organization_code")]

SAME_MATTER = {
    "城镇调查失业率": "T03",
    "社保待遇按时足额发放率": "T11",
    "异地住院费用医保直接结算率": "T11",
    "人均预期寿命": "T20",
    "全国人均预期寿命": "T20",
    "医疗卫生服务体系健全情况": "T20",
    "养老服务体系基本建成情况": "T24",
    "5G网络社区(村)覆盖率": "T33",
    "城市建成区黑臭水体消除比例": "T34",
    "2000年年底前建成老旧小区改造完成率": "T39",
    "生产安全事故死亡人数": "T43",
    "新发生信访事项及时化解率": "T46",
    "矛盾纠纷基层化解率": "T45",
    "城镇居民人均可支配收入": "T08",  # published income, for every use
    "常住人口": "T29",  # the published population, for every use
}
"""Figures of goals, which have no owner, and published ones: the task whose lead reports them."""

SHARED_LEADS = {
    "T08": [("人均 生产总值 中等收入", "DEVELOPMENT_REFORM"), ("低收入群体", "CIVIL_AFFAIRS")],
    "T13": [("养老金 工伤 失业", "HRSS"), ("低保 特困 补贴 低收入人口 物价", "CIVIL_AFFAIRS")],
    "T33": [("智能工厂 5G", "INDUSTRY_INFORMATION")],
    "T35": [("矿山", "NATURAL_RESOURCES_BRANCH"), ("林", "FORESTRY")],
}
"""Tasks that several bodies lead: which figures each of them reports, by words in their names."""

OWNS_THE_FIGURE = {
    "INC-014": "TRADE_UNION",  # the campaign is the union's
    "INC-017": "HRSS",  # it inspects labour
    "EMP-023": "DISABLED_FEDERATION",  # it reviews the quotas
    "ENV-007": "HOUSING",  # it watches the building sites
    "ENV-010": "AGRICULTURE",
    "RUR-002": "WATER",
    "RUR-003": "HEALTH",
    "RUR-004": "TRANSPORT",
    "RUR-009": "WATER",
}
"""Figures that a body owns which is responsible in the task, not its lead, and that body."""

BY_SUBDISTRICT = [
    ("EMP-001 EMP-009 EMP-016 EMP-017 EMP-019 EMP-027 EMP-029 EMP-030", "people who found work"),
    ("EMP-014 EMP-015 EMP-020 EMP-022 EMP-025", "people who are helped where they live"),
    ("SOC-035 AGE-005 URB-002", "homes and households"),
    (
        "URB-005 URB-007 URB-010 PRO-004 PRO-005 PRO-007 PRO-008 PRO-010",
        "estates, and what stands between them",
    ),
    ("CUL-002 GOV-002", "events in the streets, and disputes that they settle"),
]
"""What each subdistrict reports for itself: who and what is counted street by street."""

NOT_ASKED_OF_SUBDISTRICTS = {"EMP-001", "EMP-015", "SOC-035"}
"""Of these, what a goal or annex items alone ask for, which name no subdistricts."""

FREQUENCIES = {
    "total to 2025": "monthly",
    "total of one year": "monthly",
    "floor of each year": "monthly",
    "stock in force": "quarterly",
    "level": "annual",
    "rate of a stock": "quarterly",
    "rate of a period": "monthly",
    "all of them": "monthly",
    "per resident": "monthly",
    "at most": "monthly",
    "about": "monthly",
    "held": "annual",
    "growth on the year before": "annual",
    "multiple of a base year": "quarterly",
    "rise by an amount": "annual",
    "ratio of two standards": "annual",
    "growth against growth": "quarterly",
    "outside benchmark": "annual",
    "direction each year": "annual",
    "direction over the three years": "annual",
    "none may happen": "monthly",
    "none left": "monthly",
    "milestone with a date": "quarterly",
    "deliverable without date or number": "quarterly",
    "forecast or planned amount": "monthly",
    "floor for each unit": "monthly",
    "whole commitment without any test": "quarterly",
}

REPORTED_OTHERWISE = [
    (
        "quarterly",
        "CUL-014 INC-001 INC-016 INC-018 INC-021 INC-023 EMP-002",
        "published for quarters: tourism, income, the labour survey",
    ),
    ("annual", "INC-011 INC-012 CUL-031 CUL-033", "one survey a year"),
    ("annual", "EDU-001 EDU-003", "kindergartens and stages of school are counted once a year"),
    ("quarterly", "DIG-001 CUL-022 EDU-013 GOV-003 HLT-009 HLT-010 HLT-015 FDS-007", "places change slowly"),
    ("quarterly", "SOC-030 SOC-031 URB-001 ENV-004 ENV-008 ENV-009", "places change slowly"),
    ("quarterly", "SOC-007 SOC-033 INC-022 HLT-024", "registers are settled by the quarter"),
    ("monthly", "PRO-004 PRO-005 PRO-008 PRO-010 PRO-011", "subdistricts report each month"),
    ("monthly", "URB-013 GOV-006 GOV-008 SAF-001 SAF-002", "cases, counted as they come"),
    ("monthly", "ENV-011", "measured each month"),
]
"""Indicators that are reported at other intervals than their kind, and why."""


SUBDISTRICTS_REPORT = [code for codes, _why in BY_SUBDISTRICT for code in codes.split()]
OTHERWISE = {code: frequency for frequency, codes, _why in REPORTED_OTHERWISE for code in codes.split()}
POPULATION = "HLT-001"


def commitments_of(indicator_code: str) -> set[str]:
    """Return the commitments that need a figure."""
    return {target.text("commitment_code") for target in judged_by(indicator_code)}


def indicators_of(kind: Kind) -> set[str]:
    """Return the indicators of a kind of targets."""
    return {PLAN.targets[code].text("indicator_code") for code in kind.codes}


def reporters_of(indicator: Row) -> set[str]:
    """Return who may report a figure: who owns it, else who leads the annex items or tasks that need it."""
    name, code = indicator.text("name_zh"), indicator.text("indicator_code")
    if code in OWNS_THE_FIGURE:
        return {OWNS_THE_FIGURE[code]}
    needed_by = commitments_of(code)
    annex = {code for code in needed_by if code.startswith("A")}
    commitments = {SAME_MATTER[name]} if name in SAME_MATTER else annex or needed_by
    return {body for code in commitments for body in leads_of(code, name)}


def leads_of(commitment_code: str, name: str) -> list[str]:
    """Return who leads a commitment in what a name says; T12 has only a responsible body."""
    if commitment_code in SHARED_LEADS:
        shared = SHARED_LEADS[commitment_code]
        return [body for words, body in shared if any(word in name for word in words.split())]
    return bodies_of(commitment_code, "lead") or bodies_of(commitment_code, "responsible")


def test_a_figure_is_reported_by_who_leads_the_work_or_owns_the_figure() -> None:
    reporters = {row.text("indicator_code"): {row.text("organization_code")} for row in REPORTED}

    assert differing(reporters, {row.text("indicator_code"): reporters_of(row) for row in REPORTED}) == {}


def test_who_reports_answers_for_a_commitment_that_needs_the_figure() -> None:
    strangers = {
        row.text("indicator_code"): row.text("organization_code")
        for row in REPORTED
        if row.text("name_zh") not in SAME_MATTER
        and not any(
            row.text("organization_code") in bodies_of(code, role)
            for code in commitments_of(row.text("indicator_code"))
            for role in ("lead", "responsible")
        )
    }

    assert strangers == {}


def test_subdistricts_report_what_is_counted_where_people_live() -> None:
    assert sorted(SUBDISTRICTS_REPORT) == sorted(
        code for code, row in PLAN.indicators.items() if row.text("reporting_level") == "subdistrict"
    )


def test_subdistricts_report_only_for_tasks_in_which_they_are_responsible() -> None:
    needed_by = {
        code: commitments_of(code) | {SAME_MATTER.get(PLAN.indicators[code].text("name_zh"), "")}
        for code in set(SUBDISTRICTS_REPORT) - NOT_ASKED_OF_SUBDISTRICTS
    }

    assert needed_by
    not_responsible = {
        code: commitments
        for code, commitments in needed_by.items()
        if not any("SUBDISTRICT_BEIDI" in bodies_of(one, "responsible") for one in commitments)
    }
    assert not_responsible == {}


def test_what_subdistricts_report_is_due_each_month() -> None:
    frequencies = {code: PLAN.indicators[code].text("frequency") for code in SUBDISTRICTS_REPORT}

    assert differing(frequencies, dict.fromkeys(SUBDISTRICTS_REPORT, "monthly")) == {}


def test_a_figure_is_reported_as_often_as_its_kind_is_or_for_a_reason_otherwise() -> None:
    expected = {
        f"{kind.name}: {code}": OTHERWISE.get(code, FREQUENCIES[kind.name])
        for kind in KINDS
        for code in indicators_of(kind)
    }

    frequencies = {
        f"{kind.name}: {code}": PLAN.indicators[code].text("frequency")
        for kind in KINDS
        for code in indicators_of(kind)
    }
    assert differing(frequencies, expected) == {}


def test_what_is_computed_from_is_reported_as_often_as_what_is_computed() -> None:
    inputs = [
        (row, row.text(column))
        for row in PLAN.of(INDICATORS)
        for column in ("input_a", "input_b")
        if row.is_filled(column)
    ]

    frequencies = {
        f"{row.text('indicator_code')} from {code}": PLAN.indicators[code].text("frequency")
        for row, code in inputs
    }
    # The population is one figure for all that is per resident, whether of a month or of a year.
    expected = {
        f"{row.text('indicator_code')} from {code}": "monthly"
        if code == POPULATION
        else row.text("frequency")
        for row, code in inputs
    }
    assert differing(frequencies, expected) == {}
