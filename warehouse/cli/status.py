"""`minsheng status`: where a month stands."""

from __future__ import annotations

from dataclasses import asdict

import click

from warehouse import obligations
from warehouse.cli.options import Call, PeriodType, with_call
from warehouse.obligations import Obligation, Status
from warehouse.periods import Period


@click.command()
@with_call
@click.option("--period", type=PeriodType(), help="The month (default: the newest that was reported on).")
def status(call: Call, period: Period | None) -> None:
    """Say who has reported, what is late, refused or blocked, and which edition is the newest."""
    found = obligations.status(call.settings, period)
    call.answer(asdict(found) | {"totals": found.totals}, _text(found))


def _text(found: Status) -> str:
    total = found.totals
    head = (
        f"{found.period}, due by {found.deadline}: {total['organizations_complete']} of "
        f"{total['organizations']} organizations have reported all; {total['received']} of "
        f"{total['expected']} figures came, {total['late']} of them late; {total['missing']} are missing"
    )
    lines = [_line(one) for one in found.organizations if one.missing or one.late or one.rows_refused]
    edition = f"newest edition: {found.newest_edition or 'none yet'}"
    missed = [f"not published although due: {', '.join(found.missed)}"] if found.missed else []
    return "\n".join([head, *lines, f"gate: {_gate(found)}", edition, *missed])


def _line(one: Obligation) -> str:
    counts = {
        "late": one.late,
        "missing": one.missing,
        "rows refused": one.rows_refused,
        "files refused": one.files_refused,
    }
    said = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    name = f"{one.organization_code} {one.organization_name}"
    return f"  {one.standing:<14} {one.received:>4} of {one.expected:<4} {name}: {said}"


def _gate(found: Status) -> str:
    if found.gate is None:
        return "not checked yet"
    return ": ".join([found.gate.verdict, *filter(None, [", ".join(found.gate.held_back_by)])])
