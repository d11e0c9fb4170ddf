"""The kinds of value that a cell of the plan can hold: how each is written, and what it is read as."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from warehouse.periods import Period

Value = str | int | Decimal | date | Period
"""What a cell is read as: text and codes stay text; figures are exact."""


@dataclass(frozen=True)
class Kind:
    """One kind of value: the form it is written in, and the reading of a text that has this form."""

    name: str
    pattern: re.Pattern[str]
    read: Callable[[str], Value]
    form: str
    """The form in words, as a fault shows it."""

    def parse(self, text: str) -> Value | None:
        """Return the value that `text` writes, or None where it has not this kind's form."""
        if self.pattern.fullmatch(text) is None:
            return None
        try:
            return self.read(text)
        except ValueError:
            return None


_YEAR = "(?:19|20)[0-9]{2}"
_MONTH = f"{_YEAR}-(?:0[1-9]|1[0-2])"
_CODE = r"(?=[A-Za-z0-9_-]{1,40}(?:;|$))[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*"

TEXT = Kind("text", re.compile(r".+", re.DOTALL), str, "any text")
CODE = Kind(
    "code",
    re.compile(_CODE),
    str,
    "letters and digits of ASCII, parts joined by - or _, such as EMP-001",
)
CODES = Kind(
    "code",
    re.compile(f"{_CODE}(?:;{_CODE})*"),
    str,
    "one code, or several joined by ;, such as EMP-001;EMP-002",
)
AREA_CODE = Kind(
    "area_code",
    re.compile(r"[0-9]{6}(?:[0-9]{3}){0,2}"),
    str,
    "the official code of 6, 9 or 12 digits",
)
PARENT_AREA_CODE = Kind(
    "area_code",
    re.compile(r"[0-9]{2,12}"),
    str,
    "the official code of the area above",
)
NUMBER = Kind(
    "number",
    re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,6})?"),
    Decimal,
    "plain digits such as 4.3, at most 18 before the point and 6 after it",
)
INTEGER = Kind("integer", re.compile(r"[0-9]{1,4}"), int, "a whole number such as 2")
YEAR = Kind("year", re.compile(_YEAR), int, "a year such as 2025")
PERIOD = Kind("period", re.compile(_MONTH), Period.parse, "a month as YYYY-MM, such as 2025-03")
BASE_PERIOD = Kind(
    "base_period", re.compile(f"{_YEAR}|{_MONTH}"), str, "a year or a month, such as 2022 or 2022-12"
)
DATE = Kind("date", re.compile(f"{_MONTH}-[0-9]{{2}}"), date.fromisoformat, "a day as YYYY-MM-DD")
