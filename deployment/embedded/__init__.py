"""Airflow on one machine, with nothing to install: SQLite metadata, local executor, bound to 127.0.0.1."""

from deployment.embedded.api import Api, Run
from deployment.embedded.services import Airflow, running

__all__ = ["Airflow", "Api", "Run", "running"]
