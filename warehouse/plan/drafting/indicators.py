"""The indicator that measures a statement: its name, unit and aggregation, as a proposal."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from warehouse.plan.drafting.language import Language
from warehouse.plan.drafting.naming import measured
from warehouse.plan.drafting.readings import Statement

_PER = {"%": "100", "‰": "1000"}
_DOWN = frozenset({"at_most", "below", "zero", "declines"})
_UP = frozenset({"at_least", "above", "rises"})
_MOST_DECIMALS = 6
EVIDENCE = "evidence"
DONE = "done"
REPORTED_AS_PROGRESS = frozenset({EVIDENCE, DONE})
"""The comparators of targets whose figure is progress, from 0 to 100 %."""


@dataclass
class Indicator:
    """A proposed indicator, and the comparators that its targets have."""

    code: str
    name: str
    unit: str
    aggregation: str
    organization_code: str
    decimals: int = 0
    is_by_area: bool = False
    comparators: set[str] = field(default_factory=set)

    @property
    def favourable(self) -> str:
        """Which way is better, where all its targets agree."""
        if self.comparators <= _UP | REPORTED_AS_PROGRESS:
            return "up"
        return "down" if self.comparators <= _DOWN else ""

    @property
    def scale(self) -> str:
        """What the quotient of a ratio is multiplied by."""
        return _PER[self.unit] if self.aggregation == "ratio_last" else ""


class Indicators:
    """The indicators of a draft, each measured thing once."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._by_key: dict[tuple[str, str, str], Indicator] = {}
        self._names: set[str] = set()

    @property
    def all(self) -> list[Indicator]:
        """All indicators, in the order in which the text first needs them."""
        return list(self._by_key.values())

    def of(self, statement: Statement, title: str, organization_code: str) -> Indicator:
        """Return the indicator of a statement; `title` names it where its words do not."""
        subject = statement.subject if statement.subject.strip() else title
        name = measured(" ".join(subject.split()), statement.change, self._language)
        if statement.comparator == DONE:
            name = self._language.value("names", "milestone").format(title=name)
        unit = statement.unit or self._language.value("values", "any_unit")
        aggregation = _aggregation(statement)
        indicator = self._indicator((name, unit, aggregation), organization_code)
        indicator.comparators.add(statement.comparator)
        indicator.is_by_area = indicator.is_by_area or bool(statement.area_name)
        for value in (statement.value, statement.upper):
            indicator.decimals = max(indicator.decimals, _decimals(value))
        return indicator

    def of_evidence(self, title: str, organization_code: str) -> Indicator:
        """Return the indicator of a commitment that has neither number, date nor test."""
        name = self._language.value("names", "evidence").format(title=title)
        indicator = self._indicator((name, "%", EVIDENCE), organization_code)
        indicator.comparators.add(EVIDENCE)
        return indicator

    def _indicator(self, key: tuple[str, str, str], organization_code: str) -> Indicator:
        if key not in self._by_key:
            name, unit, aggregation = key
            shown, again = name, 1
            while shown in self._names:
                again += 1
                shown = f"{name}（{again}）"
            self._names.add(shown)
            code = f"IND-{len(self._by_key) + 1:03}"
            kept = "last" if aggregation == EVIDENCE else aggregation
            self._by_key[key] = Indicator(code, shown, unit, kept, organization_code)
        return self._by_key[key]


def _aggregation(statement: Statement) -> str:
    if statement.comparator == DONE:
        return "last"
    if statement.unit in _PER and not statement.change:
        return "ratio_last"
    is_counted = statement.is_flow or statement.comparator in ("zero", "declines", "rises")
    return "sum" if is_counted and not statement.change and statement.unit not in _PER else "last"


def _decimals(value: Decimal | None) -> int:
    exponent = value.normalize().as_tuple().exponent if value is not None else 0
    return min(_MOST_DECIMALS, max(0, -exponent)) if isinstance(exponent, int) else 0
