"""`make up`: Airflow with its UI until a signal ends it, with all that it has started."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.airflow.conftest import MINIMAL
from tests.services.postgresql import free_port
from warehouse.settings import PROJECT

pytestmark = [pytest.mark.airflow, pytest.mark.slow]


def test_make_up_ends_with_all_it_started_on_a_termination_signal(tmp_path: Path) -> None:
    variables = os.environ | {
        "MINSHENG_HOME": str(tmp_path),
        "MINSHENG_PLAN": str(MINIMAL),
        "MINSHENG_UI_PORT": str(free_port()),
    }
    words = [sys.executable, "-m", "deployment.up"]
    with subprocess.Popen(words, env=variables, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as up:
        assert up.stdout is not None
        said = next(line for line in up.stdout if "The UI is at" in line)
        started = psutil.Process(up.pid).children(recursive=True)
        up.send_signal(signal.SIGTERM)
        status = up.wait(60)

    assert f"127.0.0.1:{variables['MINSHENG_UI_PORT']}" in said
    assert json.loads((tmp_path / "airflow" / "keys" / "passwords.json").read_text())["admin"] not in said
    assert status == 128 + signal.SIGTERM
    assert len(started) >= 3
    assert psutil.wait_procs(started, timeout=1)[1] == []
