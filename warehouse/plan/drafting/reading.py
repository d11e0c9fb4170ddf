"""A plan's text read whole: its commitments with their statements and bodies, and what was not read."""

from __future__ import annotations

from dataclasses import dataclass, field

from warehouse.plan.drafting.indicator_tables import read_table
from warehouse.plan.drafting.language import Language, language_of, narrowed
from warehouse.plan.drafting.organizations import Answering, answering
from warehouse.plan.drafting.outline import (
    ITEM_LEVEL,
    PARAGRAPH_LEVEL,
    TABLE_LEVEL,
    Oddity,
    Passage,
    outline_of,
    title_in,
)
from warehouse.plan.drafting.readings import NoTarget, Readings
from warehouse.plan.drafting.sentences import PAST, UNSAID
from warehouse.plan.drafting.statements import PassageReader
from warehouse.plan.drafting.times import Times, times_of

_PREFIXES = {"goal": "G", "task": "T", "annex": "A", "safeguard": "S"}
_ALWAYS = frozenset({"task", "annex", "safeguard"})
_UNTITLED = 60


@dataclass
class Commitment:
    """A passage that was taken as a commitment."""

    code: str
    kind: str
    section: str
    title: str
    passage: Passage
    readings: Readings
    answering: list[Answering]


@dataclass
class Draft:
    """All that was read out of a text."""

    text: str
    language: Language
    title: str
    times: Times
    commitments: list[Commitment] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    elsewhere: list[NoTarget] = field(default_factory=list)
    """Figures outside every commitment, with the reason why they are no targets."""


def read(text: str) -> Draft:
    """Read a plan's text; the same text gives the same draft."""
    language = language_of(text)
    words = narrowed(text)
    outline = outline_of(text, language)
    first = next(line.strip() for line in words.splitlines() if any(map(str.isalnum, line)))
    is_heading = len(first) <= _UNTITLED and not language.pattern("sentences", "end").search(first)
    times = times_of(words, outline.title or (first if is_heading else ""), language)
    title = outline.title or first[:_UNTITLED]
    draft = Draft(text, language, title, times, oddities=outline.oddities)
    numbers = dict.fromkeys(_PREFIXES, 0)
    read_so_far = [(one, _readings(one, words, draft)) for one in outline.passages]
    is_kept = [_is_commitment(passage, readings) for passage, readings in read_so_far]
    if not any(is_kept):
        is_kept[max(range(len(is_kept)), key=lambda one: len(words[_span(read_so_far[one][0])]))] = True
    for (passage, readings), kept in zip(read_so_far, is_kept, strict=True):
        if not kept:
            draft.elsewhere += readings.no_targets
            continue
        kind = passage.kind if passage.kind in _PREFIXES else "goal"
        bodies = answering(words[_span(passage)], language)
        if kind == "task" and passage.level >= PARAGRAPH_LEVEL and not bodies:
            kind = "goal"
        numbers[kind] += 1
        draft.commitments.append(
            Commitment(
                f"{_PREFIXES[kind]}{numbers[kind]:02}",
                kind,
                passage.section,
                title_in(words[_span(passage)], language) or title[:_UNTITLED],
                passage,
                readings,
                bodies,
            )
        )
    return draft


def _readings(passage: Passage, words: str, draft: Draft) -> Readings:
    if passage.level == TABLE_LEVEL:
        return read_table(words, (passage.start, passage.end), draft.language, draft.times)
    reader = PassageReader(words, (passage.start, passage.end), draft.language, draft.times)
    return reader.read(passage.section, PAST if passage.kind == "past" else UNSAID)


def _is_commitment(passage: Passage, readings: Readings) -> bool:
    """Return whether a passage promises something: it states a target, or is an item of the plan's tasks."""
    if readings.statements:
        return True
    if passage.level in (PARAGRAPH_LEVEL, TABLE_LEVEL):
        return False
    if passage.level >= ITEM_LEVEL:
        return passage.kind in _PREFIXES
    return passage.kind in _ALWAYS and not passage.has_children


def _span(passage: Passage) -> slice:
    return slice(passage.start, passage.end)
