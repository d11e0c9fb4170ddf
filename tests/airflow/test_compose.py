"""docker-compose.yml keeps what it promises; the text is read as Compose reads it, without a daemon."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from warehouse.settings import PROJECT

SERVICES = {"database", "migrate", "api-server", "scheduler", "dag-processor", "triggerer"}
COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))
LONG_RUNNING = SERVICES - {"migrate"}
OURS = SERVICES - {"database"}


def _service(name: str) -> dict[str, Any]:
    service: dict[str, Any] = COMPOSE["services"][name]
    return service


def test_the_services_of_the_deployment_are_there() -> None:
    assert set(COMPOSE["services"]) == SERVICES


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_runs_as_the_districts_own_account_with_no_right_it_does_not_need(name: str) -> None:
    service = _service(name)

    assert service["user"].startswith("${MINSHENG_USER")
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is True
    assert not service.get("privileged", False)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_is_bounded_in_memory_processors_and_processes(name: str) -> None:
    limits = _service(name)["deploy"]["resources"]["limits"]

    assert {"cpus", "memory", "pids"} <= set(limits)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_an_image_has_one_version_and_never_the_latest(name: str) -> None:
    assert re.fullmatch(r"[\w./-]+:\d+(\.\d+)+(-[\w.]+)?", _service(name)["image"])


@pytest.mark.parametrize("name", sorted(LONG_RUNNING))
def test_a_service_says_whether_it_is_well(name: str) -> None:
    assert _service(name)["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_running_task_is_waited_for(name: str) -> None:
    assert _service(name)["stop_grace_period"] == "15m"


def test_only_the_ui_has_a_port_and_only_on_this_machine() -> None:
    ports = {name: _service(name).get("ports", []) for name in SERVICES}

    assert [name for name, published in ports.items() if published] == ["api-server"]
    assert all(port.startswith("127.0.0.1:") for port in ports["api-server"])
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert set(_service("database")["networks"]) == {"inside"}


def test_secrets_come_from_files_and_no_password_is_written_here() -> None:
    assert all(set(secret) == {"file"} for secret in COMPOSE["secrets"].values())
    for name in SERVICES:
        variables = _service(name).get("environment", {})
        telling = {key for key in variables if re.search(r"PASSWORD|SECRET|FERNET|SQL_ALCHEMY_CONN", key)}
        assert {key for key in telling if not key.endswith(("_CMD", "_FILE"))} == set()


def test_airflow_settings_are_shared_with_the_embedded_one() -> None:
    assert {_service(name)["env_file"] for name in OURS} == {"deployment/airflow.env"}


def test_the_image_is_built_from_the_one_lock_file_with_its_hashes() -> None:
    text = (PROJECT / "deployment" / "Dockerfile").read_text(encoding="utf-8")

    assert "--require-hashes --requirement requirements.lock" in text
    assert re.search(r"^USER \d+$", text, re.M)
    assert re.search(r"^FROM python:\d+\.\d+\.\d+-", text, re.M)


def test_a_server_gets_every_secret_that_is_asked_for_and_keeps_it(tmp_path: Path) -> None:
    words = [sys.executable, "-I", "-S", str(PROJECT / "deployment" / "keys.py"), str(tmp_path)]

    subprocess.run(words, check=True)
    first = {file.name: file.read_text() for file in (tmp_path / "secrets").iterdir()}
    subprocess.run(words, check=True)

    assert set(COMPOSE["secrets"]) <= set(first)
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "secrets").iterdir()} == {0o600}
    assert {file.name: file.read_text() for file in (tmp_path / "secrets").iterdir()} == first
    assert first["database_password"] in first["database_url"]
    assert len(first["jwt_secret"]) >= 64
    text = (PROJECT / "docker-compose.yml").read_text(encoding="utf-8")
    mounted = re.findall(r"\$\{MINSHENG_DATA[^}]*\}/(\w+)", text)
    assert {folder.name for folder in tmp_path.iterdir()} == set(mounted)
