"""What DuckDB says where the database of the catalog ended a session, as it was met."""

from __future__ import annotations

import duckdb
import pytest

from warehouse.ledger.catalog import tells_of_loss


@pytest.mark.parametrize(
    ("said", "is_loss"),
    [
        (
            "Failed to get data file list from DuckLake: Current transaction is aborted (please ROLLBACK)",
            True,
        ),
        ("IO Error: server closed the connection unexpectedly", True),
        ("Catalog Error: Table with name submissions does not exist!", False),
        ("TransactionContext Error: Current transaction is aborted (please ROLLBACK)", False),
    ],
)
def test_a_lost_session_is_told_from_other_errors(said: str, is_loss: bool) -> None:
    assert tells_of_loss(duckdb.Error(said)) is is_loss
