"""What a department dropped, and what must become of each of its rows, worked out from the bytes alone."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["own", "foreign", "unreadable"]
Row = dict[str, str]
HEADER = "报告期,指标编码,地区编码,数值,备注"


@dataclass(frozen=True)
class Delivered:
    """One file that a department dropped."""

    organization_code: str
    content: bytes
    kind: Kind
    """A report of its own indicators, one of another department's, or bytes that nobody can read."""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def accepted(self) -> list[tuple[int, str, str, Decimal]]:
        """The rows that count: number as a person counts it, indicator, area, value."""
        if self.kind != "own":
            return []
        return [
            (number, row["指标编码"], row["地区编码"], Decimal(row["数值"]))
            for number, row in self._rows()
            if _is_number(row)
        ]

    def figures(self) -> dict[tuple[str, str, str], Decimal]:
        """The value of each month, indicator and area that the file reports."""
        counted = {number for number, *_ in self.accepted()}
        return {
            (row["报告期"], row["指标编码"], row["地区编码"]): Decimal(row["数值"])
            for number, row in self._rows()
            if number in counted
        }

    def refused(self) -> list[tuple[int, str]]:
        """The rows that do not count: number, and the text that is named in the refusal."""
        if self.kind == "foreign":
            return [(number, row["指标编码"]) for number, row in self._rows()]
        return [(number, row["数值"]) for number, row in self._rows() if not _is_number(row)]

    def _rows(self) -> list[tuple[int, Row]]:
        if self.kind == "unreadable":
            return []
        return list(enumerate(csv.DictReader(io.StringIO(self.content.decode())), start=2))


def of_round(number: int, month: str) -> list[tuple[str, str, Delivered]]:
    """A round's files, each with its inbox and name: a correction, a forged one, and one of chance bytes."""
    figures = "\n".join(f"{month},EMP-001,99999900{street},{number + street}," for street in (1, 2))
    correction = f"{HEADER}\n{figures}\n{month},EMP-001,999999001,不详{number},\n"
    forged = f"{HEADER}\n{month},EMP-001,999999001,{number + 7000},\n"
    noise = hashlib.sha512(str(number).encode()).digest() + b"\0"
    files = [
        Delivered("LABOUR", correction.encode(), "own"),
        Delivered("CIVIC", forged.encode(), "foreign"),
        Delivered("ENVIRONMENT", noise, "unreadable"),
    ]
    return [(one.organization_code, f"样例{number}.csv", one) for one in files]


def _is_number(row: Row) -> bool:
    return row["数值"].lstrip("-").isdigit()
