"""The plan in `seeds/` as the tests of it read it: its rows, and its text taken apart anew."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from warehouse.plan.folder import Plan, Row
from warehouse.plan.reading import read
from warehouse.plan.shapes import COMMITMENT_ORGANIZATIONS, INDICATORS, TARGETS

PROJECT = Path(__file__).parent.parent.parent
SEEDS = PROJECT / "seeds"
PLAN: Plan = read(SEEDS)
TEXT = (SEEDS / "mingshan-livelihood-plan-2023.txt").read_text(encoding="utf-8")
NOTES = (PROJECT / "docs" / "plan-notes.md").read_text(encoding="utf-8")
MEASURES, ANNEX = "三、保障措施", "附件:《2023年明山区为群众办实事清单》"

CODE = re.compile(r"\b[GTAS]\d\d-(?:\d\d|Q\d[ABC]?|E1)(?![0-9A-Z])")
"""A target's code, wherever it is written."""


class Kind(NamedTuple):
    """A kind of targets as docs/plan-notes.md lists it."""

    name: str
    numbered: int
    unnumbered: int
    codes: list[str]


KINDS = [
    Kind(name, int(numbered), int(unnumbered), codes.split())
    for name, numbered, unnumbered, codes in re.findall(
        r"^\| ([^|]+) \| [^|]+ \| (\d+) \| (\d+) \| ([^|]+) \|$", NOTES, re.M
    )
]


def texts() -> dict[str, str]:
    """Return every commitment's text by its code, as the plan's lines number them."""
    tasks, _, rest = TEXT.partition(MEASURES)
    measures, _, annex = rest.partition(ANNEX)
    goals, safeguards = re.findall(r"^--(.*)$", tasks, re.M), re.findall(r"^\(.\)(.*)$", measures, re.M)
    return _counted("G", goals) | _numbered("T", tasks) | _numbered("A", annex) | _counted("S", safeguards)


def _counted(kind: str, lines: list[str]) -> dict[str, str]:
    return {f"{kind}{number:02}": line for number, line in enumerate(lines, 1)}


def _numbered(kind: str, text: str) -> dict[str, str]:
    return {f"{kind}{int(number):02}": line for number, line in re.findall(r"^(\d+)\.(.*)$", text, re.M)}


def targets_of(commitment_code: str) -> list[Row]:
    """Return the targets of a commitment."""
    return [row for row in PLAN.of(TARGETS) if row.text("commitment_code") == commitment_code]


def said_with(target: Row) -> list[Row]:
    """Return the targets that quote the same words of a commitment, itself among them, in their order."""
    words = target.text("quote_zh")
    return [row for row in targets_of(target.text("commitment_code")) if row.text("quote_zh") == words]


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


def judged_by(indicator_code: str) -> list[Row]:
    """Return the targets that an indicator is for, itself or as an input of what is computed."""
    computed = [
        row for row in PLAN.of(INDICATORS) if indicator_code in (row.text("input_a"), row.text("input_b"))
    ]
    return [row for row in PLAN.of(TARGETS) if row.text("indicator_code") == indicator_code] + [
        target for row in computed for target in judged_by(row.text("indicator_code"))
    ]


def differing(
    found: Mapping[str, object], expected: Mapping[str, object]
) -> dict[str, tuple[object, object]]:
    """Return what is found, and what was expected, under each code where the two differ."""
    assert expected, "nothing to compare with"
    codes = sorted(found.keys() | expected.keys())
    pairs = {code: (found.get(code, "missing"), expected.get(code, "missing")) for code in codes}
    return {code: pair for code, pair in pairs.items() if pair[0] != pair[1]}


def window_of(target: Row) -> tuple[str, str]:
    """Return a target's first and last month."""
    return target.text_as_written("window_start"), target.text_as_written("window_end")
