"""`minsheng doctor` finds each fault that is planted, by its name, in seconds, and tells no secret."""

from __future__ import annotations

import json
import shutil
import socket
import stat
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deployment import doctor_page
from tests.doctor.planted import PLANTED, Place
from tests.prepared import Prepared
from warehouse import doctor, home
from warehouse.doctor import CHECKS, Installation, Level
from warehouse.doctor.registry import Check, NotApplicable
from warehouse.errors import MinshengError
from warehouse.settings import Settings

SECRET = "correct-horse-battery-staple"
FIGURE = "4212.77"


@pytest.fixture(scope="session")
def sound_home(prepared: Prepared, published: Settings) -> Path:
    """A home with an edition and an inbox for each department, in which nothing waits."""

    def make(folder: Path) -> None:
        shutil.copytree(published.home, folder, symlinks=True, dirs_exist_ok=True)
        home.initialise(published.model_copy(update={"home": folder}))
        for waiting in (folder / "inbox").glob("*/*"):
            waiting.unlink()

    return prepared.folder("sound", make)


@pytest.fixture
def other_disk() -> Iterator[Path]:
    """A folder on another disk than temporary files, with a backup in it."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        backup = Path(folder) / "minsheng-2024-01-06.tar"
        backup.write_bytes(b"a backup")
        yield backup.parent


@pytest.fixture
def place(
    sound_home: Path, other_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, published: Settings
) -> Iterator[Place]:
    """A sound installation of one test's own: backups on another disk, and a mail server that answers."""
    shutil.copytree(sound_home, tmp_path / "home", symlinks=True)
    with socket.create_server(("127.0.0.1", 0)) as mail:
        port = str(mail.getsockname()[1])
        told = {
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": port,
            "MAIL_FROM": "a@example.org",
            "MAIL_TO": "b@example.org",
        }
        for name, value in told.items():
            monkeypatch.setenv(f"MINSHENG_NOTIFY_{name}", value)
        own = {"home": tmp_path / "home", "backups": other_disk, "browser": ""}
        yield Place(published.model_copy(update=own), monkeypatch)


def asked(name: str, installation: Installation) -> str | None:
    """Return what a check finds, None where all is well or nothing is there to ask."""
    try:
        return CHECKS[name].question(installation)
    except NotApplicable:
        return None


def test_every_check_has_a_planted_fault() -> None:
    assert PLANTED.keys() == CHECKS.keys()
    assert len(CHECKS) >= 30


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name: str, place: Place) -> None:
    planted = PLANTED[name](place)

    found = asked(name, place.installation)

    if isinstance(planted, subprocess.Popen):
        planted.communicate(b"\n")
    assert found


def test_a_sound_installation_has_no_fault_and_is_examined_within_five_seconds(place: Place) -> None:
    diagnosis = doctor.examine(place.installation)

    assert {one.name: one.found for one in diagnosis.findings if one.todo} == {}
    assert diagnosis.exit_status == 0
    assert diagnosis.seconds < 5


def test_a_fault_says_what_to_do_and_ends_with_one_a_warning_with_three(place: Place) -> None:
    PLANTED["leftovers"](place)
    warned = doctor.examine(place.installation)
    PLANTED["ledger-missing"](place)
    broken = doctor.examine(place.installation)

    assert (warned.exit_status, broken.exit_status) == (3, 1)
    assert all(one.todo for one in broken.findings if one.level in (Level.FAULT, Level.WARNING))


def test_what_hangs_is_a_fault_when_the_time_is_over(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(_: Installation) -> None:
        time.sleep(30)

    monkeypatch.setitem(CHECKS, "engine", Check("engine", "x", Level.FAULT, "", "wait", hang))

    diagnosis = doctor.examine(place.installation, seconds=1)

    (found,) = [one for one in diagnosis.findings if one.name == "engine"]
    assert found.level is Level.FAULT
    assert diagnosis.seconds < 5


def test_a_check_that_fails_itself_is_a_fault_and_never_well(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Installation) -> None:
        raise RuntimeError("nobody foresaw this")

    monkeypatch.setitem(CHECKS, "engine", Check("engine", "x", Level.WARNING, "", "wait", fail))

    diagnosis = doctor.examine(place.installation)

    (found,) = [one for one in diagnosis.findings if one.name == "engine"]
    assert found.level is Level.FAULT


def test_no_finding_shows_a_password(place: Place) -> None:
    for name in ("metadata-database", "broker", "webhooks"):
        PLANTED[name](place)

    told = [asked(name, place.installation) for name in ("metadata-database", "broker", "webhooks")]

    assert all(told)
    assert [one for one in told if "password" in str(one)] == []


def test_the_support_bundle_holds_no_secret_no_figure_and_is_closed_to_others(
    place: Place, tmp_path: Path
) -> None:
    place.environment["MINSHENG_NOTIFY_SMTP_PASSWORD"] = SECRET
    place.settings.logs.mkdir(exist_ok=True)
    event = {"at": "2024-01-06T08:00:00", "level": "info", "module": "m", "event": FIGURE, "file": SECRET}
    (place.settings.logs / "minsheng.jsonl").write_text(json.dumps(event) + "\n")
    bundle = tmp_path / "bundle.zip"

    doctor.write_bundle(place.installation, doctor.examine(place.installation), bundle)

    with zipfile.ZipFile(bundle) as content:
        text = "".join(content.read(name).decode() for name in content.namelist())
    assert SECRET not in text
    assert FIGURE not in text
    assert "MINSHENG_NOTIFY_SMTP_PASSWORD" in text
    assert stat.S_IMODE(bundle.stat().st_mode) == 0o600


def test_a_bundle_is_never_written_over_a_file_nor_through_a_link(place: Place, tmp_path: Path) -> None:
    link = tmp_path / "bundle.zip"
    link.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(MinshengError, match="name a new file"):
        doctor.write_bundle(place.installation, doctor.examine(place.installation), link)


def test_the_page_lists_every_check_as_make_docs_writes_it() -> None:
    page = doctor_page.PAGE.read_text(encoding="utf-8")

    assert page == doctor_page.render(page)
