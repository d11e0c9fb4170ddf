"""The gate beside the same checks as plain SQL in DuckDB: what Great Expectations costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import duckdb

from benchmarks import homes
from benchmarks.measure import Figure, Measurement, Scale, measure
from warehouse import gate, progress
from warehouse.gate.suites import Suite, load_suites
from warehouse.periods import Period
from warehouse.settings import Settings

_CHECKS: dict[str, Callable[[dict[str, Any]], str]] = {
    "expect_column_values_to_not_be_null": lambda given: f"where {given['column']} is null",
    "expect_column_values_to_be_in_set": lambda given: (
        f"where {given['column']} not in ({', '.join(repr(value) for value in given['value_set'])})"
    ),
    "expect_column_values_to_be_between": lambda given: (
        f"where {given['column']} not between {given.get('min_value', '-1e18')} "
        f"and {given.get('max_value', '1e18')}"
    ),
    "expect_column_values_to_be_unique": lambda given: f"group by {given['column']} having count(*) > 1",
    "expect_compound_columns_to_be_unique": lambda given: (
        f"group by {', '.join(given['column_list'])} having count(*) > 1"
    ),
    "expect_table_row_count_to_be_between": lambda _: "",
}


GATE = Figure(
    "gate", "the gate with its {size} expectations, in Great Expectations", "the same checks as SQL"
)
FIGURES = (GATE,)


def measurements(scale: Scale) -> Iterator[Measurement]:
    """Measure on the real plan's samples, on fewer months where the scale is below a tenth."""
    month = homes.TRIAL if scale.is_trial else Period(2025, 12)
    with homes.temporary_home(through=month, steps=(progress.build, gate.check)) as settings:
        suites = [one for one in load_suites(settings.expectations) if not one.compares_with_last_month]
        yield measure(
            GATE,
            sum(len(suite.expectations) for suite in suites),
            lambda _: gate.check(settings, month),
            lambda _: _by_hand(settings, month, suites),
            scale,
        )


def _by_hand(settings: Settings, month: Period, suites: list[Suite]) -> None:
    with duckdb.connect(str(progress.candidate_of(settings, month).marts), read_only=True) as connection:
        connection.execute(f"attach '{settings.ledger_file}' as warehouse (read_only)")
        for suite in suites:
            for one in suite.expectations:
                connection.execute(f"select count(*) from ({_query(suite, one.type, one.kwargs)})").fetchall()


def _query(suite: Suite, kind: str, given: dict[str, Any]) -> str:
    if kind == "unexpected_rows_expectation":
        return str(given["unexpected_rows_query"]).replace("{batch}", f"({suite.query})")
    return f"select 1 from ({suite.query}) {_CHECKS[kind](given)}"
