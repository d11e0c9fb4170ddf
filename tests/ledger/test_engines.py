"""A home that several DuckDB engines make, change and read in turn; `make engines` installs the others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.settings import PROJECT

pytestmark = pytest.mark.long

ENGINES = PROJECT / "var" / "engines"
OLDER, OWN, NEWER = "1.4.4", "", "2.0.1"
MARTS = "select count(*) from marts.indicator_progress"


def minsheng(home: Path, engine: str, *words: str) -> str:
    """Run a command with an engine of another version before the installed one; it must succeed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MINSHENG_")}
    environment |= {
        "MINSHENG_HOME": str(home),
        "MINSHENG_PLAN": str(PROJECT / "tests" / "plans" / "minimal"),
        "MINSHENG_STABLE_SECONDS": "0",
        "MINSHENG_BROWSER": "",
    }
    if engine:
        assert (ENGINES / engine).is_dir(), "run `make engines` first"
        environment["PYTHONPATH"] = str(ENGINES / engine)
    command = [sys.executable, "-m", "warehouse.cli", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("maker", [OLDER, OWN, NEWER])
def test_a_home_is_made_changed_and_read_by_engines_in_turn(tmp_path: Path, maker: str) -> None:
    home = tmp_path / "home"
    minsheng(home, maker, "init")
    minsheng(home, maker, "sample", "--through", "2023-03")
    minsheng(home, maker, "ingest")
    for engine, month in ((NEWER, "2023-04"), (OLDER, "2023-05"), (OWN, "2023-06")):
        minsheng(home, engine, "sample", "--through", month)
        minsheng(home, engine, "ingest")

    said = [minsheng(home, engine, "verify") for engine in (OLDER, OWN, NEWER)]

    assert len(set(said)) == 1
    assert "in 4 batches" in said[0]


def test_an_edition_opens_in_older_and_newer_engines(tmp_path: Path) -> None:
    home = tmp_path / "home"
    minsheng(home, OWN, "init")
    minsheng(home, OWN, "sample", "--through", "2023-03")
    minsheng(home, OWN, "run", "--period", "2023-03", "--approve", "样例审批人")

    answers = [minsheng(home, engine, "query", MARTS) for engine in (OLDER, OWN, NEWER)]

    assert len(set(answers)) == 1
