"""Judging a batch: its texts read, every rule applied to all its rows at once, its outcome put into words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from warehouse.intake import values
from warehouse.intake.archive import Arrival
from warehouse.intake.headings import NAMES_ZH
from warehouse.intake.reading import Reading
from warehouse.intake.rules import Rule, registry
from warehouse.intake.tables import load

_FOLDER = Path(__file__).parent


def prepare(connection: duckdb.DuckDBPyConnection, arrivals: list[Arrival]) -> None:
    """Lay out, before a batch is read, what its rows are looked up in: the plan, the arrivals, the rules."""
    import pyarrow as pa

    _run(connection, "macros")
    _run(connection, "catalogue")
    _load_arrivals(connection, arrivals)
    words = dict.fromkeys(("code", "severity", "message_zh", "message_en", "fix_zh"), pa.string())
    load(connection, "rules", words, [vars(rule) for rule in registry().values()])
    names = [{"column_name": column, "name_zh": name_zh} for column, name_zh in NAMES_ZH.items()]
    load(connection, "columns", {"column_name": pa.string(), "name_zh": pa.string()}, names)


def judge(connection: duckdb.DuckDBPyConnection, arrivals: list[Arrival], readings: list[Reading]) -> None:
    """Turn the staged rows into `accepted_rows` and `worded_findings`; nothing reaches the ledger yet.

    The arrivals are those of the batch's turn: what came meanwhile may have moved their numbers.
    Rows that are plainly sound stay in `plain_rows`; only rules that compare them with others see them.
    """
    _load_arrivals(connection, arrivals)
    _load_readings(connection, readings)
    _run(connection, "voided")
    _read_figures(connection)
    _read_remarks(connection)
    _read_days(connection)
    _run(connection, "staged")
    _run(connection, "views")
    looked_at = connection.execute("select 1 from staged_rows limit 1").fetchone()
    if looked_at:
        _apply(connection, _rules_of("rows", "refuse"))
    _run(connection, "repeated")
    _apply(connection, _rules_of("keys", "refuse"))
    _run(connection, "accepted")
    _run(connection, "known")
    if looked_at:
        _apply(connection, _rules_of("rows", "warn"))
    _apply(connection, _rules_of("figures", "warn"))
    _run(connection, "worded")


def _run(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute((_FOLDER / f"{name}.sql").read_text(encoding="utf-8"))


def _rules_of(of: str, severity: str) -> Iterable[Rule]:
    return (rule for rule in registry().values() if rule.of == of and rule.severity == severity)


def _apply(connection: duckdb.DuckDBPyConnection, rules: Iterable[Rule]) -> None:
    for rule in rules:
        connection.execute(
            f"insert into findings by name select '{rule.code}' as rule, * from ({rule.query})"  # noqa: S608 - our own file
        )


def _load_arrivals(connection: duckdb.DuckDBPyConnection, arrivals: list[Arrival]) -> None:
    import pyarrow as pa

    text, number = pa.string(), pa.int64()
    types = {"delivery": number, "submission_id": text, "sequence": number, "organization_code": text}
    types |= {"file_name": text, "sha256": text, "size_bytes": number, "received_at": text}
    rows = [{"delivery": place, **vars(one)} for place, one in enumerate(arrivals)]
    load(connection, "arrivals", types, rows)
    connection.execute("alter table arrivals alter received_at type timestamp")


def _load_readings(connection: duckdb.DuckDBPyConnection, readings: list[Reading]) -> None:
    import pyarrow as pa

    text, number, truth = pa.string(), pa.int64(), pa.bool_()
    counts = ("blank", "non_data", "refused")
    read = {"delivery": number, "format": text, "is_void": truth, "is_sample": truth}
    read |= {"template_organization": text, "template_plan": text}
    load(
        connection,
        "readings",
        read | dict.fromkeys(counts, number),
        [
            {"delivery": place, **vars(one), **{count: one.unstaged[count] for count in counts}}
            for place, one in enumerate(readings)
        ],
    )
    found = {"delivery": number, "rule": text, "sheet": text, "row_number": number}
    load(
        connection,
        "file_findings",
        found | dict.fromkeys(("column_name", "text", "expected", "actual"), text),
        [
            {"delivery": place, **vars(one)}
            for place, reading in enumerate(readings)
            for one in reading.findings
        ],
    )


def _read_figures(connection: duckdb.DuckDBPyConnection) -> None:
    """Read each distinct figure that is not plain once."""
    import pyarrow as pa

    text, truth = pa.string(), pa.bool_()
    types = {"text": text, "figure": pa.decimal128(24, 6), "fault": text}
    types |= dict.fromkeys(("is_percent", "is_rounded", "is_as_shown"), truth)
    query = (_FOLDER / "figures_sent.sql").read_text(encoding="utf-8")
    figures = [_figure(written) for (written,) in connection.execute(query).fetchall()]
    load(connection, "number_texts", types, figures)


def _read_remarks(connection: duckdb.DuckDBPyConnection) -> None:
    """Look each distinct remark over for a mark in another encoding."""
    import pyarrow as pa

    texts = connection.execute("select distinct remark from raw_rows where remark <> ''").fetchall()
    remarks = [{"text": text.strip(), "mark": values.mark_of_other_encoding(text)} for (text,) in texts]
    load(connection, "remark_texts", {"text": pa.string(), "mark": pa.string()}, remarks)


def _read_days(connection: duckdb.DuckDBPyConnection) -> None:
    """Read each distinct promised date once."""
    import pyarrow as pa

    texts = connection.execute("select distinct promised_on from raw_rows where promised_on <> ''").fetchall()
    days = [{"text": values.narrowed(text), "day": values.read_day(text)} for (text,) in texts]
    load(connection, "day_texts", {"text": pa.string(), "day": pa.date32()}, days)


def _figure(written: str) -> dict[str, Any]:
    number = values.read_number(written)
    if number is None:
        nothing = dict.fromkeys(("is_percent", "is_rounded", "is_as_shown"), False)
        return {"text": written, "fault": "not_a_number"} | nothing
    fault = "too_large" if number.figure is None else None
    return {"text": written, "fault": fault, **vars(number)}
