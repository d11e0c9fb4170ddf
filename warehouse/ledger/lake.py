"""The ledger as a lakehouse: DuckLake, its catalog in PostgreSQL or SQLite, its rows in a folder or S3.

`MINSHENG_LEDGER` names the catalog (`ducklake:postgres:dbname=… host=…`), `MINSHENG_LEDGER_DATA` the place of
the rows, which are Parquet. Neither holds a password: PostgreSQL's comes as libpq looks for it (PGPASSFILE),
the store's from AWS's variables. A build reads one version of the lakehouse and so holds nobody up; writers
take turns.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.clock import TIMEZONE
from warehouse.errors import CatalogLostError, MinshengError
from warehouse.ledger.attachment import Attachment, quoted
from warehouse.ledger.catalog import tells_of_loss, told_of_loss, turn
from warehouse.ledger.embedded import locked
from warehouse.ledger.extensions import configuration
from warehouse.ledger.formats import tables
from warehouse.ledger.preparation import Preparation
from warehouse.settings import Settings

_POSTGRES = "ducklake:postgres:"


@dataclass(frozen=True)
class Lake:
    """A DuckLake catalog and the place of its rows."""

    settings: Settings

    @property
    def name(self) -> str:
        """The catalog's name as it was given."""
        return self.settings.ledger

    @property
    def _is_shared(self) -> bool:
        """Whether several machines can reach the catalog."""
        return self.name.startswith(_POSTGRES)

    def exists(self) -> bool:
        """Tell whether the catalog is there and holds a ledger; raises CatalogLostError."""
        return self._tells(lambda connection: bool(tables(connection)))

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Wait for the turn among all writers, on whatever machine, and open the newest version.

        A writer who lost the turn while he wrote, since his session was ended, cannot commit after another.
        """
        with self._turn(), self._writable() as connection:
            yield connection

    def upgrading(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Open the newest version as `writing` does: the lakehouse keeps the version before."""
        return self.writing()

    @contextmanager
    def preparing(self) -> Iterator[Preparation]:
        """Keep other intakes of this home out, and wait for the turn only where it is asked for."""
        if not self._is_shared:
            # Its one machine gains nothing, and SQLite lets nobody read while another commits.
            with self.writing() as connection:
                yield Preparation(connection, nullcontext)
            return
        with (
            locked(self.settings.ledger_lock, fcntl.LOCK_EX, self.settings.lock_seconds),
            self._writable() as connection,
        ):
            yield Preparation(connection, self._turn)

    @contextmanager
    def sharing(self) -> Iterator[Attachment]:
        """Name the newest version; it stays as it is, whatever is written after it."""
        with self._attached("read_only") as connection:
            ((snapshot,),) = connection.execute(
                "select max(snapshot_id) from ducklake_snapshots('warehouse')"
            ).fetchall()
        yield Attachment(self.name, snapshot, configuration(self.settings))

    @contextmanager
    def reading(self, attachment: Attachment) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open that version."""
        with self._attached(f"read_only, snapshot_version {attachment.snapshot}") as connection:
            yield connection

    def _tells(self, question: Callable[[duckdb.DuckDBPyConnection], bool]) -> bool:
        """Ask the newest version something; where there is no ledger, the answer is no."""
        try:
            with self._attached("read_only") as connection:
                return question(connection)
        except CatalogLostError:
            raise
        except MinshengError:
            return False

    @contextmanager
    def _writable(self) -> Iterator[duckdb.DuckDBPyConnection]:
        data = self.settings.ledger_data or str(self.settings.home / "ledger")
        # DuckLake aborts the process where a session ends while it reads rows that the catalog itself holds.
        with self._attached(f"data_path {quoted(data)}, data_inlining_row_limit 0") as connection:
            # Otherwise DuckLake merges what two of them append: both would give the same number of arrival.
            connection.execute("set ducklake_max_retry_count = 0")
            yield connection

    @contextmanager
    def _attached(self, options: str) -> Iterator[duckdb.DuckDBPyConnection]:
        with (
            duckdb.connect(config={**configuration(self.settings)}) as connection,
            told_of_loss(connection),
        ):
            try:
                connection.execute(f"attach {quoted(self.name)} as warehouse ({options})")
            except duckdb.Error as error:
                if tells_of_loss(error):
                    raise
                raise MinshengError(
                    f"The ledger {self.name} cannot be opened ({str(error).splitlines()[0]}): see that its "
                    "database runs and that `minsheng init` has made the ledger"
                ) from error
            connection.execute(f"use warehouse; set TimeZone = '{TIMEZONE}'; set enable_progress_bar = false")
            yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._is_shared:
            # A catalog in a file belongs to one machine, and so does a lock beside it.
            beside = Path(f"{self.name.rpartition(':')[2]}.lock")
            with locked(beside, fcntl.LOCK_EX, self.settings.lock_seconds):
                yield
            return
        with turn(self.name.removeprefix(_POSTGRES), self.settings.lock_seconds):
            yield
