"""Finding the header of a sheet by contract: which columns it has, in whatever order and either language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby, takewhile

from warehouse.intake.findings import FileRefused
from warehouse.intake.headings import (
    FIGURES,
    MEASURED,
    NAMES_ZH,
    REQUIRED,
    column_of,
    in_brackets,
    is_for_people,
    names_other_figures,
    parts_in,
    unclear_in,
)
from warehouse.intake.month_columns import MonthColumn, has_months, month_columns
from warehouse.intake.second_lines import joined
from warehouse.intake.units import stated_unit, unit_in, vocabulary

HEADER_WITHIN = 30
"""The header is one of the first so many rows."""


@dataclass(frozen=True)
class Header:
    """Where a sheet's columns are: `positions` maps a column to its place in a row, counted from 0."""

    row_number: int
    positions: dict[str, int]
    headings: dict[str, str]
    """The file's own words for each column."""
    width: int
    """How many cells up to and with the last one that has a heading."""
    cells: int
    """How many cells the header's row has, those without a heading at its end too."""
    unknown: tuple[int, ...]
    """The places of columns with a heading that means nothing here; they are not read."""
    units: dict[str, str] = field(default_factory=dict)
    """The unit that a heading, or a line above the header, gives the figures of a column."""

    period: str = ""
    """The month of every figure, as `YYYY-MM`, where the table is one of a header's months."""
    months: tuple[Header, ...] = ()
    """A header for each month that has a column of its own."""
    stated: str | None = None
    """The unit that a line above states for all figures."""
    stated_below: str | None = None
    """The unit that a line below states for them; a further table does not have it."""
    has_more: bool = False
    """Another table stands beside this one, its header in the same row."""

    @property
    def is_long(self) -> bool:
        """Whether each row names its month, and has a column for the figure."""
        return "period" in self.positions and self.has_figures

    @property
    def has_figures(self) -> bool:
        """Whether there is a column for a figure."""
        return (
            bool(self.positions.keys() & set(MEASURED))
            or {"numerator", "denominator"} <= self.positions.keys()
        )

    @property
    def places_read(self) -> dict[str, int]:
        """The place of each column that is read, by its heading or, of one alone, by its name."""
        months = {one.headings["period"]: place for one in self.months for place in one.figure_places}
        return self.positions | months

    @property
    def figure_places(self) -> list[int]:
        """The places of the columns of figures."""
        return [self.positions[column] for column in MEASURED if column in self.positions]

    @property
    def parts_unit(self) -> str | None:
        """The multiple of a unit that is stated for all figures, where some are numerators."""
        stated = self.stated or self.stated_below
        return stated if "numerator" in self.positions and stated not in vocabulary() else None

    def in_unit(self, unit: str) -> Header:
        """Return the same header for a table that states below what unit its figures have.

        Raises FileRefused where another unit is stated above.
        """
        stated = self.stated or self.stated_below
        if stated not in (None, unit):
            raise FileRefused("unclear_unit", text=f"{stated}、{unit}")
        own = {column: unit for column in MEASURED if column in self.positions}
        months = tuple(one.in_unit(unit) for one in self.months)
        return replace(self, stated_below=unit, units=own | self.units, months=months)

    def moved(self, rows: int) -> Header:
        """Return the same header so many rows further down."""
        return replace(
            self, row_number=self.row_number + rows, months=tuple(one.moved(rows) for one in self.months)
        )


def find_header(rows: Sequence[Sequence[str]], stated: str | None = None) -> Header | None:
    """Return the header among a sheet's first rows, or None where no row names the required columns.

    `stated` is the unit of the figures where no line above the header states one. Raises FileRefused where a
    header names one column twice, nothing that could hold a figure, months of no year, or words that may
    change the figures in a way that nobody knows.
    """
    for row_number, row in enumerate(rows[:HEADER_WITHIN], start=1):
        named = {column_of(cell) for cell in row if cell.strip()}
        if "indicator_code" not in named:
            continue
        above, below = rows[: row_number - 1], rows[row_number : row_number + 3]
        _refuse_other_figures(row_number, next(reversed(above), ()))
        months, is_of_two_lines = month_columns(above, row, next(iter(below), ()))
        has_period = "period" in named
        if months and _are_columns(months, row, row_number, has_period=has_period):
            unit = stated_unit(above) or stated
            return _months_header(row_number + is_of_two_lines, row, months, unit)
        if has_period:
            heading, lines = joined(above, row, below)
            width = _width_of_first_table(heading)
            units = list(takewhile(stated_unit, ([line[:width]] for line in below[lines:])))
            unit = stated_unit(line[:width] for line in [*above, *chain(*units)]) or stated
            return _header(row_number + lines + len(units), heading, unit)
    return None


def is_header(row: Sequence[str]) -> bool:
    """Return whether a row names the columns that every table must have."""
    named = {column_of(cell) for cell in row}
    return "indicator_code" in named and ("period" in named or has_months(row))


def _refuse_other_figures(row_number: int, line: Sequence[str]) -> None:
    """Pass over a table whose title, alone in the line above its header, names other figures."""
    titles = [cell.strip() for cell in line if cell.strip()]
    if len(titles) == 1 and names_other_figures(titles[0]):
        raise FileRefused("missing_columns", row_number=row_number, text=titles[0], expected="当月的数值")


def _are_columns(months: list[MonthColumn], row: Sequence[str], row_number: int, *, has_period: bool) -> bool:
    """Return whether months are columns of figures; raises FileRefused where only their year is missing.

    Beside a column for the month of each row, a heading without a year is a word like another.
    """
    if all(one.year for one in months):
        return True
    if has_period:
        return False
    text = "、".join(row[one.place].strip() for one in months if one.place < len(row))
    raise FileRefused("months_without_year", row_number=row_number, text=text)


