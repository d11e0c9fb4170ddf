"""What Airflow's own schedule makes: on time, after three months without Airflow, after the plan's end.

Clocks only go forward here, so the plan's years are moved ahead of today. What is decided is the calendar's;
tests/obligations/test_publication.py has each case of it without Airflow.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.airflow.conftest import FIRST, MINIMAL, drop_samples
from tests.services.programs import required
from warehouse import clock, editions, notifications
from warehouse.periods import Period
from warehouse.settings import PROJECT, Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow, pytest.mark.long]

ALL = ["await_deadline", "build", "check", "decide", "publish"]


@dataclass(frozen=True)
class Ahead:
    """A home whose plan lies in the future, and the moments at which something happens in it."""

    settings: Settings
    first: Period
    """The month during which the home is made."""

    def run(self, moment: datetime, *words: str) -> str:
        """Run Python in a process whose clock stands at that moment; return what it prints."""
        program = required(shutil.which("faketime"), "faketime")
        shift = int((moment - clock.now()) / timedelta(seconds=1))
        done = subprocess.run(
            [program, "-m", "-f", f"+{shift}", sys.executable, *words],
            cwd=PROJECT, env={**os.environ, "NO_FAKE_STAT": "1"},
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def morning(self, moment: datetime, month: Period, *others: str) -> dict[str, Any]:
        """Let a morning pass with Airflow, until its schedule has made the month's run and other DAGs'."""
        words = ["-m", "tests.airflow.play_morning", str(self.settings.home), str(self.settings.plan)]
        found: dict[str, Any] = json.loads(self.run(moment, *words, str(month), *others))
        return found

    @property
    def published(self) -> list[str]:
        return [edition.name for edition in editions.editions_of(self.settings)]

    @property
    def missed(self) -> list[str]:
        causes = [incident.cause for incident in notifications.open_incidents(self.settings)]
        return [cause.removeprefix("unpublished ") for cause in causes if cause.startswith("unpublished ")]


def move_years(folder: Path, years: int) -> None:
    """Move every year that a plan's files name; its days off would be days of work in another year."""
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8")
        moved = re.sub(r"\b20[23]\d(?=\D|$)", lambda found: str(int(found[0]) + years), text)
        file.write_text(moved.splitlines()[0] + "\n" if file.name == "holidays.csv" else moved, "utf-8")


@pytest.fixture(scope="module")
def ahead(tmp_path_factory: pytest.TempPathFactory) -> Ahead:
    """A home that was made in the plan's first month, which begins next year at the earliest."""
    folder = tmp_path_factory.mktemp("ahead")
    # By fours, so that a plan's 29 February stays one.
    years = -4 * ((FIRST.year - clock.now().year - 1) // 4)
    plan = folder / "plan"
    shutil.copytree(MINIMAL, plan)
    move_years(plan, years)
    made = Ahead(Settings(home=folder / "home", plan=plan), FIRST + 12 * years)
    program = str(Path(sys.executable).with_name("minsheng"))
    at = datetime.combine(made.first.day(20), time(9))
    made.run(at, program, "init", "--home", str(made.settings.home), "--plan", str(plan))
    return made


def test_a_month_is_published_on_the_morning_after_its_deadline(ahead: Ahead) -> None:
    drop_samples(ahead.settings, ahead.first)
    month = ahead.first + 1

    found = ahead.morning(datetime.combine(month.day(6), time(7, 57)), ahead.first)

    assert found == {"months": [str(ahead.first)], "states": dict.fromkeys(ALL, "success")}
    assert (ahead.published, ahead.missed) == ([f"{ahead.first}/r1"], [])


def test_after_three_months_without_airflow_the_newest_is_published_and_each_other_is_told(
    ahead: Ahead,
) -> None:
    newest = ahead.first + 4
    drop_samples(ahead.settings, newest)
    month = newest + 1

    found = ahead.morning(datetime.combine(month.day(6), time(8, 57)), newest, "remind_departments")

    assert found["months"] == [str(ahead.first), str(newest)]
    assert found["states"] == dict.fromkeys(ALL, "success")
    assert ahead.published == [f"{ahead.first}/r1", f"{newest}/r1"]
    assert ahead.missed == [str(ahead.first + one) for one in (1, 2, 3)]


def test_after_the_plans_end_the_schedule_makes_nothing(ahead: Ahead) -> None:
    before = ahead.published
    after = ahead.first + 28
    month = after + 1

    found = ahead.morning(datetime.combine(month.day(6), time(8, 57)), after, "remind_departments")

    assert found["states"] == dict.fromkeys(ALL, "skipped")
    assert ahead.published == before
    assert str(after) not in ahead.missed
