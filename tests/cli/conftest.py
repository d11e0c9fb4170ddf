"""The command line, run in the process of the test: for what does not need a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from warehouse.cli.main import run_command_line


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it told."""

    status: int
    stdout: str
    stderr: str


@pytest.fixture
def minsheng(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """Run `minsheng` with some words on a home; an error that it lets through fails the test."""

    def run(*words: str | Path, home: Path) -> Ended:
        monkeypatch.setenv("MINSHENG_HOME", str(home))
        monkeypatch.setattr(sys, "argv", ["minsheng", *map(str, words)])
        capsys.readouterr()
        status = run_command_line()
        told = capsys.readouterr()
        return Ended(status, told.out, told.err)

    return run
