"""A period is one calendar month, written `YYYY-MM`; it always comes from the caller, never from a clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from warehouse.errors import UsageError

_WRITTEN = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class Period:
    """One calendar month; periods order as time does."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `YYYY-MM`; anything else raises UsageError."""
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise UsageError(
                _("{text!r} is not a month: write it as YYYY-MM, for example 2025-03").format(text=text)
            )
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def __add__(self, months: int) -> Period:
        """Return the period so many months later (earlier for a negative number)."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Period(year, month + 1)

    def __sub__(self, other: Period) -> int:
        """Return the number of months from `other` to this period."""
        return (self.year - other.year) * 12 + self.month - other.month

    def day(self, number: int) -> date:
        """Return a day of this month."""
        return date(self.year, self.month, number)

    def through(self, last: Period) -> Iterator[Period]:
        """Yield this period and each one after it, up to and with `last`."""
        return (self + step for step in range(last - self + 1))
