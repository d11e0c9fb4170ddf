"""The algebra of judging: hundreds of random targets in one build, against an oracle in exact fractions."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.progress.district import District, Report

CASES = 120
FAVOURS = {
    "at_least": "up",
    "above": "up",
    "at_most": "down",
    "below": "down",
    "zero": "down",
    "between": "",
    "about": "",
}
MET = {"achieved", "exceeded"}


@dataclass(frozen=True)
class Case:
    """A target, and two figures for it of which the second is the higher one."""

    comparator: str
    target: Decimal
    upper: Decimal | None
    tolerance: Decimal | None
    low: Decimal
    high: Decimal

    @property
    def traits(self) -> dict[str, str]:
        """The columns of the plan's targets.csv."""
        texts = {"upper_value": self.upper, "tolerance": self.tolerance}
        target = "" if self.comparator == "zero" else str(self.target)
        return {
            "comparator": self.comparator,
            "target_value": target,
            **{name: "" if value is None else str(value) for name, value in texts.items()},
        }

    def times(self, factor: int) -> Case:
        """The same in a unit so many times smaller."""
        upper = None if self.upper is None else self.upper * factor
        tolerance = None if self.tolerance is None else self.tolerance * factor
        return Case(
            self.comparator, self.target * factor, upper, tolerance, self.low * factor, self.high * factor
        )


def drawn(chance: random.Random) -> Case:
    comparator = chance.choice(sorted(FAVOURS))
    may_be_negative = comparator not in ("between", "about")
    target = Decimal(
        chance.choice([0, 1, 4, 50, 100, 2480]) if chance.random() < 0.5 else chance.randint(1, 999)
    )
    if may_be_negative and chance.random() < 0.1:
        target = -target
    near = [target, target - Decimal("0.01"), target + Decimal("0.01"), Decimal(0), Decimal(-3)]
    figures = sorted(
        {chance.choice(near), target * chance.randint(1, 20) / 10, Decimal(chance.randint(1, 99))}
    )
    return Case(
        comparator=comparator,
        target=target,
        upper=target + chance.randint(1, 20) if comparator == "between" else None,
        tolerance=Decimal(chance.randint(1, 5)) / 10 if comparator == "about" else None,
        low=figures[0],
        high=figures[-1],
    )


def is_met(case: Case, figure: Decimal) -> bool:
    lower, upper = bounds(case)
    return {
        "at_least": figure >= case.target,
        "above": figure > case.target,
        "at_most": figure <= case.target,
        "below": figure < case.target,
        "zero": figure == 0,
    }.get(case.comparator, lower <= figure <= upper)


def bounds(case: Case) -> tuple[Decimal, Decimal]:
    if case.comparator == "about":
        tolerance = case.tolerance or Decimal(0)
        return case.target - tolerance, case.target + tolerance
    return case.target, case.upper or case.target


def attainment(case: Case, figure: Decimal) -> Decimal:
    """The contract's attainment, from exact fractions (design, section 6)."""
    met, (lower, upper) = is_met(case, figure), bounds(case)
    exact = Fraction(100 if met else 0)
    if case.comparator in ("at_least", "above") and case.target > 0:
        exact = Fraction(figure) / Fraction(case.target) * 100
    elif case.comparator in ("at_most", "below") and case.target > 0:
        exact = Fraction(case.target) / Fraction(figure) * 100 if figure > 0 else Fraction(100)
    elif case.comparator in ("between", "about") and not met:
        below = Fraction(figure) / Fraction(lower) if lower > 0 else Fraction(0)
        exact = 100 * (below if figure < lower else Fraction(upper) / Fraction(figure))
    # Six digits are kept before the one that is shown, as the marts keep them.
    kept = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(
        Decimal("0.000001"), ROUND_HALF_UP
    )
    shown = kept.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Decimal("99.9") if shown >= 100 and not met and kept >= Decimal("99.95") else shown


CASES_DRAWN = [drawn(random.Random(number)) for number in range(CASES)]


@pytest.fixture(scope="module")
def rows(shared_district: District) -> dict[tuple[str, str], dict[str, Any]]:
    """Every case as two targets (its low and its high figure), and once more in a smaller unit."""
    for number, case in enumerate(CASES_DRAWN):
        for unit, scaled in (("", case), ("U", case.times(100))):
            for side, figure in (("L", scaled.low), ("H", scaled.high)):
                code = f"{side}{unit}{number}"
                report = Report("2023-12", str(figure))
                shared_district.indicator(
                    code, report, aggregation="last", frequency="annual", favourable=FAVOURS[case.comparator]
                )
                traits = {"judged": "at_end", "pace": "level", "window_end": "2023-12", **scaled.traits}
                shared_district.target(code, code, **traits)
    return shared_district.build("2023-12")


def row(rows: dict[tuple[str, str], dict[str, Any]], code: str) -> dict[str, Any]:
    return rows[code, "2023-01"]


@pytest.mark.parametrize("side", ["low", "high"])
def test_attainment_is_what_the_contract_says(rows: dict[tuple[str, str], dict[str, Any]], side: str) -> None:
    for number, case in enumerate(CASES_DRAWN):
        found = row(rows, f"{side[0].upper()}{number}")["attainment_pct"]
        assert found == attainment(case, getattr(case, side)), (number, case)


def test_a_closed_window_is_met_exactly_when_the_comparator_holds(
    rows: dict[tuple[str, str], dict[str, Any]],
) -> None:
    for number, case in enumerate(CASES_DRAWN):
        for side, figure in (("L", case.low), ("H", case.high)):
            status = row(rows, f"{side}{number}")["status"]
            assert status in (MET if is_met(case, figure) else {"missed"}), (number, case)


def test_what_is_not_met_never_shows_100(rows: dict[tuple[str, str], dict[str, Any]]) -> None:
    missed = [one for one in rows.values() if one["status"] not in MET]

    assert missed
    assert all(one["attainment_pct"] < 100 for one in missed)


def test_more_of_what_is_wanted_never_attains_less(rows: dict[tuple[str, str], dict[str, Any]]) -> None:
    for number, case in enumerate(CASES_DRAWN):
        low, high = (row(rows, f"{side}{number}")["attainment_pct"] for side in "LH")
        if case.comparator in ("at_least", "above"):
            assert low <= high, (number, case)
        # Zero or less attains 100 by the contract, less than a small figure does.
        if case.comparator in ("at_most", "below") and case.low > 0:
            assert low >= high, (number, case)


def test_the_unit_makes_no_difference(rows: dict[tuple[str, str], dict[str, Any]]) -> None:
    for number, case in enumerate(CASES_DRAWN):
        for side in "LH":
            plain, scaled = row(rows, f"{side}{number}"), row(rows, f"{side}U{number}")
            same = ("attainment_pct", "status", "light", "gap_pp")
            assert [plain[name] for name in same] == [scaled[name] for name in same], (number, case)


def test_the_gap_has_the_sign_of_the_judgement(rows: dict[tuple[str, str], dict[str, Any]]) -> None:
    for number, case in enumerate(CASES_DRAWN):
        found = row(rows, f"L{number}")
        if case.comparator == "at_least":
            assert (found["gap_value"] >= 0) == (found["status"] in MET), (number, case)
