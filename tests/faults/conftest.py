"""A district that has published a month, copied for each test that harms it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.district import STEPS, District


@pytest.fixture(scope="session")
def sound_district(tmp_path_factory: pytest.TempPathFactory) -> District:
    """A district whose month is published; nothing is done to it."""
    district = District(tmp_path_factory.mktemp("district") / "home")
    district.open()
    district.deliver()
    district.take_steps(*STEPS)
    assert district.checker.faults() == []
    return district


@pytest.fixture
def district(sound_district: District, tmp_path: Path) -> District:
    """A copy of it for one test, with one more round of files in the inboxes."""
    district = sound_district.copied(tmp_path / "home")
    district.deliver()
    return district
