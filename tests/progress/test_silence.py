"""Promise 9: silence never looks like progress.

Each case is a target with a random history, told twice: whole, and without the only statement of one place
(indicator, area, month). Figures are not negative and nothing is corrected, as the promise says.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from tests.progress.district import EAST, RATIO, WEST, District, Report
from warehouse.periods import Period
from warehouse.settings import PROJECT

MONTHS = ("2023-08", "2024-05", "2024-12")
CASES = 200
MANY = 3000
FAVOURS = {
    "at_least": "up", "above": "up", "rises": "up",
    "at_most": "down", "below": "down", "zero": "down", "declines": "down",
}  # fmt: skip
AREAS = {"district": ("999999",), "subdistrict": (EAST, WEST)}

Rows = dict[tuple[str, str], dict[str, Any]]


def _ranks() -> dict[str, int]:
    file = PROJECT / "dbt_project" / "seeds" / "statuses.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        return {row["status"]: int(row["rank"]) for row in csv.DictReader(stream)}


@dataclass(frozen=True)
class Case:
    """An indicator with its traits and reports, perhaps one derived from it, and a target."""

    traits: dict[str, str]
    derived: dict[str, str] | None
    target: dict[str, str]
    reports: list[Report] = field(default_factory=list)

    def without(self, number: int) -> Case:
        """The same, but for one statement."""
        return replace(self, reports=self.reports[:number] + self.reports[number + 1 :])

    def add(self, district: District, code: str) -> None:
        """Add it to a plan and its ledger."""
        district.indicator(code, *self.reports, **self.traits)
        if self.derived:
            derived = {name: text.replace("INPUT", code) for name, text in self.derived.items()}
            district.indicator(f"D{code}", **derived)
        district.target(code, f"D{code}" if self.derived else code, **self.target)


def drawn(chance: random.Random) -> Case:
    aggregation = chance.choice(["sum", "sum", "last", "last", "mean", "ratio", "ratio_last"])
    level = "district" if aggregation == "mean" else chance.choice(["district", "district", "subdistrict"])
    traits = {
        "aggregation": aggregation,
        "reporting_level": level,
        "frequency": chance.choice(["monthly", "monthly", "quarterly"]),
        "lag_months": chance.choice(["0", "0", "0", "2"]),
        "decimals": chance.choice(["0", "2"]),
    }
    if aggregation in ("ratio", "ratio_last"):
        traits |= RATIO | {"aggregation": aggregation}
    if aggregation in ("last", "ratio_last") and chance.random() < 0.6:
        traits["base_period"] = "2022-12"
    derived = None
    if aggregation == "sum" and chance.random() < 0.3:
        derived = {"aggregation": "growth", "input_a": "INPUT", "unit": "%", "frequency": traits["frequency"]}
    target = drawn_target(chance, traits, is_growth=derived is not None)
    favoured = FAVOURS.get(target["comparator"]) or chance.choice(["up", "down", ""])
    traits["favourable"] = favoured
    if derived:
        derived["favourable"] = favoured
    return Case(traits, derived, target, drawn_reports(chance, traits))


def drawn_target(chance: random.Random, traits: dict[str, str], *, is_growth: bool) -> dict[str, str]:
    comparators = ["at_least", "at_least", "above", "at_most", "below", "between", "about"]
    if traits["aggregation"] in ("sum", "last") and not is_growth:
        comparators += ["zero", "declines", "rises"]
    comparator = chance.choice(comparators)
    goal = chance.randint(4, 60) * (1 if traits["aggregation"] in ("last", "mean") or is_growth else 3)
    target: dict[str, str] = {
        "comparator": comparator,
        "target_value": "" if comparator in ("zero", "declines", "rises") else str(goal),
        "judged": chance.choice(["as_reached", "at_end", "at_end", "throughout"]),
        "pace": chance.choice(["level", "none"]),
        "window_start": "2023-01",
        "window_end": "2024-12",
    }
    if comparator in ("declines", "rises") or chance.random() < 0.3:
        target["repeat"] = "yearly"
    if comparator == "between":
        target["upper_value"] = str(goal + chance.randint(1, 20))
    if comparator == "about":
        target["tolerance"] = str(chance.randint(1, 3))
    if comparator not in ("zero", "declines", "rises") and not is_growth and chance.random() < 0.6:
        target["pace"] = "linear"
    if comparator in ("zero", "at_most", "below", "declines", "rises") and target["judged"] == "as_reached":
        target["judged"] = "at_end"
    return target


def drawn_reports(chance: random.Random, traits: dict[str, str]) -> list[Report]:
    step = 3 if traits["frequency"] == "quarterly" else 1
    months = list(Period(2022, 1).through(Period(2024, 12)))[step - 1 :: step]
    ends = chance.randint(len(months) // 3, len(months))
    gaps = chance.choice([0.0, 0.0, 0.1])
    high = chance.choice([3, 20, 60])
    reports = []
    for month in months[:ends]:
        for area in AREAS[traits["reporting_level"]]:
            if chance.random() < gaps:
                continue
            figure = chance.randint(0, high)
            if "scale" in traits:
                reports.append(
                    Report(str(month), parts=(str(figure), str(figure + chance.randint(0, 30))), area=area)
                )
            else:
                reports.append(Report(str(month), str(figure), area=area))
    return reports


def told_twice(district: District, cases: list[tuple[Case, int]]) -> None:
    for number, (case, silent) in enumerate(cases):
        case.add(district, f"W{number}")
        case.without(silent).add(district, f"S{number}")


def draw(first: int, count: int) -> list[tuple[Case, int]]:
    cases = []
    for number in range(first, first + count):
        chance = random.Random(number)
        case = drawn(chance)
        cases.append((case, chance.randrange(len(case.reports))))
    return cases


def improvements(rows: Rows, cases: list[tuple[Case, int]]) -> list[str]:
    """Name each case whose status, colour or part in the share is better without the statement."""
    ranks = _ranks()
    found = []
    for number, (case, silent) in enumerate(cases):
        for (code, window), whole in rows.items():
            if code != f"W{number}":
                continue
            less = rows[f"S{number}", window]
            if is_better(less, whole, ranks) or share_of(less) > share_of(whole):
                found.append(
                    f"{number} {window}: {whole['status']} → {less['status']} without "
                    f"{case.reports[silent]}; {case.target}; {case.traits}; {case.derived}"
                )
    return found


def is_better(less: dict[str, Any], whole: dict[str, Any], ranks: dict[str, int]) -> bool:
    """Whether a status is better than another; what was silent before may be called what then shows of it."""
    if ranks[whole["status"]] >= ranks["no_baseline"]:
        return share_of(less) > 0
    return ranks[less["status"]] < ranks[whole["status"]]


def share_of(row: dict[str, Any]) -> int:
    """What a window does to the share of green of who leads it: 2 helps, 1 does not count, 0 harms."""
    if row["light"] == "green":
        return 2
    return 0 if row["light"] in ("yellow", "red") or row["is_owed"] else 1


@pytest.mark.slow
@pytest.mark.parametrize("count", [CASES, pytest.param(MANY, marks=pytest.mark.long)])
def test_no_history_looks_better_without_one_of_its_statements(district: District, count: int) -> None:
    cases = draw(0, count)
    told_twice(district, cases)

    found = {month: improvements(district.build(month), cases) for month in MONTHS}

    assert found == {month: [] for month in MONTHS}