def _months_header(
    row_number: int, row: Sequence[str], months: list[MonthColumn], stated: str | None
) -> Header:
    """Return the header of a table with months as columns: what its rows have in common, and each month.

    A figure that no month is named for is not read, unless the rows name their month themselves.
    """
    places = {one.place for one in months}
    has_period = "period" in {column_of(cell) for cell in row}
    nameless = [
        place
        for place, cell in enumerate(row)
        if place not in places and not has_period and column_of(cell) in FIGURES
    ]
    shared = ["" if place in {*places, *nameless} else cell for place, cell in enumerate(row)]
    base = _laid_out(row_number, shared, stated)
    base = replace(
        base,
        width=max(base.width, 1 + max(places)),
        unknown=tuple(sorted({*base.unknown, *nameless})),
    )
    words = {column: place for column, place in base.positions.items() if column not in ("period", *FIGURES)}
    of_months = groupby(sorted(months, key=_by_period), key=_by_period)
    return replace(
        base,
        months=tuple(
            _month_header(replace(base, positions=words), list(columns), stated) for _, columns in of_months
        ),
    )


def _by_period(column: MonthColumn) -> str:
    return column.period


def _month_header(base: Header, columns: list[MonthColumn], stated: str | None) -> Header:
    """Return the header of one month of a table."""
    places: dict[str, int] = {}
    headings = {column: base.headings[column] for column in base.positions} | {"period": columns[0].heading}
    for one in columns:
        if one.column in places:
            raise _ambiguous(base.row_number, one.column, headings[one.column], one.heading)
        places[one.column] = one.place
        headings[one.column] = one.heading
    _refuse_unclear(
        base.row_number,
        [f"数值{''.join(f'({words})' for words in in_brackets(one.heading))}" for one in columns],
    )
    units = {one.column: unit for one in columns if (unit := _unit_of(one.heading, stated))}
    return replace(
        base, positions=base.positions | places, headings=headings, units=units, period=columns[0].period
    )


def closest_row(rows: Sequence[Sequence[str]]) -> tuple[int | None, list[str]]:
    """Return the row most like a header (None where none is) and the required columns it lacks."""
    best: tuple[int | None, list[str]] = (None, [NAMES_ZH[column] for column in REQUIRED])
    most = 1
    for row_number, row in enumerate(rows[:HEADER_WITHIN], start=1):
        named = {column_of(cell) for cell in row} - {None}
        if len(named) > most:
            most = len(named)
            best = (row_number, [NAMES_ZH[column] for column in REQUIRED if column not in named])
    return best


def _unit_of(heading: str, stated: str | None) -> str | None:
    parts = (part for words in in_brackets(heading) for part in parts_in(words))
    return next(filter(None, map(unit_in, parts)), stated)


def _header(row_number: int, row: Sequence[str], stated: str | None) -> Header:
    header = _laid_out(row_number, row, stated)
    _refuse_unclear(row_number, [row[place] for place in header.positions.values()])
    if not header.has_figures:
        text = "、".join(cell.strip() for cell in row[: header.width] if cell.strip())
        raise FileRefused(
            "missing_columns", row_number=row_number, text=text, expected="数值（或分子和分母）"
        )
    return header


def _laid_out(row_number: int, row: Sequence[str], stated: str | None) -> Header:
    """Return where the columns are that a row names, up to a table beside that names one of them again."""
    own = row[: _width_of_first_table(row)]
    positions: dict[str, int] = {}
    for position, column in enumerate(map(column_of, own)):
        if column in positions:
            raise _ambiguous(row_number, column, row[positions[column]], row[position])
        if column:
            positions[column] = position
    if "unit" in positions:
        stated = _unit_of(row[positions["unit"]], stated)
    filled = [position for position, cell in enumerate(own) if cell.strip()]
    return Header(
        row_number=row_number,
        positions=positions,
        headings={column: row[position].strip() for column, position in positions.items()},
        width=1 + max(filled),
        cells=len(row),
        unknown=tuple(
            position
            for position in filled
            if position not in positions.values() and not is_for_people(row[position])
        ),
        units={
            column: unit
            for column in MEASURED
            if column in positions and (unit := _unit_of(row[positions[column]], stated))
        },
        stated=stated,
        has_more=len(own) < len(row),
    )


def _refuse_unclear(row_number: int, headings: list[str]) -> None:
    unclear = [(heading.strip(), words) for heading in headings if (words := unclear_in(heading))]
    if unclear:
        (heading, words), *_ = unclear
        raise FileRefused("unclear_heading", row_number=row_number, text=heading, actual=words)


def _width_of_first_table(row: Sequence[str]) -> int:
    """Return how many cells stand up to a second table whose header is in the same row.

    It begins behind the last empty cell before the first column that is named again.
    """
    places: dict[str, int] = {}
    for position, column in enumerate(map(column_of, row)):
        if column in places:
            blank = next((place for place in range(position - 1, -1, -1) if not row[place].strip()), 0)
            return blank if blank > places[column] else len(row)
        if column:
            places[column] = position
    return len(row)


def _ambiguous(row_number: int, column: str, first: str, second: str) -> FileRefused:
    return FileRefused(
        "ambiguous_columns",
        row_number=row_number,
        column_name=NAMES_ZH[column],
        text=f"{first.strip()}、{second.strip()}",
    )
