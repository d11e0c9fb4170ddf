"""What a file says of units: in brackets in a heading, or in a line 单位：… above the header.

A unit of the vocabulary (dbt_project/seeds/units.csv) may have a scale before it, 万元 or 千人; 千克, 百分点
and the like are units of their own. SQL converts (`unit_factor` in macros.sql).
"""

from __future__ import annotations

import csv
import re
from functools import cache

from warehouse.intake.values import narrowed
from warehouse.settings import PROJECT

_VOCABULARY = PROJECT / "dbt_project" / "seeds" / "units.csv"
SCALES = {
    "十": 10,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
"""The words that may stand before a unit, and how many of it they mean."""
_SCALE = re.compile(f"({'|'.join(sorted(SCALES, key=len, reverse=True))})?(.*)")
_LINE = re.compile(r"(?:计量)?单位\s*[:：]\s*(.+)")


@cache
def vocabulary() -> frozenset[str]:
    """Return every unit that the project knows."""
    with _VOCABULARY.open(encoding="utf-8", newline="") as stream:
        return frozenset(row["unit"] for row in csv.DictReader(stream))


def unit_in(text: str) -> str | None:
    """Return the unit that a text is, with its scale; None where it is none."""
    written = narrowed(text)
    if written in vocabulary():
        return written
    match = _SCALE.fullmatch(written)
    if match is None or match[1] is None:
        return None
    return written if not match[2] or match[2] in vocabulary() else None


def unit_of_line(cell: str) -> str | None:
    """Return the unit that a cell above the header states for the whole sheet; 单位：某局 states none."""
    match = _LINE.fullmatch(narrowed(cell))
    return unit_in(match[1]) if match else None
