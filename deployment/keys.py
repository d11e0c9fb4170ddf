"""The keys and passwords of one installation: made once, by chance, readable by their owner alone.

`make run` and `make up` call `make`. On a server an administrator runs `python3 deployment/keys.py FOLDER`,
which makes the folders that docker-compose.yml mounts and every secret in them; it needs nothing but Python.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from pathlib import Path

USER = "admin"
# Who may do what with `make run` and `make up`: Airflow's own names of roles. A server has real accounts.
ROLES = {USER: "admin", "reviewer": "user", "viewer": "viewer"}
DATABASE = "postgresql+psycopg2://airflow:{}@postgres/airflow"
BROKER = "redis://:{}@broker:6379/0"
# In bytes: the JWTs are signed with HS512, and Fernet wants exactly 32.
_LENGTHS = {"jwt_secret": 64, "api_secret_key": 32, "fernet_key": 32}


def make(folder: Path) -> dict[str, str]:
    """Make what is missing in the folder, and return Airflow's three keys by name."""
    _keep(folder / "passwords.json", json.dumps({user: secrets.token_urlsafe(16) for user in ROLES}))
    return _keys(folder)


def _keys(folder: Path) -> dict[str, str]:
    return {name: _keep(folder / name, _chance(length)) for name, length in _LENGTHS.items()}


def make_server(folder: Path) -> None:
    """Make a server's folders (home, airflow, backups, postgres, secrets) and all that is secret in them."""
    for name in ("home", "airflow", "backups", "postgres", "secrets"):
        (folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    within = folder / "secrets"
    _keys(within)
    _keep(within / "admin_password", secrets.token_urlsafe(16))
    database = DATABASE.format(_keep(within / "database_password", secrets.token_urlsafe(24)))
    _keep(within / "database_url", database)
    _keep(within / "result_backend", f"db+{database}")
    broker = _keep(within / "broker_password", secrets.token_urlsafe(24))
    _keep(within / "broker_url", BROKER.format(broker))
    _keep(within / "broker.conf", f"requirepass {broker}\n")


def _chance(length: int) -> str:
    # URL-safe base64 with its padding: the form that Fernet asks for, and the others accept.
    text = secrets.token_urlsafe(length)
    return text + "=" * (-len(text) % 4)


def _keep(path: Path, content: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        # Unlike a rename, a link never replaces the key that someone else has just made.
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004
        sys.exit("usage: python3 deployment/keys.py FOLDER, for example /srv/minsheng")
    make_server(Path(sys.argv[1]))
