"""What every export says of its edition: the name, and whether the figures are samples."""

from __future__ import annotations

from typing import Any

SAMPLE_MARK = "样例数据（非真实数字，仅供演示）"
_SHANGHAI = "+08:00"


def edition_name(facts: dict[str, Any]) -> str:
    """Return the edition as people call it: `2025-03/r2`."""
    return f"{facts['period']}/r{facts['revision']}"


def title_of(facts: dict[str, Any]) -> str:
    """Return the Chinese title of the edition's data, which says so where they are samples."""
    mark = f"（{SAMPLE_MARK}）" if facts["is_sample"] else ""
    public = "公开版" if facts.get("public") else ""
    return f"目标推进情况数据{public} {edition_name(facts)}{mark}"


def moment(text: str) -> str:
    """Return a wall-clock time of the manifest with its zone, as RFC 3339 asks."""
    return f"{text}{_SHANGHAI}"
