"""A district under fault: departments that deliver, and `minsheng` commands killed at any instant."""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.checker import Checker, Delivered
from warehouse import home, intake, samples
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

MONTH = Period(2023, 4)
STEPS = ("ingest", "build", "check", "publish")
HEADER = "报告期,指标编码,地区编码,数值,备注"
# Imported once in the server that the commands are forked from: a kill then hits the work, not the imports.
_HEAVY = (
    "warehouse.cli",
    "dbt.cli.main",
    "dbt.adapters.duckdb",
    "great_expectations",
    "duckdb_engine",
    "pandas",
)


@dataclass(frozen=True)
class Case:
    """Which step is killed, and how far into it, as the seed says."""

    seed: int
    step: str
    fraction: float

    @classmethod
    def of(cls, seed: int) -> Case:
        chance = random.Random(seed)
        return cls(seed, chance.choice(STEPS), chance.random())


class District:
    """A home of the minimal plan, and the commands that work on it."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(home=folder, plan=PROJECT / "tests" / "plans" / "minimal", stable_seconds=0)
        self.checker = Checker(folder)
        self._processes: Any = multiprocessing.get_context("forkserver")
        self._processes.set_forkserver_preload(list(_HEAVY))
        self._deliveries = 0

    def open(self) -> None:
        """Load the plan, take in samples to its month, and start the server that commands are forked from."""
        home.initialise(self.settings)
        samples.write(self.settings, MONTH)
        intake.take_in(self.settings)
        self.complete("status")

    def deliver(self) -> None:
        """Drop a correction with one bad row, and a file that nobody can read."""
        self._deliveries += 1
        figures = "\n".join(
            f"{MONTH},EMP-001,99999900{street},{self._deliveries + street}," for street in (1, 2)
        )
        correction = f"{HEADER}\n{figures}\n{MONTH},EMP-001,999999001,不详{self._deliveries},\n"
        self._drop("LABOUR", correction.encode(), is_readable=True)
        self._drop("CIVIC", os.urandom(64) + b"\0", is_readable=False)

    def start(self, *words: str) -> Any:
        """Start `minsheng` with these words in a process of its own."""
        given = [*words, "--home", str(self.settings.home), "--plan", str(self.settings.plan)]
        process = self._processes.Process(target=command, args=(given,))
        process.start()
        return process

    def complete(self, *words: str) -> float:
        """Run a command to its end, which must be a good one; return the seconds that it took."""
        begin = time.monotonic()
        process = self.start(*words)
        process.join()
        assert process.exitcode == 0, f"minsheng {' '.join(words)} ended with status {process.exitcode}"
        return time.monotonic() - begin

    def kill(self, words: list[str], after_seconds: float) -> bool:
        """Start a command and kill it after a while; return whether it was still at work."""
        process = self.start(*words)
        process.join(after_seconds)
        was_at_work = process.is_alive()
        process.kill()
        process.join()
        return was_at_work

    def run(self) -> None:
        """The next run: the whole month from inbox to edition."""
        self.complete(*words_of("run"))

    def _drop(self, organization_code: str, content: bytes, *, is_readable: bool) -> None:
        path = self.settings.inbox / organization_code / f"样例{self._deliveries}.csv"
        path.write_bytes(content)
        self.checker.delivered.append(Delivered(organization_code, content, is_readable))


def words_of(step: str) -> list[str]:
    """The command of a step, or of the whole `run`."""
    if step == "ingest":
        return [step]
    approval = ["--approve", "样例审批人"] if step in ("publish", "run") else []
    return [step, "--period", str(MONTH), *approval]


def command(words: list[str]) -> None:
    """What the started process does."""
    from warehouse.cli import main

    os.environ["MINSHENG_STABLE_SECONDS"] = "0"
    sys.argv = ["minsheng", *words]
    main()
