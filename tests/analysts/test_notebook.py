"""The notebook runs from its first cell to its last against a published edition."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from warehouse.settings import PROJECT, Settings

NOTEBOOKS = sorted((PROJECT / "docs" / "notebooks").glob("*.ipynb"))


def text_of(notebook: Any) -> str:
    outputs = (output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs)
    return "\n".join(output["data"]["text/plain"] for output in outputs if "data" in output)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_runs_and_shows_the_samples_as_such(
    path: Path, published: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINSHENG_HOME", str(published.home))
    notebook = nbformat.read(path, as_version=4)

    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()

    shown = text_of(notebook)
    assert "2023-12" in shown
    assert "is_sample" in shown
    assert "城镇新增就业人数" in shown or "A01-01" in shown


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_is_kept_without_figures(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)

    assert [cell.outputs for cell in notebook.cells if cell.cell_type == "code" and cell.outputs] == []
