"""Makes what Airflow has to have for each district, a pool and a role: `python -m deployment.districts`.

It changes nothing of what is there, and removes nothing: pool and role of a district that left the list stay.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from airflow.models.pool import Pool
from airflow.sdk.configuration import conf
from airflow.utils.session import create_session

from warehouse.districts import District, installed
from warehouse.settings import PROJECT

POOLS = PROJECT / "deployment" / "pools.json"
PERMISSIONS = PROJECT / "deployment" / "district_role.json"
"""What a district's role may do in general; with which DAGs, its DAGs say themselves (`access_control`)."""


def main() -> None:
    """Make the pools and, where accounts have Airflow's FAB roles, the roles of all districts."""
    listing = installed()
    # Beside a list, the pool without a code is the city's.
    districts = [District(), *(listing.districts if listing else [])]
    make_pools(districts)
    roles = sorted({one.role for one in districts if one.role})
    if roles and "FabAuthManager" in conf.get("core", "auth_manager"):
        _make_roles(roles)


def make_pools(districts: list[District]) -> None:
    """Make or correct each pool of each district."""
    pools = json.loads(POOLS.read_text(encoding="utf-8"))
    with create_session() as session:
        for district in districts:
            for name, facts in pools.items():
                Pool.create_or_update_pool(district.named(name), **facts, session=session)


def _make_roles(names: list[str]) -> None:
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    permissions = list(_permissions())
    with get_application_builder() as builder:
        builder.sm.bulk_sync_roles([{"role": name, "perms": permissions} for name in names])


def _permissions() -> Iterator[tuple[str, str]]:
    actions: dict[str, list[str]] = json.loads(PERMISSIONS.read_text(encoding="utf-8"))
    return ((action, resource) for action, resources in actions.items() for resource in resources)


if __name__ == "__main__":
    main()
