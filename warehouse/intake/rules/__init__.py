"""The rules of intake: one registry says what each means, one query each says which rows break it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

Severity = Literal["refuse", "warn"]
FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Rule:
    """One rule: its effect, its words, and what breaks it: rows, rows of one key, figures, or files."""

    code: str
    severity: Severity
    of: Literal["rows", "keys", "figures", "file"]
    message_zh: str
    message_en: str
    fix_zh: str

    @property
    def query(self) -> str:
        """The query of a rule, not of files: row_id, column_name, text, expected, actual of each breach."""
        return (FOLDER / self.severity / f"{self.code}.sql").read_text(encoding="utf-8")

    def worded(self, **finding: str | int | None) -> dict[str, str]:
        """Return the rule's three texts with their placeholders filled, as `filled` does in SQL."""
        given = {name: "" if value is None else value for name, value in finding.items()}
        texts = (self.message_zh, self.message_en, self.fix_zh)
        named = zip(("reason_zh", "reason_en", "fix_zh"), texts, strict=True)
        return {name: text.format(**given) for name, text in named}


@cache
def registry() -> dict[str, Rule]:
    """Return every rule by its code, in the order in which they apply."""
    written = yaml.load((FOLDER / "registry.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {code: Rule(code=code, **fields) for code, fields in written.items()}
