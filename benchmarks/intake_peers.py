"""The same large CSV into DuckDB by two tools that are often used for it, which validate nothing."""

from __future__ import annotations

import importlib.util
from itertools import islice
from pathlib import Path

import duckdb

from benchmarks.measure import Measurement, measure

_MOST_ROWS_FOR_DLT = 50_000
"""dlt's rows take four minutes a million."""


def peers(inputs: Path, path: Path, rows: int) -> list[Measurement]:
    """Measure pandas, and dlt where it is installed, beside DuckDB's own reading."""
    done = [
        measure(
            f"the same {rows:,} rows by pandas, nothing validated",
            "DuckDB's `create table as read_csv`",
            lambda _: _by_pandas(inputs, path),
            lambda _: bare_table(inputs, path),
            runs=1,
        )
    ]
    if importlib.util.find_spec("dlt"):
        few = inputs / "few.csv"
        with path.open(encoding="utf-8") as source:
            few.write_text("".join(islice(source, 1 + min(rows, _MOST_ROWS_FOR_DLT))), encoding="utf-8")
        done.append(
            measure(
                f"{min(rows, _MOST_ROWS_FOR_DLT):,} of them by dlt, nothing validated",
                "DuckDB's `create table as read_csv`",
                lambda _: _by_dlt(inputs, few),
                lambda _: bare_table(inputs, few),
                runs=1,
            )
        )
    return done


def bare_table(inputs: Path, path: Path) -> None:
    """Read a CSV into a table of texts of a new DuckDB file, and remove it."""
    file = inputs / "bare.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "create table rows as from read_csv($path, all_varchar = true)", {"path": str(path)}
        )
    file.unlink()


def _by_pandas(inputs: Path, path: Path) -> None:
    import pandas as pd

    frame = pd.read_csv(path, dtype=str)
    file = inputs / "pandas.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.register("frame", frame)
        connection.execute("create table rows as from frame")
    file.unlink()


def _by_dlt(inputs: Path, path: Path) -> None:
    import csv

    import dlt

    file = inputs / "dlt.duckdb"
    with path.open(encoding="utf-8", newline="") as stream:
        pipeline = dlt.pipeline(
            "benchmark", destination=dlt.destinations.duckdb(str(file)), pipelines_dir=str(inputs / "dlt")
        )
        pipeline.run(csv.DictReader(stream), table_name="rows", write_disposition="replace")
    file.unlink()
