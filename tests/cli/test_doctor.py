"""`minsheng doctor` from outside: what it says, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ended


def test_the_command_says_what_is_wrong_and_ends_accordingly(
    minsheng: Callable[..., Ended], tmp_path: Path
) -> None:
    for_people = minsheng("doctor", home=tmp_path / "nowhere")
    for_programs = minsheng("doctor", "--json", home=tmp_path / "nowhere")

    assert for_people.status == for_programs.status == json.loads(for_programs.stdout)["exit_status"] == 1
    assert "home-missing: there is no folder" in for_people.stdout
    assert not (tmp_path / "nowhere").exists()
