"""Tables of indicators (主要指标): a statement of each row's target cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from warehouse.periods import Period
from warehouse.plan.drafting.asking import GROWTH, asked_of
from warehouse.plan.drafting.exclusions import Context
from warehouse.plan.drafting.figures import figures
from warehouse.plan.drafting.language import Language
from warehouse.plan.drafting.naming import measured
from warehouse.plan.drafting.readings import NoTarget, Readings, Statement
from warehouse.plan.drafting.times import Times, Window, window_of

_CELL = re.compile(r"[^\t|\n]+")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_SYMBOLS = " []【】*"
_MONTHS = (1, 12)


@dataclass(frozen=True)
class _Head:
    """Which columns of a table say what, by their places."""

    name: int
    unit: int | None
    targets: tuple[int, ...]
    growth: tuple[int, ...]
    titles: tuple[str, ...]


_Cells = list[re.Match[str]]


def read_table(words: str, span: tuple[int, int], language: Language, times: Times) -> Readings:
    """Return what was made of a table's rows; one without a head of indicators and targets gives nothing."""
    readings = Readings()
    head: _Head | None = None
    for cells in _rows(words, span):
        found = _head(cells, language)
        if found is not None:
            head = found
        elif head is not None:
            for statement in _row(cells, head, language, times):
                if isinstance(statement, Statement):
                    readings.statements.append(statement)
                else:
                    readings.no_targets.append(statement)
    return readings


def _rows(words: str, span: tuple[int, int]) -> Iterator[_Cells]:
    start = span[0]
    for line in words[span[0] : span[1]].split("\n"):
        cells = list(_CELL.finditer(words, start, start + len(line)))
        if cells:
            yield cells
        start += len(line) + 1


def _head(cells: _Cells, language: Language) -> _Head | None:
    titles = [cell[0].strip() for cell in cells]
    by = {
        name: [place for place, title in enumerate(titles) if language.pattern("tables", name).search(title)]
        for name in ("header", "unit", "target", "base", "growth", "kind")
    }
    if not by["header"] or any(
        any(character.isdigit() for character in one) and not _YEAR.search(one) for one in titles
    ):
        return None
    years = {place: int(year[0]) for place, title in enumerate(titles) if (year := _YEAR.search(title))}
    growth = [place for place in by["growth"] if place not in by["target"] or not years.get(place)]
    asked = [one for one in by["target"] or years if one not in by["base"] and one not in growth]
    name = by["header"][0]
    asked = [one for one in asked if one != name]
    if not by["target"] and years:
        asked = [one for one in asked if years.get(one) == max(years.values())] if len(years) > 1 else []
    if not asked and not growth:
        return None
    unit = next((one for one in by["unit"] if one != name), None)
    return _Head(name, unit, tuple(sorted(asked)), tuple(growth), tuple(titles))


def _row(cells: _Cells, head: _Head, language: Language, times: Times) -> Iterator[Statement | NoTarget]:
    if len(cells) <= max((head.name, *head.targets, *head.growth)) and len(cells) != len(head.titles):
        return
    name = cells[head.name][0].strip()
    unit = cells[head.unit][0].strip() if head.unit is not None and head.unit < len(cells) else ""
    inside = re.search(r"\(([^()]*)\)\s*$", name)
    unit = unit or (inside[1] if inside else "")
    name = re.sub(r"^\d+[.．、]?\s*|\([^()]*\)\s*$", "", name).strip()
    for place in (*head.targets, *head.growth):
        if place >= len(cells) or not any(map(str.isdigit, cells[place][0])):
            continue
        statement = _cell(cells, (head.name, place), (name, unit), language)
        if isinstance(statement, NoTarget):
            yield statement
            continue
        window = window_of(head.titles[place], "", times, language)
        if place in head.growth:
            grown = measured(name, GROWTH, language)
            last = max([times.last, *(int(year) for title in head.titles for year in _YEAR.findall(title))])
            yearly = Window(Period(times.first, _MONTHS[0]), Period(last, _MONTHS[1]), True, True)
            statement = replace(statement, subject=grown, change=GROWTH, window=yearly)
        else:
            statement = replace(statement, window=window)
        yield statement


def _cell(
    cells: _Cells, places: tuple[int, int], said: tuple[str, str], language: Language
) -> Statement | NoTarget:
    first, cell = cells[places[0]], cells[places[1]]
    name, unit = said
    text = cell[0].strip(_SYMBOLS)
    written = text if _ends_with_unit(text, unit, language) else _with_unit(text, unit)
    found = list(figures(written, language))
    if len(found) != 1 or not found[0].unit:
        return NoTarget(cell.start(), cell.end(), str(language.value("reasons", "unit")), is_unread=True)
    figure = found[0]
    context = Context(name + written[: figure.start], written[figure.end :], name)
    asked = asked_of(figure, context, language)
    return Statement(
        start=first.start() + len(first[0]) - len(first[0].lstrip()),
        end=cell.start() + len(cell[0].rstrip()),
        subject=name,
        comparator=asked.comparator,
        value=asked.value,
        upper=asked.upper,
        unit=asked.unit,
        change="",
        is_held=False,
        is_flow="[" in cell[0] or "【" in cell[0],
        window=Window(Period(2000, 1), Period(2000, 12), is_yearly=False, is_guessed=True),
        guesses=() if asked.is_stated else (str(language.value("guesses", "comparator")),),
    )


def _ends_with_unit(text: str, unit: str, language: Language) -> bool:
    return not unit or all(figure.unit for figure in figures(text, language))


def _with_unit(text: str, unit: str) -> str:
    """Return a cell's text with the row's unit behind its last digit."""
    last = max(place for place, character in enumerate(text) if character.isdigit())
    return text[: last + 1] + unit + text[last + 1 :]
