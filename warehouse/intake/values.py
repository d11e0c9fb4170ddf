"""Reading one cell's text as a period or a number: exactly what it claims to be, or not at all.

Plain figures are read by SQL; these functions read the distinct texts that are left (dates, full-width
digits, thousands separators, percent signs), so each is read once however often it occurs.
"""

from __future__ import annotations

import html
import re
from calendar import monthrange
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

_MONTH = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})|/([0-9]{1,2})|([0-9]{2})|年([0-9]{1,2})月份?)")
_DAY = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)"
    r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.0+)?)?)?"
)
_BY_THE_END = re.compile("(?:底|末)?(?:之?前)?$")
_NUMBER = re.compile(
    r"[+-]?(?:(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
)
_NARROW = {0xFF01 + step: 0x21 + step for step in range(94)} | {0x3000: " ", 0xA0: " ", 0x2212: "-"}
_AROUND = " \t\r\n\v\f\ufeff\u200b"
_LONGEST = 60
MARK = re.compile("撤回|期初|零报|不适用")
"""Words of a remark that change what its row says."""
AS_SHOWN = "〔显示为「"
"""What stands before the figure that a cell of a workbook shows, where it stores another."""
_STEP = Decimal("0.000001")
_LIMIT = Decimal(10) ** 15
_EXACT = Context(prec=1100, rounding=ROUND_HALF_UP, Emax=2000, Emin=-2000)


@dataclass(frozen=True)
class Number:
    """A figure rounded half up to 6 decimals (None from 1e15 on), and what its text said besides."""

    figure: Decimal | None
    is_percent: bool
    is_rounded: bool
    is_as_shown: bool = False
    """It is what a cell of a workbook shows, which stores another."""


def narrowed(text: str) -> str:
    """Return the text with full-width forms narrowed and the blanks around it gone.

    Not Unicode's compatibility form, which would make 102 of 10².
    """
    return text.translate(_NARROW).strip(_AROUND)


def read_period(text: str) -> str | None:
    """Return `YYYY-MM` for a month or a day written in one of the contract's forms, else None."""
    written = narrowed(text)
    match = _MONTH.fullmatch(written) or _DAY.fullmatch(written)
    if match is None:
        return None
    year, month, *day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, *day or [1]).isoformat()[:7]
    except ValueError:
        return None


def read_day(text: str) -> date | None:
    """Return the day that a text promises, of a month (2025年7月底前) its last one; None where it is none."""
    written = _BY_THE_END.sub("", narrowed(text))
    match = _MONTH.fullmatch(written) or _DAY.fullmatch(written)
    if match is None:
        return None
    year, month, *day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, *day) if day else date(year, month, monthrange(year, month)[1])
    except ValueError:
        return None


_MISREAD = (
    ("gb18030", "big5"),
    ("gb18030", "shift_jis"),
    ("gb18030", "euc_jp"),
    ("gb18030", "utf-8"),
    ("latin-1", "gb18030"),
    ("latin-1", "utf-8"),
    ("cp1252", "gb18030"),
    ("cp1252", "utf-8"),
    ("ascii", "utf-7"),
    ("ascii", "hz"),
    ("ascii", "iso2022_jp"),
)
"""As what bytes may have been read, and what they were."""
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def mark_of_other_encoding(text: str) -> str | None:
    """Return the mark that a remark's bytes would be in an encoding other than the one they were read in.

    So are a mark as HTML writes it (&#25764;) and as JSON does (backslash, u, four hexadecimal digits).
    """
    if MARK.search(text):
        return None
    for read_as, written_in in _MISREAD:
        with suppress(UnicodeError):
            if found := MARK.search(text.encode(read_as).decode(written_in)):
                return found[0]
    unescaped = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), html.unescape(text))
    return found[0] if (found := MARK.search(unescaped)) else None


def read_number(text: str) -> Number | None:
    """Return the figure that the text states, or None where it states none.

    A percent sign is kept as a fact about the text: `95%` is the figure 95 and a percent.
    """
    written, mark, _ = narrowed(text).partition(AS_SHOWN)
    is_percent = written.endswith("%")
    digits = written.removesuffix("%").rstrip()
    if len(digits) > _LONGEST or _NUMBER.fullmatch(digits) is None:
        return None
    exact = _EXACT.create_decimal(digits.replace(",", ""))
    figure = exact.quantize(_STEP, context=_EXACT)
    if abs(figure) >= _LIMIT:
        return Number(None, is_percent, is_rounded=False)
    figure = figure.copy_abs() if figure.is_zero() else figure
    return Number(figure, is_percent, figure != exact, bool(mark))
