"""Text in files that spreadsheets open: what they would compute stays text."""

from __future__ import annotations

COMPUTED = "=+-@\t\r"
"""What a cell of a text file begins with that a spreadsheet takes for a formula (OWASP, CSV Injection)."""


def as_text(value: object) -> object:
    """Return a cell of a text file; a text that would be a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(tuple(COMPUTED)) else value
