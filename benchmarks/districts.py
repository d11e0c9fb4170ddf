"""What many districts cost one installation: reading their DAGs, and the city's view over their editions.

`python -m benchmarks.districts` measures and writes the table in docs/scaling.md: some minutes.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.homes import TRIAL, temporary_home
from benchmarks.machine import in_words, load, machine
from benchmarks.measure import Run, here
from benchmarks.page import DOCUMENTS, put
from warehouse import city, durable, editions, gate, progress
from warehouse.clock import now
from warehouse.districts import City, read
from warehouse.logs import keep_quiet
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

MARK = "districts"
_PAGE = DOCUMENTS / "scaling.md"
_SIZES = (1, 10, 100)
_PARSE = "benchmarks.district_dags"


@dataclass(frozen=True)
class Size:
    """So many districts: all DAGs read, the DAG of one task read, and the city's view over their editions."""

    districts: int
    parse: Run
    task: Run
    mebibytes: float
    city: Run


def main() -> None:
    """Measure every size and write the table; the prose around it stays as it is."""
    keep_quiet()
    source = f"{in_words(machine())}; measured on {now():%Y-%m-%d}, load average {load():.0f}"
    steps = (progress.build, gate.check, _publish)
    with temporary_home(PROJECT / "seeds", TRIAL, steps) as settings, tempfile.TemporaryDirectory() as folder:
        sizes = [measured(Path(folder) / str(number), settings, number) for number in _SIZES]
    put(_PAGE, "\n".join([source, "", *rows(sizes)]), MARK)


def measured(folder: Path, published: Settings, districts: int) -> Size:
    """Measure so many districts, each with a copy of a published home's editions."""
    listing = folder / "districts.yml"
    entries = [_entry(folder, published, f"{210000 + number}") for number in range(districts)]
    durable.write(listing, ("districts:\n" + "".join(entries)).encode())
    whole, mebibytes = _parsed(folder, listing)
    one, _ = _parsed(folder, listing, "210000.publish_monthly")
    settings = City().settings(home=folder)
    view = here(lambda _: city.build(settings, read(listing), TRIAL), 0)
    return Size(districts, whole, one, mebibytes, view)


def rows(sizes: list[Size]) -> list[str]:
    """Return the table: a row for each size."""
    names = (
        "districts", "DAGs", "all DAGs read, processor s", "by the clock", "memory",
        "a task's DAG read, processor s", "city's view, processor s", "by the clock",
    )  # fmt: skip
    cells = [
        (
            str(one.districts), str(5 * one.districts), f"{one.parse.processor_seconds:.2f}",
            f"{one.parse.seconds:.2f} s", f"{one.mebibytes:.0f} MiB", f"{one.task.processor_seconds:.2f}",
            f"{one.city.processor_seconds:.1f}", f"{one.city.seconds:.1f} s",
        )
        for one in sizes
    ]  # fmt: skip
    return [f"| {' | '.join(row)} |" for row in (names, ("---",) * len(names), *cells)]


def _entry(folder: Path, published: Settings, code: str) -> str:
    home = folder / "homes" / code
    for part in (published.editions, published.archive / "publications"):
        place = home / part.relative_to(published.home)
        # Links to one file, as nothing is written here.
        shutil.copytree(part, place, copy_function=os.link, symlinks=True)
    return f"- {{code: '{code}', name: 样例区{code}, home: {home}, plan: {published.plan}}}\n"


def _parsed(folder: Path, listing: Path, dag_id: str = "") -> tuple[Run, float]:
    words = [sys.executable, "-m", _PARSE, *filter(None, [dag_id])]
    variables = os.environ | {"MINSHENG_DISTRICTS": str(listing), "AIRFLOW_HOME": str(folder)}
    done = subprocess.run(words, env=variables, cwd=PROJECT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    return Run(found["seconds"], found["processor_seconds"]), found["mebibytes"]


def _publish(settings: Settings, month: Period) -> None:
    editions.publish(settings, month, approved_by="样例审批人")


if __name__ == "__main__":
    main()
