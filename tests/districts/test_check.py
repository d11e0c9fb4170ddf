"""`minsheng districts`: each fault of a list is named with its line, and the other districts get homes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.districts.lists import MINIMAL, entry, write
from warehouse import home, ledger
from warehouse.cli.main import commands
from warehouse.districts import VARIABLE, read
from warehouse.districts.check import check
from warehouse.districts.homes import initialise
from warehouse.errors import MinshengError
from warehouse.settings import PROJECT, Settings

MEISHAN = PROJECT / "tests" / "plans" / "meishan-2019"


def faults_of(folder: Path, *entries: str) -> list[str]:
    """Check a list with a good district before these entries; return the faults without the list's folder."""
    checked = check(read(write(folder / "list.yml", entry("1"), *entries)))
    assert "1" in checked.districts
    return [str(fault).removeprefix(f"{folder}/") for fault in checked.faults]


def test_a_list_without_a_fault_has_none(tmp_path: Path) -> None:
    assert faults_of(tmp_path, entry("2", plan=MEISHAN)) == []


def test_a_plan_that_is_not_there_is_named_by_its_line(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, entry("2", plan="nowhere"))

    assert fault.startswith("list.yml:9: `plan` of 2: There is no plan folder")


def test_a_plan_that_does_not_load_is_named_with_its_first_fault(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()

    (fault,) = faults_of(tmp_path, entry("2", plan="plan"))

    assert fault.startswith("list.yml:9: `plan` of 2: it has ")


def test_the_home_of_another_plan_is_refused(tmp_path: Path) -> None:
    home.initialise(Settings(home=tmp_path / "homes" / "2", plan=MINIMAL))

    (fault,) = faults_of(tmp_path, entry("2", plan=MEISHAN))

    assert fault.startswith("list.yml:8: `home` of 2: ")
    assert "is the home of another plan" in fault


def test_an_inspection_office_that_the_plan_does_not_have_is_refused(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, entry("2", inspection_office="NOBODY"))

    assert fault == "list.yml:10: `inspection_office` of 2: the plan has no organization NOBODY"


def test_notices_that_are_not_whole_are_refused_and_show_no_value(tmp_path: Path) -> None:
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / "MINSHENG_NOTIFY_DINGTALK_WEBHOOK").write_text("https://127.0.0.1/secret")

    (fault,) = faults_of(tmp_path, entry("2", notices="notices"))

    assert "dingtalk_webhook is set, and dingtalk_secret is not" in fault
    assert "127.0.0.1" not in fault


def test_homes_are_made_for_all_but_a_district_at_fault(tmp_path: Path) -> None:
    listing = read(
        write(tmp_path / "list.yml", entry("1"), entry("2", plan="nowhere"), entry("3", plan=MEISHAN))
    )

    made = initialise(listing)

    assert [Path(one.home).name for one in made.homes] == ["1", "3"]
    assert not (tmp_path / "homes" / "2").exists()


def test_the_command_says_each_fault_and_ends_with_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(write(tmp_path / "list.yml", entry("1"), entry("1", home="other"))))

    done = CliRunner().invoke(commands, ["districts", "check", "--json"])

    assert isinstance(done.exception, MinshengError)
    (fault,) = json.loads(done.stdout)["faults"]
    assert (fault["line"], fault["district"]) == (6, "1")


def test_every_command_works_on_the_district_that_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(write(tmp_path / "list.yml", entry("1"), entry("2"))))

    CliRunner().invoke(commands, ["init", "--district", "2"], catch_exceptions=False)

    settings = Settings(home=tmp_path / "homes" / "2")
    with ledger.reading(settings) as connection:
        assert connection.execute("select count(*) from plan.versions").fetchone() == (1,)
    assert not (tmp_path / "homes" / "1").exists()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--district", "1", "--home", "elsewhere"], "leave out --home and --plan"),
        (["--district", "9"], "There is no district '9'"),
    ],
)
def test_a_district_that_cannot_be_meant_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], reason: str
) -> None:
    monkeypatch.setenv(VARIABLE, str(write(tmp_path / "list.yml", entry("1"))))

    done = CliRunner().invoke(commands, ["status", *words])

    assert reason in str(done.exception)


def test_make_run_is_for_one_home_and_says_so(tmp_path: Path) -> None:
    listing = write(tmp_path / "list.yml", entry("1"))

    done = subprocess.run(
        [sys.executable, "-m", "deployment.run"],
        env=os.environ | {VARIABLE: str(listing), "MINSHENG_HOME": str(tmp_path / "home")},
        cwd=PROJECT, check=False, capture_output=True, text=True,
    )  # fmt: skip

    assert (done.returncode, "unset MINSHENG_DISTRICTS" in done.stderr) == (2, True)
