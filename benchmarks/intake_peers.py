"""The same large CSV into DuckDB by two tools that are often used for it, which validate nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import duckdb

from benchmarks.measure import NO_BAR, Figure, Measurement, Scale, measure

_BARE = "DuckDB's bare `create table as read_csv`"
PANDAS = Figure("peer-pandas", "{size:,} rows of it by pandas into DuckDB, nothing checked", _BARE)
DLT = Figure("peer-dlt", "{size:,} rows of it by dlt into DuckDB, nothing checked", _BARE, needs="dlt")
PEERS = (PANDAS, DLT)
_ROWS = {PANDAS.name: 1_000_000, DLT.name: 20_000}
"""As many as take seconds: dlt's rows take four minutes a million."""


def peers(inputs: Path, path: Path, scale: Scale) -> Iterator[Measurement]:
    """Measure pandas, and dlt where it is installed, on the first rows of the file."""
    ways = {PANDAS.name: _by_pandas, DLT.name: _by_dlt}
    for figure in PEERS:
        if not figure.needs or find_spec(figure.needs):
            rows = scale.of(_ROWS[figure.name])
            few = inputs / f"{figure.name}.csv"
            with path.open(encoding="utf-8") as source, few.open("w", encoding="utf-8") as target:
                target.writelines(islice(source, 1 + rows))
            way = partial(ways[figure.name], few)
            yield measure(figure, rows, way, partial(bare_table, few), scale, by=scale.alone)


def bare_table(path: Path, _run: int = 0) -> None:
    """Read a CSV into a table of texts of a new DuckDB file, and remove it."""
    file = path.with_suffix(".bare.duckdb")
    with duckdb.connect(str(file)) as connection:
        connection.execute(NO_BAR)
        connection.execute(
            "create table rows as from read_csv($path, all_varchar = true)", {"path": str(path)}
        )
    file.unlink()


def _by_pandas(path: Path, _run: int) -> None:
    import pandas as pd

    frame = pd.read_csv(path, dtype=str)
    file = path.with_suffix(".pandas.duckdb")
    with duckdb.connect(str(file)) as connection:
        connection.execute(NO_BAR)
        connection.register("frame", frame)
        connection.execute("create table rows as from frame")
    file.unlink()


def _by_dlt(path: Path, _run: int) -> None:
    import dlt

    file = path.with_suffix(".dlt.duckdb")
    with path.open(encoding="utf-8", newline="") as stream:
        pipeline = dlt.pipeline(
            "benchmark",
            destination=dlt.destinations.duckdb(str(file)),
            pipelines_dir=str(path.with_suffix(".dlt")),
        )
        pipeline.run(csv.DictReader(stream), table_name="rows", write_disposition="replace")
    file.unlink()
