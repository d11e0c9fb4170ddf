"""An edition's manifest: what it holds, what fed it, who let it pass, and the hash of the edition before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from warehouse import durable, ledger
from warehouse.clock import now
from warehouse.gate import GateReport
from warehouse.intake.records import require_sound
from warehouse.ledger import STORAGE_VERSION
from warehouse.progress import Candidate
from warehouse.published import Edition, head_of
from warehouse.settings import Settings

FORMAT = 1
"""Of the manifest, and of what an edition holds; editions before release 0.2 have none."""
_ENGINES = ("duckdb", "dbt-core", "dbt-duckdb", "great-expectations")
_SUBMISSIONS = Path(__file__).with_name("submissions.sql")


def facts_of(
    settings: Settings, candidate: Candidate, report: GateReport, before: Edition | None
) -> dict[str, Any]:
    """Gather what the manifest says of the edition to be made; `before` is the month's newest one."""
    build = candidate.build_facts()
    gate_facts = _gate_facts(report)
    return {
        "format": FORMAT,
        "period": build["period"],
        "published_at": now().isoformat(timespec="seconds"),
        "as_of": build["as_of"],
        "is_sample": build["is_sample"],
        "freshness": build["freshness"],
        "plan_version": build["plan_version"],
        "code_version": build["code_version"],
        "marts_sha256": build["marts_sha256"],
        # Two editions are the same when their figures and the gate's findings are, whatever the bytes.
        "content_sha256": _digest([build["marts_sha256"], gate_facts]),
        "storage_version": STORAGE_VERSION,
        "engines": {name: version(name) for name in _ENGINES},
        "gate": gate_facts,
        "approved_by": sorted({one.waived_by for one in report.results if one.waived_by}),
        "submissions": _submissions(settings, build["submissions"]),
        "previous": _previous(settings),
        "replaces": before.name if before else None,
    }


def reason_for(facts: dict[str, Any], before: Edition | None) -> str:
    """Say why the month is published, or published again, when nobody gave a reason."""
    if before is None:
        return "首次发布"
    earlier = before.manifest()
    known = {submission["submission_id"] for submission in earlier["submissions"]}
    fresh = [one for one in facts["submissions"] if one["submission_id"] not in known]
    changes = [f"新增报送{len(fresh)}份"] if fresh else []
    changes += ["方案有调整"] if earlier["plan_version"] != facts["plan_version"] else []
    changes += ["程序有更新"] if earlier["code_version"] != facts["code_version"] else []
    changes += ["批准情况有变化"] if earlier["approved_by"] != facts["approved_by"] else []
    return "，".join(changes) or "重新审核"


def sealed(facts: dict[str, Any], folder: Path) -> bytes:
    """Return the manifest's bytes, with every file of the folder by its SHA-256 and size."""
    files = {
        str(path.relative_to(folder)): {"sha256": durable.sha256_of(path), "bytes": path.stat().st_size}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return json.dumps(facts | {"files": files}, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _gate_facts(report: GateReport) -> dict[str, Any]:
    return {
        "verdict": report.verdict,
        "expectations": len(report.results),
        "not_passed": [
            {
                "suite": one.suite,
                "expectation": one.expectation,
                "severity": one.severity,
                "result": one.outcome,
                "unexpected_count": one.unexpected_count,
                "waived_by": one.waived_by,
                "waiver_reason": one.waiver_reason,
                "waived_until": one.waived_until,
            }
            for one in report.results
            if one.outcome != "passed"
        ],
    }


def _submissions(settings: Settings, submission_ids: list[str]) -> list[dict[str, Any]]:
    with ledger.reading(settings) as connection:
        require_sound(settings, connection)
        result = connection.execute(_SUBMISSIONS.read_text(encoding="utf-8"), [submission_ids])
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _previous(settings: Settings) -> dict[str, str] | None:
    """Return the edition published last and the hash of its manifest: the link of the chain."""
    head = head_of(settings)
    return asdict(head) if head else None


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
