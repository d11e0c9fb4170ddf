"""A district under fault: departments that deliver, and `minsheng` commands killed at any instant."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from tests.faults.checker import Checker, Opened, ledger_file
from tests.faults.delivered import of_round
from warehouse import home, intake, samples
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

# How many kills `make faults` asks for; without it a few of each kind of fault are tried.
KILLS = int(os.environ.get("MINSHENG_FAULTS", "0"))
MONTH = Period(2023, 4)
STEPS = ("ingest", "build", "check", "publish")
# Imported once in the server that the commands are forked from: a kill then hits the work, not the imports.
_HEAVY = (
    "warehouse.cli",
    "dbt.cli.main",
    "dbt.adapters.duckdb",
    "great_expectations",
    "duckdb_engine",
    "pandas",
)

_Of = TypeVar("_Of")


def tried(kinds: Sequence[_Of], few: int = 1) -> Sequence[_Of]:
    """Return the faults to try: all of them with `make faults`, the first few in every other run."""
    return kinds if KILLS else kinds[:few]


@dataclass(frozen=True)
class Case:
    """How far into each step of a month it is killed, as the seed says."""

    seed: int
    fractions: dict[str, float]

    @classmethod
    def of(cls, seed: int) -> Case:
        chance = random.Random(seed)
        return cls(seed, {step: chance.random() for step in STEPS})


class District:
    """A home of the minimal plan, and the commands that work on it.

    `settings` are the environment of its commands beside the home, such as a ledger in a lakehouse; `opened`
    then says how the checker opens that ledger.
    """

    def __init__(
        self, folder: Path, settings: dict[str, str] | None = None, opened: Opened | None = None
    ) -> None:
        plan = PROJECT / "tests" / "plans" / "minimal"
        self.environment = {"MINSHENG_STABLE_SECONDS": "0", **(settings or {})}
        given = {name.removeprefix("MINSHENG_").lower(): value for name, value in self.environment.items()}
        self.settings = Settings.model_validate({**given, "home": folder, "plan": plan})
        self.checker = Checker(folder, opened or ledger_file(folder))
        self._processes: Any = multiprocessing.get_context("forkserver")
        self._processes.set_forkserver_preload(list(_HEAVY))
        self.seconds: dict[str, float] = {}
        """What each step of a month took."""
        self._rounds = 0

    def open(self) -> None:
        """Load the plan, take in samples to its month, and start the server that commands are forked from."""
        home.initialise(self.settings)
        samples.write(self.settings, MONTH)
        intake.take_in(self.settings)
        self.complete("status")

    def copied(self, folder: Path) -> District:
        """Return the same district, with the embedded ledger, in another home."""
        shutil.copytree(self.settings.home, folder, symlinks=True)
        twin = District(folder)
        twin.checker.delivered = list(self.checker.delivered)
        twin.checker.published.update(self.checker.published)
        twin.seconds = dict(self.seconds)
        twin._rounds = self._rounds
        return twin

    def deliver(self) -> None:
        """Drop a correction with one bad row, another department's forgery, and a file nobody can read."""
        self._rounds += 1
        for organization_code, file_name, one in of_round(self._rounds, str(MONTH)):
            (self.settings.inbox / organization_code / file_name).write_bytes(one.content)
            self.checker.delivered.append(one)

    def start(self, *words: str, home: Path | None = None, said: Path | None = None) -> Any:
        """Start `minsheng` with these words in a process of its own; `said` keeps what it tells people."""
        given = [*words, "--home", str(home or self.settings.home), "--plan", str(self.settings.plan)]
        process = self._processes.Process(target=command, args=(given, self.environment, said))
        process.start()
        return process

    def complete(self, *words: str, home: Path | None = None) -> float:
        """Run a command to its end, which must be a good one; return the seconds that it took."""
        begin = time.monotonic()
        process = self.start(*words, home=home)
        process.join()
        assert process.exitcode == 0, f"minsheng {' '.join(words)} ended with status {process.exitcode}"
        return time.monotonic() - begin

    def fail(self, *words: str) -> str:
        """Run a command that must fail with status 1; return its one plain sentence."""
        said = self.settings.home.parent / "said"
        process = self.start(*words, said=said)
        process.join()
        told = said.read_text(encoding="utf-8")
        assert process.exitcode == 1, f"minsheng {' '.join(words)} ended with status {process.exitcode}"
        assert "Traceback" not in told
        *_, sentence = told.splitlines()
        assert sentence.startswith("minsheng: ")
        assert "Unexpected" not in sentence
        return sentence

    def kill(self, words: list[str], after_seconds: float) -> bool:
        """Start a command and kill it after a while; return whether it was still at work."""
        process = self.start(*words)
        process.join(after_seconds)
        was_at_work = process.is_alive()
        process.kill()
        process.join()
        return was_at_work

    def take_steps(self, *steps: str) -> None:
        """Take these steps of the month, and note what each took."""
        for step in steps:
            self.seconds[step] = self.complete(*words_of(step))

    def run(self) -> None:
        """The next run: the whole month from inbox to edition."""
        self.complete(*words_of("run"))


def in_a_lake(home: Path, catalog: str) -> District:
    """Return a district whose ledger is a lakehouse: `catalog` is what DuckDB attaches."""

    def opened() -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(config={"extension_directory": str(home / "extensions")})
        connection.execute(f"attach '{catalog}' as lake (read_only)")
        connection.execute("use lake")
        return connection

    return District(home, {"MINSHENG_LEDGER": catalog}, opened)


def words_of(step: str) -> list[str]:
    """The command of a step, or of the whole `run`."""
    if step == "ingest":
        return [step]
    approval = ["--approve", "样例审批人"] if step in ("publish", "run") else []
    return [step, "--period", str(MONTH), *approval]


def command(words: list[str], environment: dict[str, str], said: Path | None) -> None:
    """What the started process does."""
    from warehouse.cli import main

    os.environ.update(environment)
    sys.argv = ["minsheng", *words]
    if said is None:
        main()
    with said.open("w", encoding="utf-8") as stream, contextlib.redirect_stderr(stream):
        main()
