"""Where things lie. Two folders come from outside: the home (what runs) and the plan (what was promised)."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent
_IS_CHECKOUT = (_CHECKOUT / "dbt_project" / "dbt_project.yml").is_file()
PROJECT = _CHECKOUT if _IS_CHECKOUT else _PACKAGE / "project"
"""Where the dbt project, the suites and the plan lie: in the checkout, or in the installed package."""


def _default_home() -> Path:
    """Return `var/` of the checkout; where the package is installed, of the current folder."""
    return (_CHECKOUT if _IS_CHECKOUT else Path.cwd()) / "var"


class Settings(BaseSettings):
    """The settings of one installation, from `MINSHENG_*` in the environment or from the caller."""

    model_config = SettingsConfigDict(env_prefix="MINSHENG_", frozen=True)

    home: Path = Field(default_factory=_default_home)
    plan: Path = PROJECT / "seeds"
    ledger: str = ""
    """The lakehouse that holds the ledger, `ducklake:postgres:…`; empty for the embedded file in the home."""
    ledger_data: str = ""
    """Where the lakehouse keeps its rows, a folder or `s3://…`; empty for the home's folder `ledger/`."""
    stable_seconds: float = 2.0
    """How long a file in an inbox must have lain unchanged before it is taken."""
    inspection_office: str = "INSPECTION_OFFICE"
    """The organization (督查室) that overdue reports are escalated to, by its code."""
    lock_seconds: float = 900.0
    """How long to wait for whoever holds the ledger before giving up."""
    backups: Path | None = None
    """Where the nightly backups go, on another disk if possible; where it is not set, into the home."""

    backup_recipients: Path | None = None
    """The file with the public keys that backups are encrypted for, one a line; None for plain backups."""

    signing_key: Path | None = None
    """The private key that manifests are signed with, outside the home (`minsheng keys`); None for none."""

    browser: str = "chromium"
    """The Chromium that prints the report to PDF, by name or path; empty, or not there: no PDF."""

    disclosure_floor: int = Field(default=10, ge=2)
    """In public variants, counts of persons from 1 to below this are withheld."""

    district: str = ""
    """The district's name, before the titles of its messages; empty where the installation has only one."""

    notices: Path | None = None
    """The folder of files that say where messages go; None for `MINSHENG_NOTIFY_*` of the environment."""

    @property
    def inbox(self) -> Path:
        """One folder for each organization, where it drops files."""
        return self.home / "inbox"

    @property
    def outbox(self) -> Path:
        """One folder for each organization: its receipts, templates and reminders."""
        return self.home / "outbox"

    @property
    def archive(self) -> Path:
        """Every file ever received, named by its SHA-256, and the record of its arrival."""
        return self.home / "archive"

    @property
    def ledger_file(self) -> Path:
        """The DuckDB file with the ledger; one process writes it at a time."""
        return self.home / "warehouse.duckdb"

    @property
    def ledger_lock(self) -> Path:
        """The file whose lock says who may open the ledger."""
        return self.home / "warehouse.lock"

    @property
    def candidate(self) -> Path:
        """What is being built and audited, one folder for each period."""
        return self.home / "candidate"

    @property
    def editions(self) -> Path:
        """The published editions and the link `current`."""
        return self.home / "editions"

    @property
    def backup_folder(self) -> Path:
        """The nightly backups, one file each."""
        return self.backups or self.home / "backups"

    @property
    def public(self) -> Path:
        """The public variants of editions, laid out as the editions are."""
        return self.home / "public"

    @property
    def logs(self) -> Path:
        """Structured logs, one JSON object a line."""
        return self.home / "logs"

    @property
    def dbt_project(self) -> Path:
        """The dbt project that computes progress."""
        return PROJECT / "dbt_project"

    @property
    def expectations(self) -> Path:
        """The suites of the quality gate."""
        return PROJECT / "expectations"
