"""How a language says things: the rules of a file in `languages/`, compiled. Another language is a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).with_name("languages")
_KEPT_WIDE = "，；！？"
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_WIDE} | {
    0x3000: 0x20
}


@dataclass(frozen=True)
class Rule:
    """One rule: what it finds, and what it says of it."""

    pattern: re.Pattern[str]
    facts: dict[str, Any]


class Language:
    """The rules of one language, by their place in its file."""

    def __init__(self, said: dict[str, Any]) -> None:
        self._said = said
        self._patterns: dict[tuple[str, ...], re.Pattern[str]] = {}
        self._rules: dict[tuple[str, ...], tuple[Rule, ...]] = {}

    def value(self, *place: str) -> Any:
        """Return what the file says at a place."""
        said: Any = self._said
        for name in place:
            said = said[name]
        return said

    def pattern(self, *place: str) -> re.Pattern[str]:
        """Return the pattern at a place."""
        if place not in self._patterns:
            self._patterns[place] = re.compile(joined(self.value(*place)))
        return self._patterns[place]

    def rules(self, *place: str, by: str = "name") -> tuple[Rule, ...]:
        """Return the rules of a list that have a pattern `by` that name, in their order."""
        key = (*place, by)
        if key not in self._rules:
            self._rules[key] = tuple(
                Rule(re.compile(joined(one[by])), {name: said for name, said in one.items() if name != by})
                for one in self.value(*place)
                if by in one
            )
        return self._rules[key]


def language_of(text: str) -> Language:
    """Return the language whose letters the text has most of."""
    languages = [_language(path.stem) for path in sorted(_FOLDER.glob("*.yml"))]
    return max(languages, key=lambda one: len(one.pattern("recognised_by").findall(text)))


def narrowed(text: str) -> str:
    """Return the text with half-width digits, letters and brackets, each character in its place."""
    return text.translate(_NARROW)


def joined(said: str | list[str]) -> str:
    """Return a pattern, or one that finds what any of several finds."""
    return said if isinstance(said, str) else "|".join(said)


@cache
def _language(code: str) -> Language:
    return Language(yaml.safe_load((_FOLDER / f"{code}.yml").read_text(encoding="utf-8")))
