"""A workbook's cell as the text that a person reads in it, the same for every kind of workbook."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

_SIGNIFICANT_DIGITS = 15
NOT_COMPUTED = "（公式没有计算结果）"
"""What stands for a formula whose result the workbook does not hold."""


def text_of(value: Any, *, is_percent: bool = False) -> str:
    """Return the text of a cell's value; a day without a time of day is only the day."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, is_percent=is_percent)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return str(value).upper()


def _number(value: float, *, is_percent: bool) -> str:
    """Return the number as Excel shows it: 15 significant digits, times 100 with the sign for a percent."""
    if is_percent:
        return f"{float(f'{value * 100:.{_SIGNIFICANT_DIGITS}g}'):.{_SIGNIFICANT_DIGITS}g}%"
    return str(value) if isinstance(value, int) else f"{value:.{_SIGNIFICANT_DIGITS}g}"
