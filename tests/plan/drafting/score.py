"""How much of the shipped plan a draft of its text finds, held against the registry: `make draft-score`.

A numeric statement is a target of the registry with a value and a digit in its quote. It is found where the
draft has a target of the same commitment and value; of that one the comparator, the unit and the window's end
are compared.
"""

from __future__ import annotations

import csv
import re
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from warehouse.plan import examine
from warehouse.plan.drafting import draft
from warehouse.settings import PROJECT

REGISTRY = PROJECT / "seeds"
_DIGIT = re.compile(r"[0-9]")


@dataclass(frozen=True)
class Numeric:
    """One numeric statement of a plan folder."""

    code: str
    commitment: str
    value: Decimal
    comparator: str
    unit: str
    window_end: str
    quote: str


@dataclass(frozen=True)
class Score:
    """What a draft found, as shares from 0 to 1, and the registry's statements that it missed."""

    recall: float
    precision: float
    comparator: float
    unit: float
    window: float
    answering: float
    """Share of the registry's rows of commitment, organization and role for tasks and annex items."""
    answering_precision: float
    missed: list[Numeric]
    invented: list[Numeric]


def score(folder: Path) -> Score:
    """Return the score of a drafted folder."""
    wanted = [one for one in _numeric(REGISTRY) if _DIGIT.search(one.quote)]
    promised, drafted = _by_value(_numeric(REGISTRY)), _numeric(folder)
    found = _by_value(drafted)
    pairs = [(one, _closest(one, found[one.commitment, one.value])) for one in wanted]
    hits = [(one, other) for one, other in pairs if other is not None]
    invented = [one for one in drafted if not promised[one.commitment, one.value]]
    bodies, drafted_bodies = _answering(REGISTRY), _answering(folder)
    return Score(
        recall=len(hits) / len(wanted),
        precision=1 - len(invented) / len(drafted),
        comparator=_share([one.comparator == other.comparator for one, other in hits]),
        unit=_share([one.unit == other.unit for one, other in hits]),
        window=_share([one.window_end == other.window_end for one, other in hits]),
        answering=len(bodies & drafted_bodies) / len(bodies),
        answering_precision=len(bodies & drafted_bodies) / len(drafted_bodies),
        missed=[one for one, other in pairs if other is None],
        invented=invented,
    )


def main() -> None:
    """Draft the shipped plan's text and print its score."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "draft"
        draft(next(REGISTRY.glob("*.txt")), folder, examine(REGISTRY).plan)
        result = score(folder)
    for name in ("recall", "precision", "comparator", "unit", "window", "answering", "answering_precision"):
        sys.stdout.write(f"{name:20} {getattr(result, name):7.1%}\n")
    for title, statements in (("missed", result.missed), ("not in the registry", result.invented)):
        for one in statements:
            sys.stdout.write(f"{title}: {one.code} {one.value} {one.unit} {one.quote}\n")


def _numeric(folder: Path) -> list[Numeric]:
    units = {row["indicator_code"]: row["unit"] for row in _rows(folder, "indicators.csv")}
    return [
        Numeric(
            row["target_code"],
            row["commitment_code"],
            Decimal(row["target_value"]),
            row["comparator"],
            units[row["indicator_code"]],
            row["window_end"],
            row["quote_zh"],
        )
        for row in _rows(folder, "targets.csv")
        if row["target_value"]
    ]


def _by_value(statements: list[Numeric]) -> defaultdict[tuple[str, Decimal], list[Numeric]]:
    found: defaultdict[tuple[str, Decimal], list[Numeric]] = defaultdict(list)
    for one in statements:
        found[one.commitment, one.value].append(one)
    return found


def _closest(wanted: Numeric, found: list[Numeric]) -> Numeric | None:
    return max(
        found,
        key=lambda one: (
            (one.comparator == wanted.comparator)
            + (one.unit == wanted.unit)
            + (one.window_end == wanted.window_end)
        ),
        default=None,
    )


def _answering(folder: Path) -> set[tuple[str, str, str]]:
    names = {row["organization_code"]: row["name_zh"] for row in _rows(folder, "organizations.csv")}
    return {
        (row["commitment_code"], names[row["organization_code"]], row["role"])
        for row in _rows(folder, "commitment_organizations.csv")
        if row["commitment_code"][0] in "TA"
    }


def _share(holds: list[bool]) -> float:
    return sum(holds) / len(holds)


def _rows(folder: Path, file: str) -> list[dict[str, str]]:
    with (folder / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


if __name__ == "__main__":
    main()
