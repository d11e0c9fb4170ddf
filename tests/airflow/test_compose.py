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
from warehouse.version import release

LOCAL = {"database", "migrate", "api-server", "scheduler", "dag-processor"}
CELERY = {"broker", "worker"}
BY_HAND = {"backup", "clean"}
SERVICES = LOCAL | CELERY | BY_HAND
COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))
LONG_RUNNING = SERVICES - {"migrate"} - BY_HAND
OURS = SERVICES - {"database", "broker", "backup"}
DOCKERFILE = (PROJECT / "deployment" / "Dockerfile").read_text(encoding="utf-8")
ARGUMENT = re.compile(r"^ARG (\w+)", re.M)


def _service(name: str) -> dict[str, Any]:
    service: dict[str, Any] = COMPOSE["services"][name]
    return service


def _mounted(service: dict[str, Any]) -> dict[str, str]:
    return {volume["target"]: volume["source"] for volume in service["volumes"]}


def test_compose_itself_reads_the_file() -> None:
    assert set(compose()["services"]) == LOCAL
    assert set(compose("celery")["services"]) == LOCAL | CELERY
    assert set(compose("celery,backup")["services"]) == SERVICES


def test_tasks_run_in_the_scheduler_unless_a_district_asks_for_workers() -> None:
    executor = "AIRFLOW__CORE__EXECUTOR"

    default = compose()["services"]["scheduler"]["environment"]
    with_workers = compose("celery,backup", MINSHENG_EXECUTOR="CeleryExecutor")["services"]

    assert default[executor] == "LocalExecutor"
    assert with_workers["scheduler"]["environment"][executor] == "CeleryExecutor"
    assert with_workers["worker"]["deploy"]["replicas"] > 1


def test_a_districts_own_settings_reach_every_service_of_ours(tmp_path: Path) -> None:
    (tmp_path / "site.env").write_text("AIRFLOW__METRICS__STATSD_ON=true\n")

    services = compose("celery,backup", MINSHENG_DATA=str(tmp_path))["services"]

    assert {services[name]["environment"]["AIRFLOW__METRICS__STATSD_ON"] for name in OURS} == {"true"}


def test_metrics_traces_and_lineage_are_off_until_a_district_wants_them() -> None:
    off = {
        "AIRFLOW__METRICS__STATSD_ON": "false",
        "AIRFLOW__METRICS__OTEL_ON": "false",
        "AIRFLOW__TRACES__OTEL_ON": "false",
        "AIRFLOW__OPENLINEAGE__DISABLED": "true",
    }

    environments = {name: compose("celery,backup")["services"][name]["environment"] for name in OURS}

    set_to = {name: {one: environment.get(one) for one in off} for name, environment in environments.items()}
    assert {name: values for name, values in set_to.items() if values != off} == {}


def test_a_server_has_real_accounts_and_not_the_simple_ones() -> None:
    environments = {name: compose("celery,backup")["services"][name]["environment"] for name in OURS}

    managers = {name: one.get("AIRFLOW__CORE__AUTH_MANAGER", "") for name, one in environments.items()}
    assert {name: one for name, one in managers.items() if not one.endswith(".FabAuthManager")} == {}
    variables = {(name, variable) for name, environment in environments.items() for variable in environment}
    assert {one for one in variables if "SIMPLE_AUTH" in one[1]} == set()


def test_what_runs_tasks_starts_after_the_api_that_they_report_to() -> None:
    awaited = {name: _service(name)["depends_on"].get("api-server") for name in ("scheduler", "worker")}

    assert awaited == {name: {"condition": "service_healthy"} for name in awaited}


def test_the_home_is_backed_up_outside_itself() -> None:
    scheduler = compose()["services"]["scheduler"]

    mounted = _mounted(scheduler)
    assert scheduler["environment"]["MINSHENG_BACKUPS"] in mounted
    assert mounted["/srv/backups"] == "/srv/minsheng/backups"


def test_a_service_runs_as_the_districts_own_account() -> None:
    users = {name: _service(name)["user"] for name in SERVICES}

    assert {name: user for name, user in users.items() if not user.startswith("${MINSHENG_USER")} == {}


def test_a_uid_without_a_name_in_the_image_has_one_for_airflow() -> None:
    services = compose("celery,backup")["services"]

    assert {services[name]["environment"]["USER"] for name in OURS} == {"minsheng"}


def test_any_builder_reads_the_dockerfile_and_no_registry_is_asked_for_its_frontend() -> None:
    assert "# syntax=" not in DOCKERFILE
    assert "--mount" not in DOCKERFILE


def test_the_image_is_built_once_for_all_services_that_have_it() -> None:
    services = compose("celery,backup")["services"]

    assert [name for name, service in services.items() if "build" in service] == ["migrate"]
    assert {services[name]["image"] for name in OURS} == {services["migrate"]["image"]}


def test_an_image_with_and_one_without_chromium_have_names_of_their_own() -> None:
    variants = {one: compose(MINSHENG_VARIANT=one)["services"]["migrate"] for one in ("chromium", "plain")}

    assert {one: service["image"] for one, service in variants.items()} == {
        one: f"minsheng:{release()}-{one}" for one in variants
    }
    assert {one: service["build"]["args"]["VARIANT"] for one, service in variants.items()} == {
        one: one for one in variants
    }


def test_a_plan_of_ones_own_is_named_once_and_read_by_every_service(tmp_path: Path) -> None:
    services = compose("celery,backup", MINSHENG_PLAN=str(tmp_path))["services"]

    plans = {name: _mounted(services[name])[services[name]["environment"]["MINSHENG_PLAN"]] for name in OURS}
    assert plans == dict.fromkeys(OURS, str(tmp_path))


