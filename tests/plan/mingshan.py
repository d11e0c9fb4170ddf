"""The plan in `seeds/` as the tests of it read it: its rows, and its text taken apart anew."""

from __future__ import annotations

import re
from pathlib import Path

from warehouse.plan.folder import Plan, Row
from warehouse.plan.reading import read
from warehouse.plan.shapes import COMMITMENT_ORGANIZATIONS, TARGETS

PROJECT = Path(__file__).parent.parent.parent
SEEDS = PROJECT / "seeds"
PLAN: Plan = read(SEEDS)
TEXT = (SEEDS / "mingshan-livelihood-plan-2023.txt").read_text(encoding="utf-8")
MEASURES, ANNEX = "三、保障措施", "附件:《2023年明山区为群众办实事清单》"

CODE = re.compile(r"\b[GTA]\d\d-(?:\d\d|Q\d[ABC]?|E1)(?![0-9A-Z])")
"""A target's code, wherever it is written."""


def texts() -> dict[str, str]:
    """Return every commitment's text by its code, as the plan's lines number them."""
    tasks, _, rest = TEXT.partition(MEASURES)
    annex = rest.partition(ANNEX)[2]
    goals = {f"G{number:02}": line for number, line in enumerate(re.findall(r"^--(.*)$", tasks, re.M), 1)}
    return goals | _numbered("T", tasks) | _numbered("A", annex)


def _numbered(kind: str, text: str) -> dict[str, str]:
    return {f"{kind}{int(number):02}": line for number, line in re.findall(r"^(\d+)\.(.*)$", text, re.M)}


def targets_of(commitment_code: str) -> list[Row]:
    """Return the targets of a commitment."""
    return [row for row in PLAN.of(TARGETS) if row.text("commitment_code") == commitment_code]


def bodies_of(commitment_code: str, role: str) -> list[str]:
    """Return the codes of a commitment's bodies in a role."""
    return [
        row.text("organization_code")
        for row in PLAN.of(COMMITMENT_ORGANIZATIONS)
        if row.text("commitment_code") == commitment_code and row.text("role") == role
    ]


def indicator_of(target: Row) -> Row:
    """Return the indicator that a target is judged by."""
    return PLAN.indicators[target.text("indicator_code")]


def window_of(target: Row) -> tuple[str, str]:
    """Return a target's first and last month."""
    return target.text_as_written("window_start"), target.text_as_written("window_end")
