"""The accounts behind a publication: beside the names that people give, what the system itself knows."""

from __future__ import annotations

import base64
import os
import pwd
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import ssh_key_fingerprint

from warehouse.settings import Settings
from warehouse.signing import read_private_key


@dataclass(frozen=True)
class Accounts:
    """Who started a publication and who decided on it, as accounts of the system that knows them."""

    system: str
    """Whose accounts they are: `airflow`, or `operating system`."""
    started_by: str | None
    """None where the schedule started it."""
    decided_by: str | None = None
    """Who approved what the gate warns of; None where nothing was to be decided, or only a name was given."""
    run: str | None = None
    """The run of Airflow."""


def of_this_process() -> Accounts:
    """Return the account of the operating system under which this process runs; its name cannot be chosen."""
    number = os.getuid()
    try:
        return Accounts("operating system", pwd.getpwuid(number).pw_name)
    except KeyError:
        return Accounts("operating system", f"uid {number}")


def facts_of_accounts(settings: Settings, accounts: Accounts | None) -> dict[str, Any]:
    """Return what the manifest says: the accounts, and the key that signs it (its fingerprint, or None).

    Raises MinshengError for a signing key that cannot be read.
    """
    return {
        "accounts": asdict(accounts or of_this_process()),
        "signing_key": _fingerprint(settings.signing_key) if settings.signing_key else None,
    }


def _fingerprint(key: Path) -> str:
    """Return the key's fingerprint as `ssh-keygen -l` prints it."""
    digest = ssh_key_fingerprint(read_private_key(key).public_key(), SHA256())
    return f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}"
