"""What the real plan has computed: from which figures, by which formula, and against which base."""

from __future__ import annotations

from typing import NamedTuple

from tests.plan.mingshan import PLAN, TEXT, differing
from warehouse.plan.folder import Row
from warehouse.plan.shapes import INDICATORS, TARGETS


class Formula(NamedTuple):
    """An indicator that is computed, how, and the words of the plan that ask for it."""

    code: str
    formula: str
    words: str


ALLOWANCE, BENEFIT = "工伤保险伤残津贴月人均标准", "失业保险金月发放标准"
PENSION, STANDARD = "退休人员月人均基本养老金", "城乡居民基础养老金最低标准"
URBAN, RURAL = "城市低保标准", "农村低保标准"
URBAN_HARDSHIP, RURAL_HARDSHIP = "城市特困人员基本生活供养标准", "农村特困人员基本生活供养标准"
ORPHANS, UNATTENDED = "孤儿基本生活养育标准", "事实无人抚养儿童基本生活养育标准"
FORMULAS = [
    Formula("INC-003", "居民人均可支配收入实际增速 − 地区生产总值增速", "居民收入增速高于经济增速"),
    Formula("INC-006", "growth of 城镇居民人均可支配收入", "城镇居民人均可支配收入增速"),
    Formula("INC-007", "growth of 农村居民人均可支配收入", "农村居民人均可支配收入增速"),
    Formula(
        "INC-008",
        "农村居民人均可支配收入增速 − 城镇居民人均可支配收入增速",
        "农村居民人均可支配收入增速高于城镇居民人均可支配收入增速",
    ),
    Formula("INC-009", "1 × 城镇居民人均可支配收入 ÷ 农村居民人均可支配收入", "进一步缩小城乡差距"),
    Formula("INC-016", "growth of 农村居民人均经营净收入", "稳步提高农民经营性收入"),
    Formula("INC-023", "城乡居民收入比 less that of 2022-12", "进一步缩小城乡差距"),
    Formula("SOC-002", f"growth of {PENSION}", "稳步提高企业和机关事业单位退休人员基本养老金水平"),
    Formula("SOC-004", f"growth of {STANDARD}", "适时提高城乡居民养老保险基础养老金最低标准"),
    Formula("SOC-013", f"growth of {URBAN}", "按照年度增长不低于4%的幅度持续提高城乡居民最低生活保障标准"),
    Formula("SOC-014", f"growth of {RURAL}", "按照年度增长不低于4%的幅度持续提高城乡居民最低生活保障标准"),
    Formula("SOC-015", f"1 × {URBAN} ÷ {RURAL} since 2022-12", "城乡比值逐步缩小至1:2:1"),
    Formula("SOC-019", f"growth of {URBAN_HARDSHIP}", "供养标准分别提高2.6%和5.3%"),
    Formula("SOC-020", f"growth of {RURAL_HARDSHIP}", "供养标准分别提高2.6%和5.3%"),
    Formula("SOC-021", f"1 × {URBAN_HARDSHIP} ÷ {URBAN}", "供养标准不低于城乡低保标准的1.3倍"),
    Formula("SOC-022", f"1 × {RURAL_HARDSHIP} ÷ {RURAL}", "供养标准不低于城乡低保标准的1.3倍"),
    Formula("SOC-025", f"growth of {ORPHANS}", "孤儿、事实无人抚养儿童基本生活保障标准提高5%"),
    Formula("SOC-026", f"growth of {UNATTENDED}", "孤儿、事实无人抚养儿童基本生活保障标准提高5%"),
    Formula("SOC-042", f"{STANDARD} less that of 2022-12", "适时提高城乡居民养老保险基础养老金最低标准"),
    Formula("SOC-043", f"{ALLOWANCE} less that of 2022-12", "进一步提高工伤保险、失业保险待遇标准"),
    Formula("SOC-044", f"{BENEFIT} less that of 2022-12", "进一步提高工伤保险、失业保险待遇标准"),
    Formula("SOC-045", "城乡低保标准之比 less that of 2022-12", "逐步缩小城乡救助水平差距"),
    Formula(
        "EDU-005",
        "适龄残疾儿童少年义务教育入学安置率 less that of 2022-12",
        "巩固适龄残疾儿童少年义务教育阶段入学安置率",
    ),
    Formula("EDU-007", "特殊教育生均公用经费补助标准 less that of 2022-12", "补助标准提高1000元"),
    Formula("HLT-004", "人均预期寿命 − 全国人均预期寿命", "人均预期寿命突破80岁,高于全国平均水平"),
    Formula(
        "HLT-013", "1000 × 3岁以下婴幼儿托位数 ÷ 常住人口 since 2022-12", "每千人口拥有3岁以下婴幼儿托位"
    ),
    Formula("HLT-024", "growth of 重点人群家庭医生签约率", "为老年人等重点人群提供签约服务"),
    Formula("CUL-011", "文旅投资额 ÷ that of 2022", "文旅投资实现倍增"),
    Formula("CUL-013", "接待游客人次 ÷ that of 2022", "接待游客人次增长2倍"),
    Formula("CUL-033", "1 × 体育场地面积 ÷ 常住人口 since 2022-12", "人均体育场地面积达到2.65平方米以上"),
    Formula(
        "PRO-011",
        "住宅小区物业服务覆盖率 less that of 2022-12",
        "业主委员会组建率、物业服务覆盖率明显提高",
    ),
    Formula("FDS-002", "1000 × 食品安全抽检批次 ÷ 常住人口", "食品安全抽检量达到每千人3批次"),
    Formula("GOV-008", "growth of 返还群众被骗资金", "返还群众被骗资金数额较上年增长10%以上"),
]


