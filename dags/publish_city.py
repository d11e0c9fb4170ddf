"""Publishes the city's view of a month over its districts' published editions, where the list names a city.

| DAG | runs |
| --- | --- |
| `publish_city` | when a district publishes a month; it publishes once all have, or the month has closed |
| `publish_city_at_deadline` | 08:00 on the 12th, for the month before; it publishes without those missing |

**The month of a run is its partition key**, which the asset `edition` of each district brings. A run that
waits for other districts ends *skipped* and names them. A later edition of a district makes a later one of
the city, with that district's cause as its reason; the same editions make none.

The districts' homes are read and never written. Who is missing after the 12th is an incident of the city.

A red run: see [A month of the city is not
published](minsheng/handbook/runbook.md#a-month-of-the-city-is-not-published).
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import alerts
from airflow.sdk import DAG, AssetAny, CronPartitionTimetable, PartitionedAssetTimetable, task
from airflow.sdk.exceptions import AirflowSkipException
from wiring import LATE, PERIOD, Assets, dag_of, for_the_city, month_of, shown, tell

from warehouse.districts import District, Listing

log = logging.getLogger(__name__)


def publish_city(city: District, listing: Listing) -> DAG:
    """Return the DAG that follows the districts' editions."""
    editions = [Assets.of(district).edition for district in listing.districts]
    return _dag(
        city,
        "publish_city",
        "发布全市版本 · publish city",
        schedule=PartitionedAssetTimetable(assets=AssetAny(*editions)),
        description="Publishes the city's view once every district has published the month",
    )


def publish_city_at_deadline(city: District, _listing: Listing) -> DAG:
    """Return the DAG that publishes a month without those who are missing."""
    return _dag(
        city,
        "publish_city_at_deadline",
        "截止发布全市版本 · publish city at deadline",
        schedule=CronPartitionTimetable(
            "0 8 12 * *", timezone=alerts.TIMEZONE, run_offset=-1, key_format="%Y-%m", run_immediately=LATE
        ),
        description="Publishes the city's view of the month before, and says which districts are missing",
    )


def _dag(city: District, name: str, title: str, **more: Any) -> DAG:
    edition = Assets.of(city).edition

    @task(task_display_name="汇编全市 · build city", multiple_outputs=False, outlets=[edition])
    def build_city(dag_run: Any = None, params: Any = None, outlet_events: Any = None) -> dict[str, Any]:
        from warehouse import city as view
        from warehouse.districts import require_listing

        period, listing, settings = month_of(dag_run, params), require_listing(), city.settings()
        waits_for = view.unpublished(listing, period)
        if waits_for and not view.has_closed(period):
            raise AirflowSkipException(f"{period} waits for {', '.join(one.code for one in waits_for)}")
        made = view.build(settings, listing, period)
        view.report_missing(settings, period, made)
        result = shown(made)
        tell(outlet_events, edition, period, result)
        log.info("published: %s", result)
        return result

    with dag_of(
        city,
        name,
        title,
        tags=["city", "editions"],
        max_active_runs=1,
        dagrun_timeout=timedelta(hours=2),
        deadline=alerts.due_within(timedelta(hours=1)),
        params={"period": PERIOD},
        doc_md=__doc__,
        **more,
    ) as dag:
        build_city()
    return dag


for_the_city(publish_city, publish_city_at_deadline)
