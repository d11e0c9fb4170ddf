"""`make scaling`, second half: docs/scaling.md and its plots, from what the simulation left behind."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import linear_regression
from typing import Any

from benchmarks import plots
from benchmarks.machine import in_words
from benchmarks.measure import Run
from benchmarks.page import DOCUMENTS, put
from benchmarks.province import FILE, Districts, Month, Size
from benchmarks.results import folder_of
from warehouse import durable
from warehouse.errors import MinshengError
from warehouse.settings import Settings

PAGE = "scaling.md"
STEPS = ("intake", "build", "gate", "publication")
_CURVES = {
    "indicators": "times the indicators",
    "areas": "times the subdistricts",
    "months": "months reported",
}


_PROVINCE, _THREE_YEARS = 100, 36


def main() -> None:
    """Write the page's results and its plots; the prose around them stays as it is."""
    write(folder_of(Settings()) / FILE, DOCUMENTS)


def write(results: Path, documents: Path) -> None:
    """Write from a file of results into a folder that has the page; the same results give the same bytes.

    Raises MinshengError where nothing was measured.
    """
    if not results.exists():
        raise MinshengError("No province was measured: run `make scaling` first")
    found = json.loads(results.read_text(encoding="utf-8"))
    months = [_month(one) for one in found["months"]]
    districts = [Districts(**one) for one in found["districts"]]
    for name, drawing in _plots(months, districts).items():
        durable.write(documents / "images" / f"scaling-{name}.svg", drawing.encode())
    source = (
        f"{in_words(found['machine'])}; measured on {found['measured_on']}, load average {found['load']:.0f}"
    )
    put(
        documents / PAGE,
        "\n".join([source, "", *_months(months), "", *_districts(districts), "", *_fits(months, districts)]),
    )


def curve(months: list[Month], name: str) -> list[Month]:
    """Return the sizes that differ from the smallest in that one thing only, the smallest first."""
    base = Size()
    others = [field for field in _CURVES if field != name]
    found = [
        one for one in months if all(getattr(one.size, field) == getattr(base, field) for field in others)
    ]
    return sorted(found, key=lambda one: _along(one, name))


def _month(found: dict[str, Any]) -> Month:
    steps = {name: Run(**run) for name, run in found["steps"].items()}
    return Month(**found | {"size": Size(**found["size"]), "steps": steps})


def _months(months: list[Month]) -> list[str]:
    heads = (
        "indicators", "subdistricts", "months reported", "observations",
        *(f"{step}, processor s" for step in STEPS), "whole job", "peak memory", "ledger", "edition",
    )  # fmt: skip
    return [*_head(heads), *(_month_row(one) for one in months)]


def _month_row(one: Month) -> str:
    steps = [one.steps[step].processor_seconds for step in STEPS]
    cells = (
        f"× {one.size.indicators}", f"× {one.size.areas}", str(one.size.months), f"{one.observations:,}",
        *(f"{seconds:.1f}" for seconds in steps), f"{_job_seconds(one):.1f}", f"{one.gibibytes:.2f} GiB",
        _mebibytes(one.ledger_bytes), _mebibytes(one.edition_bytes),
    )  # fmt: skip
    return _row(cells)


def _districts(districts: list[Districts]) -> list[str]:
    heads = ("districts", "at once", "seconds", "seconds a district", "processor s a district", "disk a home")
    rows = [
        _row(
            (
                str(one.districts), str(one.at_once), f"{one.seconds:.0f}",
                f"{one.seconds / one.districts:.1f}", f"{one.processor_seconds / one.districts:.1f}",
                _mebibytes(one.bytes_a_home),
            )
        )
        for one in districts
    ]  # fmt: skip
    return [*_head(heads), *rows]


def _fits(months: list[Month], districts: list[Districts]) -> list[str]:
    """Say how the whole job grows along each curve, and what a province comes to if nothing else changes."""
    rows = [
        _fit(name, [(_along(one, name), _job_seconds(one)) for one in curve(months, name)])
        for name in _CURVES
    ]
    largest = max(districts, key=lambda one: (one.districts, -one.at_once))
    minutes = _PROVINCE * largest.processor_seconds / largest.districts / 60
    gibibytes = _PROVINCE * _THREE_YEARS * min(one.edition_bytes for one in months) / 2**30
    heads = ("whole job along", "processor s, fixed", "processor s, for each", "farthest point from the line")
    province = (
        f"A hundred districts, extrapolated from {largest.districts}: {minutes:.0f} minutes of one core for "
        f"a month of all of them; {gibibytes:.0f} GiB of editions in three years."
    )
    return [*_head(heads), *rows, "", province]


def _fit(name: str, points: list[tuple[int, float]]) -> str:
    """Lay a straight line through the points, and say how far the farthest of them lies from it."""
    slope, fixed = linear_regression(*zip(*points, strict=True))
    farthest = max(abs(seconds / (fixed + slope * size) - 1) for size, seconds in points)
    return _row((_CURVES[name], f"{fixed:.1f}", f"{slope:.2f}", f"{100 * farthest:.0f} %"))


def _along(one: Month, name: str) -> int:
    return int(getattr(one.size, name))


def _job_seconds(one: Month) -> float:
    return sum(one.steps[step].processor_seconds for step in STEPS)


def _head(names: tuple[str, ...]) -> list[str]:
    return [_row(names), f"|{' --- |' * len(names)}"]


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _mebibytes(number: int) -> str:
    return f"{number / 2**20:.1f} MiB"


def _plots(months: list[Month], districts: list[Districts]) -> dict[str, str]:
    drawings = {
        name: plots.lines(
            _step_lines(curve(months, name), name), title, "processor seconds", logarithmic=False
        )
        for name, title in _CURVES.items()
    }
    widths = sorted({one.at_once for one in districts})
    drawings["districts"] = plots.lines(
        [
            plots.Line(
                f"{width} at once",
                [(one.districts, one.processor_seconds) for one in districts if one.at_once == width],
            )
            for width in widths
        ],
        "districts",
        "processor seconds",
        logarithmic=False,
    )
    return drawings


def _step_lines(found: list[Month], name: str) -> list[plots.Line]:
    return [
        plots.Line(step, [(_along(one, name), one.steps[step].processor_seconds) for one in found])
        for step in STEPS
    ]


if __name__ == "__main__":
    main()
