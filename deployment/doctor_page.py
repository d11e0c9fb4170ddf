"""Writes the list of checks into docs/doctor.md: `make docs`."""

from __future__ import annotations

from warehouse.doctor import CHECKS
from warehouse.settings import PROJECT

PAGE = PROJECT / "docs" / "doctor.md"
_HEADING = "## The checks\n"


def render(page: str) -> str:
    """Return the page with its list of checks made anew."""
    before, heading, _ = page.partition(_HEADING)
    rows = [
        f"| `{one.name}` | {one.group} | {one.level} | {one.about} | {one.todo} |" for one in CHECKS.values()
    ]
    head = [
        "| check | group | is a | holds where all is well | otherwise |",
        "| --- | --- | --- | --- | --- |",
    ]
    return before + heading + "\n" + "\n".join([*head, *rows]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(render(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
