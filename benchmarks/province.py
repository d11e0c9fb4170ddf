"""A province in simulation: what the monthly job costs as districts, indicators, areas and months grow.

`python -m benchmarks.province` measures and keeps the results: ten minutes on two idle cores.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from benchmarks import homes
from benchmarks.machine import load, machine
from benchmarks.measure import Run, here, peak_gibibytes, processor_seconds
from benchmarks.plans import write_plan
from benchmarks.results import folder_of
from warehouse import durable, editions, gate, intake, progress, samples
from warehouse.clock import now
from warehouse.logs import keep_quiet
from warehouse.periods import Period
from warehouse.settings import Settings

FILE = "province.json"
_REPORTING_STARTS = Period(2023, 11)
_APPROVER = "样例审批人"
Found = TypeVar("Found")


@dataclass(frozen=True)
class Size:
    """How many times the real plan's indicators and subdistricts, and how many months have been reported."""

    indicators: int = 1
    areas: int = 1
    months: int = 3


SIZES = (
    Size(),
    *(Size(indicators=times) for times in (3, 10)),
    *(Size(areas=times) for times in (3, 10)),
    *(Size(months=months) for months in (12, 26)),
)
DISTRICTS = (1, 3, 6)
AT_ONCE = (1, 2)


@dataclass(frozen=True)
class Month:
    """The monthly job of one district at one size: what each step cost, and what was there after it."""

    size: Size
    steps: dict[str, Run]
    gibibytes: float
    observations: int
    ledger_bytes: int
    edition_bytes: int


@dataclass(frozen=True)
class Districts:
    """So many districts, each a month by the command line, so many of them at once."""

    districts: int
    at_once: int
    seconds: float
    processor_seconds: float
    bytes_a_home: int


def main() -> None:
    """Measure every size and keep the results for the page."""
    months = [_told(_in_a_process(size)) for size in SIZES]
    districts = [_told(one) for one in _provinces(DISTRICTS, AT_ONCE)]
    keep(folder_of(Settings()), months, districts)


def keep(folder: Path, months: list[Month], districts: list[Districts]) -> None:
    """Write what was measured beside the results of the benches."""
    found = {
        "measured_on": now().date().isoformat(),
        "machine": machine(),
        "load": load(),
        "months": [asdict(one) for one in months],
        "districts": [asdict(one) for one in districts],
    }
    durable.write(folder / FILE, json.dumps(found, ensure_ascii=False, indent=1).encode())


def month(size: Size) -> Month:
    """Take a district of that size through its last month, after all months before it were taken in."""
    keep_quiet()
    last = _REPORTING_STARTS + (size.months - 1)
    with tempfile.TemporaryDirectory() as folder:
        plan = write_plan(Path(folder) / "plan", indicators=size.indicators, areas=size.areas)
        with homes.temporary_home(plan, last + -1) as made:
            settings = made.model_copy(update={"browser": ""})
            samples.write(settings, last)
            steps = {
                "intake": here(lambda _: intake.take_in(settings), 0),
                "build": here(lambda _: progress.build(settings, last), 0),
                "gate": here(lambda _: gate.check(settings, last), 0),
                "publication": here(lambda _: editions.publish(settings, last, _APPROVER, "样例"), 0),
            }
            sizes = settings.ledger_file.stat().st_size, _bytes_under(settings.editions)
            return Month(size, steps, peak_gibibytes(), homes.observations_in(settings), *sizes)


def _in_a_process(size: Size) -> Month:
    """Measure in a fresh process: its memory is its own, and dbt and the gate start anew as in a month."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(month, size).result()


def _provinces(numbers: tuple[int, ...], at_once: tuple[int, ...]) -> Iterator[Districts]:
    """Run the month of every district by the real commands, one after the other and side by side."""
    for number in numbers:
        for width in at_once:
            if width <= number:
                yield districts(number, width)


def districts(number: int, at_once: int) -> Districts:
    """Make so many districts with homes of their own, then time their month."""
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder) / f"district{one}" for one in range(1, number + 1)]
        for one, path in enumerate(places, start=1):
            write_plan(path / "plan", district=one)
            _minsheng(path, "init")
            _minsheng(path, "sample", "--through", str(_REPORTING_STARTS))
        begin, processor = time.perf_counter(), processor_seconds()
        with ThreadPoolExecutor(at_once) as pool:
            list(pool.map(_month_by_command, places))
        return Districts(
            number,
            at_once,
            time.perf_counter() - begin,
            processor_seconds() - processor,
            sum(_bytes_under(path / "home") for path in places) // number,
        )


def _month_by_command(district: Path) -> None:
    _minsheng(district, "run", "--period", str(_REPORTING_STARTS), "--approve", _APPROVER)


def _minsheng(district: Path, *words: str) -> None:
    places = {"MINSHENG_HOME": str(district / "home"), "MINSHENG_PLAN": str(district / "plan")}
    environment = os.environ | places | {"MINSHENG_STABLE_SECONDS": "0", "MINSHENG_BROWSER": ""}
    command = [str(Path(sys.executable).parent / "minsheng"), *words]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def _bytes_under(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _told(found: Found) -> Found:
    print(found, flush=True)
    return found


if __name__ == "__main__":
    main()
