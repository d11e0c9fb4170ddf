"""Figures that are no targets: dates and names by their form, conditions and allowances by their words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from warehouse.plan.drafting.figures import Figure
from warehouse.plan.drafting.language import Language, joined
from warehouse.plan.drafting.readings import NoTarget

_BEFORE = 24
_AFTER = 16


@dataclass(frozen=True)
class Context:
    """The words around a figure within its clause, and the sentence up to it."""

    before: str
    after: str
    sentence_before: str


def named_spans(words: str, span: tuple[int, int], language: Language) -> list[NoTarget]:
    """Return the spans of a narrowed text that hold dates, numbers of documents, names, grades and ages."""
    return [
        NoTarget(found.start(), found.end(), str(rule.facts["reason"]), bool(rule.facts.get("unread")))
        for rule in language.rules("no_targets")
        for found in rule.pattern.finditer(words, *span)
        if found.end() > found.start()
    ]


def covering(spans: list[NoTarget], figure: Figure) -> NoTarget | None:
    """Return the first span that covers a figure's digits."""
    return next((one for one in spans if one.start <= figure.start < one.end), None)


def condition_of(context: Context, figure: Figure, language: Language) -> str:
    """Return why a figure is a condition, an allowance or a description; empty where it is none."""
    for rule in language.rules("conditions", by="reason"):
        if rule.facts.get("of_money") and figure.unit != language.value("values", "money"):
            continue
        before, after = (_compiled(joined(rule.facts.get(side, ""))) for side in ("before", "after"))
        words = context.sentence_before if rule.facts.get("of_money") else context.before[-_BEFORE:]
        if before.search(words) and after.match(context.after[:_AFTER]):
            return rule.pattern.pattern
    return ""


_compiled = cache(re.compile)