def test_without_a_plan_of_ones_own_the_shipped_one_is_read() -> None:
    services = compose("celery,backup")["services"]

    assert {_mounted(services[name])["/srv/plan"] for name in OURS} == {str(PROJECT / "seeds")}


def test_where_images_and_packages_come_from_can_be_said() -> None:
    own = {
        "MINSHENG_REGISTRY": "mirror.example.gov.cn/", "MINSHENG_DEBIAN_MIRROR": "http://debian.example.gov.cn",
        "MINSHENG_PIP_INDEX": "https://pypi.example.gov.cn/simple", "HTTPS_PROXY": "http://proxy.example.gov.cn",
    }  # fmt: skip

    services = compose("celery,backup", **own)["services"]

    arguments = services["migrate"]["build"]["args"]
    asked = {
        "DEBIAN_MIRROR": own["MINSHENG_DEBIAN_MIRROR"], "PIP_INDEX_URL": own["MINSHENG_PIP_INDEX"],
        "HTTPS_PROXY": own["HTTPS_PROXY"],
    }  # fmt: skip
    assert {name: arguments[name] for name in asked} == asked
    from_elsewhere = [
        arguments["BASE"],
        *(services[name]["image"] for name in ("database", "broker", "backup")),
    ]
    assert [one for one in from_elsewhere if not one.startswith(own["MINSHENG_REGISTRY"])] == []
    assert set(arguments) - {"BASE", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"} <= set(
        ARGUMENT.findall(DOCKERFILE)
    )


def test_a_service_has_no_right_that_it_does_not_need() -> None:
    least = {
        "cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"],
        "read_only": True, "privileged": False, "init": True,
    }  # fmt: skip

    rights = {name: {"privileged": False} | _service(name) for name in SERVICES}

    given = {name: {one: service.get(one) for one in least} for name, service in rights.items()}
    assert {name: values for name, values in given.items() if values != least} == {}


def test_a_service_is_bounded_in_memory_processors_and_processes() -> None:
    limits = {name: set(_service(name)["deploy"]["resources"]["limits"]) for name in SERVICES}

    assert {name: bounds for name, bounds in limits.items() if not {"cpus", "memory", "pids"} <= bounds} == {}


def test_an_image_has_one_version_and_never_the_latest() -> None:
    one_version = re.compile(r"[\w./-]+:\d+(\.\d+)+(-[\w.]+)?")
    images = {name: one["image"] for name, one in compose("celery,backup")["services"].items()}

    assert {name: image for name, image in images.items() if not one_version.fullmatch(image)} == {}


def test_a_service_says_whether_it_is_well() -> None:
    checks = {name: _service(name).get("healthcheck", {}).get("test", [""]) for name in LONG_RUNNING}

    assert {name: check for name, check in checks.items() if check[0] != "CMD"} == {}
    # Starting Airflow takes seconds of a processor, each time.
    assert {name: check for name, check in checks.items() if check[1] == "airflow"} == {}


def test_a_running_task_is_waited_for() -> None:
    periods = {name: _service(name).get("stop_grace_period") for name in OURS}

    assert periods == dict.fromkeys(OURS, "15m")


def test_only_the_ui_has_a_port_and_only_on_this_machine() -> None:
    ports = {name: _service(name).get("ports", []) for name in SERVICES}

    assert [name for name, published in ports.items() if published] == ["api-server"]
    assert all(port.startswith("127.0.0.1:") for port in ports["api-server"])
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert {name for name in SERVICES if set(_service(name)["networks"]) == {"inside"}} == {
        "database", "broker", "backup", "clean", "migrate",
    }  # fmt: skip


def test_secrets_come_from_files_and_no_password_is_written_here() -> None:
    assert all(set(secret) == {"file"} for secret in COMPOSE["secrets"].values())
    for name in SERVICES:
        variables = _service(name).get("environment", {})
        telling = {key for key in variables if re.search(r"PASSWORD|SECRET|FERNET|SQL_ALCHEMY_CONN", key)}
        assert {key for key in telling if not key.endswith(("_CMD", "_FILE"))} == set()


def test_airflow_settings_are_shared_with_the_embedded_one() -> None:
    assert {_service(name)["env_file"][0]["path"] for name in OURS} == {"deployment/airflow.env"}


def test_the_image_is_built_from_its_lock_files_with_their_hashes() -> None:
    assert "--require-hashes --requirement server.lock" in DOCKERFILE
    assert "--require-hashes --requirement build.lock" in DOCKERFILE
    assert re.search(r"^USER \d+$", DOCKERFILE, re.M)
    assert re.search(r"^ARG BASE=debian:\d+\.\d+-slim$", DOCKERFILE, re.M)


def test_what_the_image_installs_is_locked_in_the_versions_that_are_tested() -> None:
    tested = _locked("requirements.lock")
    shipped = _locked("deployment/server.lock")

    assert shipped < tested
    assert _locked("deployment/build.lock") < tested


def test_the_image_has_what_the_services_need_and_no_developers_tool() -> None:
    shipped = {line.partition("==")[0] for line in _locked("deployment/server.lock")}

    assert {"apache-airflow", "dbt-duckdb", "great-expectations", "psycopg2-binary"} <= shipped
    assert shipped & {"pytest", "mypy", "ruff", "playwright", "uv", "moto", "sqlfluff", "hatchling"} == set()


def _locked(name: str) -> set[str]:
    return set(re.findall(r"^[\w.-]+==[^ \\]+", (PROJECT / name).read_text(encoding="utf-8"), re.M))


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
