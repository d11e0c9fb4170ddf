"""How a district's figure is split over the areas that report it, without losing or halving a piece."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from warehouse.samples.chance import draw
from warehouse.samples.indicator import Indicator

_PARTS = 12


def split(indicator: Indicator, total: Decimal) -> list[Decimal]:
    """Return each area's part of a total in whole steps of the indicator; they add up to it, rounded.

    A larger total never gives an area less: the pieces are dealt out in turn, to each area by its weight.
    """
    pieces = int((total / indicator.step).quantize(Decimal(1), ROUND_HALF_UP))
    weights = _weights(indicator)
    rounds, rest = divmod(pieces, sum(weights))
    before = [sum(weights[:place]) for place in range(len(weights))]
    dealt = [
        rounds * weight + min(max(rest - first, 0), weight)
        for weight, first in zip(weights, before, strict=True)
    ]
    return [number * indicator.step for number in dealt]


def _weights(indicator: Indicator) -> list[int]:
    """Return the areas' shares in small whole numbers, so that the pieces mix."""
    if not indicator.area_shares.keys() >= set(indicator.area_codes):
        return [1 + draw(5, "weight", area) for area in indicator.area_codes]
    shares = [indicator.area_shares[area] for area in indicator.area_codes]
    return [max(1, round(_PARTS * share / sum(shares))) for share in shares]
