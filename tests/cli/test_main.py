from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

MINSHENG = Path(sys.executable).with_name("minsheng")
MINIMAL = Path(__file__).parent.parent / "plans" / "minimal"


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


@pytest.mark.parametrize(
    "command",
    [
        ["status"], ["ingest"], ["remind"], ["query", "select 1"],
        ["editions", "list"], ["editions", "verify"],
        ["run", "--period", "2023-12"], ["build", "--period", "2023-12"], ["check", "--period", "2023-12"],
        ["publish", "--period", "2023-12"], ["sample", "--through", "2023-12"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_command_on_a_home_that_is_not_there_makes_none(tmp_path: Path, command: list[str]) -> None:
    result = minsheng(*command, home=tmp_path / "none")

    assert result.returncode == 1
    assert "There is no home" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_checking_a_plan_needs_no_home_and_makes_none(tmp_path: Path) -> None:
    result = minsheng("plan", "check", str(MINIMAL), home=tmp_path / "none")

    assert result.returncode == 0, result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_new_home_has_its_log(tmp_path: Path) -> None:
    result = minsheng("init", "--plan", str(MINIMAL), home=tmp_path / "home")

    assert result.returncode == 0, result.stderr
    assert (tmp_path / "home" / "logs" / "minsheng.jsonl").is_file()


@pytest.mark.parametrize("option", ["--home", "--plan"])
def test_an_empty_folder_is_wrong_usage(tmp_path: Path, option: str) -> None:
    result = minsheng("status", option, "", home=tmp_path)

    assert result.returncode == 2
    assert option in result.stderr
    assert "it is empty" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["--home", "HERE", "--json", "editions", "list"],
        ["--json", "editions", "--home", "HERE", "list"],
        ["--home", "NOWHERE", "editions", "list", "--home", "HERE", "--json"],
    ],
    ids=["before the command", "at its group", "the nearest counts"],
)
def test_common_options_may_stand_before_the_command(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "here").mkdir()
    folders = {"HERE": str(tmp_path / "here"), "NOWHERE": str(tmp_path / "nowhere")}

    result = minsheng(*(folders.get(word, word) for word in words), home=tmp_path / "default")

    assert (result.returncode, result.stdout) == (0, "[]\n"), result.stderr


def test_what_nobody_foresaw_is_told_without_the_stack_of_the_database(tmp_path: Path) -> None:
    code = (
        "import sys; import duckdb; from warehouse.cli import main\n"
        "from warehouse.cli.main import commands\n"
        "def fail(**_): raise duckdb.InternalException('an index\\n\\nStack Trace:\\n\\nlibrary.so')\n"
        "commands.commands['status'].callback = fail\n"
        "sys.argv = ['minsheng', 'status']; main()\n"
    )

    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path
    )

    assert result.returncode == 1
    assert result.stderr == (
        "minsheng: Unexpected InternalException: an index (the home's log has the details)\n"
    )


def test_help_starts_without_the_heavy_libraries(tmp_path: Path) -> None:
    code = (
        "import sys; from warehouse.cli.main import commands; "
        "heavy = {'dbt', 'great_expectations', 'pandas', 'pyarrow', 'openpyxl'} & set(sys.modules); "
        "assert not heavy, heavy"
    )

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr
