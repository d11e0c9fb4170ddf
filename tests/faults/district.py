"""A district under fault: departments that deliver, and `minsheng` commands killed at any instant."""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.faults.checker import Checker, Opened, ledger_file
from tests.faults.command import command
from tests.faults.delivered import Delivered, of_round
from tests.faults.processor import work_for
from tests.processes import processes
from warehouse import home, intake, samples
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

PLAN = PROJECT / "tests" / "plans" / "minimal"
MONTH = Period(2023, 4)
STEPS = ("ingest", "build", "check", "publish")


def tried(kinds: Sequence[Any], few: int = 1) -> list[Any]:
    """Return faults as parameters of a test: the first few for every run, the others for the long one."""
    given = [kind if isinstance(kind, tuple) else (kind,) for kind in kinds]
    return [
        pytest.param(*kind, marks=[pytest.mark.long] if number >= few else [])
        for number, kind in enumerate(given)
    ]


@dataclass(frozen=True)
class Case:
    """How far into each step of a month it is killed, as the seed says."""

    seed: int
    fractions: dict[str, float]

    @classmethod
    def of(cls, seed: int) -> Case:
        chance = random.Random(seed)
        return cls(seed, {step: chance.random() for step in STEPS})


@dataclass(frozen=True)
class Interrupted:
    """How a command ended that a signal interrupted, and what it told people."""

    status: int
    said: str


class District:
    """A home of the minimal plan, and the commands that work on it.

    `settings` are the environment of its commands beside the home, such as a ledger in a lakehouse; `opened`
    then says how the checker opens that ledger.
    """

    def __init__(
        self, folder: Path, settings: dict[str, str] | None = None, opened: Opened | None = None
    ) -> None:
        self.environment = {"MINSHENG_STABLE_SECONDS": "0", **(settings or {})}
        given = {name.removeprefix("MINSHENG_").lower(): value for name, value in self.environment.items()}
        self.settings = Settings.model_validate({**given, "home": folder, "plan": PLAN})
        self.checker = Checker(folder, opened or ledger_file(folder))
        self.seconds: dict[str, float] = {}
        """What each step of a month took of the processor."""
        self._rounds = 0

    def open(self) -> None:
        """Load the plan, and take in samples to its month."""
        home.initialise(self.settings)
        samples.write(self.settings, MONTH)
        intake.take_in(self.settings)

    def copied(self, folder: Path) -> District:
        """Return the same district, with the embedded ledger, in another home."""
        shutil.copytree(self.settings.home, folder, symlinks=True)
        twin = District(folder)
        twin.remember(self._rounds)
        twin.checker.published.update(self.checker.published)
        twin.seconds = dict(self.seconds)
        return twin

    def deliver(self) -> None:
        """Drop a correction with one bad row, another department's forgery, and a file nobody can read."""
        self._rounds += 1
        for _, file_name, one in of_round(self._rounds, str(MONTH)):
            self.drop(one, file_name)

    def drop(self, one: Delivered, file_name: str) -> None:
        """Drop a file in its department's inbox; the same bytes again are still one delivery."""
        (self.settings.inbox / one.organization_code / file_name).write_bytes(one.content)
        if one not in self.checker.delivered:
            self.checker.delivered.append(one)

    def remember(self, rounds: int) -> None:
        """Know what was delivered to this home in so many rounds."""
        self._rounds = rounds
        every = [of_round(number, str(MONTH)) for number in range(1, rounds + 1)]
        self.checker.delivered = [one for files in every for _, _, one in files]

    def start(self, *words: str, home: Path | None = None, said: Path | None = None) -> Any:
        """Start `minsheng` with these words in a process of its own; `said` keeps what it tells people."""
        given = [*words, "--home", str(home or self.settings.home), "--plan", str(self.settings.plan)]
        process = processes().Process(target=command, args=(given, self.environment, said))
        process.start()
        return process

    def complete(self, *words: str, home: Path | None = None) -> float:
        """Run a command to its end, which must be a good one; return what it took of the processor."""
        process = self.start(*words, home=home)
        took = work_for(process)
        assert process.exitcode == 0, f"minsheng {' '.join(words)} ended with status {process.exitcode}"
        return took

    def fail(self, *words: str, status: Collection[int] = (1,)) -> str:
        """Run a command that must fail with a status of these; return its one plain sentence."""
        with tempfile.TemporaryDirectory() as elsewhere:  # the home's disk may be full
            said = Path(elsewhere) / "said"
            process = self.start(*words, said=said)
            process.join()
            told = said.read_text(encoding="utf-8")
        assert process.exitcode in status, f"minsheng {' '.join(words)} ended with status {process.exitcode}"
        assert "Traceback" not in told
        *_, sentence = told.splitlines()
        assert sentence.startswith("minsheng: ")
        assert "Unexpected" not in sentence
        return sentence

    def kill(self, words: list[str], after_seconds: float) -> bool:
        """Kill a command once it took so much of the processor; return whether it was still at work."""
        process = self.start(*words)
        work_for(process, after_seconds)
        was_at_work = process.is_alive()
        process.kill()
        process.join()
        return was_at_work

    def interrupt(self, words: list[str], number: signal.Signals, after_seconds: float) -> Interrupted:
        """Send a command a signal once it took so much of the processor; return how it ended.

        A command that had ended by then gets it sooner: the run that was measured also loaded its modules.
        """
        for sooner in (1, 2, 4):
            ended = self._interrupt(words, number, after_seconds / sooner)
            if ended.status != 0:
                break
        return ended

    def _interrupt(self, words: list[str], number: signal.Signals, after_seconds: float) -> Interrupted:
        with tempfile.TemporaryDirectory() as elsewhere:
            said = Path(elsewhere) / "said"
            process = self.start(*words, said=said)
            work_for(process, after_seconds)
            os.kill(process.pid, number)
            process.join()
            return Interrupted(process.exitcode, said.read_text(encoding="utf-8"))

    def take_steps(self, *steps: str) -> None:
        """Take these steps of the month, and note what each took."""
        for step in steps:
            self.seconds[step] = self.complete(*words_of(step))

    def run(self) -> None:
        """The next run: the whole month from inbox to edition."""
        self.complete(*words_of("run"))


def in_a_lake(home: Path, catalog: str, rows: Path | None = None) -> District:
    """Return a district whose ledger is a lakehouse: `catalog` is what DuckDB attaches.

    Its rows lie in the home, unless another place is named.
    """

    def opened() -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(config={"extension_directory": str(home / "extensions")})
        connection.execute(f"attach '{catalog}' as lake (read_only)")
        connection.execute("use lake")
        return connection

    return District(home, {"MINSHENG_LEDGER": catalog, "MINSHENG_LEDGER_DATA": str(rows or "")}, opened)


def words_of(step: str) -> list[str]:
    """The command of a step, or of the whole `run`."""
    if step == "ingest":
        return [step]
    approval = ["--approve", "样例审批人"] if step in ("publish", "run") else []
    return [step, "--period", str(MONTH), *approval]
