"""How texts and figures of a draft are written into cells."""

from __future__ import annotations

import re
from decimal import Decimal

from warehouse.plan.drafting.sentences import clean_span

_SENTENCE = re.compile(r"[^。；;！？\n]*[。；;！？]?")


def cell(words: str) -> str:
    """Return words as a cell holds them: without tabs and outer blanks."""
    kept = words.replace("\t", " ")
    start, end = clean_span(kept, 0, len(kept))
    return kept[start:end] if kept[end : end + 1] not in "。！？" else kept[start : end + 1]


def number(value: Decimal | None) -> str:
    """Return a figure in plain digits, at most six of them behind the point."""
    return "" if value is None else f"{round(value, 6).normalize():f}"


def sentence_around(text: str, place: int) -> str:
    """Return the sentence of a text that a place lies in."""
    line_start = text.rfind("\n", 0, place) + 1
    for found in _SENTENCE.finditer(text, line_start):
        if found.end() > place:
            return found[0]
    return ""
