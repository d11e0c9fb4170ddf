"""What a file says of units: in brackets in a heading, or in a line 单位：… above or below its table.

A unit of the vocabulary (dbt_project/seeds/units.csv) may have a scale before it, 万元 or 千人; 千克, 百分点
and the like are units of their own. SQL converts (`unit_factor` in macros.sql).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from functools import cache

from warehouse.intake.findings import FileRefused
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
_OTHER_FORMS = str.maketrans("萬億仟佰拾", "万亿千百十")
_BESIDE_A_UNIT = re.compile(r"^(?:计量)?单位[:：]?|人民币|rmb")
_STATEMENT = re.compile(
    r"(?:^|[\s(（:：,，;；。、]|计量|金额|货币|数据|数量)单\s*位\s*(?:为|[:：(（]|\s|$)\s*(?P<said>.*)"
)
_IN_WORDS = re.compile(
    r"(?:以|按|均为|皆为)(?P<said>[十百千万亿].{0,5}?)(?:为单位|计|统计|填|表示|$|[\s,，;；。、()（）])"
)
_PARTED = re.compile(r"[\s,，;；、。()（）/]+")
_SCALED = re.compile(
    r"单\s*位[^0-9]*[十百千万亿](?:元|人|人次|户|吨|亩|平方米|立方米|公里|件|个)(?:$|[\s,，;；、。()（）])"
)


@cache
def vocabulary() -> frozenset[str]:
    """Return every unit that the project knows."""
    with _VOCABULARY.open(encoding="utf-8", newline="") as stream:
        return frozenset(row["unit"] for row in csv.DictReader(stream))


def unit_in(text: str) -> str | None:
    """Return the unit that a text is, with its scale; None where it is none."""
    written = _BESIDE_A_UNIT.sub("", narrowed(text).casefold().translate(_OTHER_FORMS)).strip()
    if written in vocabulary():
        return written
    match = _SCALE.fullmatch(written)
    if match is None or match[1] is None:
        return None
    return written if not match[2] or match[2] in vocabulary() else None


def stated_unit(rows: Iterable[Sequence[str]]) -> str | None:
    """Return the unit that lines beside a table state for all its figures, as 单位：万元 and 以万元计 do.

    The last line that states one counts. Raises FileRefused where a scale is stated, and not plainly of what.
    """
    stated = None
    for row in rows:
        filled = [narrowed(cell) for cell in row if cell.strip()]
        for cell, following in zip(filled, [*filled, ""][1:], strict=True):
            stated = _stated_in(cell, following) or stated
    return stated


def _stated_in(cell: str, following: str) -> str | None:
    match = _STATEMENT.search(cell)
    said = match["said"] if match else ""
    units = {unit_in(part) for part in _PARTED.split(said or (following if match else "")) if part}
    known = units - {None}
    if len(known) == 1 and (unit := known.pop()) and (said == "" or unit_in(_PARTED.split(said)[0])):
        return unit
    if not match and (words := _IN_WORDS.search(cell)) and (unit := unit_in(words["said"])):
        return unit
    if _SCALED.search(cell) or len(known) > 1:
        raise FileRefused("unclear_unit", text=cell[:60])
    return None
