"""The metrics of a home, and the file of them that Prometheus reads."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.conftest import MONTH
from warehouse import clock, home, ledger, metrics, notifications
from warehouse.settings import PROJECT, Settings


def measured(settings: Settings) -> dict[str, float]:
    return {".".join([one.name, *one.labels.values()]): one.value for one in metrics.measure(settings)}


def test_what_came_in_is_counted_by_outcome_as_the_ledger_has_it(published: Settings) -> None:
    with ledger.reading(published) as connection:
        ((files, accepted, refused),) = connection.execute(
            "select count(*), sum(rows_accepted), sum(rows_refused) from ledger.submissions"
        ).fetchall()

    found = measured(published)

    assert sum(value for name, value in found.items() if name.startswith("intake_files.")) == files
    assert (found["intake_rows.accepted"], found["intake_rows.refused"]) == (accepted, refused)


def test_a_published_month_that_passed_is_a_verdict_and_an_edition(published: Settings) -> None:
    found = measured(published)

    assert (found["gate_months.passed"], found["gate_months.blocked"], found["editions"]) == (1, 0, 1)


def test_ages_count_from_the_newest_file_and_edition(
    published: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = measured(published)
    moment = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: moment)

    after = measured(published)

    for name in ("intake_age_seconds", "edition_age_seconds"):
        assert after[name] - before[name] == pytest.approx(7200, abs=60)


def test_the_age_of_nothing_is_left_out_and_not_zero(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, plan=PROJECT / "tests" / "plans" / "minimal")
    home.initialise(settings)

    found = measured(settings)

    assert not found.keys() & {"intake_age_seconds", "edition_age_seconds"}
    assert found["intake_rows.accepted"] == found["editions"] == 0


def test_open_incidents_are_counted_and_months_that_wait_among_them(with_edition: Settings) -> None:
    for cause in (f"decision {MONTH}", "ledger held"):
        notifications.report_incident(with_edition, cause, "样例", "样例", "runbook")

    found = measured(with_edition)

    assert (found["incidents_open"], found["months_waiting"]) == (2, 1)


def test_a_missed_month_is_counted(with_edition: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with ledger.writing(with_edition) as connection:
        connection.execute("update plan.versions set loaded_at = timestamp '2024-01-20 09:00:00'")
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat("2024-04-20T09:00"))

    # Those of January and February, with deadlines on the 5th of the month after; March is in its grace.
    assert measured(with_edition)["months_missed"] >= 2


def test_prometheus_reads_each_measurement_from_the_file(with_edition: Settings) -> None:
    measurements = metrics.measure(with_edition)

    path = metrics.write_exposition(with_edition, measurements)

    assert path == with_edition.logs / "minsheng.prom"
    families = text_string_to_metric_families(path.read_text(encoding="utf-8"))
    read = {(one.name, tuple(one.labels.items())): one.value for family in families for one in family.samples}
    assert read == {
        (f"minsheng_{one.name}", tuple(one.labels.items())): pytest.approx(float(one.value))
        for one in measurements
    }
