from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.cli.conftest import Ended
from warehouse.cli.main import _unexpected, commands
from warehouse.version import release

MINSHENG = Path(sys.executable).with_name("minsheng")
MINIMAL = Path(__file__).parent.parent / "plans" / "minimal"
Minsheng = Callable[..., Ended]


def test_the_installed_program_ends_with_the_status_and_tells_people_on_standard_error(
    tmp_path: Path,
) -> None:
    ended = subprocess.run(
        [MINSHENG, "conquer"],
        capture_output=True,
        text=True,
        env=os.environ | {"MINSHENG_HOME": str(tmp_path)},
        check=False,
        timeout=60,
    )

    assert (ended.returncode, ended.stdout) == (2, "")
    assert "No such command" in ended.stderr


def test_a_malformed_month_is_wrong_usage_and_names_the_form(minsheng: Minsheng, tmp_path: Path) -> None:
    result = minsheng("build", "--period", "2025-13", home=tmp_path)

    assert result.status == 2
    assert "YYYY-MM" in result.stderr


def test_a_command_before_init_says_what_to_do_and_shows_no_traceback(
    minsheng: Minsheng, tmp_path: Path
) -> None:
    result = minsheng("sample", "--through", "2025-03", home=tmp_path)

    assert result.status == 1
    assert "minsheng init" in result.stderr
    assert "Traceback" not in result.stderr + result.stdout


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["conquer"], "minsheng"),
        (["run", "--perod", "2025-03"], "minsheng run"),
        (["editions", "sign"], "minsheng editions sign"),
    ],
)
def test_wrong_usage_names_the_help_of_its_own_command(
    minsheng: Minsheng, tmp_path: Path, words: list[str], command: str
) -> None:
    assert f"(see `{command} --help`)" in minsheng(*words, home=tmp_path).stderr


@pytest.mark.parametrize("group", [[], ["editions"], ["plan"], ["districts"], ["city"], ["incidents"]])
def test_the_list_of_commands_has_whole_sentences(
    minsheng: Minsheng, tmp_path: Path, group: list[str]
) -> None:
    told = minsheng(*group, "--help", home=tmp_path).stdout

    assert "Commands:" in told
    assert "..." not in told.partition("Commands:")[2]


def test_the_version_is_that_of_the_release(minsheng: Minsheng, tmp_path: Path) -> None:
    assert minsheng("--version", home=tmp_path).stdout == f"minsheng {release()}\n"


@pytest.mark.parametrize(
    "words", [["remind", "--date"], ["build", "--period", "2025-03", "--as-of"]], ids=lambda words: words[0]
)
def test_a_malformed_day_is_wrong_usage_and_names_the_form(
    minsheng: Minsheng, tmp_path: Path, words: list[str]
) -> None:
    result = minsheng(*words, "yesterday", home=tmp_path)

    assert result.status == 2
    assert "'yesterday' is not a day: write it as YYYY-MM-DD" in result.stderr


@pytest.mark.parametrize("place", ["nowhere", "postgres:dbname=a password=secret"])
def test_a_place_that_is_none_for_a_ledger_is_told_in_plain_words_and_without_a_secret(
    minsheng: Minsheng, tmp_path: Path, place: str
) -> None:
    minsheng("init", "--plan", MINIMAL, home=tmp_path)

    result = minsheng("move-ledger", "--to", place, home=tmp_path)

    assert result.status == 2
    assert "is no place for a ledger: name a lakehouse by its catalog" in result.stderr
    assert "secret" not in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["run", "--period", "1999-01"],
        ["build", "--period", "1999-01"],
        ["status", "--period", "1999-01"],
        ["sample", "--through", "2035-01"],
    ],
    ids=lambda words: words[0],
)
def test_a_month_outside_the_plan_is_refused_before_anything_is_made(
    minsheng: Minsheng, tmp_path: Path, words: list[str]
) -> None:
    minsheng("init", "--plan", MINIMAL, home=tmp_path)
    before = made_in(tmp_path)

    result = minsheng(*words, home=tmp_path)

    assert result.status == 1
    assert f"{words[-1]} is outside the plan: the plan in force, from 20" in result.stderr
    assert made_in(tmp_path) == before


def made_in(home: Path) -> list[Path]:
    """Return what lies in the home beside its log."""
    return sorted(path for path in home.rglob("*") if path.suffix != ".jsonl")


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
def test_a_command_on_a_home_that_is_not_there_makes_none(
    minsheng: Minsheng, tmp_path: Path, command: list[str]
) -> None:
    result = minsheng(*command, home=tmp_path / "none")

    assert result.status == 1
    assert "There is no home" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_checking_a_plan_needs_no_home_and_makes_none(minsheng: Minsheng, tmp_path: Path) -> None:
    result = minsheng("plan", "check", MINIMAL, home=tmp_path / "none")

    assert result.status == 0, result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_new_home_has_its_log(minsheng: Minsheng, tmp_path: Path) -> None:
    result = minsheng("init", "--plan", MINIMAL, home=tmp_path / "home")

    assert result.status == 0, result.stderr
    assert (tmp_path / "home" / "logs" / "minsheng.jsonl").is_file()


@pytest.mark.parametrize("option", ["--home", "--plan"])
def test_an_empty_folder_is_wrong_usage(minsheng: Minsheng, tmp_path: Path, option: str) -> None:
    result = minsheng("status", option, "", home=tmp_path)

    assert result.status == 2
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
def test_common_options_may_stand_before_the_command(
    minsheng: Minsheng, tmp_path: Path, words: list[str]
) -> None:
    (tmp_path / "here").mkdir()
    folders = {"HERE": str(tmp_path / "here"), "NOWHERE": str(tmp_path / "nowhere")}

    result = minsheng(*(folders.get(word, word) for word in words), home=tmp_path / "default")

    assert (result.status, result.stdout) == (0, "[]\n"), result.stderr


def test_what_nobody_foresaw_is_told_without_the_stack_of_the_database(
    minsheng: Minsheng, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(**_: object) -> None:
        raise duckdb.InternalException("an index\n\nStack Trace:\n\nlibrary.so")

    monkeypatch.setattr(commands.commands["status"], "callback", fail)

    result = minsheng("status", home=tmp_path)

    assert result.status == 1
    assert result.stderr == (
        "minsheng: Unexpected InternalException: an index (the home's log has the details)\n"
    )


def test_help_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys; from warehouse.cli.main import commands; "
        "heavy = {'dbt', 'great_expectations', 'pandas', 'pyarrow', 'openpyxl'} & set(sys.modules); "
        "assert not heavy, heavy"
    )

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "see that the disk has room"),
        (errno.EDQUOT, "see that the disk has room"),
        (errno.EACCES, "see that it may be read and written"),
        (errno.EROFS, "see that it may be read and written"),
        (errno.ENOENT, "see that nothing removes it meanwhile"),
        (errno.EIO, "see the home's log for the place"),
    ],
)
def test_what_the_system_refused_is_told_with_what_to_see_to(number: int, advice: str) -> None:
    error = OSError(number, os.strerror(number), "inbox/LABOUR/a.csv")

    assert _unexpected(error) == f"{error}: {advice}, then run this again"
