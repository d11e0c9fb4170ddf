"""Opening the ledger, wherever it lies: one writer at a time, and readers who see one state of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext as _

import duckdb

from warehouse.errors import LedgerFormatError
from warehouse.ledger.attachment import Attachment
from warehouse.ledger.formats import note_writer, require_current, upgrade
from warehouse.ledger.place import Place, place_of
from warehouse.ledger.preparation import Preparation
from warehouse.settings import Settings


@contextmanager
def writing(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the ledger as its only writer.

    Raises LedgerBusyError when it stays held, LedgerFormatError where it is missing or of another release.
    """
    place = _existing(settings)
    with place.writing() as connection:
        require_current(connection, place.name)
        note_writer(connection)
        yield connection


@contextmanager
def upgrading(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the ledger as its only writer, made or brought to this release's format.

    Raises LedgerBusyError when it stays held, and LedgerFormatError where a newer release made it.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    place = place_of(settings)
    with place.upgrading() as connection:
        upgrade(connection, place.name)
        note_writer(connection)
        yield connection


@contextmanager
def preparing(settings: Settings) -> Iterator[Preparation]:
    """Open the ledger for one intake of this home, which writes in its turn among other machines."""
    place = _existing(settings)
    with place.preparing() as preparation:
        require_current(preparation.connection, place.name)
        yield preparation


@contextmanager
def reading(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the ledger as it stands now, beside other readers."""
    with sharing(settings) as attachment, reading_held(settings, attachment) as connection:
        yield connection


@contextmanager
def reading_held(settings: Settings, attachment: Attachment) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open, read-only, the state that the block around it shares."""
    place = place_of(settings)
    with place.reading(attachment) as connection:
        require_current(connection, place.name)
        yield connection


@contextmanager
def sharing(settings: Settings) -> Iterator[Attachment]:
    """Keep one state of the ledger readable while something else, dbt for one, attaches it by itself."""
    with _existing(settings).sharing() as attachment:
        yield attachment


def _existing(settings: Settings) -> Place:
    place = place_of(settings)
    if place.exists():
        return place
    if any((settings.archive / "records").glob("*.json")):
        raise LedgerFormatError(
            f"There is no ledger in {place.name}, and the archive has records of one: rebuild it as "
            'docs/runbook.md says under "The ledger and its archive differ"'
        )
    raise LedgerFormatError(
        _("There is no ledger in {place}: run `minsheng init` first").format(place=place.name)
    )
