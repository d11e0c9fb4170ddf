"""The plan's reported indicators, as the sample series need them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from warehouse.periods import Period

_QUERY = Path(__file__).with_name("plan.sql")
_DUE_MONTHS = {"monthly": range(1, 13), "quarterly": (3, 6, 9, 12), "annual": (12,)}


@dataclass(frozen=True)
class Aim:
    """What a target asks of an indicator, and by when."""

    start: Period
    end: Period
    comparator: str
    yearly: bool
    value: Decimal | None

    @classmethod
    def of(cls, row: dict[str, Any]) -> Aim:
        """Read one target as `plan.sql` lists it."""
        return cls(
            Period.parse(row["window_start"]),
            Period.parse(row["window_end"]),
            row["comparator"],
            row["repeat"] == "yearly",
            row["target_value"],
        )

    def covers(self, period: Period) -> bool:
        """Tell whether the month lies in the target's window."""
        return self.start <= period <= self.end

    @property
    def months(self) -> int:
        """The months over which the value is to be reached."""
        return 12 if self.yearly else self.end - self.start + 1


@dataclass(frozen=True)
class Use:
    """How a derived indicator uses this one: as its input a (by its aggregation), or as the `partner` b."""

    aggregation: str
    partner_unit: str | None
    scale: Decimal
    aims: tuple[Aim, ...]


@dataclass(frozen=True)
class Indicator:
    """One indicator that a department reports."""

    indicator_code: str
    name_zh: str
    unit: str
    organization_code: str
    aggregation: str
    frequency: str
    decimals: int
    scale: Decimal
    value_min: Decimal | None
    value_max: Decimal | None
    aims: tuple[Aim, ...]
    uses: tuple[Use, ...]
    area_codes: tuple[str, ...]

    def is_due(self, period: Period) -> bool:
        """Tell whether a report is due for the month."""
        return period.month in _DUE_MONTHS[self.frequency]

    @property
    def months_a_report(self) -> int:
        """How many months one report is about."""
        return 12 // len(_DUE_MONTHS[self.frequency])

    @property
    def compares_with_the_past(self) -> bool:
        """Whether some target needs the months of earlier years, not just an opening balance."""
        directions = {aim.comparator for aim in self.aims} & {"declines", "rises"}
        return bool(directions) or bool(self.uses)


def reported_indicators(connection: duckdb.DuckDBPyConnection) -> list[Indicator]:
    """Return every indicator of the current plan that somebody reports, by organization and code."""
    result = connection.execute(_QUERY.read_text(encoding="utf-8"))
    names = [column[0] for column in result.description]
    return [_indicator(dict(zip(names, row, strict=True))) for row in result.fetchall()]


def _indicator(row: dict[str, Any]) -> Indicator:
    uses = tuple(
        Use(use["aggregation"], use["partner_unit"], use["scale"] or Decimal(1), _aims(use["aims"] or []))
        for use in row.pop("uses")
    )
    return Indicator(
        **row | {"aims": _aims(row["aims"]), "area_codes": tuple(row["area_codes"])},
        uses=uses,
    )


def _aims(rows: list[dict[str, Any]]) -> tuple[Aim, ...]:
    return tuple(Aim.of(row) for row in rows)
