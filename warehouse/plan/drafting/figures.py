"""The figures of a text: their values in the unit, as they are written in digits or words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from warehouse.plan.drafting.language import Language

PERCENT = "%"


@dataclass(frozen=True)
class Figure:
    """One figure, and where it stands with its unit."""

    start: int
    end: int
    value: Decimal
    upper: Decimal | None
    """The end of a range, where it is one."""
    unit: str
    """The unit that the value is in; empty where no rule knows what follows."""
    is_vague: bool
    """Whether it says 多, 余 or the like."""


def figures(words: str, language: Language) -> Iterator[Figure]:
    """Yield the figures of a narrowed text from left to right; none overlaps another."""
    last = 0
    for found in _pattern(language).finditer(words):
        if found.start() < last or not _is_counted(words, found, language):
            continue
        figure = _figure(found, language)
        last = figure.end
        yield figure


def _is_counted(words: str, found: re.Match[str], language: Language) -> bool:
    """Return whether a number in words stands behind a verb that counts; one alone is an article."""
    if not found.groupdict().get("counted"):
        return True
    counted_behind = language.pattern("values", "counted_behind").search(words[: found.start()])
    return bool(counted_behind) and spelled(found["counted"], language) > 1


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    values = ("values",)
    units = "|".join(map(re.escape, sorted(language.value(*values, "units").split(), key=len, reverse=True)))
    scales = "|".join(sorted(language.value(*values, "scales"), key=len, reverse=True))
    percent, more = language.value(*values, "percent"), language.value(*values, "more_or_less")
    digits = "".join(language.value(*values, "digits"))
    plain = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
    measure = (
        rf"(?:(?P<of{{0}}>{percent}|{units})|(?P<scale{{0}}>{scales})\s?(?:{more})?\s?(?P<in{{0}}>{units})?)"
    )
    ratio = r"(?P<a>\d+(?:\.\d+)?):(?P<b>1)(?![\d:.])"
    share = "|".join(language.value(*values, "share_words")) or "(?!)"
    mark = language.value("comparators", "range")
    ranged = rf"(?:{mark}(?P<upper>{plain})(?=\s?(?:{percent}|{scales}|{units})))?"
    lower = rf"(?P<lower>{plain})\s?(?P<more>{more})?\s?(?:{measure.format('_x')}(?={mark}\d))?"
    alone = r"(?<![\dA-Za-z.])"
    ways = [rf"{alone}{ratio}", rf"{alone}(?:{lower}{ranged})\s?(?:{measure.format('')})?"]
    if digits:
        behind = language.value("values", "share_before")
        counting = language.value("values", "counting_units")
        ways.insert(1, rf"{language.value('values', 'hundredths')}(?P<hundredths>[{digits}]+)")
        ways.insert(2, rf"(?P<tenths>[{digits}\d])(?P<share>{share})(?=[{behind}]|$)")
        ways.append(rf"(?P<counted>[{digits}]{{1,3}})(?P<counting>{counting})")
    return re.compile("|".join(ways))


def _figure(found: re.Match[str], language: Language) -> Figure:
    said = {name: text for name, text in found.groupdict().items() if text}
    span = found.start(), found.end()
    if "a" in said:
        times = language.value("values", "times_word")
        return Figure(*span, Decimal(said["a"]) / Decimal(said["b"]), None, times, is_vague=False)
    if words := said.get("hundredths"):
        return Figure(*span, spelled(words, language), None, PERCENT, is_vague=False)
    if words := said.get("tenths"):
        times = language.value("values", "share_words")[said["share"]]
        tenths = Decimal(words) if words.isdigit() and words.isascii() else spelled(words, language)
        return Figure(*span, tenths * times, None, PERCENT, is_vague=False)
    if words := said.get("counted"):
        return Figure(*span, spelled(words, language), None, said["counting"], is_vague=False)
    scale = Decimal(language.value("values", "scales").get(said.get("scale", ""), 1))
    unit = said.get("of") or said.get("in") or ""
    lower_scale = scale
    if "upper" in said and "scale_x" in said:
        lower_scale = Decimal(language.value("values", "scales")[said["scale_x"]])
    lower = _number(said["lower"]) * lower_scale
    upper = _number(said["upper"]) * scale if "upper" in said else None
    if upper is not None and upper <= lower:
        upper = None
    return Figure(*span, lower, upper, _plain_unit(unit, language), is_vague="more" in said)


def _plain_unit(unit: str, language: Language) -> str:
    return str(language.value("values", "same_units").get(unit, unit))


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def spelled(words: str, language: Language) -> Decimal:
    """Return the value of a number in words, up to the hundreds."""
    digits = language.value("values", "digits")
    total, last = 0, 0
    for character in words:
        value = digits[character]
        if value in (10, 100, 1000):
            total, last = total + max(last, 1) * value, 0
        else:
            last = value
    return Decimal(total + last)
