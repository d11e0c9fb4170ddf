"""The embedded Airflow: private, bound to this machine, alone in its home, and gone when it is ended."""

from __future__ import annotations

import socket
import stat
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from deployment.embedded import Airflow, running
from deployment.embedded.configuration import environment, folder
from warehouse.errors import MinshengError
from warehouse.settings import Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow]


def test_listens_on_this_machine_only(airflow: Airflow) -> None:
    processes = [psutil.Process(one.pid) for one in airflow.processes.values()]
    family = {member.pid for one in processes for member in (one, *one.children(recursive=True))}
    # Asked of the whole machine at once: a task's process of the family may end at any moment.
    listening = {
        connection.laddr.ip
        for connection in psutil.net_connections("inet")
        if connection.pid in family and connection.status == psutil.CONN_LISTEN
    }

    assert listening == {"127.0.0.1"}


def test_answers_nobody_without_the_password(airflow: Airflow) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{airflow.url}/api/v2/dags", timeout=10)

    assert refused.value.code == 401


def test_its_keys_are_readable_by_their_owner_alone(airflow: Airflow, settings: Settings) -> None:
    keys = folder(settings) / "keys"

    assert stat.S_IMODE(folder(settings).stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in keys.iterdir()} == {0o600}


def test_a_second_one_for_the_same_home_is_refused(airflow: Airflow, settings: Settings) -> None:
    with (
        pytest.raises(MinshengError, match=f"already running for this home, at {airflow.url}"),
        running(settings),
    ):
        pass

    airflow.check()


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with (
            pytest.raises(MinshengError, match=f"Port {port} .* is taken"),
            running(Settings(home=tmp_path), port),
        ):
            pass


def test_settings_of_the_callers_own_airflow_stay_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__EXECUTOR", "CeleryExecutor")
    monkeypatch.setenv("AIRFLOW_HOME", "/elsewhere")

    variables = environment(Settings(home=tmp_path), 8080)

    assert variables["AIRFLOW__CORE__EXECUTOR"] == "LocalExecutor"
    assert variables["AIRFLOW_HOME"] == str(tmp_path / "airflow")


def test_where_metrics_and_lineage_go_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__METRICS__STATSD_ON", "true")
    monkeypatch.setenv("AIRFLOW__OPENLINEAGE__DISABLED", "false")

    variables = environment(Settings(home=tmp_path), 8080)

    assert variables["AIRFLOW__METRICS__STATSD_ON"] == "true"
    assert variables["AIRFLOW__OPENLINEAGE__DISABLED"] == "false"
