"""What a target asks: what is to be reached, what was to be there by now, what must come yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Literal

from warehouse.snapshot.wording.figures import Amount, amount
from warehouse.snapshot.wording.vocabulary import COMPARATORS, unit_of

_BOTH_SIDED = ("between", "about")
_SUM = "sum"
_PLACES = 2


@dataclass(frozen=True)
class Requirement:
    """What is asked of a target that lags, in both languages."""

    zh: str
    en: str
    """How much: 94亩; or what has to hold: 须降至33微克/立方米以下."""
    about_zh: str = ""
    about_en: str = ""
    """What the amount is: 后续月均需完成. Empty where the text says it all."""


def target_zh(row: Mapping[str, Any]) -> str:
    """Write what is to be reached: 6,000人, 不低于93%, 92.5%左右（±0.5个百分点）."""
    return _target(row, "zh", tolerance="（±{}）")


def target_en(row: Mapping[str, Any]) -> str:
    """Write what is to be reached in English: 6,000 persons, at least 93%."""
    return _target(row, "en", tolerance=" (±{})")


def line_zh(row: Mapping[str, Any]) -> str:
    """Say what the expected value is: 应完成, 应达到, 控制数, 上年同期; of a strict floor 须高于."""
    words = COMPARATORS[row["comparator"]]
    if _is_strict_floor(row):
        return words.must_zh.format("")
    return words.line_of_sum_zh if row["aggregation"] == _SUM else words.line_zh


def line_en(row: Mapping[str, Any]) -> str:
    """Say what the expected value is, in English."""
    words = COMPARATORS[row["comparator"]]
    return words.must_en.format("").strip() if _is_strict_floor(row) else words.line_en


def requirement(row: Mapping[str, Any]) -> Requirement | None:
    """Say what a row of `Month.figures` must bring yet; None where there is nothing that could.

    That is an amount for each remaining month, or, where the marts give none, what has to hold.
    """
    if row["status"] == "lost" or row["is_closed"]:
        return None
    if row["required_monthly"] is not None:
        return _monthly(row, row["required_monthly"])
    return _condition(row)


def required_value(row: Mapping[str, Any]) -> Decimal | None:
    """Return what each remaining month must bring, as it is written: of things that come whole, whole."""
    each: Decimal | None = row["required_monthly"]
    if each is None or requirement(row) is None:
        return None
    if row["aggregation"] == _SUM and COMPARATORS[row["comparator"]].is_cap:
        return _at_most(each, row)
    return _enough(abs(each), row).copy_sign(each)


def asks_zh(row: Mapping[str, Any]) -> str:
    """Say in a word what is asked of the target value: 不低于, 不高于; 完成 of an amount."""
    return "完成" if _is_plain_amount(row) else COMPARATORS[row["comparator"]].required_zh


def comes_whole(row: Mapping[str, Any]) -> bool:
    """Say whether there is no half of what is counted: parks, but not places for each thousand infants."""
    return unit_of(row["unit"]).is_countable and row["decimals"] == 0


def forecast(row: Mapping[str, Any]) -> Amount:
    """Write where a figure is heading; of what comes whole, only what will be there in full."""
    value = row["forecast_value"]
    if value is not None and comes_whole(row):
        rounding = ROUND_CEILING if COMPARATORS[row["comparator"]].is_cap else ROUND_FLOOR
        value = value.to_integral_value(rounding)
    return amount(value, row["unit"], row["target_value"], row["decimals"])


def _monthly(row: Mapping[str, Any], each: Decimal) -> Requirement:
    unit, decimals, is_whole = row["unit"], row["decimals"], comes_whole(row)
    if row["aggregation"] != _SUM:
        step = amount(_enough(abs(each), row), _difference_unit(row), decimals=decimals)
        if is_whole:
            up, down = "增加", "减少"
        else:
            up, down = "提高", "降低"
        more = each >= 0
        return _asking(step, f"后续月均需{up if more else down}", f"{'more' if more else 'less'} each month")
    if COMPARATORS[row["comparator"]].is_cap:
        return _asking(
            amount(_at_most(each, row), unit, decimals=decimals), "后续月均不超过", "at most, each month"
        )
    if is_whole and each < 1 and row["comparator"] == "at_least":
        rest = row["target_value"] - row["actual_value"]
        return _asking(amount(_enough(rest, row), unit), "期末前还需完成", "more by the end")
    return _asking(amount(_enough(each, row), unit, decimals=decimals), "后续月均需完成", "each month")


def _condition(row: Mapping[str, Any]) -> Requirement | None:
    words = COMPARATORS[row["comparator"]]
    bound = row["target_value"]
    if words.code in _BOTH_SIDED:
        is_over = row["gap_value"] is not None and row["gap_value"] > 0
        words, bound = COMPARATORS["at_most" if is_over else "at_least"], row["expected_value"]
    elif bound is None:
        bound = row["expected_value"]
    if not words.must_zh or bound is None:
        return None
    if words.is_cap and bound == 0:
        return Requirement("须清零", "must be cleared at once")
    asked = amount(bound, row["unit"], row["actual_value"], row["decimals"])
    return Requirement(words.must_zh.format(asked.zh), words.must_en.format(asked.en))


def _asking(asked: Amount, about_zh: str, about_en: str) -> Requirement:
    return Requirement(asked.zh, asked.en, about_zh, about_en)


def _at_most(value: Decimal, row: Mapping[str, Any]) -> Decimal:
    """Return what may come yet, rounded down to a whole of things that come whole."""
    return value.to_integral_value(ROUND_FLOOR) if comes_whole(row) else value


def _enough(value: Decimal, row: Mapping[str, Any]) -> Decimal:
    """Return what is asked, rounded up: of things that come whole to a whole, else to the decimals shown."""
    places = 0 if comes_whole(row) else max(_PLACES, row["decimals"])
    return value.quantize(Decimal(1).scaleb(-places), ROUND_CEILING)


def _target(row: Mapping[str, Any], language: Literal["zh", "en"], tolerance: str) -> str:
    """Write what is to be reached in a language; `tolerance` is the form of what may be missed by."""
    words = COMPARATORS[row["comparator"]]
    text: str = getattr(words, f"target_{language}")
    if row["target_value"] is None:
        return text.format("")
    if _is_plain_amount(row):
        return _said(row["target_value"], row["unit"], row, language)
    said = text.format(_asked(row, language))
    if words.code == "about" and row["tolerance"]:
        said += tolerance.format(_said(row["tolerance"], _difference_unit(row), row, language))
    return said


def _said(value: Decimal, unit: str, row: Mapping[str, Any], language: Literal["zh", "en"]) -> str:
    said = amount(value, unit, decimals=row["decimals"])
    return said.zh if language == "zh" else said.en


def _is_plain_amount(row: Mapping[str, Any]) -> bool:
    """Say whether a target is so many things to be done: 1个, and not 不低于1个."""
    return row["comparator"] == "at_least" and (row["aggregation"] == _SUM or comes_whole(row))


def _asked(row: Mapping[str, Any], language: Literal["zh", "en"]) -> str:
    """Write the amount of the target, of a target between two values both."""
    least = _said(row["target_value"], row["unit"], row, language)
    if row["comparator"] != "between":
        return least
    most = _said(row["upper_value"], row["unit"], row, language)
    return f"{least}至{most}" if language == "zh" else f"between {least} and {most}"


def _is_strict_floor(row: Mapping[str, Any]) -> bool:
    """Say whether a figure that is only equal to the expected value is not enough."""
    return bool(row["comparator"] == "above" and row["expected_value"] == row["target_value"])


def _difference_unit(row: Mapping[str, Any]) -> str:
    return "百分点" if row["unit"] == "%" else str(row["unit"])