def formula_of(indicator: Row) -> str:
    """Write out how an indicator is computed, by the names of what it takes."""
    a, b = (
        PLAN.indicators[code].text("name_zh") if code else ""
        for code in (indicator.text("input_a"), indicator.text("input_b"))
    )
    base = indicator.text_as_written("base_period")
    since = f" since {base}" if base else ""
    return {
        "growth": f"growth of {a}{b}{since}",
        "multiple": f"{a} ÷ that of {base}{b}",
        "increment": f"{a} less that of {base}{b}",
        "difference": f"{a} − {b}{since}",
        "quotient": f"{indicator.text_as_written('scale')} × {a} ÷ {b}{since}",
    }[indicator.text("aggregation")]


def with_aggregation(*aggregations: str) -> dict[str, Row]:
    """Return the indicators that are aggregated in one of these ways, by their codes."""
    return {code: row for code, row in PLAN.indicators.items() if row.text("aggregation") in aggregations}


def test_everything_that_is_computed_is_listed() -> None:
    computed = [row.text("indicator_code") for row in PLAN.of(INDICATORS) if row.is_filled("input_a")]

    assert computed == [formula.code for formula in FORMULAS]


def test_what_is_computed_is_computed_as_the_words_ask() -> None:
    computed = {code: formula_of(row) for code, row in PLAN.indicators.items() if row.is_filled("input_a")}

    assert differing(computed, {formula.code: formula.formula for formula in FORMULAS}) == {}


def test_the_words_that_ask_for_a_formula_are_the_plans() -> None:
    assert {formula.code: formula.words for formula in FORMULAS if formula.words not in TEXT} == {}


def test_a_multiple_has_the_whole_year_before_as_its_base() -> None:
    bases = {code: row.text_as_written("base_period") for code, row in with_aggregation("multiple").items()}

    assert differing(bases, dict.fromkeys(bases, "2022")) == {}


def test_any_other_base_is_the_month_before_the_three_years() -> None:
    bases = {
        code: row.text_as_written("base_period")
        for code, row in PLAN.indicators.items()
        if row.text("aggregation") != "multiple" and row.is_filled("base_period")
    }

    assert differing(bases, dict.fromkeys(bases, "2022-12")) == {}


def test_the_line_of_a_level_starts_at_the_figure_of_december_2022() -> None:
    on_a_line = {row.text("indicator_code") for row in PLAN.of(TARGETS) if row.text("pace") == "linear"}
    starts = {
        code: row.text_as_written("base_period")
        for code, row in with_aggregation("last", "ratio_last").items()
        if code in on_a_line
    }

    assert differing(starts, dict.fromkeys(starts, "2022-12")) == {}


def test_every_rate_is_in_percent() -> None:
    units = {
        code: (row.text_as_written("scale"), row.text("unit"))
        for code, row in with_aggregation("ratio", "ratio_last").items()
    }

    assert differing(units, dict.fromkeys(units, ("100", "%"))) == {}
