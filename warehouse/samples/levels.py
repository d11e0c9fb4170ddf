"""What stands at the end of a month: levels on their way to a target, kept at one, or growing by the year."""

from __future__ import annotations

from decimal import Decimal

from warehouse.periods import Period
from warehouse.samples import wishes
from warehouse.samples.chance import draw
from warehouse.samples.habits import is_sound, speed
from warehouse.samples.indicator import Aim, Indicator, Plan
from warehouse.samples.path import Path, through

_PLAIN = {"人": Decimal(200_000), "元": Decimal(30_000)}
_PLAIN_LEVEL = Decimal(1000)
_OF_THE_MOST = Decimal("0.6")
_FULL = Decimal(100)
_LACKING, _LACKING_AFTER_A_YEAR = Decimal(40), Decimal("0.88")
_EVIDENCE_SPEEDS = tuple(Decimal(speed) / 100 for speed in (60, 90, 100, 110, 150, 220))


class Levels:
    """The levels of the plan's indicators, of the whole district, before they are rounded."""

    def __init__(self, plan: Plan) -> None:
        """Take the plan."""
        self._plan = plan

    def of(self, code: str, period: Period) -> Decimal:
        """Return an indicator's level at the end of the month; of a ratio, its value."""
        indicator = self._plan.indicators[code]
        progress = next((aim for aim in indicator.aims if aim.comparator in ("done", "evidence")), None)
        if progress is not None:
            return self._progress(indicator, progress, period)
        if promised := _with_value(indicator.aims):
            return self._promised(indicator, indicator, promised, period)
        if quotient := wishes.quotient_of(self._plan, indicator):
            heads = self.of(str(quotient.second_input), period)
            value = self._promised(indicator, quotient, _with_value(quotient.aims), period)
            return value * heads / quotient.scale
        if difference := wishes.difference_from(self._plan, indicator):
            return self.of(difference.first_inputs[0], period) - self._lead(indicator, difference)
        return self._grown(indicator, period)

    def _progress(self, indicator: Indicator, aim: Aim, period: Period) -> Decimal:
        elapsed = Decimal(max(period - aim.start + 1, 0)) / aim.months
        if aim.comparator == "done":
            return min(elapsed * speed(indicator), Decimal(1)) * 20 // 1 * 5
        place = draw(len(_EVIDENCE_SPEEDS), "evidence", indicator.indicator_code)
        done = elapsed * _EVIDENCE_SPEEDS[place]
        return Decimal(0 if done < Decimal("0.2") else 50 if done < 1 else 100)

    def _promised(
        self, indicator: Indicator, promised: Indicator, aims: list[Aim], period: Period
    ) -> Decimal:
        """Return the value of what the targets are about, which the indicator's department brings about."""
        if kept := [aim for aim in aims if aim.is_kept]:
            return self._kept(indicator, promised, _covering(kept, period), period)
        if indicator.reported_as == "year_to_date":
            over = Decimal(self._plan.month_of_year(period)) / 12
            goal = _goal(promised, _covering(aims, period)[0])
            return goal * (1 + min(over * speed(indicator), Decimal(1))) / 2
        path = self._path(promised, aims).at_speed(speed(indicator))
        return path.at(Decimal(self._plan.months_until_end_of(period)))

    def _kept(self, indicator: Indicator, promised: Indicator, aims: list[Aim], period: Period) -> Decimal:
        """Return a value on the right side of the strictest of the targets, or on the wrong side."""
        aim = max(aims, key=lambda one: (one.value or Decimal(0)) * (one.direction or 1))
        target = aim.value or Decimal(0)
        within = (60 + Decimal(draw(41, "margin", indicator.indicator_code, period))) / 100
        if aim.comparator == "between" and aim.upper_value is not None:
            return (
                (target + aim.upper_value) / 2 if is_sound(indicator) else aim.upper_value * Decimal("1.05")
            )
        if aim.comparator == "about" and aim.tolerance is not None:
            better = -1 if promised.favourable == "down" else 1
            return target + better * aim.tolerance * (within / 2 if is_sound(indicator) else -3)
        if aim.direction < 0:
            margin = target / 10 if target > 0 else Decimal(0)
            return target - margin * within if is_sound(indicator) else target + max(margin, promised.step)
        margin = min((_FULL - target) / 3, max(target * 3 / 100, Decimal(4)))
        if promised.unit != "%":
            margin = target * 3 / 100
        if is_sound(indicator):
            return target + margin * within
        return target - max(margin, target * 3 / 100) if self._breaks(indicator, aim, period) else target

    def _breaks(self, indicator: Indicator, aim: Aim, period: Period) -> bool:
        """Tell whether the target is not kept in the month; one to be held throughout breaks once a year."""
        first_report = max(2, indicator.months_each)
        return aim.judged != "throughout" or self._plan.month_of_year(period) == first_report

    def _path(self, promised: Indicator, aims: list[Aim]) -> Path:
        """Return the way from the base to what is to be there by the end of each window."""
        ordered = sorted(aims, key=lambda aim: aim.end)
        start = min(aim.start for aim in aims) - self._plan.first_period
        ends = [(self._plan.months_until_end_of(aim.end), _goal(promised, aim)) for aim in ordered]
        better = max if ordered[0].direction >= 0 else min
        return through((start, _base(promised, ordered[0])), ends, goes_on=False, better=better)

    def _lead(self, indicator: Indicator, difference: Indicator) -> Decimal:
        """Return how far the other input of a difference is ahead of this one."""
        wish = sum(aim.direction for aim in difference.aims)
        return Decimal("0.5") * (1 if wish >= 0 else -1) * (1 if is_sound(indicator) else -1)

    def _grown(self, indicator: Indicator, period: Period) -> Decimal:
        """Return what grows or falls from year to year; a share comes closer to 100 percent, never to it."""
        growth, year = wishes.yearly_growth(self._plan, indicator), self._plan.year_of(period)
        if indicator.is_share and growth > 0:
            return _FULL - _LACKING * _LACKING_AFTER_A_YEAR**year
        level = _plain(indicator) * (1 + growth / 100) ** year
        if indicator.reported_as == "year_to_date" and indicator.unit != "%":
            return level * self._plan.month_of_year(period) / 12
        return level


