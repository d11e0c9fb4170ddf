"""`minsheng status`: where a month stands."""

from __future__ import annotations

from dataclasses import asdict
from gettext import gettext as _

import click

from warehouse import obligations
from warehouse.cli.options import Call, PeriodType, with_call
from warehouse.cli.wording import counted, standing, verdict
from warehouse.obligations import Obligation, Status, calendar_of
from warehouse.periods import Period


@click.command()
@with_call
@click.option("--period", type=PeriodType(), help="The month (default: the newest that was reported on).")
def status(call: Call, period: Period | None) -> None:
    """Say who has reported, what is late, refused or blocked, and which edition is the newest."""
    if period:
        calendar_of(call.settings).require_known(period)
    found = obligations.status(call.settings, period)
    call.answer(asdict(found) | {"totals": found.totals}, _text(found))


def _text(found: Status) -> str:
    gate = _("gate: {verdict}").format(verdict=_gate(found))
    edition = _("newest edition: {edition}").format(edition=found.newest_edition or _("none yet"))
    lines = [_head(found), *map(_line, filter(_is_worth_a_line, found.organizations)), gate, edition]
    if found.missed:
        lines.append(_("not published although due: {months}").format(months=", ".join(found.missed)))
    return "\n".join(lines)


def _head(found: Status) -> str:
    total = found.totals
    return _(
        "{period}, due by {deadline}: {complete} of {organizations} have reported all; {received} of "
        "{figures} came, {late} of them late; {missing} missing"
    ).format(
        period=found.period,
        deadline=found.deadline,
        complete=total["organizations_complete"],
        organizations=counted("{} organization", "{} organizations", total["organizations"]),
        received=total["received"],
        figures=counted("{} figure", "{} figures", total["expected"]),
        late=total["late"],
        missing=total["missing"],
    )


def _is_worth_a_line(one: Obligation) -> bool:
    return bool(one.missing or one.late or one.rows_refused)


def _line(one: Obligation) -> str:
    counts = [
        (one.late, _("{} late").format(one.late)),
        (one.missing, _("{} missing").format(one.missing)),
        (one.rows_refused, counted("{} row refused", "{} rows refused", one.rows_refused)),
        (one.files_refused, counted("{} file refused", "{} files refused", one.files_refused)),
    ]
    came = _("{received} of {expected}").format(received=f"{one.received:>4}", expected=f"{one.expected:<4}")
    said = ", ".join(words for count, words in counts if count)
    return f"  {standing(one.standing)} {came} {one.organization_code} {one.organization_name}: {said}"


def _gate(found: Status) -> str:
    if found.gate is None:
        return _("not checked yet")
    return ": ".join([verdict(found.gate.verdict), *filter(None, [", ".join(found.gate.held_back_by)])])
