"""The preview: of which month it is, and when it is rebuilt."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from warehouse import editions, home, intake, preview, samples
from warehouse.periods import Period
from warehouse.progress import BuildReport, candidate_of
from warehouse.settings import PROJECT, Settings

MONTH = Period(2023, 12)


def in_home(folder: Path) -> Settings:
    return Settings(home=folder, plan=PROJECT / "tests" / "plans" / "minimal", stable_seconds=0)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The smallest plan, whose deadline is the 5th of the month after, with its first month taken in."""
    made = in_home(tmp_path_factory.mktemp("preview") / "home")
    home.initialise(made)
    samples.write(made, MONTH)
    intake.take_in(made)
    return made


@pytest.fixture(scope="module")
def previewed(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory, new_home: Callable[[Path], Path]
) -> tuple[Settings, BuildReport | None]:
    """A copy of that home with its first preview, which no test changes."""
    made = in_home(new_home(tmp_path_factory.mktemp("previewed") / "home"))
    shutil.copytree(settings.home, made.home, dirs_exist_ok=True)
    return made, preview.refresh(made, MONTH)


@pytest.mark.slow
def test_a_preview_is_a_candidate_and_publishes_nothing(
    previewed: tuple[Settings, BuildReport | None],
) -> None:
    settings, report = previewed

    assert report is not None
    assert candidate_of(settings, MONTH).build_facts()["marts_sha256"] == report.marts_sha256
    assert editions.editions_of(settings) == []


@pytest.mark.slow
def test_a_second_refresh_has_nothing_to_do_until_something_arrives(
    previewed: tuple[Settings, BuildReport | None], tmp_path: Path
) -> None:
    before, first = previewed
    settings = in_home(shutil.copytree(before.home, tmp_path / "home"))
    second = preview.refresh(settings, MONTH)
    samples.write(settings, MONTH + 1)
    intake.take_in(settings)

    third = preview.refresh(settings, MONTH)

    assert first is not None
    assert second is None
    assert third is not None
    assert len(third.submissions) > len(first.submissions)
