from __future__ import annotations

import json
from pathlib import Path

import pytest

from warehouse import home
from warehouse.cli.main import commands
from warehouse.settings import PROJECT, Settings

MINIMAL = PROJECT / "tests" / "plans" / "minimal"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MINSHENG_SECRETS", str(tmp_path / "secrets"))
    home.initialise(Settings(home=tmp_path / "home", plan=MINIMAL))
    return tmp_path / "home"


def remind(folder: Path, *words: str) -> None:
    commands(["remind", "--home", str(folder), "--plan", str(MINIMAL), *words], standalone_mode=False)


def test_it_says_who_owes_what_and_what_was_escalated(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remind(folder, "--date", "2023-04-06")

    said = capsys.readouterr().out
    assert "ENVIRONMENT 示例市生态环境局示例区分局: 3 figures of 2023-03" in said
    assert said.endswith("escalated: 2023-03\n")


def test_a_second_call_of_a_day_says_that_it_sent_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remind(folder, "--date", "2023-04-01")
    capsys.readouterr()

    remind(folder, "--date", "2023-04-01")

    assert "sent before, nothing sent now" in capsys.readouterr().out


def test_it_answers_programs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    remind(folder, "--date", "2023-04-01", "--json")

    answer = json.loads(capsys.readouterr().out)
    assert (answer["day"], answer["sent_before"], answer["escalated_months"]) == ("2023-04-01", False, [])
    assert {"ENVIRONMENT", "LABOUR"} <= {one["organization_code"] for one in answer["notified"]}
