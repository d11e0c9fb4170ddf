"""What goes into a department's workbook for a month, read from the plan and the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from pathlib import Path
from typing import Any, cast

import duckdb

from warehouse import durable, ledger
from warehouse.errors import UsageError
from warehouse.periods import Period
from warehouse.plan.organizations import required
from warehouse.published import editions_of
from warehouse.settings import Settings
from warehouse.snapshot.wording import target_zh
from warehouse.supervision.items import Item, is_open, items_of
from warehouse.templates.workbook import workbook_of

_DUE = Path(__file__).with_name("due.sql")
_SOURCES = (
    "select source_code from plan.indicator_sources semi join plan.current_version using (plan_version) "
    "where indicator_code = ? order by all"
)
_BASE = "基期数，是以后比较的起点"


@dataclass(frozen=True)
class Due:
    """One figure that the department owes: a row of its workbook."""

    period: str
    """The month that the figure is of; earlier than the workbook's where others publish it later."""
    indicator_code: str
    indicator_name: str
    unit: str
    area_code: str
    area_name: str
    is_ratio: bool
    is_running_total: bool
    """Whether it is reported as the total of the reporting year so far."""
    parts: tuple[str, str]
    """What the numerator and the denominator of a rate are; empty words for other figures."""
    description: str
    """What is counted, and what is not (口径)."""
    bounds: tuple[Decimal | None, Decimal | None]
    last: str
    target: str
    asked: str
    """What supervision asks of it; empty where it does not."""


@dataclass(frozen=True)
class Sheet:
    """A department's month: what its workbook says at the top, and its rows."""

    title: str
    template_id: str
    organization_name: str
    period: str
    deadline: str
    rows: list[Due]

    @property
    def meanings(self) -> list[Due]:
        """One row for each indicator, for what does not depend on place and month."""
        return list({due.indicator_code: due for due in self.rows}.values())


@dataclass(frozen=True)
class Template:
    """A workbook that was written."""

    path: str
    template_id: str
    rows: int


def write(settings: Settings, organization_code: str, period: Period, output: Path | None = None) -> Template:
    """Write the department's workbook for the month to `output`, or into its outbox.

    Raises UsageError where the plan has no such organization, or it owes nothing for the month.
    """
    items = _open_items(settings, period)
    with ledger.reading(settings) as connection:
        sheet = _sheet(connection, organization_code, period, _asked(connection, items))
    name = f"填报模板_{organization_code}_{period}.xlsx"
    path = output or settings.outbox / organization_code / name
    durable.write(path, workbook_of(sheet))
    return Template(str(path), sheet.template_id, len(sheet.rows))


def _open_items(settings: Settings, period: Period) -> list[Item]:
    """Return the open items of supervision of the newest edition up to the month."""
    editions = [edition for edition in editions_of(settings) if edition.period <= str(period)]
    return [item for item in items_of(editions[-1]) if is_open(item)] if editions else []


def _asked(connection: duckdb.DuckDBPyConnection, items: list[Item]) -> dict[str, str]:
    """Return what is asked about each reported indicator that an open item rests on, by its code."""
    asked: dict[str, str] = {}
    for item in items:
        lag = f"连续{item['months_in_row']}个月{item['status_zh']}"
        said = f"{item['level_name_zh']}，{lag}：{item['demand_zh']}"
        for (code,) in connection.execute(_SOURCES, [item["indicator_code"]]).fetchall():
            asked.setdefault(code, said)
    return asked


def _sheet(
    connection: duckdb.DuckDBPyConnection, organization_code: str, period: Period, asked: dict[str, str]
) -> Sheet:
    organization = required(connection, organization_code)
    facts = dict(connection.execute("select key, value from plan.current_settings").fetchall())
    deadline = _deadline(connection, organization_code, period)
    ((version,),) = connection.execute("select plan_version from plan.current_version").fetchall()
    if deadline is None:
        raise UsageError(
            _("{organization} owes no figure for {period}: choose another month").format(
                organization=organization_code, period=period
            )
        )
    return Sheet(
        title=f"{facts.get('title_zh', '民生实事')}：{period} 月报",
        template_id=f"MS/{organization_code}/{period}/{version[:12]}",
        organization_name=organization.name_zh,
        period=str(period),
        deadline=deadline.isoformat(),
        rows=_due(connection, organization_code, period, asked),
    )


def _deadline(connection: duckdb.DuckDBPyConnection, organization_code: str, period: Period) -> date | None:
    """Return the last day of the calendar on which the month is in time; None where nothing is due."""
    ((deadline,),) = connection.execute(
        "select max(deadline) from plan.current_figures_due where organization_code = ? and due_period = ?",
        [organization_code, str(period)],
    ).fetchall()
    return cast("date | None", deadline)


def _due(
    connection: duckdb.DuckDBPyConnection, organization_code: str, period: Period, asked: dict[str, str]
) -> list[Due]:
    result = connection.execute(
        _DUE.read_text(encoding="utf-8"),
        {
            "organization_code": organization_code,
            "period": str(period),
        },
    )
    names = [column[0] for column in result.description]
    return [_row(dict(zip(names, found, strict=True)), asked) for found in result.fetchall()]


def _row(found: dict[str, Any], asked: dict[str, str]) -> Due:
    return Due(
        period=found["period"],
        indicator_code=found["indicator_code"],
        indicator_name=found["indicator_name"],
        unit=found["unit"],
        area_code=found["area_code"],
        area_name=found["area_name"],
        is_ratio=found["is_ratio"],
        is_running_total=found["is_running_total"],
        parts=(found["numerator_name"], found["denominator_name"]),
        description=found["description"],
        bounds=(found["value_min"], found["value_max"]),
        last=_last(
            found["last_period"], found["last_value"], found["last_numerator"], found["last_denominator"]
        ),
        target=_BASE if found["is_base"] else "；".join(_target(found, one) for one in found["targets"]),
        asked=asked.get(found["indicator_code"], ""),
    )


def _last(
    period: str | None, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
) -> str:
    if period is None:
        return ""
    figure = _plain(value) if value is not None else f"{_plain(numerator)}/{_plain(denominator)}"
    return f"{figure}（{period}）"


def _target(indicator: dict[str, Any], promised: dict[str, Any]) -> str:
    every = "每年" if promised["is_yearly"] else ""
    whole = f"{promised['whole_area_name']}：" if promised["whole_area_name"] else ""
    window = f"{promised['window_start']} 至 {promised['window_end']}"
    return f"{whole}{every}{target_zh(indicator | promised)}（{window}）"


def _plain(figure: Decimal | None) -> str:
    return "" if figure is None else f"{figure.normalize():f}"
