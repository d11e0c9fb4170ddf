"""`minsheng build` in its own process: bars on a terminal, plain lines elsewhere, never in the answer.

Each of two builds is asked several questions.
"""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import MONTH, in_a_copy
from warehouse.clock import now
from warehouse.settings import PROJECT

pytestmark = pytest.mark.slow

MINSHENG = Path(sys.executable).with_name("minsheng")
OTHER_PLAN = PROJECT / "tests" / "plans" / "minimal"
COMMAND = [MINSHENG, "build", "--period", str(MONTH), "--plan", OTHER_PLAN]


@pytest.fixture(scope="module")
def piped(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """A build for programs, beside another plan than it was computed by."""
    home = in_a_copy(built_home, tmp_path_factory.mktemp("piped") / "home").home
    return subprocess.run(
        [*COMMAND, "--json"],
        capture_output=True,
        text=True,
        env=os.environ | {"MINSHENG_HOME": str(home)},
        check=True,
    )


@pytest.fixture(scope="module")
def shown(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What a terminal shows of a build of what was known today, beside that plan too."""
    home = in_a_copy(built_home, tmp_path_factory.mktemp("shown") / "home").home
    ours, theirs = pty.openpty()
    environment = os.environ | {"MINSHENG_HOME": str(home), "TERM": "xterm", "COLUMNS": "100"}
    command = [*COMMAND, "--as-of", now().date().isoformat()]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        shown = b""
        while chunk := read(ours):
            shown += chunk
    return shown


def read(terminal: int) -> bytes:
    """Return what the terminal shows next; nothing once the program has ended."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def test_work_without_a_terminal_leaves_standard_output_to_the_answer(
    piped: subprocess.CompletedProcess[str],
) -> None:
    work, *_ = piped.stderr.splitlines()[-2:]

    assert json.loads(piped.stdout)["period"] == str(MONTH)
    assert work.startswith("build models: ")


def test_a_plan_that_was_not_loaded_is_told_beside_the_answer(
    piped: subprocess.CompletedProcess[str],
) -> None:
    plan_version = json.loads(piped.stdout)["plan_version"]

    assert f"{OTHER_PLAN} is not the plan in the ledger" in piped.stderr
    assert plan_version[:12] in piped.stderr


def test_work_on_a_terminal_shows_a_bar_and_takes_it_away_before_it_answers(shown: bytes) -> None:
    work, answer = shown.rsplit(b"\x1b[2K", maxsplit=1)

    assert b"build models" in work
    assert b"Candidate 2023-12 built" in answer


def test_a_month_as_known_on_a_day_is_not_compared_with_the_plan_folder_of_today(shown: bytes) -> None:
    assert b"is not the plan" not in shown
