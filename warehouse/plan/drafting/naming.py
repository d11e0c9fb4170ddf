"""What a figure is of: the words of its clause without the figure and what is asked of it."""

from __future__ import annotations

import re

from warehouse.plan.drafting.asking import DECLINE, GROWTH, POINTS
from warehouse.plan.drafting.language import Language


def subject_of(before: str, after: str, language: Language) -> str:
    """Return what a figure between two texts of its clause is of; empty where they say nothing."""
    said = [_clean(words, language) for words in (before, after)]
    return (
        str(language.value("names", "between"))
        .join(filter(None, said))[-language.value("names", "longest") :]
        .strip()
    )


def subjects_of(before: str, subject: str, language: Language) -> list[str]:
    """Return what one figure is of that is said of several rates at once: 就业率、服务率均达100%."""
    each = language.value("names", "enumerated")
    mark = language.value("sentences", "list_mark")
    many = re.compile(rf"{each}(?:{mark}{each.replace('?P<each>', '?:')})+")
    listed = many.search(re.sub(r"\s", "", before))
    if listed is None:
        return [subject]
    return [_clean(one, language) for one in listed[0].split(mark)]


def measured(subject: str, change: str, language: Language) -> str:
    """Return the name of an indicator that measures a subject, or its change."""
    ending = {
        GROWTH: language.value("changes", "growth_name"),
        DECLINE: language.value("changes", "decline_name"),
        POINTS: language.value("changes", "increase_name"),
    }.get(change, "")
    return subject if not ending or subject.endswith(ending) else subject + ending


def _clean(words: str, language: Language) -> str:
    said = words.strip()
    for pattern in ("drop_window", "drop_before", "drop_behind", "drop_before"):
        said = language.pattern("names", pattern).sub("", said).strip()
    return said
