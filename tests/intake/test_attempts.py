"""Promise 6 against files that end the intake itself: the third run does not open them, and goes on."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.intake.conftest import HEADER, Home, rules_of
from warehouse import intake
from warehouse.intake import reading, receipts
from warehouse.settings import Settings

GOOD = f"{HEADER}\n2025-03,JOBS,,210504002,12,,,,\n"
BAD = f"{HEADER}\n2025-03,JOBS,,210504002,many,,,,\n"
Open = Callable[..., Any]


def die(*_arguments: Any) -> Any:
    """Die as of a lack of memory: nothing of the process has a last word."""
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(opened: Open, name: str) -> Open:
    """Opening the file of this name is the end of the process."""

    def open_it(path: Path, *others: Any) -> Any:
        text = path.read_text(encoding="utf-8")
        return die() if name in text else opened(path, *others)

    return open_it


def run(settings: Settings, module: Any, function: str, word: str) -> None:
    setattr(module, function, deadly(getattr(module, function), word))
    intake.take_in(settings)


def run_apart(home: Home, module: Any, function: str) -> int | None:
    process = multiprocessing.get_context("fork").Process(
        target=run, args=(home.settings, module, function, "毒")
    )
    process.start()
    process.join()
    return process.exitcode


def test_a_file_that_ended_two_intakes_is_set_aside_by_the_third(home: Home) -> None:
    home.drop("before.csv", GOOD)
    home.drop("poison.csv", f"毒\n{GOOD}")
    home.drop("after.csv", GOOD.replace("210504002", "210504004"), "LABOUR")

    ends = [run_apart(home, reading.readers, "uniform_file") for _ in range(3)]

    assert ends == [-signal.SIGKILL, -signal.SIGKILL, 0]
    assert home.query("select file_name, status from ledger.submissions order by all") == [
        ("after.csv", "accepted"),
        ("before.csv", "accepted"),
    ]
    (receipt,) = (home.settings.outbox / "LABOUR").glob("poison.csv.*.receipt.json")
    assert '"rule": "ends_intake"' in receipt.read_text(encoding="utf-8")
    assert [path.name for path in (home.settings.archive / "set_aside").rglob("*.csv")] == ["poison.csv"]


def test_what_was_set_aside_is_judged_anew_when_it_is_sent_again(home: Home) -> None:
    home.drop("poison.csv", f"毒\n{GOOD}")
    for _ in range(3):
        run_apart(home, reading.readers, "uniform_file")

    receipt = home.send(f"毒\n{GOOD}", "poison.csv")

    assert receipt["status"] == "accepted"


def test_a_file_that_ended_two_intakes_while_it_was_marked_is_answered_without_marks(home: Home) -> None:
    home.drop("poison.csv", f"毒\n{BAD}")

    ends = [run_apart(home, receipts, "row_pages") for _ in range(3)]

    assert ends == [-signal.SIGKILL, -signal.SIGKILL, 0]
    assert home.query("select file_name, status from ledger.submissions") == [("poison.csv", "refused")]
    assert len(list((home.settings.outbox / "LABOUR").glob("poison.csv.*"))) == 2


def test_a_run_that_fails_by_an_error_is_no_fault_of_what_was_open(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_arguments: Any) -> Any:
        raise KeyboardInterrupt

    home.drop("good.csv", GOOD)
    with monkeypatch.context() as patched:
        patched.setattr(reading.readers, "uniform_file", interrupted)
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                home.take_in()

    (taken,) = home.take_in().submissions

    assert rules_of(home.receipt(taken)["refusals"]) == []


def test_nothing_is_kept_of_a_run_that_answered_all(home: Home) -> None:
    home.send(GOOD)

    assert not (home.settings.archive / "opening").exists()
