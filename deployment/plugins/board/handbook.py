"""The project's own documents as pages: the runbook that DAGs and incidents point to, and what it names."""

from __future__ import annotations

from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.anchors import anchors_plugin

from warehouse.errors import MinshengError
from warehouse.settings import PROJECT

DOCUMENTS = PROJECT / "docs"
_PICTURES = {".png", ".svg"}
# The documents link to each other's headings as code hosts name them, which is the plugin's own way too.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").use(anchors_plugin, max_level=3)


def document(path: str) -> Path:
    """Return the document or picture of that path under `docs/`; raises MinshengError where there is none."""
    found = (DOCUMENTS / path).resolve()
    is_shown = found.suffix == ".md" or found.suffix in _PICTURES
    if not (is_shown and found.is_relative_to(DOCUMENTS) and found.is_file()):
        raise MinshengError(f"The handbook has no page {path}")
    return found


def title_and_body(page: Path) -> tuple[str, str]:
    """Return a document's first heading, and all of it as HTML."""
    text = page.read_text(encoding="utf-8")
    title = next(line.removeprefix("# ") for line in text.splitlines() if line.startswith("# "))
    return title, _MARKDOWN.render(text)
