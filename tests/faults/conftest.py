"""Districts, copied for each test that harms one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import sound
from tests.faults.district import District
from tests.prepared import Prepared


@pytest.fixture(scope="session")
def sound_district(prepared: Prepared, new_home: Callable[[Path], Path]) -> District:
    """A district whose month is published; nothing is done to it."""
    return sound.sound_district(prepared, new_home)


@pytest.fixture
def district(sound_district: District, tmp_path: Path) -> District:
    """A copy of it for one test, with one more round of files in the inboxes."""
    district = sound_district.copied(tmp_path / "home")
    district.deliver()
    return district


@pytest.fixture
def checked_district(prepared: Prepared, sound_district: District, tmp_path: Path) -> District:
    """A copy for one test of a district whose next edition is checked and waits to be published."""
    return sound.checked_district(prepared, sound_district).copied(tmp_path / "home")
