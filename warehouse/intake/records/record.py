"""The record of one batch in `archive/records/`: its arrivals as JSON, its rows as Parquet, a file a table.

A record names the SHA-256 of its rows and that of the record before it: the newest one vouches for all.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from warehouse import durable
from warehouse.errors import MinshengError
from warehouse.intake.archive import BATCH_RECORD as SUFFIX
from warehouse.intake.archive import Arrival, latest_of_each, recorded_before_batches
from warehouse.settings import Settings

FORMAT = 2
TABLES = ("submissions", "observations", "explanations", "refusals", "warnings")
CHAPTER = 'docs/runbook.md says under "The ledger and its archive differ"'
_ID_FILE = "archive-id"


@dataclass(frozen=True)
class RowsFile:
    """A Parquet file beside the record with the rows of one table."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class BatchRecord:
    """What is written down of the submissions that were judged together."""

    format: int
    batch: str
    previous: str
    """SHA-256 of the record before it in this archive; empty for the first."""
    program: str
    """The release that judged the batch."""
    arrivals: list[Arrival]
    rows: dict[str, RowsFile]
    """What the batch led to in each of the ledger's tables; a table without rows has no file."""

    def content(self) -> bytes:
        """Return the record as it is written."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


@dataclass(frozen=True)
class Kept:
    """A record as the archive has it."""

    record: BatchRecord
    sha256: str
    path: Path

    def rows_file(self, table: str) -> Path:
        """Return the Parquet file with the batch's rows of a table."""
        return rows_path(self.path, table)

    def require_rows(self) -> None:
        """Raise MinshengError where a file with rows is missing, or is not what was recorded."""
        for table, recorded in self.record.rows.items():
            path = self.rows_file(table)
            if not path.exists() or durable.sha256_of(path) != recorded.sha256:
                raise MinshengError(
                    f"The archive's {path.name} is missing or not what was recorded: bring it back from a "
                    f"backup as {CHAPTER}"
                )


def record_path(settings: Settings, batch: str) -> Path:
    """Return where the record of a batch lies."""
    return _folder(settings) / f"{batch}{SUFFIX}"


def rows_path(record: Path, table: str) -> Path:
    """Return where the rows of a table lie that a batch led to, beside its record."""
    return record.with_name(f"{record.name.removesuffix(SUFFIX)}.{table}.parquet")


def _folder(settings: Settings) -> Path:
    return settings.archive / "records"


def make_archive_id(settings: Settings) -> None:
    """Give the archive a name of its own, unless it has one: a lakehouse may belong to several homes."""
    path = archive_id_file(settings)
    if not path.exists():
        durable.write(path, secrets.token_hex(8).encode())


def archive_id_file(settings: Settings) -> Path:
    """Return the file with the archive's name."""
    return settings.archive / _ID_FILE


def archive_id(settings: Settings) -> str:
    """Return the archive's name; raises MinshengError where it has none."""
    try:
        return archive_id_file(settings).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        raise MinshengError(
            f"The archive lacks its name, {archive_id_file(settings)}: bring the file back from a backup; "
            "where the home was never upgraded, run `minsheng init`"
        ) from None


def read_record(path: Path) -> Kept:
    """Return one record; raises MinshengError where it cannot be read."""
    content = path.read_bytes()
    try:
        written = json.loads(content)
        arrivals = [Arrival(**one) for one in written.pop("arrivals")]
        rows = {table: RowsFile(**one) for table, one in written.pop("rows").items()}
        record = BatchRecord(arrivals=arrivals, rows=rows, **written)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise MinshengError(
            f"The archive's record {path.name} is damaged: bring it back from a backup"
        ) from None
    if record.format != FORMAT:
        raise MinshengError(
            f"The archive's record {path.name} has the format {record.format}, and this release knows "
            f"{FORMAT}: use the release that wrote it"
        )
    return Kept(record, hashlib.sha256(content).hexdigest(), path)


def batch_files(settings: Settings) -> dict[str, Path]:
    """Return the files of all records by batch."""
    return {path.name.removesuffix(SUFFIX): path for path in _folder(settings).glob(f"*{SUFFIX}")}


def recorded_batches(settings: Settings) -> list[Kept]:
    """Return the records in the order of their chain, from the first to the newest.

    A record whose batch was lost in a crash, and taken in again behind another one, is not of the chain: of
    several records after the same one the chain goes on with that which has most after it.
    """
    after: dict[str, list[Kept]] = {}
    for path in batch_files(settings).values():
        kept = read_record(path)
        after.setdefault(kept.record.previous, []).append(kept)
    lengths = _lengths(after)
    chain: list[Kept] = []
    newest = ""
    while followers := after.get(newest):
        chain.append(max(followers, key=lambda kept: (lengths[kept.sha256], kept.path.name)))
        newest = chain[-1].sha256
    return chain


def _lengths(after: dict[str, list[Kept]]) -> dict[str, int]:
    """Return the length of the longest chain that begins with each record, by the record's SHA-256."""
    lengths: dict[str, int] = {}
    waiting = [kept for followers in after.values() for kept in followers]
    while waiting:
        kept = waiting.pop()
        followers = after.get(kept.sha256, [])
        if all(one.sha256 in lengths for one in followers):
            lengths[kept.sha256] = 1 + max((lengths[one.sha256] for one in followers), default=0)
        else:
            waiting += [kept, *(one for one in followers if one.sha256 not in lengths)]
    return lengths


def recorded_arrivals(settings: Settings) -> list[Arrival]:
    """Return every arrival that the archive recorded, in order."""
    arrivals = [
        arrival for path in batch_files(settings).values() for arrival in read_record(path).record.arrivals
    ]
    return latest_of_each([*recorded_before_batches(settings), *arrivals])
