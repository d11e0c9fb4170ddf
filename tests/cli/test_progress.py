"""`minsheng build`: what is told beside the answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.clock import now
from warehouse.settings import PROJECT, Settings

MINSHENG = Path(sys.executable).with_name("minsheng")
OTHER_PLAN = PROJECT / "tests" / "plans" / "minimal"


def build(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MINSHENG, "build", "--period", "2023-12", "--plan", OTHER_PLAN, "--json", *words],
        capture_output=True,
        text=True,
        env=os.environ | {"MINSHENG_HOME": str(settings.home)},
        check=True,
    )


@pytest.mark.slow
def test_a_plan_that_was_not_loaded_is_told_beside_the_answer(built: Settings) -> None:
    done = build(built)

    plan_version = json.loads(done.stdout)["plan_version"]
    assert f"{OTHER_PLAN} is not the plan in the ledger" in done.stderr
    assert plan_version[:12] in done.stderr


@pytest.mark.slow
def test_a_month_as_known_on_a_day_is_not_compared_with_the_plan_folder_of_today(built: Settings) -> None:
    done = build(built, "--as-of", now().date().isoformat())

    assert "is not the plan" not in done.stderr
