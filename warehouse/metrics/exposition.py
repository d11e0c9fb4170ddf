"""The measurements as Prometheus reads them from a file, for a server without StatsD."""

from __future__ import annotations

from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from warehouse import durable
from warehouse.metrics.measuring import Measurement
from warehouse.settings import Settings

_NAMESPACE = "minsheng"


def write_exposition(settings: Settings, measurements: list[Measurement]) -> Path:
    """Write `logs/minsheng.prom`, which node_exporter's textfile collector reads, whole or not at all."""
    registry = CollectorRegistry()
    gauges: dict[str, Gauge] = {}
    for one in measurements:
        if one.name not in gauges:
            gauges[one.name] = Gauge(
                one.name, one.help, list(one.labels), namespace=_NAMESPACE, registry=registry
            )
        gauge = gauges[one.name]
        (gauge.labels(**one.labels) if one.labels else gauge).set(one.value)
    path = settings.logs / f"{_NAMESPACE}.prom"
    durable.write(path, generate_latest(registry))
    return path
