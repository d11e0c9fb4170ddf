"""Opening the ledger, wherever it lies: one writer at a time, and readers who see one state of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from warehouse.errors import MinshengError
from warehouse.ledger.attachment import Attachment
from warehouse.ledger.place import place_of
from warehouse.ledger.preparation import Preparation
from warehouse.settings import Settings


@contextmanager
def writing(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the ledger as its only writer, made and up to date; raises LedgerBusyError when it stays held."""
    settings.home.mkdir(parents=True, exist_ok=True)
    with place_of(settings).writing() as connection:
        yield connection


@contextmanager
def preparing(settings: Settings) -> Iterator[Preparation]:
    """Open the ledger for one intake of this home, which writes in its turn among other machines."""
    settings.home.mkdir(parents=True, exist_ok=True)
    with place_of(settings).preparing() as preparation:
        yield preparation


@contextmanager
def reading(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the ledger as it stands now, beside other readers."""
    with sharing(settings) as attachment, reading_held(settings, attachment) as connection:
        yield connection


@contextmanager
def reading_held(settings: Settings, attachment: Attachment) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open, read-only, the state that the block around it shares."""
    with place_of(settings).reading(attachment) as connection:
        yield connection


@contextmanager
def sharing(settings: Settings) -> Iterator[Attachment]:
    """Keep one state of the ledger readable while something else, dbt for one, attaches it by itself."""
    place = place_of(settings)
    if not place.exists():
        raise MinshengError(f"There is no ledger in {place.name}: run `minsheng init` first")
    with place.sharing() as attachment:
        yield attachment
