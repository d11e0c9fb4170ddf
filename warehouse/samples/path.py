"""A line through points: how an amount adds up, or a level moves, over the months of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise


@dataclass(frozen=True)
class Path:
    """A line through at least two points, each so many months into the plan and a value, in order."""

    points: tuple[tuple[Decimal, Decimal], ...]
    goes_on: bool
    """Whether it goes on before its first point and after its last; else it stands there."""

    def at(self, months: Decimal) -> Decimal:
        """Return its value so many months into the plan."""
        (first, lowest), (last, highest) = self.points[0], self.points[-1]
        if not self.goes_on and months <= first:
            return lowest
        if not self.goes_on and months >= last:
            return highest
        pieces = list(pairwise(self.points))
        (begin, low), (end, high) = next((piece for piece in pieces if months <= piece[1][0]), pieces[-1])
        return low + (high - low) * (months - begin) / (end - begin)

    def at_speed(self, speed: Decimal) -> Path:
        """Return the same way, gone at so many times the speed."""
        start = self.points[0][0]
        points = tuple((start + (months - start) / speed, value) for months, value in self.points)
        return Path(points, self.goes_on)


def through(
    start: tuple[int, Decimal],
    ends: Iterable[tuple[int, Decimal]],
    *,
    goes_on: bool,
    better: Callable[[Decimal, Decimal], Decimal],
) -> Path:
    """Return the way from a start through the values at each end, in order of time; what was gained stays."""
    points = {Decimal(start[0]): start[1]}
    newest = start[1]
    for months, value in ends:
        newest = points[Decimal(months)] = better(newest, value)
    return Path(tuple(points.items()), goes_on)
