"""Run by test_district_access in a process of its own: Airflow's API with FAB's roles, without services.

Makes the metadata, what `deployment.districts` makes, the DAGs of the list, and an account for each role.
Then it asks the API as the accounts do: standard input has who asks what (`[account, method, path, body]`).
The answers (status and body) go to the file that it is given.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from airflow.dag_processing.dagbag import BundleDagBag, sync_bag_to_db
from airflow.models.dagbundle import DagBundleModel
from airflow.utils.db import upgradedb
from airflow.utils.session import create_session
from fastapi.testclient import TestClient

from deployment import districts
from warehouse.districts import require_listing
from warehouse.settings import PROJECT

_BUNDLE = "dags-folder"
_PASSWORD = "a word of the tests"


def make_dags() -> None:
    """Write the DAGs into the metadata as the dag-processor does, with the rights that they name."""
    with create_session() as session:
        session.add(DagBundleModel(name=_BUNDLE))
    folder = PROJECT / "dags"
    sync_bag_to_db(BundleDagBag(folder, bundle_path=folder, bundle_name=_BUNDLE), _BUNDLE, None)


def make_accounts() -> None:
    """Make an account for each district's role, called like its code."""
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    with get_application_builder() as builder:
        for one in require_listing().districts:
            role = builder.sm.find_role(one.role)
            mail = f"{one.code}@localhost"
            builder.sm.add_user(one.code, "样例", one.code, mail, role, _PASSWORD)


def answered(asked: list[list[Any]]) -> list[list[Any]]:
    """Ask everything, each with the token of its account."""
    from airflow.api_fastapi.app import create_app

    with TestClient(create_app(), base_url="http://127.0.0.1") as client:
        tokens: dict[str, str] = {}
        answers = []
        for account, method, path, body in asked:
            if account not in tokens:
                signed_in = client.post("/auth/token", json={"username": account, "password": _PASSWORD})
                tokens[account] = signed_in.json()["access_token"]
            headers = {"Authorization": f"Bearer {tokens[account]}"}
            answer = client.request(method, path, json=body, headers=headers)
            is_json = answer.headers.get("content-type", "").startswith("application/json")
            answers.append([answer.status_code, answer.json() if is_json else answer.text])
        return answers


def main() -> None:
    """Do all of it."""
    asked = json.load(sys.stdin)
    upgradedb()
    districts.main()
    make_dags()
    make_accounts()
    Path(sys.argv[1]).write_text(json.dumps(answered(asked), default=str), encoding="utf-8")


if __name__ == "__main__":
    main()
