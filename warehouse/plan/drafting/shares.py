"""A figure's shares by area, in brackets behind it: 4000人(东街街道2500人、西街街道1500人)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from warehouse.plan.drafting.asking import asked_of
from warehouse.plan.drafting.exclusions import Context
from warehouse.plan.drafting.figures import figures
from warehouse.plan.drafting.language import Language
from warehouse.plan.drafting.readings import Statement

_FEWEST = 2


def shares(whole: Statement, words: str, behind: int, language: Language) -> Iterator[Statement]:
    """Yield the shares of a statement that stand in the bracket behind its figure, if one does."""
    bracket = language.pattern("areas", "bracket").match(words, behind)
    if bracket is None:
        return
    found = [
        (share, figure)
        for share in language.pattern("areas", "share").finditer(
            words, bracket.start("inside"), bracket.end("inside")
        )
        for figure in list(figures(share["value"], language))[:1]
        if figure.unit == whole.unit
    ]
    if len(found) < _FEWEST:
        return
    for share, figure in found:
        after = words[share.start("value") + figure.end : bracket.end("inside")]
        asked = asked_of(figure, Context("", after[:4], ""), language)
        comparator = asked.comparator if asked.is_stated else whole.comparator
        yield replace(
            whole,
            start=share.start(),
            end=share.end(),
            comparator=comparator,
            value=figure.value,
            area_name=share["area"],
        )
