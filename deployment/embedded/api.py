"""What is asked of Airflow's REST API: is it ready, run this DAG for that month, how did it go."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from tenacity import retry, retry_if_exception_type, stop_after_attempt

from warehouse.errors import MinshengError

_TIMEOUT_SECONDS = 30.0
_ENDED = {"success", "failed"}
# On a busy machine an answer may come too late; what was started by then is found at the next attempt.
_patiently = retry(retry=retry_if_exception_type(TimeoutError), stop=stop_after_attempt(4), reraise=True)


@dataclass(frozen=True)
class Run:
    """One run of a DAG: its key is its month, or None where a DAG has no months; its type, who began it."""

    dag_id: str
    run_id: str
    run_type: str
    key: str | None
    conf: dict[str, str]
    state: str

    @property
    def has_ended(self) -> bool:
        """Tell whether nothing more will happen in it."""
        return self.state in _ENDED


@dataclass(frozen=True)
class Task:
    """One task of a run; `seconds` is None until it has ended."""

    task_id: str
    state: str
    try_number: int
    seconds: float | None


class Api:
    """A signed-in client of one Airflow; every method raises MinshengError when Airflow refuses."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self._url = url
        self._credentials = {"username": user, "password": password}
        self._token: str | None = None

    def answers(self) -> bool:
        """Tell whether the API server is there."""
        try:
            self._send("GET", "/api/v2/version", signed=False)
        except (URLError, ConnectionError, TimeoutError):
            return False
        return True

    def is_ready(self, services: set[str], since: float) -> bool:
        """Tell whether these services live and every DAG was read since that moment (epoch seconds)."""
        try:
            health = self._send("GET", "/api/v2/monitor/health", signed=False)
            wanted = {"metadatabase", *(name.replace("-", "_") for name in services)} & set(health)
            if any(health[name]["status"] != "healthy" for name in wanted):
                return False
            dags = self._get("/api/v2/dags")["dags"]
        except (URLError, ConnectionError, TimeoutError):
            return False
        self._raise_import_errors()
        return bool(dags) and all(
            _epoch(dag["last_parsed_time"]) >= since for dag in dags if not dag["is_stale"]
        )

    @_patiently
    def trigger(self, dag_id: str, key: str | None = None, conf: dict[str, str] | None = None) -> Run:
        """Start a run, or return the unfinished one that a killed start of the same words has left.

        A run of the schedule is never taken for it: it has another day, and was asked for by nobody.
        """
        conf = conf or {}
        asked = ("manual", key, conf)
        left = (
            run
            for run in self.runs(dag_id)
            if (run.run_type, run.key, run.conf) == asked and not run.has_ended
        )
        body = {"logical_date": None, "partition_key": key, "conf": conf}
        return next(left, None) or _run(self._send("POST", f"/api/v2/dags/{dag_id}/dagRuns", body))

    def runs(self, dag_id: str) -> list[Run]:
        """Return the newest hundred runs of a DAG, the newest first."""
        words = urlencode({"limit": 100, "order_by": "-run_after"})
        return [_run(row) for row in self._get(f"/api/v2/dags/{dag_id}/dagRuns?{words}")["dag_runs"]]

    def run(self, run: Run) -> Run:
        """Return the run as it stands now."""
        return _run(self._get(_path(run)))

    def tasks(self, run: Run) -> list[Task]:
        """Return the run's tasks as they stand now."""
        rows = self._get(f"{_path(run)}/taskInstances")["task_instances"]
        return [
            Task(row["task_id"], row["state"] or "waiting", row["try_number"], row["duration"])
            for row in rows
        ]

    def question(self, run: Run, task_id: str) -> dict[str, Any]:
        """Return what a task asks of a person: `subject`, `body` in Markdown, `options`, and the answer."""
        found: dict[str, Any] = self._get(f"{_path(run)}/taskInstances/{task_id}/-1/hitlDetails")
        return found

    def answer(self, run: Run, task_id: str, option: str, reason: str | None) -> None:
        """Answer what a task asks of a person; raises MinshengError for who may not."""
        body = {"chosen_options": [option], "params_input": {"reason": reason}}
        self._send("PATCH", f"{_path(run)}/taskInstances/{task_id}/-1/hitlDetails", body)

    @_patiently
    def clear(self, run: Run, task_id: str) -> None:
        """Have a task of the run and all after it run again."""
        body = {
            "dry_run": False, "dag_run_id": run.run_id, "task_ids": [task_id],
            "only_failed": False, "include_downstream": True,
        }  # fmt: skip
        self._send("POST", f"/api/v2/dags/{run.dag_id}/clearTaskInstances", body)

    @_patiently
    def mark(self, run: Run, state: str, task_id: str | None = None) -> None:
        """Set the state of a run, or of one of its tasks, by hand: `success` or `failed`."""
        if task_id is None:
            self._send("PATCH", _path(run), {"state": state})
        else:
            self._send("PATCH", f"{_path(run)}/taskInstances/{task_id}", {"new_state": state})

    def events(self, asset: str) -> list[dict[str, Any]]:
        """Return the events of the asset of that name, the newest first."""
        words = urlencode({"name_pattern": asset})
        (asset_id,) = (
            one["id"] for one in self._get(f"/api/v2/assets?{words}")["assets"] if one["name"] == asset
        )
        return self._events(asset_id=str(asset_id))

    def events_of(self, run: Run) -> list[dict[str, Any]]:
        """Return the events that the tasks of a run have caused, the newest first."""
        return self._events(source_dag_id=run.dag_id, source_run_id=run.run_id)

    def _events(self, **of: str) -> list[dict[str, Any]]:
        words = urlencode({**of, "order_by": "-timestamp"})
        events: list[dict[str, Any]] = self._get(f"/api/v2/assets/events?{words}")["asset_events"]
        return events

    def result(self, run: Run, task_id: str) -> Any:
        """Return what a task returned."""
        path = f"{_path(run)}/taskInstances/{task_id}/xcomEntries/return_value?stringify=false"
        return self._get(path)["value"]

    def log(self, run: Run, task: Task) -> list[str]:
        """Return what the task's last attempt logged, each error with its kind and its sentence."""
        path = f"{_path(run)}/taskInstances/{task.task_id}/logs/{task.try_number}"
        content = self._get(path)["content"]
        return [line for event in content for line in _lines(event) if not line.startswith("::")]

    def _raise_import_errors(self) -> None:
        for error in self._get("/api/v2/importErrors")["import_errors"]:
            reason = error["stack_trace"].strip().splitlines()[-1]
            raise MinshengError(f"The DAG file {error['filename']} cannot be read: {reason}")

    @_patiently
    def _get(self, path: str) -> Any:
        return self._send("GET", path)

    def _send(self, method: str, path: str, body: Any = None, *, signed: bool = True) -> Any:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if signed:
            headers["Authorization"] = f"Bearer {self._sign_in()}"
        content = None if body is None else json.dumps(body).encode()
        # Only ever the address of the Airflow that we have started.
        request = Request(self._url + path, data=content, headers=headers, method=method)  # noqa: S310
        try:
            with urlopen(request, timeout=_TIMEOUT_SECONDS) as response:  # noqa: S310
                return json.load(response)
        except HTTPError as error:
            raise MinshengError(
                f"Airflow refused {method} {path}: {error.read().decode(errors='replace')}"
            ) from error

    def _sign_in(self) -> str:
        if self._token is None:
            answer = self._send("POST", "/auth/token", self._credentials, signed=False)
            self._token = str(answer["access_token"])
        return self._token


def _path(run: Run) -> str:
    return f"/api/v2/dags/{run.dag_id}/dagRuns/{quote(run.run_id, safe='')}"


def _run(row: dict[str, Any]) -> Run:
    return Run(
        row["dag_id"],
        row["dag_run_id"],
        row["run_type"],
        row["partition_key"],
        row["conf"] or {},
        row["state"],
    )


def _lines(event: dict[str, Any] | str) -> list[str]:
    if isinstance(event, str):
        return [event]
    errors = [f"{error['exc_type']}: {error['exc_value']}" for error in event.get("error_detail") or []]
    return [event["event"], *errors]


def _epoch(moment: str | None) -> float:
    return 0.0 if moment is None else datetime.fromisoformat(moment).timestamp()
