"""One fault for each check of `minsheng doctor`, planted under the check's name."""

from __future__ import annotations

import fcntl
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import namedtuple
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

import duckdb
import pytest

from warehouse import ledger, notifications
from warehouse.doctor import Installation
from warehouse.doctor.checks import home as home_checks
from warehouse.doctor.checks import installation as installation_checks
from warehouse.doctor.checks import machine as machine_checks
from warehouse.settings import Settings

NOBODY = "127.0.0.1:9"
OLD = 10 * 24 * 3600
Disk = namedtuple("Disk", "total used free")


@dataclass
class Place:
    """A sound installation, for one fault to be planted in it."""

    settings: Settings
    patch: pytest.MonkeyPatch
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """The home folder."""
        return self.settings.home

    @property
    def installation(self) -> Installation:
        """What the checks are asked of."""
        return Installation(self.settings, self.environment)

    def set(self, **values: Any) -> None:
        """Set some of the settings otherwise."""
        self.settings = self.settings.model_copy(update=values)

    def free(self, gibibytes: float) -> None:
        """Let every disk have so much room left."""
        left = Disk(1 << 50, 0, int(gibibytes * (1 << 30)))
        self.patch.setattr(shutil, "disk_usage", lambda _: left)


Plant = Callable[[Place], Any]
PLANTED: dict[str, Plant] = {}


def plant(function: Plant) -> Plant:
    """Keep a fault under the name of the check that must find it."""
    PLANTED[function.__name__.replace("_", "-")] = function
    return function


@plant
def python_version(place: Place) -> None:
    place.patch.setattr(sys, "version_info", (3, 10, 0, "final", 0))


@plant
def packages_missing(place: Place) -> None:
    place.patch.setattr(metadata, "requires", lambda _: ["a-package-that-nobody-has>=1"])


@plant
def packages_version(place: Place) -> None:
    place.patch.setattr(metadata, "requires", lambda _: ["duckdb==0.1.0"])


@plant
def project_files(place: Place) -> None:
    place.patch.setattr(installation_checks, "PROJECT", place.home)


@plant
def engine(place: Place) -> None:
    place.patch.setattr(installation_checks, "TIMEZONE", "Asia/Nowhere")


@plant
def lakehouse_extensions(place: Place) -> None:
    place.set(ledger="ducklake:sqlite:catalog")
    place.patch.setattr(duckdb, "__version__", "0.1.0")


@plant
def home_beside_code(place: Place) -> None:
    place.set(home=Path("/usr/lib/python3/site-packages/var"))


@plant
def file_names(place: Place) -> None:
    place.patch.setattr(sys, "getfilesystemencoding", lambda: "ascii")


@plant
def time_zone(place: Place) -> None:
    place.patch.setattr(machine_checks, "TIMEZONE", "Asia/Nowhere")


@plant
def clock_behind(place: Place) -> None:
    place.patch.setattr(machine_checks, "now", lambda: machine_checks.datetime(2020, 1, 1))


@plant
def temporary_folder(place: Place) -> None:
    place.patch.setattr(tempfile, "tempdir", "/nowhere")


@plant
def temporary_room(place: Place) -> None:
    place.free(gibibytes=0.5)


@plant
def memory(place: Place) -> None:
    place.patch.setattr(os, "sysconf", lambda _: 1 << 15)


@plant
def open_files(place: Place) -> None:
    place.patch.setattr(resource, "getrlimit", lambda _: (256, 256))


@plant
def file_leases(place: Place) -> None:
    place.patch.delattr(fcntl, "F_SETLEASE")


@plant
def browser(place: Place) -> None:
    place.set(browser="a-browser-that-nobody-has")


@plant
def browser_fonts(place: Place) -> None:
    place.set(browser=sys.executable)
    place.patch.setattr(shutil, "which", lambda _: "/bin/true")


@plant
def home_missing(place: Place) -> None:
    shutil.rmtree(place.home)


@plant
def home_owner(place: Place) -> None:
    place.patch.setattr(os, "geteuid", lambda: place.home.stat().st_uid + 1)


@plant
def home_writable(place: Place) -> None:
    place.patch.setattr(os, "access", lambda path, _: path != place.settings.archive)


@plant
def home_rights(place: Place) -> None:
    place.settings.ledger_file.chmod(0o644)


@plant
def home_locks(place: Place) -> None:
    def refused(*_: object) -> None:
        raise OSError("No locks available")

    place.patch.setattr(fcntl, "flock", refused)


@plant
def home_file_system(place: Place) -> None:
    mounts = place.home.with_name("mounts")
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\nserver:/minsheng {place.home} nfs4 rw 0 0\n")
    place.patch.setattr(home_checks, "_MOUNTS", mounts)


@plant
def disk_full(place: Place) -> None:
    place.free(gibibytes=0.1)


@plant
def disk_room(place: Place) -> None:
    place.free(gibibytes=1)


@plant
def disk_files(place: Place) -> None:
    found = namedtuple("found", "f_files f_favail")(1_000_000, 99)
    place.patch.setattr(os, "statvfs", lambda _: found)


@plant
def inboxes(place: Place) -> None:
    shutil.rmtree(place.settings.outbox / "HRSS")


