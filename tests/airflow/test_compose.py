"""docker-compose.yml keeps what it promises; the text is read as Compose reads it, without a daemon."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from tests.airflow.server import compose
from warehouse.settings import PROJECT

LOCAL = {"database", "migrate", "api-server", "scheduler", "dag-processor", "triggerer"}
CELERY = {"broker", "worker"}
SERVICES = LOCAL | CELERY | {"backup"}
COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))
LONG_RUNNING = SERVICES - {"migrate", "backup"}
OURS = SERVICES - {"database", "broker", "backup"}


def _service(name: str) -> dict[str, Any]:
    service: dict[str, Any] = COMPOSE["services"][name]
    return service


def test_compose_itself_reads_the_file() -> None:
    assert set(compose()["services"]) == LOCAL
    assert set(compose("celery")["services"]) == LOCAL | CELERY
    assert set(compose("celery,backup")["services"]) == SERVICES


def test_tasks_run_in_the_scheduler_unless_a_district_asks_for_workers() -> None:
    executor = "AIRFLOW__CORE__EXECUTOR"

    default = compose()["services"]["scheduler"]["environment"]
    with_workers = compose("celery", MINSHENG_EXECUTOR="CeleryExecutor")["services"]

    assert default[executor] == "LocalExecutor"
    assert with_workers["scheduler"]["environment"][executor] == "CeleryExecutor"
    assert with_workers["worker"]["deploy"]["replicas"] > 1


def test_a_districts_own_settings_reach_every_service_of_ours(tmp_path: Path) -> None:
    (tmp_path / "site.env").write_text("AIRFLOW__METRICS__STATSD_ON=true\n")

    services = compose("celery", MINSHENG_DATA=str(tmp_path))["services"]

    assert {services[name]["environment"]["AIRFLOW__METRICS__STATSD_ON"] for name in OURS} == {"true"}


def test_metrics_traces_and_lineage_are_off_until_a_district_wants_them() -> None:
    off = {
        "AIRFLOW__METRICS__STATSD_ON": "false",
        "AIRFLOW__METRICS__OTEL_ON": "false",
        "AIRFLOW__TRACES__OTEL_ON": "false",
        "AIRFLOW__OPENLINEAGE__DISABLED": "true",
    }

    environments = {name: compose("celery")["services"][name]["environment"] for name in OURS}

    set_to = {name: {one: environment.get(one) for one in off} for name, environment in environments.items()}
    assert {name: values for name, values in set_to.items() if values != off} == {}


def test_a_server_has_real_accounts_and_not_the_simple_ones() -> None:
    environments = {name: compose("celery")["services"][name]["environment"] for name in OURS}

    managers = {name: one.get("AIRFLOW__CORE__AUTH_MANAGER", "") for name, one in environments.items()}
    assert {name: one for name, one in managers.items() if not one.endswith(".FabAuthManager")} == {}
    variables = {(name, variable) for name, environment in environments.items() for variable in environment}
    assert {one for one in variables if "SIMPLE_AUTH" in one[1]} == set()


def test_what_runs_tasks_starts_after_the_api_that_they_report_to() -> None:
    awaited = {name: _service(name)["depends_on"].get("api-server") for name in ("scheduler", "worker")}

    assert awaited == {name: {"condition": "service_healthy"} for name in awaited}


def test_the_home_is_backed_up_outside_itself() -> None:
    scheduler = compose()["services"]["scheduler"]

    mounted = {volume["target"]: volume["source"] for volume in scheduler["volumes"]}
    assert scheduler["environment"]["MINSHENG_BACKUPS"] in mounted
    assert mounted["/srv/backups"] == "/srv/minsheng/backups"


def test_a_service_runs_as_the_districts_own_account() -> None:
    users = {name: _service(name)["user"] for name in SERVICES}

    assert {name: user for name, user in users.items() if not user.startswith("${MINSHENG_USER")} == {}


def test_a_uid_without_a_name_in_the_image_has_one_for_airflow() -> None:
    services = compose("celery")["services"]

    assert {services[name]["environment"]["USER"] for name in OURS} == {"minsheng"}


def test_the_build_asks_no_registry_for_its_frontend() -> None:
    dockerfile = (PROJECT / "deployment" / "Dockerfile").read_text(encoding="utf-8")

    assert not dockerfile.startswith("# syntax=")


def test_a_service_has_no_right_that_it_does_not_need() -> None:
    least = {
        "cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"],
        "read_only": True, "privileged": False,
    }  # fmt: skip

    rights = {name: {"privileged": False} | _service(name) for name in SERVICES}

    given = {name: {one: service.get(one) for one in least} for name, service in rights.items()}
    assert {name: values for name, values in given.items() if values != least} == {}


def test_a_service_is_bounded_in_memory_processors_and_processes() -> None:
    limits = {name: set(_service(name)["deploy"]["resources"]["limits"]) for name in SERVICES}

    assert {name: bounds for name, bounds in limits.items() if not {"cpus", "memory", "pids"} <= bounds} == {}


def test_an_image_has_one_version_and_never_the_latest() -> None:
    one_version = re.compile(r"[\w./-]+:\d+(\.\d+)+(-[\w.]+)?")
    images = {name: _service(name)["image"] for name in SERVICES}

    assert {name: image for name, image in images.items() if not one_version.fullmatch(image)} == {}


def test_a_service_says_whether_it_is_well() -> None:
    checks = {name: _service(name).get("healthcheck", {}).get("test", [""]) for name in LONG_RUNNING}

    assert {name: check for name, check in checks.items() if check[0] != "CMD"} == {}


def test_a_running_task_is_waited_for() -> None:
    periods = {name: _service(name).get("stop_grace_period") for name in OURS}

    assert periods == dict.fromkeys(OURS, "15m")


def test_only_the_ui_has_a_port_and_only_on_this_machine() -> None:
    ports = {name: _service(name).get("ports", []) for name in SERVICES}

    assert [name for name, published in ports.items() if published] == ["api-server"]
    assert all(port.startswith("127.0.0.1:") for port in ports["api-server"])
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert {name for name in SERVICES if set(_service(name)["networks"]) == {"inside"}} == {
        "database", "broker", "backup", "migrate", "triggerer",
    }  # fmt: skip


def test_secrets_come_from_files_and_no_password_is_written_here() -> None:
    assert all(set(secret) == {"file"} for secret in COMPOSE["secrets"].values())
    for name in SERVICES:
        variables = _service(name).get("environment", {})
        telling = {key for key in variables if re.search(r"PASSWORD|SECRET|FERNET|SQL_ALCHEMY_CONN", key)}
        assert {key for key in telling if not key.endswith(("_CMD", "_FILE"))} == set()


def test_airflow_settings_are_shared_with_the_embedded_one() -> None:
    assert {_service(name)["env_file"][0]["path"] for name in OURS} == {"deployment/airflow.env"}


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
    assert first["broker_password"] in first["broker_url"]
    assert first["broker_password"] in first["broker.conf"]
    assert len({value for name, value in first.items() if name.endswith("_password")}) == 3
    assert len(first["jwt_secret"]) >= 64
    text = (PROJECT / "docker-compose.yml").read_text(encoding="utf-8")
    mounted = re.findall(r"\$\{MINSHENG_DATA[^}]*\}/(\w+)\b(?!\.)", text)
    assert {folder.name for folder in tmp_path.iterdir()} == set(mounted)
