"""A department's sheets as one HTML page; printed, each sheet is a page of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.supervision.sheets import Department

_TEMPLATES = Path(__file__).with_name("templates")


def page_of(department: Department, sample_mark: str) -> bytes:
    """Return the page, in UTF-8."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("sheets.html.j2")
    return template.render(department=department, sample_mark=sample_mark).encode()
