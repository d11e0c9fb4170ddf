"""Whatever stands in a cell: the check comes to an end, and what it finds clean can be loaded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plan.conftest import MINIMAL, Folder
from warehouse import ledger
from warehouse.plan import check, load
from warehouse.plan.shapes import TABLES
from warehouse.settings import Settings

FILES = [table.file for table in TABLES]
WORDS = sorted({word for table in TABLES for column in table.columns for word in column.words})
CODES = [
    "EMP-001",
    "INC-002",
    "INC-009",
    "SOC-003",
    "G01-01",
    "A01-01",
    "T02-01",
    "T02-02",
    "LABOUR",
    "999999001",
]
FIGURES = [
    "0",
    "-1",
    "100",
    "1e5",
    "2023",
    "2023-06",
    "2022-12",
    "2024-02-30",
    "999999999999999999.999999",
    "٣",
]
cells = st.one_of(st.sampled_from(WORDS + CODES + FIGURES), st.text(max_size=12))


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A plan folder in which each example breaks one file."""
    path = tmp_path_factory.mktemp("scratch") / "plan"
    shutil.copytree(MINIMAL, path)
    return Folder(path)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A ledger in which each plan without a fault becomes another version."""
    with ledger.upgrading(Settings(home=tmp_path_factory.mktemp("home"))) as opened:
        yield opened


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(data=st.data(), file=st.sampled_from(FILES), text=cells)
def test_any_text_in_any_cell_is_checked(
    scratch: Folder, connection: duckdb.DuckDBPyConnection, data: st.DataObject, file: str, text: str
) -> None:
    rows = scratch.rows(file)
    row = data.draw(st.integers(0, len(rows) - 1))
    rows[row][data.draw(st.integers(0, len(rows[row]) - 1))] = text

    with scratch.restoring(file):
        scratch.write(file, rows)
        faults = check(scratch.path)
        if not faults:
            load(connection, scratch.path)

    assert faults == sorted(set(faults))
    assert all(fault.reason and fault.code for fault in faults)


@settings(max_examples=100, deadline=None)
@given(file=st.sampled_from(FILES), content=st.binary(max_size=60), at=st.integers(0, 400))
def test_any_bytes_in_any_file_are_checked(scratch: Folder, file: str, content: bytes, at: int) -> None:
    with scratch.restoring(file) as path:
        original = path.read_bytes()
        path.write_bytes(original[:at] + content + original[at:])
        faults = check(scratch.path)

    assert faults == sorted(set(faults))
