"""What the home holds: ledger, archive and editions, as far as a few seconds can tell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from warehouse import durable, ledger, published
from warehouse.doctor.registry import Installation, NotApplicable, check, warning
from warehouse.errors import LedgerBusyError, LedgerFormatError, MinshengError
from warehouse.intake import records
from warehouse.settings import Settings
from warehouse.signing import read_private_key

_LOCK_SECONDS = 0.5


@check("run `minsheng init`; where there was one, restore it or make it again as docs/runbook.md says")
def ledger_missing(installation: Installation) -> str | None:
    """There is a ledger."""
    settings = installation.settings
    if settings.ledger or not settings.home.is_dir():
        raise NotApplicable("there is no home" if not settings.ledger else "it lies in a lakehouse")
    return None if settings.ledger_file.exists() else f"there is no file {settings.ledger_file}"


@warning("wait for it; where nothing works on it, end the process that the message names")
def ledger_busy(installation: Installation) -> str | None:
    """Nobody holds the ledger alone."""
    try:
        with _open(installation):
            return None
    except LedgerBusyError as error:
        return str(error)
    except MinshengError:
        raise NotApplicable("it cannot be opened: another check says why") from None


@check("restore it from a backup, or make it again as docs/runbook.md says")
def ledger_opens(installation: Installation) -> str | None:
    """The ledger can be opened and read."""
    try:
        with _open(installation) as connection:
            connection.execute("select count(*) from ledger.submissions").fetchall()
    except (LedgerBusyError, LedgerFormatError) as error:
        raise NotApplicable("another check says why") from error
    except (MinshengError, duckdb.Error) as error:
        return str(error)
    return None


@check("run `minsheng init`, which upgrades an older ledger; for a newer one use the newer release")
def ledger_format(installation: Installation) -> str | None:
    """The ledger is of this release's format."""
    try:
        with _open(installation):
            return None
    except LedgerFormatError as error:
        return str(error)
    except MinshengError:
        raise NotApplicable("it cannot be opened: another check says why") from None


@check('do what docs/runbook.md says under "The ledger and its archive differ"')
def ledger_and_archive(installation: Installation) -> str | None:
    """Ledger and archive hold the same batches."""
    try:
        with _open(installation) as connection:
            records.require_whole(installation.settings, connection)
    except (LedgerBusyError, LedgerFormatError) as error:
        raise NotApplicable("another check says why") from error
    except MinshengError as error:
        return str(error)
    return None


@check(
    "run `minsheng publish` for the newest month again, which sets the link, or `minsheng editions verify`"
)
def edition_link(installation: Installation) -> str | None:
    """The link `current` leads to the newest edition."""
    settings = installation.settings
    newest = _newest(settings)
    link = settings.editions / published.CURRENT
    if not link.is_symlink():
        return f"there are editions, and no link {link}"
    return None if link.resolve() == newest.path.resolve() else f"{link} leads to {link.readlink()}"


@check("restore it from a backup: `minsheng editions verify` says what else no longer holds")
def edition_whole(installation: Installation) -> str | None:
    """The newest edition's files are those that were published."""
    newest = _newest(installation.settings)
    for name, listed in newest.manifest()["files"].items():
        path = newest.path / name
        if not path.is_file():
            return f"{newest.name} lacks {name}"
        if durable.sha256_of(path) != listed["sha256"]:
            return f"{newest.name}/{name} was altered"
    return None


@check("make it readable for its owner alone, outside the home; `minsheng keys` makes a new one")
def signing_key(installation: Installation) -> str | None:
    """The signing key is there, sound, closed to others, and outside the home."""
    settings = installation.settings
    key = settings.signing_key
    if key is None:
        raise NotApplicable("editions are not signed")
    if settings.home.resolve() in key.resolve().parents:
        return f"the key {key} lies in the home, whose backups would hold it"
    try:
        read_private_key(key)
    except MinshengError as error:
        return str(error)
    return None


@contextmanager
def _open(installation: Installation) -> Iterator[duckdb.DuckDBPyConnection]:
    settings = installation.settings
    if settings.ledger or not settings.ledger_file.exists():
        raise NotApplicable("it lies in a lakehouse" if settings.ledger else "there is none")
    with ledger.reading(settings.model_copy(update={"lock_seconds": _LOCK_SECONDS})) as connection:
        yield connection


def _newest(settings: Settings) -> published.Edition:
    editions = published.editions_of(settings)
    if not editions:
        raise NotApplicable("nothing is published yet")
    return editions[-1]
