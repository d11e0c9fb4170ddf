"""`minsheng incidents`: what is open, and its end by a person who says why."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from warehouse import notifications
from warehouse.cli.main import commands
from warehouse.errors import MinshengError, UsageError
from warehouse.settings import PROJECT, Settings

CAUSE = "publish_monthly 2025-03"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("MINSHENG_SECRETS", str(tmp_path / "secrets"))
    made = Settings(home=tmp_path / "home")
    notifications.report_incident(made, CAUSE, "2025-03 运行失败", "磁盘已满", "docs/runbook.md#a-run-failed")
    return made


def incidents(settings: Settings, *words: str) -> None:
    commands(["incidents", *words, "--home", str(settings.home)], standalone_mode=False)


def test_the_list_says_what_is_wrong_since_when_and_where_to_read_what_to_do(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    incidents(settings, "list")

    said = capsys.readouterr().out
    assert said.startswith(f"{CAUSE} (open since ")
    assert "磁盘已满" in said
    assert "docs/runbook.md#a-run-failed" in said


def test_programs_get_the_list_as_json(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    incidents(settings, "list", "--json")

    assert [one["cause"] for one in json.loads(capsys.readouterr().out)] == [CAUSE]


def test_a_closed_incident_is_open_no_more_and_keeps_the_reason(settings: Settings) -> None:
    incidents(settings, "close", CAUSE, "--reason", "样例：误触发")

    (record,) = (settings.archive / "incidents").glob("*.json")
    assert notifications.open_incidents(settings) == []
    assert "样例：误触发" in record.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["runbook.md", "orchestration.md"])
def test_what_the_documents_say_to_type_closes_the_incident(settings: Settings, page: str) -> None:
    text = (PROJECT / "docs" / page).read_text(encoding="utf-8")
    (block,) = re.findall(r"```sh\n(minsheng incidents list\n.*?)```", text, flags=re.DOTALL)
    notifications.report_incident(settings, "publish_monthly 2024-11", "2024-11 运行失败", "磁盘已满", "docs")

    for line in block.splitlines():
        incidents(settings, *shlex.split(line)[2:])

    assert [one.cause for one in notifications.open_incidents(settings)] == [CAUSE]


def test_no_reason_is_a_wrong_usage(settings: Settings) -> None:
    with pytest.raises(UsageError, match="needs a reason"):
        incidents(settings, "close", CAUSE, "--reason", " ")


def test_what_is_not_open_cannot_be_closed(settings: Settings) -> None:
    with pytest.raises(MinshengError, match="minsheng incidents list"):
        incidents(settings, "close", "publish_monthly 2030-01", "--reason", "样例")
