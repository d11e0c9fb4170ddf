"""A workbook's cell as the text that a person reads in it, the same for every kind of workbook.

A figure is read as it is shown: 0.95 as 95 % is `95%`, 12 as 12万 is `120000`. Decimals that the cell does
not show are kept. Where what is shown is another figure than what is stored, the text says both, and a rule
refuses it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import Any

from warehouse.intake.readers.number_format import exact, is_silent, number_format, written
from warehouse.intake.values import AS_SHOWN, narrowed, read_period

NOT_COMPUTED = "（公式没有计算结果）"
"""What stands for a formula whose result the workbook does not hold."""
_LONGEST_FORMAT = 255
_SIGNIFICANT_DIGITS = 15
_FIGURE = re.compile(r"([^0-9.]*)([0-9][0-9,]*(?:\.[0-9]*)?|\.[0-9]+)(E[+-][0-9]+)?([^0-9]*)")
_NOTHING = re.compile(r"\s*[-—–]\s*")
_MINUS = "-−"
_SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_SCALE = re.compile(f"[{''.join(_SCALES)}]+")
_UNITS = ("千克", "千米", "百分点", "个百分点")
"""Units of their own, although a scale is part of their names."""
_SAYS_MORE = re.compile(r"[十百千万亿兆‰‱%拾佰仟萬億]|^[KkMBWw]$")
"""What behind or before a number makes another figure of it, unless it is read as such."""
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - a spreadsheet's days
_LEAP_DAY_OF_1900 = 60
"""The spreadsheet's 1900 has a 29th of February, so that days before it count from one day later."""


@dataclass(frozen=True)
class _Shown:
    """A figure as it is shown: `value`, without its percent sign, exact to half a `step`."""

    value: Decimal
    step: Decimal
    scale: Decimal
    is_percent: bool


def text_of(value: Any) -> str:
    """Return the text of a value without a format; a day without a time of day is only the day."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value) if isinstance(value, int) else f"{value:.{_SIGNIFICANT_DIGITS}g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return str(value).upper()


@lru_cache(maxsize=50_000, typed=True)
def formatted(value: str | float, code: str, *, from_1904: bool = False) -> str:
    """Return the text of a value under a format code; a number may be a day, counted from 1900 or 1904."""
    if is_silent(code):
        return text_of(value)
    if isinstance(value, str):
        section = number_format(code).text_section if len(code) <= _LONGEST_FORMAT else None
        return section.of_text(value) if section else value
    if not isfinite(value):
        return text_of(value)
    if len(code) > _LONGEST_FORMAT:
        return not_as_shown(None, value)
    number = exact(value)
    section = number_format(code).section_of(number)
    if section and section.is_moment:
        return text_of(_moment(value, from_1904=from_1904))
    return stated(number_format(code).shown(number), value, section.percents if section else 0)


def stated(shown: str | None, value: float, percents: int) -> str:
    """Return the figure that a cell states which shows `shown` (None: unknown) and stores `value`.

    `percents` is how often the number is multiplied by 100 to be shown.
    """
    stored = exact(value)
    said = narrowed(shown or "")
    if read_period(said) is not None:
        return said
    figure = _figure(said)
    if figure is None or bool(percents) > figure.is_percent:
        return not_as_shown(shown, value)
    meant = stored * Decimal(100) ** percents * figure.scale
    is_lost = figure.scale > 1 and figure.value == 0 != stored
    if is_lost or abs(figure.value - meant) > figure.step / 2:
        # Divided to be shown, and multiplied by its word: only where nothing is lost is it the number stored.
        return text_of(value) if figure.value == stored else not_as_shown(shown, value)
    if percents or figure.scale > 1:
        text = written(meant) + ("%" if figure.is_percent else "")
        return text if percents or meant == stored else as_shown(text, said)
    if figure.is_percent:
        return f"{text_of(value)}%"
    # Zeros before a number are part of a code.
    return said if figure.value == stored and re.fullmatch("0[0-9]+", said) else text_of(value)


def as_shown(text: str, shown: str) -> str:
    """Return the text of a cell that is taken as it shows and not as it stores; a rule knows its form."""
    return f"{text}{AS_SHOWN}{shown}」〕"


def not_as_shown(shown: str | None, stored: object) -> str:
    """Return the text of a cell that shows another figure than it stores; a rule knows it by its form."""
    said = "（格式不明）" if shown is None else shown.strip()
    return f"{AS_SHOWN}{said}」，存储为「{text_of(stored)}」〕"


def _figure(said: str) -> _Shown | None:
    """Return the figure that a narrowed text states, or None where it cannot be told."""
    if _NOTHING.fullmatch(said):
        return _Shown(Decimal(0), Decimal(0), Decimal(1), is_percent=False)
    match = _FIGURE.fullmatch(said)
    if match is None:
        return None
    before, digits, exponent, after = (part or "" for part in match.groups())
    in_brackets = before.rstrip().endswith("(") and after.lstrip().startswith(")")
    before, after = before.replace("(", "").strip(), after.replace(")", "").strip()
    is_negative = in_brackets or before.endswith(tuple(_MINUS)) or before.startswith(tuple(_MINUS))
    before = before.strip(f"{_MINUS}+ ")
    is_percent = (before + after).count("%") == 1
    before, after = before.replace("%", "", is_percent).strip(), after.replace("%", "", is_percent).strip()
    scale = Decimal(1)
    if _SCALE.fullmatch(after) and not is_percent:
        scale, after = Decimal(10) ** sum(_SCALES[one] for one in after), ""
    after = "" if after in _UNITS else after
    if any(_SAYS_MORE.search(words) or set(words) & set(_MINUS) for words in (before, after)):
        return None
    number = Decimal(digits.replace(",", "") + exponent) * scale
    step = Decimal(1).scaleb(Decimal(digits.replace(",", "") + exponent).as_tuple().exponent) * scale  # type: ignore[arg-type]
    return _Shown(-number if is_negative else number, step, scale, is_percent)


def _moment(days: float, *, from_1904: bool) -> datetime | time | float:
    """Return the day and time of a number, only the time of less than a day, the number if it is none."""
    is_time = 0 <= days < 1
    if not from_1904 and days < _LEAP_DAY_OF_1900:
        days += 1
    try:
        moment = _EPOCHS[from_1904] + timedelta(days=days)
    except (OverflowError, ValueError):
        return days
    rounded = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    return rounded.time() if is_time else rounded
