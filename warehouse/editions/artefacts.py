"""What an edition holds besides its manifest: each artefact is written once, from the audited candidate."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.editions.difference import Side, difference, side_of
from warehouse.gate.check import QUALITY_PAGE
from warehouse.progress import Candidate
from warehouse.published import MARTS_FILE, Edition
from warehouse.snapshot import exports
from warehouse.snapshot.month import month_of
from warehouse.snapshot.workbook import WORKBOOK, workbook_of

CHANGES_FILE = "changes.json"


@dataclass(frozen=True)
class Draft:
    """What an edition is made from: the audited candidate, what its manifest says, and its predecessor."""

    candidate: Candidate
    facts: dict[str, Any]
    compared_with: Edition | None
    """The month's edition that it replaces, or else the newest of the months before; None for the first."""


def marts(draft: Draft, folder: Path) -> None:
    """Copy the audited database, byte for byte."""
    shutil.copyfile(draft.candidate.marts, folder / MARTS_FILE)


def parquet(_draft: Draft, folder: Path) -> None:
    """Write each mart as a Parquet file of the same name, for whoever does not speak DuckDB."""
    write_parquet(folder)


def write_parquet(folder: Path) -> None:
    """Write the marts of the database in `folder` into its subfolder `parquet`."""
    target = folder / "parquet"
    target.mkdir()
    with duckdb.connect(str(folder / MARTS_FILE), read_only=True) as connection:
        connection.execute("set threads = 1")  # one writer, so that the same marts give the same files
        tables = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts' order by table_name"
        ).fetchall()
        for (table,) in tables:
            connection.table(f'marts."{table}"').write_parquet(
                str(target / f"{table}.parquet"), compression="zstd"
            )


def quality_page(draft: Draft, folder: Path) -> None:
    """Copy the gate's findings as a page for people."""
    shutil.copyfile(draft.candidate.folder / QUALITY_PAGE, folder / QUALITY_PAGE)


def changes(draft: Draft, folder: Path) -> None:
    """Write what changed since the edition before, figure by figure, and why."""
    if draft.compared_with is None:
        return
    submissions = [one["submission_id"] for one in draft.facts["submissions"]]
    name = f"{draft.facts['period']}/r{draft.facts['revision']}"
    here = Side(name, folder / MARTS_FILE, draft.facts["period"], submissions)
    found = asdict(difference(side_of(draft.compared_with), here))
    content = json.dumps(found, ensure_ascii=False, indent=1, default=str)
    (folder / CHANGES_FILE).write_text(content, encoding="utf-8")


def data_package(draft: Draft, folder: Path) -> None:
    """Describe the Parquet files for programs: tables, columns, keys, hashes."""
    exports.describe_parquet(folder, draft.facts)


def csv_on_the_web(draft: Draft, folder: Path) -> None:
    """Write the progress of every target as described CSV."""
    exports.write_progress(folder, draft.facts)


def workbook(draft: Draft, folder: Path) -> None:
    """Write the ledger (台账) that offices work with."""
    name = f"{draft.facts['period']}/r{draft.facts['revision']}"
    (folder / WORKBOOK).write_bytes(workbook_of(month_of(folder / MARTS_FILE), name))


# A new artefact is one more function here; each may read what those before it wrote.
ARTEFACTS: tuple[Callable[[Draft, Path], None], ...] = (
    marts,
    parquet,
    quality_page,
    changes,
    data_package,
    csv_on_the_web,
    workbook,
)
