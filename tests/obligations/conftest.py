"""A district of the minimal plan, in which the test says what day it is and who has reported what."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

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
        home.initialise(self.settings)

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


@pytest.fixture
def reporting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reporting:
    monkeypatch.setenv("MINSHENG_SECRETS", str(tmp_path / "secrets"))
    return Reporting(tmp_path / "home", monkeypatch)
