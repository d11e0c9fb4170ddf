"""The home folder of one installation: its folders, its ledger, and the plan loaded into it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from warehouse import ledger, plan
from warehouse.intake import records
from warehouse.logs import logger
from warehouse.published import editions_of
from warehouse.settings import Settings

# Bodies outside the district and groups of bodies are named in the plan, but submit nothing.
_SUBMITTERS = (
    "select organization_code from plan.current_organizations where kind not in ('outside', 'group')"
)
# Whoever passes through these sees nothing but what he is given the name and the right of.
PASSAGE = 0o711
# Files in these get the folder's group, which an administrator makes a department's or the analysts'.
_GROUP_MAY_WRITE, _GROUP_MAY_READ = 0o2770, 0o2750
_OWNER_ALONE, _OWNERS_FILE = 0o700, 0o600
_EVERYBODY_MAY_READ = 0o755
_OWNERS = ("airflow", "archive", "backups", "candidate", "dbt", "extensions", "ledger", "logs")


@dataclass(frozen=True)
class Home:
    """What `initialise` made or found."""

    home: str
    plan_version: str
    inboxes: int


def initialise(settings: Settings) -> Home:
    """Make the home's folders and ledger and load the plan; a second call loads only a changed plan.

    Each call sets the rights of what it makes anew (docs/security.md), and leaves owners and groups alone.
    """
    settings.archive.mkdir(parents=True, exist_ok=True)
    records.make_archive_id(settings)
    with ledger.upgrading(settings) as connection:
        records.record_older_submissions(settings, connection)
        plan_version = plan.load(connection, settings.plan, is_published=bool(editions_of(settings)))
        rows = connection.execute(_SUBMITTERS).fetchall()
    for (organization_code,) in rows:
        for folder in (settings.inbox, settings.outbox):
            (folder / organization_code).mkdir(parents=True, exist_ok=True)
    for folder in (settings.archive, settings.candidate, settings.editions, settings.public):
        folder.mkdir(parents=True, exist_ok=True)
    for path, mode in rights(settings).items():
        _set(path, mode)
    logger(__name__).info("initialised", plan_version=plan_version, inboxes=len(rows))
    return Home(str(settings.home), plan_version, len(rows))


def rights(settings: Settings) -> dict[Path, int]:
    """Return who may do what with each part of the home that is there: the mode of each file and folder."""
    closed = {settings.home / name: _OWNER_ALONE for name in _OWNERS}
    files = {settings.ledger_file: _OWNERS_FILE, settings.ledger_lock: _OWNERS_FILE}
    passages = {
        settings.home: PASSAGE,
        settings.inbox: PASSAGE,
        settings.outbox: PASSAGE,
        settings.editions: _GROUP_MAY_READ,
        settings.public: _EVERYBODY_MAY_READ,
    }
    inboxes = dict.fromkeys(settings.inbox.glob("*/"), _GROUP_MAY_WRITE)
    outboxes = dict.fromkeys(settings.outbox.glob("*/"), _GROUP_MAY_READ)
    rights = closed | files | passages | inboxes | outboxes
    return {path: mode for path, mode in rights.items() if path.exists()}


def _set(path: Path, mode: int) -> None:
    state = path.lstat()
    # What an administrator has given to another account is his to open and close.
    if os.geteuid() in (0, state.st_uid) and not path.is_symlink():
        path.chmod(mode)
