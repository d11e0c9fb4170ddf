"""`minsheng organizations`: who reports, with the codes that commands and folders go by."""

from __future__ import annotations

from dataclasses import asdict
from gettext import gettext as _

import click

from warehouse import ledger
from warehouse.cli.options import Call, with_call
from warehouse.plan.organizations import Organization
from warehouse.plan.organizations import organizations as organizations_of


@click.command()
@with_call
def organizations(call: Call) -> None:
    """List the organizations of the plan in force: code, name and other names."""
    with ledger.reading(call.settings) as connection:
        found = organizations_of(connection)
    width = max((len(one.organization_code) for one in found), default=0)
    call.answer([asdict(one) for one in found], "\n".join(_line(one, width) for one in found))


def _line(one: Organization, width: int) -> str:
    others = _(" (also {aliases})").format(aliases=", ".join(one.aliases)) if one.aliases else ""
    return f"{one.organization_code:<{width}}  {one.name_zh}{others}"
