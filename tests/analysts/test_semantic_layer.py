"""The measures that everyone asks: defined once, as counts and ratios of counts, and equal to the marts."""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import MONTH
from warehouse import editions
from warehouse.settings import PROJECT, Settings

ADDS_UP = {"sum", "sum_boolean", "count"}
NO_RATE = re.compile(r"_(pct|pp)\b|\b(value|actual_value|running_total|year_before|growth\w*)\b")
Manifest = dict[str, Any]


def parsed(project: Path, target: Path) -> Manifest:
    """Have dbt parse and validate the project, and return what MetricFlow reads of it."""
    files = ("MINSHENG_LEDGER_PATH", "MINSHENG_WORKINGS_FILE", "MINSHENG_CANDIDATE_FILE")
    environment = os.environ | {name: str(target / "none.duckdb") for name in files}
    dbt = Path(sys.executable).with_name("dbt")
    arguments = ["parse", "--project-dir", project, "--profiles-dir", project, "--target-path", target]
    done = subprocess.run(
        [dbt, *arguments, "--log-path", target], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stdout
    content: Manifest = json.loads((target / "semantic_manifest.json").read_text())
    return content


def measures_of(manifest: Manifest) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return each measure by name, with the mart that it counts in."""
    return {
        measure["name"]: (model["node_relation"]["alias"], measure)
        for model in manifest["semantic_models"]
        for measure in model["measures"]
    }


def added_up_rates(manifest: Manifest) -> list[str]:
    """Return the measures that add up or average what may be a rate."""
    return [
        name
        for name, (_, measure) in measures_of(manifest).items()
        if measure["agg"] not in ADDS_UP or NO_RATE.search(measure["expr"] or name)
    ]


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    return parsed(PROJECT / "dbt_project", tmp_path_factory.mktemp("parsed"))


@pytest.fixture(scope="module")
def marts(published: Settings) -> duckdb.DuckDBPyConnection:
    edition = editions.find(published, str(MONTH))
    return duckdb.connect(str(edition.path / "minsheng.duckdb"), read_only=True)


def counted(marts: duckdb.DuckDBPyConnection, manifest: Manifest, name: str, where: str) -> int:
    """Count a measure in its mart as MetricFlow would."""
    mart, measure = measures_of(manifest)[name]
    counts = f"cast({measure['expr'] or name} as integer)"
    ((found,),) = marts.execute(
        f"select coalesce(sum({counts}), 0) from marts.{mart} where {where}"
    ).fetchall()
    return int(found)


def share(marts: duckdb.DuckDBPyConnection, manifest: Manifest, name: str, where: str) -> Decimal | None:
    """Return a ratio metric in percent, as the marts write it."""
    (metric,) = (one for one in manifest["metrics"] if one["name"] == name)
    assert metric["type"] == "ratio"
    parts = metric["type_params"]["numerator"]["name"], metric["type_params"]["denominator"]["name"]
    numerator, denominator = (counted(marts, manifest, part, where) for part in parts)
    if denominator == 0:
        return None
    return (Decimal(100 * numerator) / denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)


def test_no_measure_adds_up_a_rate(manifest: Manifest) -> None:
    assert measures_of(manifest)
    assert added_up_rates(manifest) == []


@pytest.mark.parametrize(
    ("agg", "expr"),
    [
        ("sum", "attainment_pct"),
        ("sum", "if(in_force, gap_pp, 0)"),
        ("average", "breaches"),
        ("sum", "actual_value"),
    ],
)
def test_a_measure_that_would_add_up_a_rate_is_found(manifest: Manifest, agg: str, expr: str) -> None:
    planted = copy.deepcopy(manifest)
    planted["semantic_models"][0]["measures"].append({"name": "planted", "agg": agg, "expr": expr})

    assert added_up_rates(planted) == ["planted"]


def test_every_share_is_a_ratio_of_two_counts(manifest: Manifest) -> None:
    types = {metric["name"]: metric["type"] for metric in manifest["metrics"]}
    rates = {"green_share", "not_reported_share", "coverage", "timeliness"}

    assert {name for name, kind in types.items() if kind == "ratio"} == rates
    assert {kind for name, kind in types.items() if name not in rates} == {"simple"}


def test_every_metric_says_in_chinese_and_english_what_it_is(manifest: Manifest) -> None:
    assert all(metric["label"] and metric["description"] for metric in manifest["metrics"])


def test_the_counts_of_the_district_are_the_marts(
    manifest: Manifest, marts: duckdb.DuckDBPyConnection
) -> None:
    ((windows, green, red),) = marts.execute(
        "select windows, green, red from marts.area_progress where level = 'district'"
    ).fetchall()
    ((district,),) = marts.execute("select area_code from marts.areas where level = 'district'").fetchall()

    found = [
        counted(marts, manifest, name, f"area_code = '{district}'")
        for name in ("windows", "green_windows", "red_windows")
    ]
    assert found == [windows, green, red]


def test_the_green_share_of_a_lead_is_its_scorecards(
    manifest: Manifest, marts: duckdb.DuckDBPyConnection
) -> None:
    scores = marts.execute(
        "select organization_code, green_share_pct from marts.organization_scorecard "
        "where green_share_pct is not null"
    ).fetchall()

    assert scores
    for code, green_share_pct in scores:
        led = f"list_contains(string_split(lead_organization_codes, ';'), '{code}')"
        assert share(marts, manifest, "green_share", led) == green_share_pct, code


def test_timeliness_over_all_months_is_the_scorecards(
    manifest: Manifest, marts: duckdb.DuckDBPyConnection
) -> None:
    scores = marts.execute(
        "select organization_code, on_time_pct from marts.organization_scorecard"
    ).fetchall()

    for code, on_time_pct in scores:
        assert share(marts, manifest, "timeliness", f"organization_code = '{code}'") == on_time_pct, code
