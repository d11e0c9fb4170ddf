"""Checking a plan folder: every fault in one pass, in the order of the files and their lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from warehouse.errors import MinshengError
from warehouse.plan.faults import Fault
from warehouse.plan.folder import Plan
from warehouse.plan.reading import read
from warehouse.plan.rules import RULES
from warehouse.plan.shapes import COMMITMENTS, INDICATORS, ORGANIZATIONS, TARGETS
from warehouse.plan.version import version_of


class Counts(TypedDict):
    """How much a plan folder holds."""

    faults: int
    organizations: int
    commitments: int
    indicators: int
    targets: int
    targets_by_comparator: dict[str, int]


@dataclass(frozen=True)
class Checked:
    """A plan folder that was read once, with all its faults."""

    folder: Path
    plan: Plan
    faults: list[Fault]

    @property
    def plan_version(self) -> str | None:
        """The version that it would be loaded under; none while it has a fault."""
        return None if self.faults else version_of(self.plan)

    @property
    def counts(self) -> Counts:
        """How many rows it holds of what matters."""
        comparators = Counter(target.text_as_written("comparator") for target in self.plan.of(TARGETS))
        return {
            "faults": len(self.faults),
            "organizations": len(self.plan.of(ORGANIZATIONS)),
            "commitments": len(self.plan.of(COMMITMENTS)),
            "indicators": len(self.plan.of(INDICATORS)),
            "targets": len(self.plan.of(TARGETS)),
            "targets_by_comparator": dict(comparators.most_common()),
        }


def check(folder: Path) -> list[Fault]:
    """Return every fault of a plan folder, sorted; raises MinshengError where there is no such folder."""
    return examine(folder).faults


def examine(folder: Path) -> Checked:
    """Read a plan folder and ask every rule of it; raises MinshengError where there is no such folder."""
    if folder.is_file():
        raise MinshengError(f"{folder} is a file, not a folder: name the folder that holds the plan's files")
    if not folder.is_dir():
        raise MinshengError(f"There is no plan folder {folder}: name one by --plan or MINSHENG_PLAN")
    plan = read(folder)
    found = {fault for rule in RULES.values() for fault in rule(plan)}
    return Checked(folder, plan, sorted(found | set(plan.faults)))
