"""The environment of Airflow's processes: the shared settings, and this home's paths, keys and port."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from deployment import keys
from deployment.keys import ROLES, USER
from warehouse.settings import PROJECT, Settings

SQLITE = {"timeout": 60}
"""How many seconds one of Airflow's processes waits while another writes: 5 are few on a busy machine."""
_PASSED_ON = ("AIRFLOW__METRICS__", "AIRFLOW__OPENLINEAGE__")
_SHARED = PROJECT / "deployment" / "airflow.env"


def folder(settings: Settings) -> Path:
    """Return Airflow's own home: metadata, logs and keys of this installation."""
    return settings.home / "airflow"


def password_file(settings: Settings) -> Path:
    """Return the file that holds the passwords of the users."""
    return folder(settings) / "keys" / "passwords.json"


def password(settings: Settings, user: str = USER) -> str:
    """Return a user's password; `environment` has made it."""
    return str(json.loads(password_file(settings).read_text(encoding="utf-8"))[user])


def environment(settings: Settings, port: int) -> dict[str, str]:
    """Return the whole environment of Airflow's processes; makes the keys and the password once."""
    secrets = keys.make(folder(settings) / "keys")
    home, url = folder(settings), f"http://127.0.0.1:{port}"
    return {
        **_of_this_machine(),
        **_shared(),
        **_passed_on(),
        "MINSHENG_HOME": str(settings.home),
        "MINSHENG_PLAN": str(settings.plan),
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "deployment" / "plugins"),
        "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH": str(home / "bundles"),
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONNECT_ARGS": f"{__name__}.SQLITE",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONNECT_ARGS_ASYNC": f"{__name__}.SQLITE",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": url,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": ",".join(map(":".join, ROLES.items())),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(password_file(settings)),
        "AIRFLOW__API_AUTH__JWT_SECRET": secrets["jwt_secret"],
        "AIRFLOW__API__SECRET_KEY": secrets["api_secret_key"],
        "AIRFLOW__CORE__FERNET_KEY": secrets["fernet_key"],
    }


def _of_this_machine() -> dict[str, str]:
    # A stray AIRFLOW__… of the caller must not turn this Airflow into another one; see `_passed_on`.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', os.defpath)}",
        "PYTHONPATH": str(PROJECT),
        "PYTHONUNBUFFERED": "1",
    }


def _passed_on() -> dict[str, str]:
    """Return what the caller has set of metrics and lineage: where they go is this machine's own."""
    return {name: value for name, value in os.environ.items() if name.startswith(_PASSED_ON)}


def _shared() -> dict[str, str]:
    lines = (line.strip() for line in _SHARED.read_text(encoding="utf-8").splitlines())
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
