"""Who answers for a passage: the bodies that it names, and their roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from warehouse.plan.drafting.language import Language, Rule

LEAD, RESPONSIBLE = "lead", "responsible"


@dataclass(frozen=True)
class Answering:
    """One body that a passage names, and its role."""

    name: str
    role: str


def answering(words: str, language: Language) -> list[Answering]:
    """Return the bodies that a narrowed passage says answer for it, each once, in its order."""
    found: dict[str, Answering] = {}
    for piece in _pieces(words, language):
        for one in _of_labels(piece, language) or _of_verbs(piece, language):
            found.setdefault(same(one.name, language), one)
    return list(found.values())


def same(name: str, language: Language) -> str:
    """Return a body's name without what its spellings differ in."""
    for rule in language.rules("organizations", "equivalent"):
        name = rule.pattern.sub(str(rule.facts["as"]), name)
    return name


def kind_of(name: str, language: Language) -> str:
    """Return which kind of body a name is of."""
    kinds = language.rules("organizations", "kinds")
    return next((str(rule.facts["kind"]) for rule in kinds if rule.pattern.search(name)), "department")


def is_subdistricts(name: str, language: Language) -> bool:
    """Return whether a name stands for every subdistrict of the plan's area."""
    return language.pattern("organizations", "subdistricts").match(name) is not None


def government_in(words: str, language: Language) -> str:
    """Return the government that the text names most often; empty where it names none."""
    named = language.pattern("organizations", "government").findall(words)
    return max(dict.fromkeys(named), key=named.count, default="")


def _pieces(words: str, language: Language) -> Iterator[str]:
    """Yield what stands in brackets, and the lines that begin with a label."""
    labels = _rules("labels", language)
    for line in words.splitlines():
        if any(rule.pattern.match(line.strip()) for rule in labels):
            yield line.strip()
    depth, start = 0, 0
    for place, character in enumerate(words):
        if character in "([【":
            start, depth = (place + 1 if depth == 0 else start), depth + 1
        elif character in ")]】" and depth:
            depth -= 1
            if depth == 0:
                yield words[start:place]


def _of_labels(piece: str, language: Language) -> list[Answering]:
    marks = sorted(
        (found.start(), found.end(), str(rule.facts["role"]))
        for rule in _rules("labels", language)
        for found in rule.pattern.finditer(piece)
    )
    ends = [start for start, _, _ in marks[1:]] + [len(piece)] * bool(marks)
    return [
        Answering(name, role)
        for (_, start, role), end in zip(marks, ends, strict=True)
        for name in _names(piece[start:end], language)
    ]


def _of_verbs(piece: str, language: Language) -> list[Answering]:
    found: list[Answering] = []
    start = 0
    for mark in _verb_marks(piece, language):
        found += [Answering(name, mark[2]) for name in _names(piece[start : mark[0]], language)]
        start = mark[1]
    return found


def _verb_marks(piece: str, language: Language) -> Iterator[tuple[int, int, str]]:
    """Yield the verbs from left to right; where two begin in one another, the first rule's counts."""
    marks = [
        (found.start(), place, found.end(), str(rule.facts["role"]))
        for place, rule in enumerate(_rules("verbs", language))
        for found in rule.pattern.finditer(piece)
    ]
    last = 0
    for start, _, end, role in sorted(marks):
        if start >= last:
            yield start, end, role
            last = end


def _names(words: str, language: Language) -> Iterator[str]:
    """Yield the names of bodies in a list; a bracket within a name does not part it."""
    for name in re.split(language.value("organizations", "separators"), words):
        said = language.pattern("organizations", "ends").sub("", name.strip(" 。.\n\t:：由"))
        said = language.pattern("organizations", "begins").sub("", said)
        if said and (_is_body(said, language)):
            yield said


def _is_body(name: str, language: Language) -> bool:
    patterns = ("name", "subdistricts", "groups")
    return any(language.pattern("organizations", pattern).search(name) for pattern in patterns)


def _rules(kind: str, language: Language) -> tuple[Rule, ...]:
    return language.rules("organizations", kind)
