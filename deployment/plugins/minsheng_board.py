"""Puts 民生看板 into Airflow's navigation."""

from __future__ import annotations

from typing import Any

from airflow.plugins_manager import AirflowPlugin

_PREFIX = "/minsheng"


class MinshengBoard(AirflowPlugin):
    """The board as a page of its own, and its entry at the top of the navigation."""

    name = "minsheng_board"
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

    @property
    def fastapi_apps(self) -> list[dict[str, Any]]:  # type: ignore[override]
        """Return the application; only the api-server asks, and only it pays for the import."""
        from deployment.plugins.board.app import app

        return [{"app": app, "url_prefix": _PREFIX, "name": "民生看板"}]
