"""Reporting years: twelve months from the one that the plan names, called by the year in which they begin."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.periods import Period

MONTHS = 12
_DUE = {"monthly": range(1, MONTHS + 1), "quarterly": range(3, MONTHS + 1, 3), "annual": (MONTHS,)}
"""The months of a reporting year for which a figure is due, by frequency."""


@dataclass(frozen=True)
class Years:
    """The reporting years that begin in one calendar month, 1 to 12."""

    starts: int

    def of(self, period: Period) -> int:
        """Return the year that a month is in: the calendar year of that year's first month."""
        return (period + (1 - self.starts)).year

    def place(self, period: Period) -> int:
        """Return which month of its year a month is, 1 to 12."""
        return (period + (1 - self.starts)).month

    def last(self, year: int) -> Period:
        """Return the last month of a year."""
        return Period(year, self.starts) + (MONTHS - 1)

    def is_due(self, period: Period, frequency: str) -> bool:
        """Return whether an indicator of that frequency has a figure for the month."""
        return self.place(period) in _DUE[frequency]

    def due_months(self, frequency: str) -> list[int]:
        """Return the calendar months for which an indicator of that frequency has a figure."""
        return sorted((place + self.starts - 2) % MONTHS + 1 for place in _DUE[frequency])
