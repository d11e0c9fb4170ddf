"""Figures as text: short, with marks for thousands, and never rounded to what they are not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from warehouse.snapshot.wording.vocabulary import Unit, unit_of

NO_FIGURE = "—"
_PLACES = 2
_MOST_PLACES = 6
_HUNDRED = Decimal(100)
_WAN, _YI = Decimal("0.0001"), Decimal("0.00000001")
_MILLION, _BILLION = Decimal(1_000_000), Decimal(1_000_000_000)
_MINUS = str.maketrans("-", "−")


@dataclass(frozen=True)
class Amount:
    """A figure with its unit in both languages: large sums are in 万 or 亿, in English in millions."""

    number_zh: str
    unit_zh: str
    number_en: str
    unit_en: str

    @property
    def zh(self) -> str:
        """The amount in Chinese: 2.12亿元."""
        return self.number_zh + self.unit_zh

    @property
    def en(self) -> str:
        """The amount in English: 212.26 million yuan."""
        return self.number_en + self.unit_en


def figure(value: Decimal | None, beside: Decimal | None = None, decimals: int = _PLACES) -> str:
    """Write a figure with at most the decimals of its indicator or two, or a dash where there is none.

    It gets more where they would make it look equal to `beside` though it differs: 99.996 beside 100.
    """
    if value is None:
        return NO_FIGURE
    for places in range(max(_PLACES, decimals), _MOST_PLACES + 1):
        text = _rounded(value, places)
        if beside is None or value == beside or text != _rounded(beside, places):
            return text
    return _rounded(value, _MOST_PLACES)


def amount(
    value: Decimal | None, unit: str, beside: Decimal | None = None, decimals: int = _PLACES
) -> Amount:
    """Write a figure with its unit; `beside` is what it must not look equal to if it differs."""
    if value is None:
        return Amount(NO_FIGURE, "", NO_FIGURE, "")
    words = unit_of(unit)
    unit_en = words.en_one if abs(value) == 1 else words.en
    return _amount(_Written(value, beside, decimals), words, words.zh, unit_en)


def difference(value: Decimal | None, unit: str, decimals: int = _PLACES) -> Amount:
    """Write a difference of two figures of the unit, with its sign: of rates in percentage points."""
    if value is None:
        return Amount(NO_FIGURE, "", NO_FIGURE, "")
    words = unit_of(unit)
    written = _Written(value, Decimal(0), decimals)
    found = _amount(written, words, words.difference_zh, words.difference_en)
    plus = "+" if value > 0 else ""
    return Amount(plus + found.number_zh, found.unit_zh, plus + found.number_en, found.unit_en)


def percent(value: Decimal | None, most: int = _PLACES) -> str:
    """Write a percentage with one decimal, or all it has up to `most`; 99.96 is never 100.0."""
    if value is None:
        return NO_FIGURE
    places = most if value != round(value, 1) else 1
    if round(value, places) == _HUNDRED != value:
        places = _PLACES
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}%".translate(_MINUS)


def points(value: Decimal | None) -> str:
    """Write a difference of percentages, in percentage points with one decimal, with its sign."""
    return NO_FIGURE if value is None else f"{value:+.1f}".translate(_MINUS)


def counted_en(count: int, one: str, many: str = "") -> str:
    """Write so many things in English: 1 month, 3 months."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def month_zh(period: str) -> str:
    """Write `2024-03` as 2024年3月."""
    year, month = period.split("-")
    return f"{year}年{int(month)}月"


@dataclass(frozen=True)
class _Written:
    """A figure to be written, what it must not look equal to, and the decimals of its indicator."""

    value: Decimal
    beside: Decimal | None
    decimals: int

    def scaled(self, large: tuple[Decimal, str]) -> tuple[str, str]:
        """Write the figure on its scale, or on none where even so it would look equal to `beside`."""
        scale, word = large
        value, beside = self.value, self.beside
        if scale == 1:
            return figure(value, beside, self.decimals), word
        if beside is None or beside == value:
            return figure(value * scale), word
        if _rounded(value * scale, _MOST_PLACES) == _rounded(beside * scale, _MOST_PLACES):
            return figure(value, beside), ""
        return figure(value * scale, beside * scale), word


def _amount(written: _Written, words: Unit, unit_zh: str, unit_en: str) -> Amount:
    number_zh, large_zh = written.scaled(_large_zh(written.value, words))
    number_en, large_en = written.scaled(_large_en(written.value, words))
    after = unit_en if unit_en in ("%", "") else f" {unit_en}"
    return Amount(number_zh, large_zh + unit_zh, number_en, large_en + after)


def _large_zh(value: Decimal, words: Unit) -> tuple[Decimal, str]:
    """Return what a figure is multiplied with to be written, and the word that makes up for it."""
    if words.yi_from is not None and abs(value) >= words.yi_from:
        return _YI, "亿"
    if words.wan_from is not None and abs(value) >= words.wan_from:
        return _WAN, "万"
    return Decimal(1), ""


def _large_en(value: Decimal, words: Unit) -> tuple[Decimal, str]:
    if words.wan_from is None or abs(value) < _MILLION:
        return Decimal(1), ""
    return (1 / _BILLION, " billion") if abs(value) >= _BILLION else (1 / _MILLION, " million")


def _rounded(value: Decimal, places: int) -> str:
    shown = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{shown:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.translate(_MINUS)
