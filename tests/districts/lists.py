"""Lists of districts as a person writes them, on the smallest plan."""

from __future__ import annotations

from pathlib import Path

from warehouse.settings import PROJECT

MINIMAL = PROJECT / "tests" / "plans" / "minimal"


def entry(code: str, **more: object) -> str:
    """Return an entry: a sample district (样例区) with a home of its own, and more keys or others."""
    facts = {"code": f'"{code}"', "name": f"样例区{code}", "home": f"homes/{code}", "plan": MINIMAL} | more
    lines = [f"{key}: {value}" for key, value in facts.items()]
    return "- " + "\n  ".join(lines) + "\n"


def write(file: Path, *entries: str, city: str = "") -> Path:
    """Write a list with these entries, the first on line 2, and the name of a city behind them."""
    below = f"city: {city}\n" if city else ""
    file.write_text("districts:\n" + "".join(entries) + below, encoding="utf-8")
    return file
