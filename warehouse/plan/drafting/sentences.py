"""A passage cut into sentences and clauses, and what each clause speaks of: past, forecast or plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from warehouse.plan.drafting.language import Language

_OPENS, _CLOSES = "(（", ")）"
PAST, FORECAST, UNSAID = "past", "forecast", ""


@dataclass(frozen=True)
class Clause:
    """One clause of a sentence, and its stance."""

    start: int
    end: int
    stance: str


@dataclass(frozen=True)
class Sentence:
    """One sentence and its clauses."""

    start: int
    end: int
    clauses: tuple[Clause, ...]


def sentences(
    words: str, span: tuple[int, int], language: Language, *, year: int, stance: str
) -> list[Sentence]:
    """Return the sentences of a narrowed text within a span; `stance` is that of the heading.

    A sentence begins as the one before it ended, within a line; a line begins as its heading.
    """
    found = []
    said = stance
    for start, end in _sentence_spans(words, span, language):
        if "\n" in words[max(span[0], start - 1) : start + 1]:
            said = stance
        clauses = []
        for clause_start, clause_end in _clause_spans(words, (start, end), language):
            said = _stance(words[clause_start:clause_end], said, language, year)
            clauses.append(Clause(clause_start, clause_end, said))
        found.append(Sentence(start, end, tuple(clauses)))
        said = said if said == PAST else stance
    return found


def clean_span(words: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without marks and blanks at its ends."""
    marks = " \t\n,，;；。.:：、!！?？"
    while start < end and words[start] in marks:
        start += 1
    while end > start and words[end - 1] in marks:
        end -= 1
    return start, end


def _stance(clause: str, said: str, language: Language, year: int) -> str:
    """Return what a clause speaks of: its last cue that is strong enough to change what was said before.

    A forecast gives way to what is firmly asked only; weak cues count where nothing was said.
    """
    cues = [
        (found.end(), str(rule.facts["stance"]), str(rule.facts["strength"]))
        for rule in language.rules("stances")
        for found in rule.pattern.finditer(clause)
    ]
    cues += [(end, PAST, "strong") for end in _past_years(clause, language, year)]
    if any(stance == FORECAST for _, stance, _ in cues):
        said = FORECAST
    for _, stance, strength in sorted(cues):
        if strength == "firm" or (said != FORECAST and strength == "strong") or said == UNSAID:
            said = stance
    return said


def _past_years(clause: str, language: Language, year: int) -> Iterator[int]:
    """Yield where a year before the document's own is named as the time of what is told."""
    bases = [found.span() for found in language.pattern("base_years").finditer(clause)]
    told = [
        (found, int(found["last"]))
        for rule in language.rules("windows")
        if rule.facts["window"] == "year"
        for found in rule.pattern.finditer(clause)
    ] + [
        (found, int(rule.facts["last"]))
        for rule in language.rules("periods")
        for found in rule.pattern.finditer(clause)
    ]
    for found, last in told:
        is_base = any(start < found.end() and found.start() < end for start, end in bases)
        if last < year and not is_base:
            yield found.end()


def _sentence_spans(words: str, span: tuple[int, int], language: Language) -> Iterator[tuple[int, int]]:
    marks = re.compile(rf"(?P<end>{language.value('sentences', 'end')})|(?P<line>\n)|(?P<bracket>[()])")
    start, depth = span[0], 0
    for mark in marks.finditer(words, *span):
        if mark["bracket"]:
            depth = max(0, depth + (1 if mark["bracket"] in _OPENS else -1))
        elif mark["line"] or depth == 0:
            depth = 0 if mark["line"] else depth
            if words[start : mark.end()].strip():
                yield start, mark.end()
            start = mark.end()
    if words[start : span[1]].strip():
        yield start, span[1]


def _clause_spans(words: str, span: tuple[int, int], language: Language) -> Iterator[tuple[int, int]]:
    start = span[0]
    for mark in language.pattern("sentences", "clause_end").finditer(words, *span):
        if words[start : mark.start()].strip():
            yield start, mark.end()
        start = mark.end()
    if words[start : span[1]].strip():
        yield start, span[1]
