"""Trying a mutant: planted in a copy, held against the tests that cover it, and taken out again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.teeth.copies import PLUGINS, Copy
from tests.teeth.coverage_map import LEFT_OUT
from tests.teeth.covering import Suite
from tests.teeth.mutants import GoneError, Mutant
from tests.teeth.results import Result

# How long a test that is running when the time is over may go on.
_GRACE_SECONDS = 60
_WRONG_COPY = 70


@dataclass
class Bench:
    """A copy of a checkout, and the tests that are known to fail there without any fault."""

    copy: Copy
    suite: Suite
    seconds: float
    """How long the tests of one mutant may take."""
    sound: dict[str, bool] = field(default_factory=dict)

    def try_out(self, mutant: Mutant) -> Result:
        """Plant a mutant, run its tests until one fails, and return what became of it.

        A test counts only if it passes without the mutant; if it does not, the others decide.
        """
        began = time.monotonic()
        try:
            tests = self.suite.tests_of(mutant)
        except GoneError as error:
            return Result(mutant.id, "gone", why=str(error))
        while trusted := [test for test in tests if self.sound.get(test, True)]:
            answer = self._run(trusted, mutant)
            by = answer["test"] or trusted[0]
            if answer["outcome"] in ("survived", "unfinished") or self._is_sound(by):
                seconds = round(time.monotonic() - began, 1)
                return Result(mutant.id, covering=len(tests), seconds=seconds, **answer)
        return Result(mutant.id, "uncovered", covering=len(tests))

    def _is_sound(self, test: str) -> bool:
        """Tell whether a test passes without any fault."""
        if test not in self.sound:
            self.sound[test] = self._run([test], None)["outcome"] == "survived"
        return self.sound[test]

    def _run(self, tests: list[str], mutant: Mutant | None) -> dict[str, Any]:
        asked = self.copy.temporary / "trial.json"
        durations = self.suite.map.durations
        chosen = {test: durations[test] for test in tests}
        asked.write_text(json.dumps({"tests": chosen, "seconds": self.seconds}), encoding="utf-8")
        planted: AbstractContextManager[None] = nullcontext()
        if mutant:
            planted = self.copy.holding(mutant.path, mutant.planted_in(self.copy.read(mutant.path)))
        with planted:
            answer = self._answer(asked, tests)
        self.copy.tidy()
        return answer

    def _answer(self, asked: Path, tests: list[str]) -> dict[str, Any]:
        files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
        arguments = ["-x", "-q", "-p", "no:cacheprovider", "-p", PLUGINS.trial, "-m", LEFT_OUT]
        process = subprocess.Popen(
            [self.copy.python, "-m", "pytest", *arguments, *files],
            cwd=self.copy.root,
            env=self.copy.environment | {"TEETH_TRIAL": str(asked)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(self.seconds + _GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            return {"outcome": "unfinished", "test": "", "why": "one test did not end", "passed": 0}
        finally:
            _end(process)
        if process.returncode == _WRONG_COPY:
            raise RuntimeError(f"another warehouse than that in {self.copy.root} would be tried")
        answer = asked.with_suffix(".answer")
        if not answer.exists():
            return {"outcome": "broken", "test": "", "why": "pytest could not start, or died", "passed": 0}
        return dict(json.loads(answer.read_text(encoding="utf-8")))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End pytest and whatever its tests left running."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
