"""How long work shows itself: bars on a terminal, plain lines elsewhere, and never in the answer."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import MONTH
from warehouse import steps
from warehouse.cli.watching import Lines
from warehouse.settings import Settings
from warehouse.steps import Step

pytestmark = pytest.mark.slow

MINSHENG = Path(sys.executable).with_name("minsheng")


def test_each_item_is_told_when_it_is_done() -> None:
    told: list[Step] = []

    with steps.listening(told.append):
        assert list(steps.over("read", ["a", "b"])) == ["a", "b"]

    assert told == [Step("read", 0, 2), Step("read", 1, 2), Step("read", 2, 2)]


def test_nobody_need_listen() -> None:
    assert list(steps.over("read", [1, 2])) == [1, 2]


def test_who_listened_before_listens_again_afterwards() -> None:
    told: list[Step] = []

    with steps.listening(told.append):
        with steps.listening(lambda _: None):
            list(steps.over("unheard", [1]))
        list(steps.over("heard", [1]))

    assert {step.work for step in told} == {"heard"}


def test_a_line_is_written_when_the_work_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines()

    for done in range(501):
        lines(Step("read files", done, 500))
    lines(Step("nothing to do", 0, 0))

    assert capsys.readouterr().err == "read files: 500 of 500\n"


def test_work_without_a_terminal_leaves_standard_output_to_the_answer(built: Settings) -> None:
    done = subprocess.run(
        [MINSHENG, "build", "--period", str(MONTH), "--json"],
        capture_output=True,
        text=True,
        env=os.environ | {"MINSHENG_HOME": str(built.home)},
        check=True,
    )

    assert json.loads(done.stdout)["period"] == str(MONTH)
    assert done.stderr.splitlines()[-1].startswith("build models: ")


def test_work_on_a_terminal_shows_a_bar_and_takes_it_away_before_it_answers(built: Settings) -> None:
    ours, theirs = pty.openpty()
    command = [MINSHENG, "build", "--period", str(MONTH)]
    environment = os.environ | {"MINSHENG_HOME": str(built.home), "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        shown = b""
        while chunk := read(ours):
            shown += chunk

    work, answer = shown.rsplit(b"\x1b[2K", maxsplit=1)
    assert b"build models" in work
    assert b"Candidate 2023-12 built" in answer


def read(terminal: int) -> bytes:
    """Return what the terminal shows next; nothing once the program has ended."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""
