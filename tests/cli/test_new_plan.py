"""The worked example of docs/new-plan.md, by the commands that stand on the page."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent.parent
MINSHENG = Path(sys.executable).with_name("minsheng")
PAGE = (PROJECT / "docs" / "new-plan.md").read_text(encoding="utf-8")
HOME_ON_THE_PAGE = "/srv/example-city"


def commands_of(heading: str) -> str:
    """Return the first indented block behind a heading."""
    block = re.search(r"(?:^    .+\n)+", PAGE[PAGE.index(heading) :], re.M)
    assert block, heading
    return textwrap.dedent(block[0])


def follow(commands: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run commands of the page from the project's folder, with another home."""
    script = commands.replace(HOME_ON_THE_PAGE, str(home)).replace(".venv/bin/minsheng", str(MINSHENG))
    return subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        env=os.environ | {"MINSHENG_HOME": str(home)},
        check=False,
        timeout=600,
    )


def test_the_plan_of_the_worked_example_has_no_fault(tmp_path: Path) -> None:
    result = follow(commands_of("## The files by hand"), tmp_path)

    assert result.returncode == 0, result.stdout
    assert "no fault" in result.stdout


@pytest.mark.slow
def test_the_worked_example_publishes_the_completion_that_the_page_names(
    tmp_path: Path, new_home: Callable[[Path], Path]
) -> None:
    named = re.search(r"unemployment at 4\.17 against at most 4\.3 is a completion of ([\d.]+) %", PAGE)
    assert named

    home = new_home(tmp_path / "home")
    started = follow(commands_of("## 9. Start"), home)
    asked = follow(
        ".venv/bin/minsheng query --json "
        "\"select attainment_pct from marts.indicator_progress where target_code = 'T02-01'\"",
        home,
    )

    assert started.returncode == 0, started.stderr
    answer = json.loads(asked.stdout)
    assert answer["edition"] == "2024-11/r1"
    assert [Decimal(row["attainment_pct"]) for row in answer["rows"]] == [Decimal(named[1])]
