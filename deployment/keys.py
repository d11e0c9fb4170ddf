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
DATABASE = "postgresql+psycopg2://airflow:{}@postgres/airflow"
# In bytes: the JWTs are signed with HS512, and Fernet wants exactly 32.
_LENGTHS = {"jwt_secret": 64, "api_secret_key": 32, "fernet_key": 32}


def make(folder: Path) -> dict[str, str]:
    """Make what is missing in the folder, and return Airflow's three keys by name."""
    _keep(folder / "passwords.json", json.dumps({USER: secrets.token_urlsafe(16)}))
    return {name: _keep(folder / name, _chance(length)) for name, length in _LENGTHS.items()}


def make_server(folder: Path) -> None:
    """Make a server's folders (home, airflow, postgres, secrets) and all that is secret in them."""
    for name in ("home", "airflow", "postgres", "secrets"):
        (folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    make(folder / "secrets")
    password = _keep(folder / "secrets" / "database_password", _chance(24))
    _keep(folder / "secrets" / "database_url", DATABASE.format(password))


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
