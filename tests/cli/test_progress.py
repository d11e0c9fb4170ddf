"""`minsheng build`: what is told beside the answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.settings import PROJECT, Settings

MINSHENG = Path(sys.executable).with_name("minsheng")


@pytest.mark.slow
def test_a_plan_that_was_not_loaded_is_told_beside_the_answer(built: Settings) -> None:
    other = PROJECT / "tests" / "plans" / "minimal"

    done = subprocess.run(
        [MINSHENG, "build", "--period", "2023-12", "--plan", other, "--json"],
        capture_output=True,
        text=True,
        env=os.environ | {"MINSHENG_HOME": str(built.home)},
        check=True,
    )

    plan_version = json.loads(done.stdout)["plan_version"]
    assert f"{other} is not the plan in the ledger" in done.stderr
    assert plan_version[:12] in done.stderr
