"""Where the answer to a submission lies, for whoever follows a link to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from warehouse import ledger
from warehouse.errors import MinshengError
from warehouse.settings import Settings


def receipt_of(settings: Settings, submission_id: str) -> dict[str, Any]:
    """Return a submission's receipt as it was written for programs, with the `organization_name` beside it.

    Raises MinshengError where there is no such submission, or the department has taken the receipt away.
    """
    with ledger.reading(settings) as connection:
        rows = connection.execute(
            "select organization_code, sha256, coalesce(name_zh, organization_code) from ledger.submissions "
            "left join plan.current_organizations using (organization_code) where submission_id = ?",
            [submission_id],
        ).fetchall()
    for organization_code, sha256, name in rows:
        for path in _written(settings, organization_code, sha256):
            receipt: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            if receipt["submission_id"] == submission_id:
                return receipt | {"organization_name": name}
    raise MinshengError(f"There is no receipt of {submission_id} in the outbox: the ledger has its rows")


def _written(settings: Settings, organization_code: str, sha256: str) -> list[Path]:
    return sorted((settings.outbox / organization_code).glob(f"*.{sha256[:12]}.receipt*.json"))
