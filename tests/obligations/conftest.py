"""A district of the minimal plan, in which the test says what day it is and who has reported what."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.prepared import Prepared
from warehouse import home, intake, obligations
from warehouse.obligations import Reminders
from warehouse.settings import PROJECT, Settings

HEADER = "报告期,指标编码,地区编码,数值,备注\n"


class Reporting:
    """What departments and the reminders do, day by day. June 2023 is due by 5 July."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.settings = Settings(
            home=folder,
            plan=PROJECT / "tests" / "plans" / "minimal",
            stable_seconds=0,
            inspection_office="INSPECTION",
        )
        self._patch = patch

    def send(self, day: str, *rows: str, organization: str = "ENVIRONMENT") -> None:
        """Have an organization's rows arrive at noon of that day."""
        moment = datetime.fromisoformat(f"{day}T12:00:00")
        self._patch.setattr("warehouse.intake.inbox.now", lambda: moment)
        (self.settings.inbox / organization / f"{day}.csv").write_text(HEADER + "".join(rows))
        intake.take_in(self.settings)

    def send_all(self, day: str, period: str) -> None:
        """Have the environment branch report everything for a month."""
        self.send(day, f"{period},AIR-001,,90,\n", f"{period},SAF-001,,0,零报\n", f"{period},SAF-002,,3,\n")

    def remind(self, day: str) -> Reminders:
        return obligations.remind(self.settings, date.fromisoformat(day))

    def notice(self, organization: str = "ENVIRONMENT") -> str:
        """Return the notice in an organization's outbox, empty where there is none."""
        path = self.settings.outbox / organization / obligations.NOTICE
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def escalations(self) -> list[str]:
        folder = self.settings.outbox / "INSPECTION"
        return sorted(path.stem for path in folder.glob("*.html")) if folder.exists() else []

    def messages(self) -> list[str]:
        """Return the first line of every message that the channels got."""
        files = sorted((self.settings.outbox / "data-team").glob("*.txt"))
        return [file.read_text(encoding="utf-8").splitlines()[0] for file in files]


@pytest.fixture(scope="session")
def silent_home(prepared: Prepared) -> Path:
    """The home of the district before anybody has reported."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            home.initialise(Reporting(folder, patch).settings)

    return prepared.folder("silent", make)


@pytest.fixture(scope="session")
def home_until_may(prepared: Prepared, silent_home: Path) -> Path:
    """A copy of that home in which the environment branch has reported every month to May, each in time."""

    def make(folder: Path) -> None:
        shutil.copytree(silent_home, folder, dirs_exist_ok=True)
        with pytest.MonkeyPatch.context() as patch:
            reporting = Reporting(folder, patch)
            for month in (3, 4, 5):
                reporting.send_all(f"2023-{month + 1:02d}-02", f"2023-{month:02d}")

    return prepared.folder("until-may", make)


@pytest.fixture
def without_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINSHENG_SECRETS", str(tmp_path / "secrets"))


@pytest.fixture
def reporting(
    silent_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without_secrets: None
) -> Reporting:
    """A copy of the district before anybody has reported."""
    return Reporting(shutil.copytree(silent_home, tmp_path / "home"), monkeypatch)


@pytest.fixture
def settled(
    home_until_may: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without_secrets: None
) -> Reporting:
    """A copy of the district in which the environment branch owes June and nothing before."""
    return Reporting(shutil.copytree(home_until_may, tmp_path / "home"), monkeypatch)
