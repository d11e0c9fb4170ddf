"""How indicators are derived from others: the inputs of each, and the chains that these make."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.plan.folder import Plan, Row

DERIVED = frozenset({"growth", "multiple", "increment", "quotient", "difference", "total"})
TWO_INPUTS = frozenset({"quotient", "difference"})
_LEVELS = frozenset({"last", "ratio_last"})
_OF_LEVELS = frozenset({"quotient", "difference", "total"})


_COLUMNS = ("input_a", "input_b")


def input_codes(indicator: Row) -> list[str]:
    """Return the codes that an indicator's two columns of inputs name."""
    return [code for column in _COLUMNS for code in indicator.codes(column)]


def inputs(indicator: Row, plan: Plan) -> Iterator[tuple[str, Row]]:
    """Yield the inputs of a derived indicator that are known, each with its column."""
    if indicator.text("aggregation") in DERIVED:
        for column in _COLUMNS:
            for code in indicator.codes(column):
                if source := plan.indicators.get(code):
                    yield column, source


def chain(indicator: Row, plan: Plan) -> list[Row]:
    """Return an indicator and all that it is derived from, each once."""
    found = [indicator]
    for row in found:  # it grows meanwhile
        for _, source in inputs(row, plan):
            if source not in found:
                found.append(source)
    return found


def reported(indicator: Row, plan: Plan) -> list[Row]:
    """Return the reported indicators that an indicator rests on; one that is reported rests on itself."""
    return [row for row in chain(indicator, plan) if row.text("aggregation") not in DERIVED]


def is_understood(indicator: Row, plan: Plan) -> bool:
    """Return whether an indicator, and all that it is derived from, is there and could be read."""
    return all(
        row.text("aggregation")
        and len(list(inputs(row, plan))) == len(input_codes(row))
        and all(row.text(column) or row.is_empty(column) for column in _COLUMNS)
        for row in chain(indicator, plan)
    )


def is_sum(indicator: Row, plan: Plan) -> bool:
    """Return whether an indicator's figures add up over months: a sum, or a total of such."""
    return {row.text("aggregation") for row in chain(indicator, plan)} - {"total"} == {"sum"}


def is_level(indicator: Row, plan: Plan) -> bool:
    """Return whether a figure tells how things stand, not how much happened or how much changed.

    Of a quotient its dividend decides, of a difference and a total all inputs.
    """
    return _is_level(indicator, plan, frozenset())


def _is_level(indicator: Row, plan: Plan, above: frozenset[str]) -> bool:
    aggregation, code = indicator.text("aggregation"), indicator.text("indicator_code")
    if aggregation not in _OF_LEVELS or code in above:
        return aggregation in _LEVELS
    sources = [source for _, source in inputs(indicator, plan)]
    deciding = sources[:1] if aggregation == "quotient" else sources
    return bool(deciding) and all(_is_level(source, plan, above | {code}) for source in deciding)
