"""`make performance`: docs/performance.md and its plots, written from what the benches left behind."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks import plots, table
from benchmarks.machine import in_words
from benchmarks.measure import Figure, Measurement, Run
from benchmarks.registry import SUBJECTS, figures
from benchmarks.results import Results, folder_of, read
from warehouse import durable
from warehouse.errors import MinshengError
from warehouse.settings import PROJECT, Settings

DOCUMENTS = PROJECT / "docs"
PAGE = "performance.md"


def main() -> None:
    """Write the page's results and its plots; the prose around them stays as it is."""
    write(folder_of(Settings()), DOCUMENTS)


def write(results: Path, documents: Path) -> None:
    """Write from a folder of results into a folder that has the page; the same results give the same bytes.

    Raises MinshengError where a bench has no results.
    """
    found = [_results(results, subject) for subject in SUBJECTS]
    for name, drawing in _plots(found).items():
        durable.write(documents / "images" / f"performance-{name}.svg", drawing.encode())
    put(documents / PAGE, rendered(found))


def put(page: Path, content: str, name: str = "results") -> None:
    """Replace what stands between the page's marks of that name."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    _, mark, after = rest.partition(end)
    if not mark:
        raise MinshengError(f"{page.name} has no place for results: it needs {begin} and {end}")
    durable.write(page, f"{before}{begin}\n{content}\n{end}{after}".encode())


def rendered(found: list[Results]) -> str:
    """Return the machine, what is kept and what is not, the table, and how fast each curve grows."""
    known = figures()
    measured = [measurement for results in found for measurement in results.measurements]
    rows = [
        table.row(known[one.figure], one, judged=results.is_judged)
        for results in found
        for one in results.measurements
    ]
    names = {one.figure for one in measured}
    rows += [table.unmeasured(figure) for name, figure in known.items() if name not in names]
    parts = [*_sources(found), "", *_verdicts(known, found), "", table.HEADER, *rows, ""]
    return "\n".join([*parts, *_growth(known, measured)])


def _results(folder: Path, subject: str) -> Results:
    results = read(folder, subject)
    if results is None:
        raise MinshengError(f"{subject} was not measured: run `make bench ONLY={subject}` first")
    return results


def _sources(found: list[Results]) -> list[str]:
    """Say which benches ran where, when and how large: they need not all be from one run."""
    by_source: dict[str, list[Results]] = defaultdict(list)
    for one in found:
        source = f"{in_words(one.machine)}; measured on {one.measured_on} with SCALE={one.size:g}"
        by_source[source].append(one)
    return [
        f"- {', '.join(one.subject for one in benches)}: {source}, "
        f"load average up to {max(one.load for one in benches):.0f}"
        for source, benches in by_source.items()
    ]


def _verdicts(known: dict[str, Figure], found: list[Results]) -> list[str]:
    judged = [one for results in found if results.is_judged for one in results.measurements]
    limited = [(one, limit) for one in judged for limit in known[one.figure].limits]
    broken = [(one, limit) for one, limit in limited if not one.keeps(limit)]
    small = [results.subject for results in found if not results.is_judged]
    return [
        f"**{len(limited) - len(broken)} of {len(limited)} limits are kept.**",
        *(
            f"- Not kept: `{one.figure}` with {one.size:,}, {table.said(limit.of, one.median_of(limit.of))} "
            f"against at most {table.said(limit.of, limit.at_most)}."
            for one, limit in broken
        ),
        *([f"- Not judged, with inputs far smaller than agreed: {', '.join(small)}."] if small else []),
    ]


def _growth(known: dict[str, Figure], measured: list[Measurement]) -> list[str]:
    """Say of each curve how the time grows from one size to the next."""
    steps = [
        f"| {known[name].what.format(size=large.size)}, from {small.size:,} | "
        f"{large.size / small.size:.0f} | {_times(small.ours, large.ours):.1f} | "
        f"{_times(small.theirs, large.theirs):.1f} |"
        for name, points in _curves(measured).items()
        for small, large in pairwise(points)
    ]
    return [
        "| growth to | times the size | times our time | times the time beside it |",
        f"|{' --- |' * 4}",
        *steps,
    ]


def _times(small: list[Run], large: list[Run]) -> float:
    return median(run.seconds for run in large) / median(run.seconds for run in small)


def _curves(measured: list[Measurement]) -> dict[str, list[Measurement]]:
    """Return the figures that were measured at several sizes."""
    by_figure: dict[str, list[Measurement]] = defaultdict(list)
    for one in measured:
        by_figure[one.figure].append(one)
    return {name: points for name, points in by_figure.items() if len(points) > 1}


def _plots(found: list[Results]) -> dict[str, str]:
    known, measured = figures(), [one for results in found for one in results.measurements]
    curves = _curves(measured)
    spans = [_span(known[one.figure], one) for one in measured if one.figure not in curves]
    title = "times the time of what stands beside it; the red bar is the limit"
    return {"ratios": plots.spans(spans, title)} | {
        name: plots.lines(_lines(known[name], points), "rows", "seconds", logarithmic=True)
        for name, points in curves.items()
    }


def _span(figure: Figure, measurement: Measurement) -> plots.Span:
    ratios = measurement.ratios
    limit = next((one.at_most for one in figure.limits if one.of == "ratio"), None)
    return plots.Span(figure.name, median(ratios), min(ratios), max(ratios), limit)


def _lines(figure: Figure, points: list[Measurement]) -> list[plots.Line]:
    ours = [(point.size, median(run.seconds for run in point.ours)) for point in points]
    theirs = [(point.size, median(run.seconds for run in point.theirs)) for point in points]
    return [plots.Line("Minsheng", ours), plots.Line(figure.peer.replace("`", ""), theirs)]


if __name__ == "__main__":
    main()
