"""Running the suites with Great Expectations, in the database, in one start of it for the whole gate."""

from __future__ import annotations

import logging
import os
import time
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Any

from warehouse import steps
from warehouse.gate.results import ROWS_KEPT, Audited, Outcome, Result, complete
from warehouse.gate.suites import Expectation, Suite
from warehouse.ledger import Attachment
from warehouse.logs import logger

_BY_QUERY = "unexpected_rows_expectation"


class Detail(Enum):
    """How much the library tells of a failure.

    It keeps the rows that a query found only when it is asked for everything, and then at most 200; asked so
    of a column, it would fetch each of its bad values.
    """

    SUMMARY = "SUMMARY"
    COMPLETE = "COMPLETE"


def audit(
    candidate: Path, attachment: Attachment, previous: Path | None, suites: list[Suite]
) -> list[Audited]:
    """Hold candidate and ledger against every suite; an expectation that cannot be tried is an error.

    `previous` is the marts of the newest edition of the months before, for the suites that compare with it.
    """
    from warehouse.gate.dialect import address, close_connections

    source = _data_source(address(candidate, attachment, previous))
    try:
        return [_audited(source, suite) for suite in steps.over("check suites", suites)]
    finally:
        close_connections()


def _data_source(connection_string: str) -> Any:
    _keep_log_apart()
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from tqdm import tqdm

    # Its bars would start a thread that never ends. DuckDB may crash where it closes a file beside one.
    tqdm.monitor_interval = 0
    context = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context.data_sources.add_sql(
        "candidate", connection_string=connection_string, create_temp_table=False
    )


def _keep_log_apart() -> None:
    """Keep the library's log, which repeats what the results say, off the console of whoever runs the gate.

    Its import is kept apart too. A level would not do: modules of the library set levels of their own, and
    dbt's give the root a handler.
    """
    log = logging.getLogger("great_expectations")
    log.propagate = False
    if not log.handlers:
        log.addHandler(logging.NullHandler())


def _audited(source: Any, suite: Suite) -> Audited:
    started = time.perf_counter()
    results, rows = _run(source, suite)
    audited = Audited(suite.name, round(time.perf_counter() - started, 3), rows, complete(suite, results))
    logger(__name__).info("audited", **audited.facts())
    return audited


def _run(source: Any, suite: Suite) -> tuple[list[Result], int | None]:
    known = {expectation.id: expectation for expectation in suite.expectations}
    try:
        asset = source.add_query_asset(suite.name, query=suite.query)
        # A batch definition of its own would have the library write its whole configuration once more.
        batch = asset.get_batch(asset.build_batch_request())
        outcomes = [one for detail in Detail for one in _validate(batch, suite, detail)]
    except Exception as error:  # noqa: BLE001 - whatever stops a suite, the gate closes and says why
        return [_error(suite, expectation, str(error)) for expectation in known.values()], None
    results = [_result(suite, known[one.expectation_config.meta["id"]], one) for one in outcomes]
    # Only expectations of a column count the rows they look at.
    counted = [one.result["element_count"] for one in outcomes if "element_count" in one.result]
    return results, max(counted, default=None)


def _validate(batch: Any, suite: Suite, detail: Detail) -> list[Any]:
    """Try those expectations of the suite that give their offending rows at this level of detail."""
    from great_expectations import ExpectationSuite

    tried = [_configured(one) for one in suite.expectations if _detail_of(one) is detail]
    if not tried:
        return []
    expectations = ExpectationSuite(suite.name, expectations=tried)
    return list(batch.validate(expectations, result_format=_result_format(suite, detail)).results)


def _detail_of(expectation: Expectation) -> Detail:
    return Detail.COMPLETE if expectation.type == _BY_QUERY else Detail.SUMMARY


def _configured(expectation: Expectation) -> dict[str, Any]:
    return {
        "type": expectation.type,
        "kwargs": expectation.kwargs,
        "severity": expectation.severity,
        "meta": {"id": expectation.id},
    }


def _result_format(suite: Suite, detail: Detail) -> dict[str, Any]:
    return {
        "result_format": detail.value,
        "partial_unexpected_count": ROWS_KEPT,
        "unexpected_index_column_names": suite.key,
    }


def _result(suite: Suite, expectation: Expectation, outcome: Any) -> Result:
    if not outcome.success and (message := _exception(outcome.exception_info)):
        return _error(suite, expectation, message)
    found = outcome.result
    if outcome.success:
        return _plain_result(suite, expectation, "passed")
    details = found.get("details") or {}
    rows = (
        found.get("partial_unexpected_index_list")
        or details.get("unexpected_rows")
        # Of a key of several columns it tells the values, and of a single column it told the key above.
        or [row for row in found.get("partial_unexpected_list") or [] if isinstance(row, dict)]
    )
    observed = found.get("observed_value")
    return replace(
        _plain_result(suite, expectation, "failed"),
        unexpected_count=int(found.get("unexpected_count") or _count(observed)),
        offending_rows=[{name: _plain(value) for name, value in row.items()} for row in rows[:ROWS_KEPT]],
        message="" if observed is None else f"observed {observed}",
    )


def _plain(value: Any) -> str | int | bool | None:
    """Return a value as JSON can hold it; a figure keeps every digit."""
    return value if value is None or isinstance(value, str | int) else str(value)


def _count(observed: Any) -> int:
    """Return the number of rows that a query of the suite found; other observations are no counts of rows."""
    return int(observed) if str(observed).isdigit() else 0


def _plain_result(suite: Suite, expectation: Expectation, outcome: Outcome) -> Result:
    return Result(suite.name, expectation.id, expectation.description_zh, expectation.severity, outcome)


def _error(suite: Suite, expectation: Expectation, message: str) -> Result:
    return replace(_plain_result(suite, expectation, "error"), message=" ".join(message.split())[:500])


def _exception(information: dict[str, Any]) -> str:
    """Return the message of the outcome's exception, in either form that the library gives it."""
    if "raised_exception" in information:
        return str(information["exception_message"] or "raised") if information["raised_exception"] else ""
    messages = [
        str(one.get("exception_message")) for one in information.values() if one.get("raised_exception")
    ]
    return messages[0] if messages else ""
