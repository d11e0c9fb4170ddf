"""`minsheng trace`: one figure down to its files and rows, and from a submission's row up to its figures."""

from __future__ import annotations

import re
from gettext import gettext as _
from pathlib import Path

import click

from warehouse import editions, lineage
from warehouse.cli.options import Call, period_option, plain, with_call
from warehouse.cli.wording import counted, moment
from warehouse.editions import Edition
from warehouse.lineage import Row, Trace, Use
from warehouse.periods import Period

_SUBMISSION = re.compile(r"([0-9a-f]{16})(?::([0-9]{1,9}))?")


@click.command()
@with_call
@click.argument("target")
@period_option
@click.option("--area", "area_code", metavar="CODE", help="Only the figure of this area.")
def trace(call: Call, target: str, period: Period, area_code: str | None) -> None:
    """Follow one figure of the month's newest edition down to its files and rows.

    TARGET is a target's code; a submission's id, alone or as ID:ROW, is followed up to its figures instead.
    """
    edition = editions.find(call.settings, str(period))
    if match := _SUBMISSION.fullmatch(target):
        uses = lineage.uses_of(edition, match[1], int(match[2]) if match[2] else None)
        call.answer(
            {"edition": edition.name, "uses": [vars(one) for one in uses]}, _used(edition, target, uses)
        )
        return
    traces = lineage.figures_of(edition, target, area_code)
    plain = [{**vars(one.figure), "rows": [vars(row) for row in one.rows]} for one in traces]
    text = "\n\n".join(_traced(one, call.settings.archive) for one in traces)
    call.answer({"edition": edition.name, "figures": plain}, f"{edition.name}\n{text}")


def _traced(one: Trace, archive: Path) -> str:
    figure = one.figure
    window = f"{figure.window_start} to {figure.window_end}"
    stands = f"{plain(figure.actual_value)} of {plain(figure.target_value)} {figure.unit}, {figure.status_zh}"
    head = [
        f"{figure.target_code} {figure.indicator_name} {window}, {figure.area_name or figure.area_code}",
        f"  “{figure.quote_zh}”",
        f"  {stands}: {figure.note}",
    ]
    files = sorted({(row.file_name, row.file_sha256) for row in one.rows})
    return "\n".join(
        [*head, *map(_row, one.rows), *(f"  {name}: {archive / digest}" for name, digest in files)]
    )


def _row(row: Row) -> str:
    said = plain(row.value)
    if row.denominator is not None:
        said = f"{plain(row.numerator)}/{plain(row.denominator)}"
    sheet = f"{row.sheet} " if row.sheet else ""
    return (
        f"  {row.role:<12}{row.reported_period}  {row.reported_area_code:<13}{row.indicator_code:<9}"
        f"{said:>20}  {row.kind:<9}{row.organization_code} {row.file_name} {sheet}row {row.row_number} "
        f"({row.submission_id}, {moment(row.recorded_at)})"
    )


def _used(edition: Edition, target: str, uses: list[Use]) -> str:
    lines = [
        f"  {one.sheet} row {one.row_number:<5}{one.reported_period}  {one.role:<12}{one.target_code:<9}"
        f"{one.window_start}  {one.indicator_name}: {plain(one.actual_value)} {one.status_zh}"
        for one in uses
    ]
    head = _("{edition}: {uses} of {row}").format(
        edition=edition.name, uses=counted("{} use", "{} uses", len(uses)), row=target
    )
    return "\n".join([head, *lines])
