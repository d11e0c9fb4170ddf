"""What an edition holds besides its manifest: each artefact is written once, from the audited candidate."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb

from warehouse.editions.edition import MARTS_FILE
from warehouse.gate.check import QUALITY_PAGE
from warehouse.progress import Candidate


def marts(candidate: Candidate, folder: Path) -> None:
    """Copy the audited database, byte for byte."""
    shutil.copyfile(candidate.marts, folder / MARTS_FILE)


def parquet(_candidate: Candidate, folder: Path) -> None:
    """Write each mart as a Parquet file of the same name, for whoever does not speak DuckDB."""
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


def quality_page(candidate: Candidate, folder: Path) -> None:
    """Copy the gate's findings as a page for people."""
    shutil.copyfile(candidate.folder / QUALITY_PAGE, folder / QUALITY_PAGE)


# A new artefact (a report, a workbook) is one more function here.
ARTEFACTS: tuple[Callable[[Candidate, Path], None], ...] = (marts, parquet, quality_page)
