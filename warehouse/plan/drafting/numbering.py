"""The numbers that Word computes for headings and lists: no text of a document holds them.

Source: ECMA-376 part 1, chapter 17.9 (numbering), whose formats (`ST_NumberFormat`) are named below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

_DIGITS = "零一二三四五六七八九"
_LEVELS = 9
_BULLET = "●"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def _chinese(number: int) -> str:
    """Return a number below 100 as it is counted in Chinese: 十, 二十一."""
    tens, ones = divmod(number, 10)
    if tens >= len(_DIGITS):
        return str(number)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _letter(number: int) -> str:
    """Return the letter of a number, doubled after 26 as Word does: a, z, aa, bb."""
    return chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)


def _roman(number: int) -> str:
    steps = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
    written = ""
    for value, letters in steps:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _circled(number: int) -> str:
    """Return a number in a circle, where there is a character of it."""
    return _CIRCLED[number - 1] if 0 < number <= len(_CIRCLED) else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "japaneseCounting",
            "ideographDigital",
        ),
        _chinese,
    ),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
"""How each format writes a number; every other one is written in digits."""


class Numbering:
    """Counts the numbered paragraphs of one document, in their order."""

    def __init__(self, document: Any) -> None:
        """Read the lists that a document defines; `document` is of python-docx."""
        self._lists: dict[str, str] = {}
        self._levels: dict[str, dict[int, Any]] = {}
        self._overrides: dict[tuple[str, int], int] = {}
        self._counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)
        try:
            element = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
        except KeyError:
            return
        for one in element.findall(qn("w:abstractNum")):
            self._levels[one.get(qn("w:abstractNumId"))] = _levels_in(one) or _levels_of_style(one, element)
        for one in element.findall(qn("w:num")):
            number = one.get(qn("w:numId"))
            self._lists[number] = _value(one, "w:abstractNumId") or ""
            for override in one.findall(qn("w:lvlOverride")):
                if start := _value(override, "w:startOverride"):
                    self._overrides[number, int(override.get(qn("w:ilvl")))] = int(start)

    def mark(self, paragraph: Any) -> str:
        """Return the number, as written, that stands before a paragraph; empty where there is none."""
        number, level = self._place_of(paragraph)
        levels = self._levels.get(self._lists.get(number, ""), {})
        if level not in levels:
            return ""
        counts = self._counts[self._lists[number]]
        begins_anew = self._overrides.pop((number, level), None)
        before = counts[level]
        if begins_anew is not None or before is None:
            counts[level] = self._start(levels, level) if begins_anew is None else begins_anew
        else:
            counts[level] = before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return self._written(levels, level, counts)

    def _place_of(self, paragraph: Any) -> tuple[str, int]:
        """Return the list and the level of a paragraph, its own or its style's; the list 0 is none."""
        own = paragraph._p.pPr
        level, style = None, paragraph.style
        found = own.numPr if own is not None else None
        while found is None or found.numId is None:
            level = (
                found.ilvl.val if level is None and found is not None and found.ilvl is not None else level
            )
            if style is None:
                return "0", 0
            properties = style.element.pPr
            found = properties.numPr if properties is not None else None
            style = style.base_style
        if level is None and found.ilvl is not None:
            level = found.ilvl.val
        number = str(found.numId.val)
        return number, self._level_of_style(number, paragraph.style) if level is None else level

    def _level_of_style(self, number: str, style: Any) -> int:
        """Return the level that a list gives to a paragraph style, as headings have it."""
        levels = self._levels.get(self._lists.get(number, ""), {})
        return next((one for one, level in levels.items() if _value(level, "w:pStyle") == style.style_id), 0)

    @staticmethod
    def _start(levels: dict[int, Any], level: int) -> int:
        return int(_value(levels[level], "w:start") or 1)

    def _written(self, levels: dict[int, Any], level: int, counts: list[int | None]) -> str:
        text = _value(levels[level], "w:lvlText") or ""
        if _value(levels[level], "w:numFmt") == "bullet":
            return _BULLET if text else ""
        in_digits = levels[level].find(qn("w:isLgl")) is not None
        for place in range(level + 1):
            form = "decimal" if in_digits or place not in levels else _value(levels[place], "w:numFmt")
            count = counts[place]
            if count is None:
                count = self._start(levels, place) if place in levels else 1
            text = text.replace(f"%{place + 1}", _FORMATS.get(form or "", str)(count))
        return text


def _levels_in(definition: Any) -> dict[int, Any]:
    return {int(level.get(qn("w:ilvl"))): level for level in definition.findall(qn("w:lvl"))}


def _levels_of_style(link: Any, element: Any) -> dict[int, Any]:
    """Return the levels of the list style that a list without levels of its own names."""
    name = _value(link, "w:numStyleLink")
    defined = next(
        (one for one in element.findall(qn("w:abstractNum")) if _value(one, "w:styleLink") == name), None
    )
    if name is None or defined is None:
        return {}
    return _levels_in(defined)


def _value(element: Any, name: str) -> str | None:
    found = element.find(qn(name))
    return None if found is None else found.get(qn("w:val"))
