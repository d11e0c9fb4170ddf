"""Tells OpenLineage the datasets of our tasks; `airflow.env` names it as the extractor of `@task`."""

from __future__ import annotations

from typing import Any

from airflow.providers.openlineage.extractors import BaseExtractor, OperatorLineage

from deployment import lineage
from deployment.lineage.datasets import describe

_ONE_DISTRICT = "warehouse"


class WarehouseExtractor(BaseExtractor):
    """The inputs and outputs of a task, from the result that it passed to `lineage.give`."""

    @classmethod
    def get_operator_classnames(cls) -> list[str]:
        """Return the class of a function that is decorated with `@task`."""
        return ["_PythonDecoratedOperator"]

    def _execute_extraction(self) -> OperatorLineage | None:
        return None

    def extract_on_complete(self, task_instance: Any) -> OperatorLineage | None:
        """Describe what the task has given, also where it failed after that."""
        if (subject := lineage.given()) is None:
            return None
        district, _, _ = task_instance.dag_id.rpartition(".")
        inputs, outputs = describe(subject, f"minsheng://{district or _ONE_DISTRICT}")
        return OperatorLineage(inputs=inputs, outputs=outputs)
