"""When: the years of the document, and the months that each statement's words count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from warehouse.periods import Period
from warehouse.plan.drafting.language import Language

_FIRST, _LAST = 1, 12
_UNKNOWN_YEAR = 2000
_MONTHS = {"first_half": 6, "first_quarter": 3}
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True)
class Times:
    """What a document says of itself: the day it was issued, and the years that it plans."""

    issued_on: date
    first: int
    last: int
    is_guessed: bool
    """Whether no date stands in the text."""


@dataclass(frozen=True)
class Window:
    """The months that count."""

    start: Period
    end: Period
    is_yearly: bool
    is_guessed: bool
    """Whether the words name no end."""


def times_of(text: str, title: str, language: Language) -> Times:
    """Return the times of a document; where it names no year at all, its year is 2000 and guessed."""
    issued = _issued(text, title, language)
    planned = _planned(text, title, language)
    text = _without_forecasts(text, language)
    told = language.pattern("base_years").sub("", text)
    years = [int(year) for year in _YEARS.findall(told)]
    guessed = planned[0] if planned else min(_asked(text, language) + _firm(text, language), default=None)
    year = issued.year if issued else guessed or max(years, default=_UNKNOWN_YEAR)
    first, last = planned or (year, max([year, *_asked(text, language)]))
    first = min(first, last)
    return Times(issued or date(year, 1, 1), first, last, is_guessed=issued is None)


def window_of(words: str, heading: str, times: Times, language: Language) -> Window:
    """Return the window of what stands behind the words of a sentence, under a heading."""
    said = _said(words, times, language)
    if said is None or said.is_guessed:
        above = _said(heading, times, language)
        if above is not None and said is not None:
            return Window(above.start, above.end, said.is_yearly, above.is_guessed)
        said = said or above
    if said is not None:
        return said
    return Window(Period(times.first, _FIRST), Period(times.last, _LAST), is_yearly=False, is_guessed=True)


def _said(words: str, times: Times, language: Language) -> Window | None:
    """Return the window that the words name: the last end in them, and whether each year has one."""
    ends: list[tuple[int, Period, Period]] = []
    is_yearly = False
    bases = [found.span() for found in language.pattern("base_years").finditer(words)]
    for rule in language.rules("windows"):
        for found in rule.pattern.finditer(words):
            if any(start < found.end() and found.start() < end for start, end in bases):
                continue
            kind = str(rule.facts["window"])
            is_yearly = is_yearly or kind == "each_year"
            span = _span(kind, found.groupdict(), times)
            if span and span[1].year >= times.issued_on.year:  # an earlier year says which, not by when
                ends.append((found.end(), *span))
    for rule in language.rules("periods"):
        for found in rule.pattern.finditer(words):
            first, last = int(rule.facts["first"]), int(rule.facts["last"])
            ends.append((found.end(), Period(first, _FIRST), Period(last, _LAST)))
    if not ends:
        whole = Window(
            Period(times.first, _FIRST), Period(times.last, _LAST), is_yearly=True, is_guessed=True
        )
        return whole if is_yearly else None
    _, start, end = max(ends, key=lambda one: (one[0], one[2] - one[1]))
    return Window(start, end, is_yearly and end - start >= _LAST, is_guessed=False)


def _span(kind: str, found: dict[str, str | None], times: Times) -> tuple[Period, Period] | None:
    last = int(found.get("last") or times.issued_on.year)
    month = int(found.get("month") or _MONTHS.get(kind, _LAST))
    first = {"years": int(found.get("first") or 0), "until": min(times.first, last), "plan": times.first}
    if kind == "each_year" or not _FIRST <= month <= _LAST:
        return None
    last = {"next_year": last + 1, "plan": times.last}.get(kind, last)
    return Period(first.get(kind, last), _FIRST), Period(last, month)


def _issued(text: str, title: str, language: Language) -> date | None:
    for found in language.pattern("issued").finditer(text):
        try:
            return date(*(int(found[name]) for name in ("year", "month", "day")))
        except ValueError:
            continue
    for pattern, words in (("document_year", text), ("title_year", title)):
        if year := language.pattern(pattern).search(words):
            return date(int(year["year"]), _FIRST, 1)
    return None


def _planned(text: str, title: str, language: Language) -> tuple[int, int] | None:
    """Return the years that the title, else the text, names as a period; the first that is named counts."""
    for words in (title, text):
        for rule in language.rules("windows"):
            if rule.facts["window"] == "years" and (found := rule.pattern.search(words)):
                return int(found["first"]), int(found["last"])
    for words in (title, text):
        named = [
            (found.start(), int(rule.facts["first"]), int(rule.facts["last"]))
            for rule in language.rules("periods")
            if (found := rule.pattern.search(words))
        ]
        if named:
            return max(named, key=lambda one: one[2])[1:]
    return None


def _asked(text: str, language: Language) -> list[int]:
    return [
        int(found["last"])
        for rule in language.rules("windows")
        if rule.facts["window"] == "until"
        for found in rule.pattern.finditer(text)
    ]


def _sentences(text: str, language: Language) -> list[str]:
    return re.split(rf"\n|{language.value('sentences', 'end')}", text)


def _without_forecasts(text: str, language: Language) -> str:
    """Return the sentences of a text that forecast nothing: their years are no plan's."""
    cues = [rule.pattern for rule in language.rules("stances") if rule.facts["stance"] == "forecast"]
    sentences = _sentences(text, language)
    return "\n".join(one for one in sentences if not any(cue.search(one) for cue in cues))


def _firm(text: str, language: Language) -> list[int]:
    """Return the years of sentences that firmly ask for something."""
    firm = [rule.pattern for rule in language.rules("stances") if rule.facts["strength"] == "firm"]
    sentences = [one for one in _sentences(text, language) if any(p.search(one) for p in firm)]
    windows = [rule.pattern for rule in language.rules("windows") if rule.facts["window"] == "year"]
    return [int(found["last"]) for one in sentences for pattern in windows for found in pattern.finditer(one)]
