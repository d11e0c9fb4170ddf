"""What a cell shows of a number, by its format code (ECMA-376 part 1, 18.8.31).

A code has up to four sections for positive, negative and zero numbers and for texts, or for what their
conditions say. A section is laid out here as the standard says: digit places, thousands separators, scaling
commas, percents, and literal characters wherever they stand. Fractions are not laid out.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property, lru_cache
from itertools import takewhile

_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
_SIGNIFICANT_DIGITS = 15
_TOKEN = re.compile(
    r"""(?P<general>General|G/通用格式)
    |"(?P<quoted>[^"]*)"?
    |[\\!](?P<escaped>.)
    |_(?P<padding>.)
    |\*(?P<fill>.)
    |\[(?P<bracket>[^\]]*)\]
    |(?P<exponent>E[+-]0*)
    |(?P<moment>AM/PM|A/P|上午/下午|[ymdhsebga]+)
    |(?P<place>[0\#?])
    |(?P<point>\.)
    |(?P<comma>,)
    |(?P<percent>%)
    |(?P<text>@)
    |(?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_CURRENCY = re.compile(r"\$([^-]*)(?:-[0-9A-Fa-f]*)?")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_LITERALS = ("quoted", "escaped", "other")
_GROUP = 3
_TEN = 10
_SILENT = re.compile(r"General|G/通用格式|@?|(?:#,?)*0(?:\.[0#]+)?(?:_.)?")
_OF_ZERO = 2
_IS_MORE_THAN_ZERO = re.compile("[1-9]")


def exact(number: float) -> Decimal:
    """Return the number that a spreadsheet program has in mind: 15 significant digits."""
    return Decimal(f"{number:.{_SIGNIFICANT_DIGITS}g}")


@dataclass(frozen=True)
class Section:
    """One section of a code: its parts in order, each with its kind, and the condition it applies under."""

    parts: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None

    def has(self, kind: str) -> bool:
        """Tell whether a part is of the kind."""
        return any(one == kind for one, _ in self.parts)

    @cached_property
    def percents(self) -> int:
        """How many times the number is multiplied by 100 to be shown."""
        return sum(kind == "percent" for kind, _ in self.parts)

    @cached_property
    def thousands(self) -> int:
        """How many times the number is divided by 1000: by commas behind the last place on either side."""
        kinds = [kind for kind, _ in self.parts]
        point = kinds.index("point") if "point" in kinds else len(kinds)
        ends = {_last("place", kinds[:point]), _last("place", kinds)} - {None}
        return sum(len(list(takewhile("comma".__eq__, kinds[end + 1 :]))) for end in ends if end is not None)

    @cached_property
    def is_moment(self) -> bool:
        """Tell whether the number is shown as a day or a time."""
        return self.has("moment")

    @cached_property
    def is_fraction(self) -> bool:
        """Tell whether the number is shown as a fraction such as 1/2."""
        kinds = [kind for kind, _ in self.parts]
        slash = next((place for place, part in enumerate(self.parts) if part == ("other", "/")), 0)
        return "place" in kinds[:slash] and not self.is_moment

    def of_text(self, text: str) -> str:
        """Return what the section shows of a text."""
        return "".join(text if kind == "text" else shown for kind, shown in self._literal(("text",)))

    def of_number(self, number: Decimal) -> str | None:
        """Return what the section shows of a number without its sign, or None for a fraction."""
        if self.is_fraction:
            return None
        shown = _EXACT.divide(
            _EXACT.multiply(abs(number), Decimal(100) ** self.percents), Decimal(1000) ** self.thousands
        )
        if self.has("general") or self.has("text"):
            texts = (
                (written(shown) if kind in ("general", "text") else text) for kind, text in self._literal()
            )
            return "".join(texts)
        return "".join(_laid_out(list(self._literal(("place", "point", "comma", "exponent"))), shown))

    def _literal(self, kept: tuple[str, ...] = ("general", "text")) -> Iterator[tuple[str, str]]:
        """Yield the parts that show something; those not kept as what they are show their text."""
        for kind, text in self.parts:
            if kind in kept or kind in _LITERALS:
                yield kind, text
            elif kind == "padding":
                yield kind, " "
            elif kind == "percent":
                yield kind, "%"
            elif kind == "bracket" and (match := _CURRENCY.fullmatch(text)):
                yield kind, match[1]


@dataclass(frozen=True)
class NumberFormat:
    """A format code, read."""

    sections: tuple[Section, ...]

    def section_of(self, number: Decimal) -> Section | None:
        """Return the section that shows the number, or None where no condition holds."""
        first, second, third = self._of_numbers
        if first.condition is None and second.condition is None:
            return first if number > 0 else second if number < 0 else third
        for section in (first, second):
            if section.condition is not None and _holds(section.condition, number):
                return section
        if first.condition is None or second.condition is None:
            return second
        return third if third is not first else None

    def shown(self, number: Decimal) -> str | None:
        """Return what the cell shows, or None where that is not known here.

        Fractions are not, nor are negative numbers where sections have conditions: programs differ on them.
        """
        section = self.section_of(number)
        is_unknown = number < 0 and any(one.condition for one in self.sections)
        shown = section.of_number(number) if section and not is_unknown else None
        shows_minus = number < 0 and self._has_one_section and _IS_MORE_THAN_ZERO.search(shown or "")
        return f"-{shown}" if shows_minus else shown

    @cached_property
    def text_section(self) -> Section | None:
        """The section for texts, where the code has one with more to show than the text."""
        last = self.sections[-1]
        return last if last.has("text") and len(last.parts) > 1 else None

    @cached_property
    def _has_one_section(self) -> bool:
        positive, negative, _ = self._of_numbers
        return positive is negative

    @cached_property
    def _of_numbers(self) -> tuple[Section, Section, Section]:
        """The sections for positive, negative and zero numbers; that for texts, with its @, is the last."""
        given = self.sections[:3]
        if 1 < len(given) == len(self.sections) and given[-1].has("text"):
            given = given[:-1]
        positive = given[0]
        return (
            positive,
            given[1] if len(given) > 1 else positive,
            given[2] if len(given) > _OF_ZERO else positive,
        )


@lru_cache(maxsize=10_000)
def is_silent(code: str) -> bool:
    """Tell whether a format shows a number and nothing else: no sign, scale or word, and each zero."""
    return _SILENT.fullmatch(code) is not None


@lru_cache(maxsize=10_000)
def number_format(code: str) -> NumberFormat:
    """Return a format code, read; every text is one, as in the programs that show it."""
    sections: list[list[tuple[str, str]]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = str(match.lastgroup)
        text = match[kind]
        if (kind, text) == ("other", ";"):
            sections.append([])
        elif kind == "bracket" and _ELAPSED.fullmatch(text):
            sections[-1].append(("moment", text))
        elif kind != "fill":
            sections[-1].append((kind, text))
    return NumberFormat(tuple(Section(tuple(parts), _condition_of(parts)) for parts in sections))


def written(number: Decimal) -> str:
    """Return a number's digits, without an exponent or zeros at the end of its decimals."""
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _last(kind: str, kinds: list[str]) -> int | None:
    return max((place for place, one in enumerate(kinds) if one == kind), default=None)


def _condition_of(parts: list[tuple[str, str]]) -> tuple[str, Decimal] | None:
    for kind, text in parts:
        if kind == "bracket" and (match := _CONDITION.fullmatch(text)):
            return match[1], Decimal(match[2])
    return None


def _holds(condition: tuple[str, Decimal], number: Decimal) -> bool:
    sign, bound = condition
    return _COMPARED[sign](number, bound)


def _laid_out(parts: list[tuple[str, str]], number: Decimal) -> Iterator[str]:
    """Yield what each part shows, the number's digits laid over the digit places."""
    kinds = [kind for kind, _ in parts]
    point = kinds.index("point") if "point" in kinds else len(parts)
    exponent = kinds.index("exponent") if "exponent" in kinds else len(parts)
    whole = [place for place, kind in enumerate(kinds[: min(point, exponent)]) if kind == "place"]
    decimals = [place for place, kind in enumerate(kinds[:exponent]) if kind == "place" and place > point]
    power = number.adjusted() if exponent < len(parts) and number else 0
    rounded = _rounded(number, power, len(decimals))
    if exponent < len(parts) and rounded >= _TEN:
        power += 1
        rounded = _rounded(number, power, len(decimals))
    digits, _, behind = format(rounded, "f").partition(".")
    is_grouped = "comma" in kinds[whole[0] : whole[-1]] if whole else False
    shown = dict(zip(whole, _whole(digits, [parts[place][1] for place in whole], is_grouped), strict=True))
    shown |= zip(decimals, _decimals(behind, [parts[place][1] for place in decimals]), strict=True)
    for place, (kind, text) in enumerate(parts):
        if kind == "exponent":
            yield f"E{power:+03d}"
        elif kind == "place":
            yield shown.get(place, "")
        elif kind == "point":
            yield f"{'' if whole else digits.lstrip('0')}."
        elif kind != "comma":
            yield text


def _rounded(number: Decimal, power: int, decimals: int) -> Decimal:
    return _EXACT.scaleb(number, -power).quantize(Decimal(1).scaleb(-decimals), context=_EXACT)


def _whole(digits: str, places: list[str], is_grouped: bool) -> list[str]:
    """Return what each place before the point shows; the first of them takes all digits that are left."""
    left = digits.lstrip("0")
    shown: list[str] = []
    count = 0
    for place in reversed(places):
        is_first = len(shown) == len(places) - 1
        taken = (left if is_first else left[-1:]) or {"0": "0", "?": " "}.get(place, "")
        left = left[: len(left) - len(taken)]
        grouped = ""
        for digit in reversed(taken):
            grouped = digit + ("," if is_grouped and count and not count % _GROUP else "") + grouped
            count += digit.isdigit()
        shown.append(grouped)
    return shown[::-1]


def _decimals(digits: str, places: list[str]) -> list[str]:
    """Return what each place behind the point shows; zeros at the end only where the code asks for them."""
    shown: list[str] = []
    is_end = True
    for place, digit in zip(reversed(places), reversed(digits), strict=True):
        is_end = is_end and digit == "0" and place != "0"
        shown.append({"?": " "}.get(place, "") if is_end else digit)
    return shown[::-1]
