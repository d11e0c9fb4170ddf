"""Whose board an account may see: that of each district whose runs Airflow shows it."""

from __future__ import annotations

from typing import Annotated

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity, DagDetails
from airflow.api_fastapi.core_api.security import GetUserDep
from fastapi import Depends, HTTPException, Request

from deployment.plugins.board.runs import PUBLISHING
from warehouse.districts import District, installed


def visible(user: GetUserDep) -> list[District]:
    """Return the districts whose runs of `publish_monthly` the account may see; refuse one that sees none."""
    listing = installed()
    found = [one for one in (listing.districts if listing else [District()]) if _may_see(user, one)]
    if not found:
        raise HTTPException(403, "This account may see no district's runs")
    return found


def chosen(request: Request, districts: Visible) -> District:
    """Return the district that the address names; refuse an unknown one as one that may not be seen."""
    code = request.path_params.get("code", "")
    for one in districts:
        if one.code == code:
            return one
    raise HTTPException(403, "This account may not see this district's runs")


Visible = Annotated[list[District], Depends(visible)]
Chosen = Annotated[District, Depends(chosen)]


def _may_see(user: GetUserDep, district: District) -> bool:
    return bool(
        get_auth_manager().is_authorized_dag(
            method="GET",
            access_entity=DagAccessEntity.RUN,
            details=DagDetails(id=district.named(PUBLISHING)),
            user=user,
        )
    )