def _plain(indicator: Indicator) -> Decimal:
    """Return where a level stands that nothing is promised of: by its unit, and well within its bounds."""
    plain = _FULL - _LACKING if indicator.unit == "%" else _PLAIN.get(indicator.unit, _PLAIN_LEVEL)
    return plain if indicator.value_max is None else min(plain, indicator.value_max * _OF_THE_MOST)


def _with_value(aims: tuple[Aim, ...]) -> list[Aim]:
    return [aim for aim in aims if aim.value is not None]


def _covering(aims: list[Aim], period: Period) -> list[Aim]:
    return [aim for aim in aims if aim.start <= period <= aim.end] or aims


def _goal(promised: Indicator, aim: Aim) -> Decimal:
    """Return what a target that is to be reached aims at; beyond it, where it alone would not do."""
    target = aim.value or Decimal(0)
    if aim.comparator in ("above", "below") or promised.first_inputs:
        return target + aim.direction * max(promised.step, abs(target) / 200)
    return target


def _base(promised: Indicator, aim: Aim) -> Decimal:
    """Return where a level stood before the plan."""
    target = aim.value or Decimal(0)
    if aim.direction < 0:
        return target * Decimal("1.12")
    if promised.decimals == 0 and target <= 10:  # noqa: PLR2004 - pieces that can be counted on the fingers
        return target // 2 if target > 3 else Decimal(0)  # noqa: PLR2004
    is_made_by_rule = promised.is_share or promised.unit.startswith("元")
    return target * (Decimal("0.85") if is_made_by_rule else Decimal("0.97"))
