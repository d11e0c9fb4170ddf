"""The candidate's folder: where a month is built, and what says how it was built."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import MinshengError
from warehouse.periods import Period
from warehouse.settings import Settings

MARTS_FILE = "minsheng.duckdb"
WORKINGS_FILE = "workings.duckdb"
BUILD_FILE = "build.json"
COMPILED_FILE = "compiled.json"
SOURCES_FILE = "sources.json"
_COLUMNS = Path(__file__).with_name("columns.sql")
FORMAT = 2
"""Of the candidate's folder: what `build.json` says, and the two databases beside it."""
_held: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())


@dataclass(frozen=True)
class Candidate:
    """One month's candidate on disk."""

    folder: Path

    @property
    def marts(self) -> Path:
        """The database with the marts: what is audited, and then published as it is."""
        return self.folder / MARTS_FILE

    @property
    def workings(self) -> Path:
        """The database with the staging and intermediate models."""
        return self.folder / WORKINGS_FILE

    def compiled(self) -> dict[str, str]:
        """Return the SQL of each model as dbt ran it, by `database.schema.table`, in the order of the run."""
        models: dict[str, str] = json.loads((self.folder / COMPILED_FILE).read_text(encoding="utf-8"))
        return models

    def columns(self) -> dict[str, list[str]]:
        """Return the columns of each table that the build read or made, by `database.schema.table`."""
        found: dict[str, list[str]] = json.loads((self.folder / SOURCES_FILE).read_text(encoding="utf-8"))
        for path in (self.workings, self.marts):
            with duckdb.connect(str(path), read_only=True) as connection:
                found |= columns_of(connection, path.stem)
        return found

    def build_facts(self) -> dict[str, Any]:
        """Return what `build.json` says; raises MinshengError where none of this format is there."""
        path = self.folder / BUILD_FILE
        if not path.exists():
            raise MinshengError(
                _("{period} has no candidate: run `minsheng build --period {period}` first").format(
                    period=self.folder.name
                )
            )
        facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if facts.get("format") != FORMAT:
            raise MinshengError(
                f"The candidate of {self.folder.name} was built by another release (format "
                f"{facts.get('format', 0)}; this one makes {FORMAT}): run `minsheng build --period "
                f"{self.folder.name}` again"
            )
        return facts


def columns_of(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, list[str]]:
    """Return the columns of each table of the open database, which dbt knows by the given name."""
    rows = connection.execute(_COLUMNS.read_text(encoding="utf-8")).fetchall()
    return {f"{database}.{table}": columns for table, columns in rows}


def candidate_of(settings: Settings, period: Period) -> Candidate:
    """Return where the month's candidate lies."""
    return Candidate(settings.candidate / str(period))


@contextmanager
def holding(settings: Settings, period: Period) -> Iterator[Candidate]:
    """Keep the month's candidate to oneself: two who build, check or publish one month take turns.

    Whoever holds it already may hold it again. The system frees the lock when its holder dies. It comes
    before the ledger's lock, never after it, or two could wait for each other.
    """
    path = settings.candidate / f".{period}.lock"
    if path in _held.get():
        yield candidate_of(settings, period)
        return
    settings.candidate.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        before = _held.set(_held.get() | {path})
        try:
            yield candidate_of(settings, period)
        finally:
            _held.reset(before)


@contextmanager
def building(settings: Settings, period: Period) -> Iterator[Candidate]:
    """Give a fresh folder to build in; it becomes the candidate only when the block ends well."""
    final = settings.candidate / str(period)
    beside = settings.candidate / f".{period}.building"
    with holding(settings, period):
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        yield Candidate(beside)
        shutil.rmtree(final, ignore_errors=True)
        beside.rename(final)
