"""Measurements as the rows of a Markdown table: medians, spread, limit, and whether it is kept."""

from __future__ import annotations

from statistics import median

from benchmarks.measure import Figure, Measurement, Quantity, Run

_COLUMNS = (
    "figure", "what", "median (spread)", "beside", "its median", "ratio (spread)", "n",
    "peak memory, ours / its", "limit", "kept",
)  # fmt: skip
HEADER = f"| {' | '.join(_COLUMNS)} |\n|{' --- |' * len(_COLUMNS)}"
_UNITS: dict[Quantity, str] = {"ratio": " times", "seconds": " s", "gibibytes": " GiB"}


def row(figure: Figure, measurement: Measurement, *, judged: bool = True) -> str:
    """Return a measurement as a row; what is far smaller than agreed is not judged."""
    ratios, seconds = measurement.ratios, [run.seconds for run in measurement.ours]
    cells = [
        f"`{figure.name}`",
        figure.what.format(size=measurement.size),
        f"{median(seconds):.3g} s ({min(seconds):.3g} to {max(seconds):.3g})",
        figure.peer.format(size=measurement.size),
        f"{median(run.seconds for run in measurement.theirs):.3g} s",
        f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})",
        str(len(ratios)),
        f"{_peak(measurement.ours)} / {_peak(measurement.theirs)}" if _peak(measurement.ours) else "",
        "; ".join(f"≤ {said(one.of, one.at_most)}" for one in figure.limits) or "none agreed",
        "; ".join("yes" if measurement.keeps(one) else "**no**" for one in figure.limits if judged),
    ]
    return f"| {' | '.join(cells)} |"


def unmeasured(figure: Figure) -> str:
    """Return the row of a figure that was not measured where the others were."""
    reason = (
        f"{figure.needs} is not installed" if figure.needs else "`make bench` has not run since it is there"
    )
    return f"| `{figure.name}` | not measured: {reason} | | {figure.peer} | | | | | | |"


def said(quantity: Quantity, value: float) -> str:
    """Return a quantity with its unit."""
    return f"{value:.3g}{_UNITS[quantity]}"


def _peak(runs: list[Run]) -> str:
    peaks = [run.gibibytes for run in runs if run.gibibytes is not None]
    return f"{median(peaks):.2f} GiB" if peaks else ""
