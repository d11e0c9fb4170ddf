"""Puts 民生看板 into Airflow's navigation."""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin

from deployment.plugins.board.app import app

_PREFIX = "/minsheng"


class MinshengBoard(AirflowPlugin):
    """The board as a page of its own, and its entry at the top of the navigation."""

    name = "minsheng_board"
    fastapi_apps = [{"app": app, "url_prefix": _PREFIX, "name": "民生看板"}]  # noqa: RUF012
    # A relative address: Airflow may live under a path of its own behind a proxy.
    external_views = [  # noqa: RUF012
        {
            "name": "民生看板",
            "href": f"{_PREFIX.lstrip('/')}/",
            "icon": f"{_PREFIX.lstrip('/')}/icon.svg",
            "url_route": "board",
            "destination": "nav",
            "nav_top_level": True,
        }
    ]
