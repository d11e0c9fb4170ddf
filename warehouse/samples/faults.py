"""What goes wrong in real reporting, planted on purpose: silence, wrong rows, and corrections sent later."""

from __future__ import annotations

from collections.abc import Callable

from warehouse.periods import Period
from warehouse.samples.chance import draw
from warehouse.samples.rows import AREA, CODE, NAME, NUMERATOR, PERIOD, REMARK, VALUE, Row, Written

Fault = Callable[[Row, list[Written]], list[Row]]
_EVERY_SILENT = 20
_MADE_UP_FOR = 3
_EVERY_CORRECTED = 23
_EVERY_FAULTY = 4


def silent(organization_codes: set[str], period: Period) -> set[str]:
    """Return the departments that send nothing in the round of the month: one of every twenty."""
    drawn = sorted(organization_codes, key=lambda code: draw(1 << 30, "silent", code, period))
    return set(drawn[: len(drawn) // _EVERY_SILENT])


def is_made_up_for(organization_code: str, period: Period) -> bool:
    """Tell whether a department that was silent sends the round's figures later."""
    return draw(_MADE_UP_FOR, "made up for", organization_code, period) > 0


def planted(rows: list[Row], organization_code: str, period: Period, others: list[Written]) -> list[Row]:
    """Return the round's rows, in some rounds with one faulty row more."""
    if not rows or draw(_EVERY_FAULTY, "faulty", organization_code, period):
        return rows
    fault = _FAULTS[draw(len(_FAULTS), "fault", organization_code, period)]
    victim = rows[draw(len(rows), "victim", organization_code, period)]
    return rows + fault(victim, [one for one in others if one.organization_code != organization_code])


def corrected(
    rows: list[Row], organization_code: str, period: Period, sums: set[str]
) -> tuple[list[Row], list[Row]]:
    """Return the round's rows, in some with one piece too many, and the later file that corrects it."""
    plain = [row for row in rows if row[CODE] in sums and row[VALUE].isdigit() and int(row[VALUE]) > 1]
    if not plain or draw(_EVERY_CORRECTED, "corrected", organization_code, period):
        return rows, []
    right = plain[draw(len(plain), "correction", organization_code, period)]
    wrong = _with(right, VALUE, str(int(right[VALUE]) + 1))
    return [wrong if row == right else row for row in rows], [right]


def _with(row: Row, column: int, text: str) -> Row:
    return (*row[:column], text, *row[column + 1 :])


def _unknown_indicator(row: Row, _others: list[Written]) -> list[Row]:
    return [_with(row, CODE, f"{row[CODE]}X")]


def _words_for_a_number(row: Row, _others: list[Written]) -> list[Row]:
    column = VALUE if row[VALUE] else NUMERATOR
    return [_with(_with(row, column, "约300"), PERIOD, str(Period.parse(row[PERIOD]) + -1))]


def _unknown_area(row: Row, _others: list[Written]) -> list[Row]:
    return [_with(row, AREA, "999999")]


def _the_same_again(row: Row, _others: list[Written]) -> list[Row]:
    return [row]


def _of_another_department(row: Row, others: list[Written]) -> list[Row]:
    if not others:
        return []
    other = others[0]
    return [_with(_with(row, CODE, other.row[CODE]), NAME, other.row[NAME])]


def _impossible_month(row: Row, _others: list[Written]) -> list[Row]:
    return [_with(row, PERIOD, f"{row[PERIOD][:4]}-13")]


def _total_line(_row: Row, _others: list[Written]) -> list[Row]:
    blank = ("",) * (REMARK + 1)
    return [blank, ("合计", *blank[1:])]


_FAULTS: tuple[Fault, ...] = (
    _unknown_indicator,
    _words_for_a_number,
    _unknown_area,
    _the_same_again,
    _of_another_department,
    _impossible_month,
    _total_line,
)
