"""Districts that tests harm copies of: each is made once in a run, and nothing is done to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.faults.district import STEPS, District
from tests.prepared import Prepared

_HOME, _SECONDS = "home", "seconds.json"


def sound_district(prepared: Prepared, new_home: Callable[[Path], Path]) -> District:
    """Return a district that has published a month."""

    def make(folder: Path) -> None:
        district = District(new_home(folder / _HOME))
        district.open()
        district.deliver()
        district.take_steps(*STEPS)
        _keep_seconds(district, folder)

    return _in(prepared.folder("district", make), rounds=1)


def checked_district(prepared: Prepared, sound: District) -> District:
    """Return a copy of it with one more round of files taken in, built and checked, and not yet published."""

    def make(folder: Path) -> None:
        district = sound.copied(folder / _HOME)
        district.deliver()
        district.take_steps("ingest", "build", "check")
        _keep_seconds(district, folder)

    return _in(prepared.folder("district-checked", make), rounds=2)


def _keep_seconds(district: District, folder: Path) -> None:
    (folder / _SECONDS).write_text(json.dumps(district.seconds), encoding="utf-8")


def _in(folder: Path, rounds: int) -> District:
    """Return the district in a folder, in whichever process it was made."""
    district = District(folder / _HOME)
    district.remember(rounds)
    district.seconds = json.loads((folder / _SECONDS).read_text(encoding="utf-8"))
    assert district.checker.faults_of_intake() == district.checker.faults_for_readers() == []
    return district
