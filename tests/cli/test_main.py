from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

MINSHENG = Path(sys.executable).with_name("minsheng")


def minsheng(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"MINSHENG_HOME": str(home)}
    return subprocess.run(
        [MINSHENG, *arguments], capture_output=True, text=True, env=environment, check=False, timeout=60
    )


def test_an_unknown_command_is_wrong_usage(tmp_path: Path) -> None:
    result = minsheng("conquer", home=tmp_path)

    assert result.returncode == 2
    assert "No such command" in result.stderr


def test_a_malformed_month_is_wrong_usage_and_names_the_form(tmp_path: Path) -> None:
    result = minsheng("build", "--period", "2025-13", home=tmp_path)

    assert result.returncode == 2
    assert "YYYY-MM" in result.stderr


def test_a_command_before_init_says_what_to_do_and_shows_no_traceback(tmp_path: Path) -> None:
    result = minsheng("sample", "--through", "2025-03", home=tmp_path)

    assert result.returncode == 1
    assert "minsheng init" in result.stderr
    assert "Traceback" not in result.stderr + result.stdout


def test_help_starts_without_the_heavy_libraries(tmp_path: Path) -> None:
    code = (
        "import sys; from warehouse.cli.main import commands; "
        "heavy = {'dbt', 'great_expectations', 'pandas', 'pyarrow', 'openpyxl'} & set(sys.modules); "
        "assert not heavy, heavy"
    )

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr
