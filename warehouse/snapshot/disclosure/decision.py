"""What is withheld: an indicator's parts, or all of it, decided for whole groups and for good.

The rule is coarse so that it can be proved (docs/disclosure.md): no single figure is withheld, only all
parts of an indicator in all months, or all of its figures; indicators that are computed from one another go
together; and what was withheld once stays withheld, since the difference between editions is a figure too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum


class Scope(IntEnum):
    """How much of an indicator is withheld; more outranks less."""

    NOTHING = 0
    PARTS = 1
    WHOLE = 2


REASONS = {
    "small_part": "街道数字中有低于下限的人数",
    "small_total": "全区数字中有低于下限的人数",
    "lone_part": "有月份只有一个街道报送，合计即为其数",
    "changed_total": "合计曾以另一数字公开，两次之差即为个别街道之数",
    "related": "与不公开的指标可相互推算",
    "earlier": "此前已不公开",
}


@dataclass(frozen=True)
class Facts:
    """What an indicator's figures say about it; all false for one that counts no persons."""

    has_small_part: bool = False
    has_small_total: bool = False
    has_lone_month: bool = False
    has_changed_total: bool = False


_NO_FACTS = Facts()


@dataclass(frozen=True)
class Withheld:
    """What of one indicator is withheld, and why."""

    indicator_code: str
    scope: Scope
    reason: str

    @property
    def reason_zh(self) -> str:
        """The reason in Chinese."""
        return REASONS[self.reason]


def decide(
    facts: Mapping[str, Facts], links: Iterable[tuple[str, str]], before: Mapping[str, Scope]
) -> list[Withheld]:
    """Return what is withheld, by indicator.

    `links` joins each derived indicator to its inputs; `before` is what earlier public editions withheld.
    """
    links = list(links)
    decided: list[Withheld] = []
    for group in _groups({*facts, *before}, links):
        own = {code: _own(facts.get(code, _NO_FACTS), before.get(code, Scope.NOTHING)) for code in group}
        scope = max(scope for scope, _ in own.values())
        if scope is Scope.NOTHING:
            continue
        laid_bare = next(
            (reason for code in group if (reason := _laid_bare(facts.get(code, _NO_FACTS)))), None
        )
        if scope is Scope.PARTS and laid_bare:
            scope, own = Scope.WHOLE, dict.fromkeys(group, (Scope.WHOLE, laid_bare))
        decided += [
            Withheld(code, scope, reason if found is scope else "related")
            for code, (found, reason) in own.items()
        ]
    return sorted(decided, key=lambda one: one.indicator_code)


def _own(facts: Facts, before: Scope) -> tuple[Scope, str]:
    """Return what an indicator would have withheld by itself, and why."""
    if facts.has_small_total:
        return Scope.WHOLE, "small_total"
    if before is Scope.WHOLE or (before is Scope.PARTS and not facts.has_small_part):
        return before, "earlier"
    return (Scope.PARTS, "small_part") if facts.has_small_part else (Scope.NOTHING, "")


def _laid_bare(facts: Facts) -> str | None:
    """Return why the total alone would give a withheld part away."""
    if facts.has_lone_month:
        return "lone_part"
    return "changed_total" if facts.has_changed_total else None


def _groups(codes: set[str], links: list[tuple[str, str]]) -> list[list[str]]:
    """Return the indicators that can be computed from one another, group by group."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one, other in links:
        neighbours[one].add(other)
        neighbours[other].add(one)
    groups: list[list[str]] = []
    left = codes | set(neighbours)
    while left:
        reached, frontier = set[str](), {min(left)}
        while frontier:
            reached |= frontier
            frontier = {near for code in frontier for near in neighbours[code]} - reached
        groups.append(sorted(reached))
        left -= reached
    return groups
