"""Turning contents into pages: self-contained HTML, everything that comes from data escaped."""

from __future__ import annotations

from functools import cache
from inspect import isfunction
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from warehouse.published import in_groups
from warehouse.snapshot import wording

_TEMPLATES = Path(__file__).with_name("templates")
_PARTS = {"style": "style.css", "behaviour": "behaviour.js", "verifier": "verify.js"}


def page(template: str, **contents: Any) -> bytes:
    """Render one of the templates; a name that it asks for and nobody gave is an error."""
    return _environment().get_template(template).render(**contents).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Every template may call the functions that say things.
    environment.globals |= {
        name: word for name in wording.__all__ if isfunction(word := getattr(wording, name))
    }
    environment.filters["in_groups"] = in_groups
    environment.globals |= {"groups": wording.GROUPS, "no_figure": wording.NO_FIGURE}
    environment.globals |= {
        name: Markup((_TEMPLATES / file).read_text(encoding="utf-8"))  # noqa: S704 - our own files
        for name, file in _PARTS.items()
    }
    return environment
