"""What goes wrong in real reporting, planted on purpose: silence, wrong rows, and corrections sent later."""

from __future__ import annotations

from collections.abc import Callable

from warehouse.periods import Period
from warehouse.samples.chance import draw
from warehouse.samples.indicator import Indicator

Row = tuple[str, ...]
Fault = Callable[[Row, list[Indicator]], list[Row]]

_PERIOD, _CODE, _NAME, _AREA, _VALUE, _NUMERATOR, _DENOMINATOR, _REMARK = range(8)
_EVERY_SILENT = 29
_EVERY_CORRECTED = 23
_EVERY_FAULTY = 4


def is_silent(organization_code: str, period: Period) -> bool:
    """Tell whether the department sends nothing for the month."""
    return draw(_EVERY_SILENT, "silent", organization_code, period) == 0


def planted(
    rows: list[Row], organization_code: str, period: Period, indicators: list[Indicator]
) -> list[Row]:
    """Return the month's rows, in some months with one faulty row more."""
    if not rows or draw(_EVERY_FAULTY, "faulty", organization_code, period):
        return rows
    fault = _FAULTS[draw(len(_FAULTS), "fault", organization_code, period)]
    victim = rows[draw(len(rows), "victim", organization_code, period)]
    return rows + fault(victim, indicators)


def correction(rows: list[Row], organization_code: str, period: Period) -> list[Row]:
    """Return the rows of a later file that corrects one figure of the month, or none."""
    plain = [
        row for row in rows if row[_VALUE].isdigit() and int(row[_VALUE]) > 1 and "期初" not in row[_REMARK]
    ]
    if not plain or draw(_EVERY_CORRECTED, "corrected", organization_code, period):
        return []
    row = plain[draw(len(plain), "correction", organization_code, period)]
    return [_with(row, _VALUE, str(int(row[_VALUE]) - 1))]


def _with(row: Row, column: int, text: str) -> Row:
    return (*row[:column], text, *row[column + 1 :])


def _unknown_indicator(row: Row, _indicators: list[Indicator]) -> list[Row]:
    return [_with(row, _CODE, f"{row[_CODE]}X")]


def _words_for_a_number(row: Row, _indicators: list[Indicator]) -> list[Row]:
    column = _VALUE if row[_VALUE] else _NUMERATOR
    return [_with(_with(row, column, "约300"), _PERIOD, _earlier(row[_PERIOD]))]


def _unknown_area(row: Row, _indicators: list[Indicator]) -> list[Row]:
    return [_with(row, _AREA, "999999")]


def _the_same_again(row: Row, _indicators: list[Indicator]) -> list[Row]:
    return [row]


def _of_another_department(row: Row, indicators: list[Indicator]) -> list[Row]:
    own = next(one.organization_code for one in indicators if one.indicator_code == row[_CODE])
    other = next((one for one in indicators if one.organization_code != own), None)
    if other is None:
        return []
    return [_with(_with(row, _CODE, other.indicator_code), _NAME, other.name_zh)]


def _impossible_month(row: Row, _indicators: list[Indicator]) -> list[Row]:
    return [_with(row, _PERIOD, f"{row[_PERIOD][:4]}-13")]


def _total_line(_row: Row, _indicators: list[Indicator]) -> list[Row]:
    return [("", "", "", "", "", "", "", ""), ("合计", "", "", "", "", "", "", "")]


def _earlier(period: str) -> str:
    return str(Period.parse(period) + -1)


_FAULTS: tuple[Fault, ...] = (
    _unknown_indicator,
    _words_for_a_number,
    _unknown_area,
    _the_same_again,
    _of_another_department,
    _impossible_month,
    _total_line,
)
