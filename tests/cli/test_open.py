"""`minsheng open`: the newest report in the browser of the machine, or its path for a machine without one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Ended

Minsheng = Callable[..., Ended]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the browser was asked to show."""
    pages: list[str] = []
    monkeypatch.setattr(click, "launch", lambda page: pages.append(page) or 0)
    return pages


def edition_in(home: Path, name: str) -> Path:
    folder = home / "editions" / name
    folder.mkdir(parents=True)
    (folder / "report.html").write_text("样例", encoding="utf-8")
    return folder / "report.html"


def test_the_newest_report_is_shown_and_its_path_is_printed(
    minsheng: Minsheng, tmp_path: Path, shown: list[str]
) -> None:
    edition_in(tmp_path, "2025-02/r1")
    newest = edition_in(tmp_path, "2025-03/r1")

    ended = minsheng("open", home=tmp_path)

    assert (ended.status, ended.stdout.strip(), shown) == (0, str(newest), [str(newest)])


def test_another_edition_is_shown_by_its_name(minsheng: Minsheng, tmp_path: Path, shown: list[str]) -> None:
    earlier = edition_in(tmp_path, "2025-02/r1")
    edition_in(tmp_path, "2025-03/r1")

    minsheng("open", "2025-02", home=tmp_path)

    assert shown == [str(earlier)]


def test_a_program_gets_the_path_and_no_browser(minsheng: Minsheng, tmp_path: Path, shown: list[str]) -> None:
    page = edition_in(tmp_path, "2025-03/r1")

    ended = minsheng("open", "--json", home=tmp_path)

    assert json.loads(ended.stdout) == {"edition": "2025-03/r1", "report": str(page)}
    assert shown == []


def test_before_the_first_edition_it_says_so(minsheng: Minsheng, tmp_path: Path, shown: list[str]) -> None:
    (tmp_path / "editions").mkdir()

    ended = minsheng("open", home=tmp_path)

    assert ended.status == 1
    assert "There is no edition current" in ended.stderr
    assert shown == []
