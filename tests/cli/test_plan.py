"""What `minsheng plan` prints, and with which status it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from warehouse.cli.main import run_command_line

MINSHENG = Path(sys.executable).with_name("minsheng")
MINIMAL = Path(__file__).parent.parent / "plans" / "minimal"


@dataclass(frozen=True)
class Ended:
    """A command that came to its end."""

    status: object
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command of `minsheng plan` in this process, with the minimal plan as the plan in use."""
    monkeypatch.setenv("MINSHENG_HOME", str(tmp_path))
    monkeypatch.setenv("MINSHENG_PLAN", str(MINIMAL))

    def run(*words: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["minsheng", "plan", *map(str, words)])
        status = run_command_line()
        said = capsys.readouterr()
        return Ended(status, said.out, said.err)

    return run


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    shutil.copytree(MINIMAL, folder)
    rules = folder / "status_rules.csv"
    rules.write_text(rules.read_text(encoding="utf-8").replace("yellow", "黄"), encoding="utf-8")
    return folder


def started(home: Path, *words: str | Path) -> Ended:
    """Run a command of `minsheng plan` as the program that is installed."""
    done = subprocess.run(
        [MINSHENG, "plan", *words],
        capture_output=True,
        text=True,
        env=os.environ | {"MINSHENG_HOME": str(home), "MINSHENG_PLAN": str(MINIMAL)},
        check=False,
        timeout=60,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def test_a_clean_plan_is_summed_up(tmp_path: Path) -> None:
    result = started(tmp_path, "check")

    assert result.status == 0, result.err
    assert "no fault" in result.out
    assert "23 targets (12 at_least" in result.out


def test_a_fault_is_one_line_and_the_status_is_1(tmp_path: Path, broken: Path) -> None:
    result = started(tmp_path, "check", broken)

    assert result.status == 1
    assert result.out.splitlines()[0] == (
        "status_rules.csv:3:light: '黄' is no light: it is one of green, yellow, red, grey [unknown_word]"
    )
    assert "1 fault in 1 file" in result.err


def test_faults_come_in_json_too(plan: Run, broken: Path) -> None:
    result = plan("check", broken, "--json")

    answer = json.loads(result.out)
    assert result.status == 1
    assert [(fault["file"], fault["line"], fault["column"], fault["code"]) for fault in answer["faults"]] == [
        ("status_rules.csv", 3, "light", "unknown_word")
    ]
    assert answer["plan_version"] is None
    assert answer["counts"]["faults"] == 1


def test_a_clean_plan_names_its_version_in_json(plan: Run) -> None:
    answer = json.loads(plan("check", "--json").out)

    assert answer["faults"] == []
    assert len(answer["plan_version"]) == 64
    assert answer["counts"]["targets_by_comparator"]["at_least"] == 12


def test_the_index_is_printed_as_a_page(plan: Run) -> None:
    assert plan("index").out.startswith("# Index of the plan")


def test_the_index_is_printed_in_json(plan: Run) -> None:
    answer = json.loads(plan("index", "--json").out)

    assert any("G01-01" in sentence["target_codes"] for sentence in answer["sentences"])


def test_a_plan_with_faults_is_not_indexed(plan: Run, broken: Path) -> None:
    result = plan("index", broken)

    assert (result.status, result.out) == (1, "")
    assert "plan check" in result.err