@plant
def inbox_stuck(place: Place) -> None:
    aged(place.settings.inbox / "HRSS" / "九月.xlsx")


@plant
def leftovers(place: Place) -> None:
    aged(place.settings.archive / ".batch.json.4711.tmp")


@plant
def ledger_missing(place: Place) -> None:
    place.settings.ledger_file.unlink()


@plant
def ledger_busy(place: Place) -> subprocess.Popen[bytes]:
    hold = (
        "import fcntl, sys; lock = open(sys.argv[1], 'a'); fcntl.flock(lock, fcntl.LOCK_EX); "
        "print(flush=True); input()"
    )
    words = [sys.executable, "-c", hold, str(place.settings.ledger_lock)]
    holder = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout
    holder.stdout.readline()
    return holder


@plant
def ledger_opens(place: Place) -> None:
    place.settings.ledger_file.write_bytes(b"no database at all")


@plant
def ledger_format(place: Place) -> None:
    with ledger.writing(place.settings) as connection:
        connection.execute(
            "insert into home.migrations values (9999, 'x', '9.9.9', '9.9.9', now()::timestamp)"
        )


@plant
def ledger_and_archive(place: Place) -> None:
    for record in (place.settings.archive / "records").rglob("*.batch.json"):
        record.unlink()


@plant
def edition_link(place: Place) -> None:
    (place.settings.editions / "current").unlink()


@plant
def edition_whole(place: Place) -> None:
    (report,) = place.settings.editions.glob("*/r1/report.html")
    report.parent.chmod(0o700)
    report.chmod(0o600)
    report.write_text("another report")


@plant
def signing_key(place: Place) -> None:
    key = place.home.with_name("signing-key")
    key.write_text("no key at all")
    place.set(signing_key=key)


@plant
def plan_faults(place: Place) -> None:
    changed = place.home.with_name("changed-plan")
    shutil.copytree(place.settings.plan, changed)
    (changed / "indicators.csv").write_text("indicator_code\nX\n")
    place.set(plan=changed)


@plant
def districts_list(place: Place) -> None:
    (place.home / "districts.yml").write_text("districts:\n  - {code: one}\n")
    place.environment["MINSHENG_DISTRICTS"] = str(place.home / "districts.yml")


@plant
def plan_not_loaded(place: Place) -> None:
    place.set(plan=place.settings.plan.parent / "tests" / "plans" / "minimal")


@plant
def backup_missing(place: Place) -> None:
    shutil.rmtree(place.settings.backup_folder)


@plant
def backup_old(place: Place) -> None:
    for one in place.settings.backup_folder.iterdir():
        aged(one)


@plant
def backup_folder(place: Place) -> None:
    place.patch.setattr(os, "access", lambda *_: False)


@plant
def backup_disk(place: Place) -> None:
    shutil.copytree(place.settings.backup_folder, place.home / "backups", dirs_exist_ok=True)
    place.set(backups=place.home / "backups")


@plant
def backup_room(place: Place) -> None:
    place.free(gibibytes=0)


@plant
def notice_settings(place: Place) -> None:
    place.patch.delenv("MINSHENG_NOTIFY_MAIL_TO")


@plant
def notice_channel(place: Place) -> None:
    place.patch.delenv("MINSHENG_NOTIFY_SMTP_HOST")


@plant
def incidents_open(place: Place) -> None:
    place.patch.delenv("MINSHENG_NOTIFY_SMTP_HOST")
    notifications.report_incident(place.settings, "month", "2023-12", "blocked", "docs/runbook.md")


@plant
def metadata_database(place: Place) -> None:
    secret = place.home.with_name("database_url")
    secret.write_text(f"postgresql+psycopg2://airflow:password@{NOBODY}/airflow")
    place.environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD"] = f"cat {secret}"


@plant
def broker(place: Place) -> None:
    place.environment["AIRFLOW__CORE__EXECUTOR"] = "CeleryExecutor"
    place.environment["AIRFLOW__CELERY__BROKER_URL"] = f"redis://:password@{NOBODY}/0"


@plant
def api_server(place: Place) -> None:
    place.environment["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] = f"http://{NOBODY}/execution/"


@plant
def scheduler(place: Place) -> None:
    api_server(place)


@plant
def dag_processor(place: Place) -> None:
    api_server(place)


@plant
def ledger_catalog(place: Place) -> None:
    place.set(ledger="ducklake:postgres:host=127.0.0.1 port=9 dbname=ledger")


@plant
def ledger_store(place: Place) -> None:
    place.set(ledger_data="s3://ledger/rows")
    place.environment["DUCKDB_S3_ENDPOINT"] = NOBODY


@plant
def mail_server(place: Place) -> None:
    place.patch.setenv("MINSHENG_NOTIFY_SMTP_HOST", "127.0.0.1")
    place.patch.setenv("MINSHENG_NOTIFY_SMTP_PORT", "9")


@plant
def webhooks(place: Place) -> None:
    place.patch.setenv("MINSHENG_NOTIFY_WECOM_WEBHOOK", f"https://{NOBODY}/hook?key=password")


def aged(path: Path) -> None:
    """Make a file look as if it was last written ten days ago."""
    path.touch()
    moment = path.stat().st_mtime - OLD
    os.utime(path, (moment, moment))
