"""The units for a server without Docker: systemd understands them, and what they start does its work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.programs import required
from warehouse import home
from warehouse.settings import PROJECT, Settings

UNITS = PROJECT / "deployment" / "systemd"


def lines(unit: str, name: str) -> list[str]:
    """Return what a unit says under a name, as systemd hands it on."""
    text = (UNITS / unit).read_text(encoding="utf-8")
    said = re.findall(rf"^{name}=(.*)$", text, re.M)
    return [one.replace("$$", "$").replace("%%", "%") for one in said]


def test_systemd_finds_no_fault_in_the_units(tmp_path: Path) -> None:
    analyze = required(shutil.which("systemd-analyze"), "systemd")
    for unit in UNITS.iterdir():
        text = unit.read_text(encoding="utf-8")
        # The program of these is not installed here, and neither is the account.
        text = text.replace("/opt/minsheng/bin/minsheng", "/bin/true").replace("User=minsheng\n", "")
        (tmp_path / unit.name).write_text(text)

    told = subprocess.run(
        [analyze, "verify", "--man=no", *sorted(map(str, tmp_path.glob("*.timer")))],
        check=False, capture_output=True, text=True,
    )  # fmt: skip

    ours = [line for line in told.stderr.splitlines() if "minsheng" in line]
    assert (told.returncode, ours) == (0, [])


def test_every_timer_starts_a_unit_that_is_there() -> None:
    timers = sorted(UNITS.glob("*.timer"))

    started = {timer.name: (lines(timer.name, "Unit") or [f"{timer.stem}.service"])[0] for timer in timers}

    templates = {name: re.sub(r"@.+\.", "@.", unit) for name, unit in started.items()}
    assert {name: unit for name, unit in templates.items() if not (UNITS / unit).exists()} == {}


@pytest.mark.slow
def test_the_night_backs_up_verifies_and_removes_what_is_old(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", plan=PROJECT / "tests" / "plans" / "minimal")
    home.initialise(settings)
    backups = tmp_path / "backups"
    backups.mkdir()
    variables = {
        **os.environ, "MINSHENG_HOME": str(settings.home), "MINSHENG_BACKUPS": str(backups),
        "MINSHENG_PLAN": str(settings.plan), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }  # fmt: skip

    for command in lines("minsheng-night.service", "ExecStart"):
        words = re.fullmatch(r"/bin/sh -euc '(.*)'", command)
        assert words
        subprocess.run(["sh", "-euc", words[1]], env=variables, check=True, capture_output=True)

    assert [re.sub(r"\d", "0", path.name) for path in backups.iterdir()] == ["minsheng-0000-00-00.tar"]


def test_the_month_is_the_one_before_in_the_districts_time() -> None:
    (command,) = lines("minsheng-month.service", "ExecStart")

    asked = command.replace("minsheng run", "echo").replace("$(TZ", "$(TZ")
    said = subprocess.run(asked, shell=True, check=True, capture_output=True, text=True).stdout

    assert re.fullmatch(r"--period \d{4}-\d{2}\n", said)
