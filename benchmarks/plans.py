"""Plans of other sizes, made from the real one: more indicators, more areas, other districts."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from warehouse.settings import PROJECT

Row = dict[str, str]
_REAL = PROJECT / "seeds"
_DISTRICT = "210504"
_PLAN = "MINGSHAN-2023"
_FIRST_OTHER_AREA = 100
_COPIED_CODES = {
    "indicators.csv": ("indicator_code", "input_a", "input_b"),
    "targets.csv": ("target_code", "indicator_code", "anchor_target_code", "superseded_by"),
    "target_revisions.csv": ("target_code", "replaced_by"),
    "pace_profiles.csv": ("target_code",),
}
_LISTED = ";"


def write_plan(folder: Path, *, indicators: int = 1, areas: int = 1, district: int = 0) -> Path:
    """Write the real plan with so many times its indicators and subdistricts, under a district's own code.

    Every copy of an indicator has copies of its targets; every copy of a subdistrict reports like the first.
    Returns the folder.
    """
    shutil.copytree(_REAL, folder)
    for name, codes in _COPIED_CODES.items():
        _rewrite(folder / name, partial(_copied, codes, indicators))
    _rewrite(folder / "areas.csv", partial(_with_areas, areas))
    if district:
        _rename(folder, f"99{district:04d}")
    return folder


def _rewrite(path: Path, change: Callable[[list[Row]], Iterator[Row]]) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        names, rows = list(reader.fieldnames or []), list(reader)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(change(rows))


def _copied(codes: tuple[str, ...], times: int, rows: list[Row]) -> Iterator[Row]:
    for number in range(times):
        for row in rows:
            yield row if number == 0 else _copy(row, codes, number)


def _copy(row: Row, codes: tuple[str, ...], number: int) -> Row:
    changed = {
        code: _LISTED.join(f"{one}-X{number}" for one in row[code].split(_LISTED))
        for code in codes
        if row[code]
    }
    if "name_zh" in row:  # two indicators cannot have one name
        changed["name_zh"] = f"{row['name_zh']}（样例{number}）"
    return row | changed


def _with_areas(times: int, rows: list[Row]) -> Iterator[Row]:
    yield from rows
    subdistricts = [row for row in rows if row["level"] == "subdistrict"]
    for number, row in enumerate(subdistricts * (times - 1), start=_FIRST_OTHER_AREA):
        yield row | {"area_code": f"{_DISTRICT}{number:03d}", "name_zh": f"样例街道{number}"}


def _rename(folder: Path, district: str) -> None:
    """Give the plan and all of its areas the codes of another district, in another prefecture."""
    renamed = {
        _DISTRICT: district,
        ",district,2105": f",district,{district[:4]}",
        _PLAN: f"SAMPLE-{district}",
    }
    for name in ("areas.csv", "targets.csv", "plan.csv"):
        path = folder / name
        text = path.read_text(encoding="utf-8")
        for old, new in renamed.items():
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
