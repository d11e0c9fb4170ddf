"""The plan's text sentence by sentence: the commitment that each stands in, and the targets that quote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from warehouse.plan.folder import Plan, Row, without_blanks
from warehouse.plan.shapes import COMMITMENTS, TARGETS

_MARKS = re.compile(r"(?P<opens>[(（])|(?P<closes>[)）])|(?P<ends>[。；;！？][”’」』]*)|(?P<breaks>\n)")

_NOWHERE = (0, 0)
_Span = tuple[int, int]
"""Where words stand in the text: from, and up to but not with."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of the plan; headings and the lines around the commitments are sentences too."""

    start: int
    end: int
    """Where it stands in the text: from, and up to but not with."""
    words: str
    commitment_code: str
    """The commitment that it is part of; empty outside all of them."""
    target_codes: tuple[str, ...]
    """The targets whose quotes stand in it, in part or whole, in the order of targets.csv."""


def sentences(plan: Plan) -> list[Sentence]:
    """Return the sentences of a plan, in the order of its text; words that are not in it are nowhere.

    A sentence ends at 。；！？ outside brackets, and at a line's end outside the commitments.
    """
    if plan.text is None:
        return []
    content = plan.text.content
    places = [place for place, character in enumerate(content) if not character.isspace()]
    searched = plan.text.searched
    commitments = {
        row.text("commitment_code"): _found(searched, places, row.text("text_zh"), 0)
        for row in plan.of(COMMITMENTS)
    }
    quotes = {
        row.text("target_code"): _found(searched, places, row.text("quote_zh"), _first(row, commitments))
        for row in plan.of(TARGETS)
    }
    cuts = sorted({0, len(content), *_cuts(content, list(commitments.values()))})
    return [
        Sentence(*span, words, _covering(span, commitments), _touching(span, quotes))
        for span in pairwise(cuts)
        if any(map(str.isalpha, words := _in_one_line(content[slice(*span)])))
    ]


def _first(target: Row, commitments: dict[str, _Span]) -> int:
    return commitments.get(target.text("commitment_code"), _NOWHERE)[0]


def _found(searched: str, places: list[int], words: str, after: int) -> _Span:
    """Return where words first stand at or after a place of the text, whatever its line breaks."""
    wanted = without_blanks(words)
    first = searched.find(wanted, places.index(after) if after else 0)
    if first < 0 or not wanted:
        return _NOWHERE
    return places[first], places[first + len(wanted) - 1] + 1


def _cuts(content: str, commitments: list[_Span]) -> Iterator[int]:
    """Yield where a sentence ends or a commitment begins or ends."""
    for span in commitments:
        yield from span
    depth = 0
    for mark in _MARKS.finditer(content):
        if mark["opens"]:
            depth += 1
        elif mark["closes"]:
            depth = max(0, depth - 1)
        elif mark["ends"] and depth == 0:
            yield mark.end()
        elif mark["breaks"] and not any(start <= mark.start() < end for start, end in commitments):
            depth = 0
            yield mark.end()


def _covering(span: _Span, commitments: dict[str, _Span]) -> str:
    covering = (code for code, (start, end) in commitments.items() if start <= span[0] and span[1] <= end)
    return next(covering, "")


def _touching(span: _Span, quotes: dict[str, _Span]) -> tuple[str, ...]:
    return tuple(code for code, (start, end) in quotes.items() if start < span[1] and span[0] < end)


def _in_one_line(words: str) -> str:
    return "".join(line.strip() for line in words.splitlines())
