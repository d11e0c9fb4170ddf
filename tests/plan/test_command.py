"""Which folder `minsheng plan` is asked about."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from tests.plan.conftest import Folder
from warehouse.cli.main import commands
from warehouse.errors import MinshengError


def run(*arguments: str) -> None:
    commands.main(["plan", *arguments], standalone_mode=False)


@pytest.mark.parametrize("command", ["check", "index"])
def test_an_empty_name_is_a_wrong_usage_and_not_the_current_folder(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    monkeypatch.setenv("MINSHENG_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(folder.path)

    with pytest.raises(click.BadParameter, match="name a plan folder") as refused:
        run(command, "")

    assert refused.value.exit_code == 2


@pytest.mark.parametrize("command", ["check", "index"])
def test_a_file_is_not_taken_for_a_folder(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    monkeypatch.setenv("MINSHENG_HOME", str(tmp_path / "home"))

    with pytest.raises(MinshengError, match="is a file, not a folder"):
        run(command, str(folder.path / "plan.csv"))
