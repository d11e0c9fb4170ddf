"""What goes into a department's workbook for a month, read from the plan and the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

import duckdb

from warehouse import durable, ledger
from warehouse.errors import UsageError
from warehouse.periods import Period
from warehouse.settings import Settings
from warehouse.templates.workbook import workbook_of

_DUE = Path(__file__).with_name("due.sql")
_COMPARATORS = {
    "at_least": "不低于",
    "at_most": "不高于",
    "above": "高于",
    "below": "低于",
    "between": "不低于",
    "about": "约",
    "done": "完成",
}
_RATIOS = ("ratio", "ratio_last")


@dataclass(frozen=True)
class Due:
    """One figure that the department owes: a row of its workbook."""

    indicator_code: str
    indicator_name: str
    unit: str
    area_code: str
    area_name: str
    is_ratio: bool
    parts: tuple[str, str]
    bounds: tuple[Decimal | None, Decimal | None]
    last: str
    target: str


@dataclass(frozen=True)
class Sheet:
    """A department's month: what its workbook says at the top, and its rows."""

    title: str
    template_id: str
    organization_name: str
    period: str
    deadline: str
    rows: list[Due]


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
    with ledger.reading(settings) as connection:
        sheet = _sheet(connection, organization_code, period)
    name = f"填报模板_{organization_code}_{period}.xlsx"
    path = output or settings.outbox / organization_code / name
    durable.write(path, workbook_of(sheet))
    return Template(str(path), sheet.template_id, len(sheet.rows))


def _sheet(connection: duckdb.DuckDBPyConnection, organization_code: str, period: Period) -> Sheet:
    names = dict(
        connection.execute("select organization_code, name_zh from plan.current_organizations").fetchall()
    )
    if organization_code not in names:
        raise UsageError(f"The plan has no organization {organization_code}: use a code of organizations.csv")
    facts = dict(connection.execute("select key, value from plan.current_settings").fetchall())
    deadline = _deadline(connection, organization_code, period)
    ((version,),) = connection.execute("select plan_version from plan.current_version").fetchall()
    rows = _due(connection, organization_code, period)
    if not rows or deadline is None:
        raise UsageError(f"{organization_code} owes no figure for {period}: choose another month")
    return Sheet(
        title=f"{facts.get('title_zh', '民生实事')}：{period} 月报",
        template_id=f"MS/{organization_code}/{period}/{version[:12]}",
        organization_name=names[organization_code],
        period=str(period),
        deadline=deadline.isoformat(),
        rows=rows,
    )


def _deadline(connection: duckdb.DuckDBPyConnection, organization_code: str, period: Period) -> date | None:
    """Return the last day of the calendar on which the month is in time; None where nothing is due."""
    ((deadline,),) = connection.execute(
        "select max(deadline) from plan.current_figures_due where organization_code = ? and period = ?",
        [organization_code, str(period)],
    ).fetchall()
    return cast("date | None", deadline)


def _due(connection: duckdb.DuckDBPyConnection, organization_code: str, period: Period) -> list[Due]:
    found = connection.execute(
        _DUE.read_text(encoding="utf-8"), {"organization_code": organization_code, "period": str(period)}
    ).fetchall()
    return [
        Due(
            indicator_code=code,
            indicator_name=name,
            unit=unit,
            area_code=area,
            area_name=area_name,
            is_ratio=aggregation in _RATIOS,
            parts=(numerator or "分子", denominator or "分母"),
            bounds=(low, high),
            last=_last(last_period, *figures),
            target="；".join(_target(one) for one in targets.split(";")) if targets else "",
        )
        for (
            code,
            name,
            unit,
            area,
            area_name,
            aggregation,
            numerator,
            denominator,
            low,
            high,
            last_period,
            *figures,
            targets,
        ) in found
    ]


def _last(
    period: str | None, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
) -> str:
    if period is None:
        return ""
    figure = _plain(value) if value is not None else f"{_plain(numerator)}/{_plain(denominator)}"
    return f"{figure}（{period}）"


def _target(written: str) -> str:
    promise, start, end = written.split("|")
    comparator, amount = promise.split(" ")
    return f"{_COMPARATORS.get(comparator, '')}{_plain(Decimal(amount))}（{start} 至 {end}）"


def _plain(figure: Decimal | None) -> str:
    return "" if figure is None else f"{figure.normalize():f}"
