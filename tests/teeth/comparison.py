"""The results of two runs side by side, as docs/testing.md shows them."""

from __future__ import annotations

from collections.abc import Iterable

from tests.teeth.mutants import Mutant
from tests.teeth.results import Result

_NOT_TRIED = Result("", "not tried")


def compared(mutants: list[Mutant], before: dict[str, Result], after: dict[str, Result]) -> str:
    """Return both runs as Markdown: how many were caught in each area, and each that was not."""
    return "\n".join([*_by_area(mutants, before, after), "", *_not_caught(mutants, before, after)])


def _by_area(mutants: list[Mutant], before: dict[str, Result], after: dict[str, Result]) -> Iterable[str]:
    yield "| area | planted | caught before | caught after |"
    yield "| --- | --: | --: | --: |"
    for area in dict.fromkeys(mutant.area for mutant in mutants):
        yield _line(area, [one for one in mutants if one.area == area], before, after)
    yield _line("**all**", mutants, before, after)


def _line(name: str, planted: list[Mutant], before: dict[str, Result], after: dict[str, Result]) -> str:
    counts = [sum(_of(run, one).is_caught for one in planted) for run in (before, after)]
    return f"| {name} | {len(planted)} | {counts[0]} | {counts[1]} |"


def _not_caught(mutants: list[Mutant], before: dict[str, Result], after: dict[str, Result]) -> Iterable[str]:
    yield "| not caught | the fault | before | after | why |"
    yield "| --- | --- | --- | --- | --- |"
    for mutant in mutants:
        if not (_of(before, mutant).is_caught and _of(after, mutant).is_caught):
            was, is_now = _told(_of(before, mutant)), _told(_of(after, mutant))
            fault = f"`{mutant.path}`: {mutant.what}".replace("|", "\\|")
            yield f"| {mutant.id} | {fault} | {was} | {is_now} | {mutant.survives or mutant.gone} |"


def _of(run: dict[str, Result], mutant: Mutant) -> Result:
    return run.get(mutant.id, _NOT_TRIED)


def _told(result: Result) -> str:
    if result.outcome == "caught":
        return f"caught by `{result.test.partition('::')[2]}`".replace("|", "\\|")
    if result.outcome in ("survived", "unfinished"):
        return f"{result.outcome}, {result.passed} of {result.covering} tests"
    return result.outcome
