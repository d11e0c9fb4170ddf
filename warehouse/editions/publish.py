"""Publishing: the very file that the gate audited becomes an edition, made beside and renamed into place."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse import durable, gate, steps
from warehouse.editions.artefacts import ARTEFACTS, Draft
from warehouse.editions.manifest import facts_of, reason_for, sealed
from warehouse.errors import MinshengError, NotPublishedError, UsageError
from warehouse.gate import GateReport
from warehouse.logs import logger
from warehouse.periods import Period
from warehouse.progress import Candidate, candidate_of
from warehouse.published import CURRENT, MANIFEST, Edition, editions_of, newest_before, newest_of
from warehouse.settings import Settings

_READ_ONLY_FILE = 0o444
_READ_ONLY_FOLDER = 0o555


def publish(
    settings: Settings, period: Period, approved_by: str | None = None, note: str | None = None
) -> Edition:
    """Publish the month's audited candidate as its next edition; what is published already stays as it is.

    `approved_by` answers for the gate's warnings. Raises NotPublishedError when the gate blocks the month or
    its warnings wait for a person; the last edition then stays as it was.
    """
    candidate = candidate_of(settings, period)
    report = _passed(settings, candidate, period, approved_by, note)
    with _alone(settings):
        before = newest_of(settings, str(period))
        facts = facts_of(settings, candidate, report, before)
        if before is not None and before.manifest()["content_sha256"] == facts["content_sha256"]:
            _point_to_newest(settings)
            return before
        revision = before.revision + 1 if before else 1
        reason = note or reason_for(facts, before)
        facts |= {"revision": revision, "reason": reason}
        compared_with = before or newest_before(settings, str(period))
        edition = _complete(settings, Draft(candidate, facts, compared_with))
        _point_to_newest(settings)
    logger(__name__).info("published", edition=edition.name, reason=reason, approved_by=approved_by)
    return edition


def _passed(
    settings: Settings, candidate: Candidate, period: Period, approved_by: str | None, note: str | None
) -> GateReport:
    """Return the gate's report if the candidate may be published; a person may approve its warnings."""
    report = gate.report_of(candidate)
    if report.candidate_sha256 != durable.sha256_of(candidate.marts):
        raise MinshengError(f"The candidate of {period} changed after its check: run `minsheng check` again")
    if report.verdict == "warned" and approved_by is not None:
        if not approved_by.strip():
            raise UsageError("An approval needs a name: --approve NAME")
        warnings = [result for result in report.results if result.warns]
        builder = candidate.build_facts()["built_by"]
        gate.approve(settings, period, warnings, approved_by, note or "批准发布", builder)
        report = gate.check(settings, period)
    if report.verdict != "passed":
        raise NotPublishedError(_held_back(report, period))
    return report


def _held_back(report: GateReport, period: Period) -> str:
    by = "; ".join(f"{one.suite}.{one.expectation} ({one.description_zh})" for one in report.held_back_by[:3])
    if report.verdict == "blocked":
        return f"The gate blocks {period}: {by}; read its quality.html, mend the cause and build again"
    return f"{period} waits for an approval of {by}; publish with --approve NAME, or mend the cause"


def _complete(settings: Settings, draft: Draft) -> Edition:
    """Write the edition beside its place, seal it, sync it, and rename it into place."""
    facts = draft.facts
    month = settings.editions / str(facts["period"])
    final = month / f"r{facts['revision']}"
    beside = month / f".{final.name}.building"
    _remove(beside)
    beside.mkdir(parents=True)
    for artefact in steps.over("write artefacts", ARTEFACTS):
        artefact(draft, beside)
    durable.write(beside / MANIFEST, sealed(facts, beside))
    for path in sorted(beside.rglob("*"), reverse=True):
        path.chmod(_READ_ONLY_FOLDER if path.is_dir() else _READ_ONLY_FILE)
        durable.sync(path)
    durable.sync(beside)
    beside.rename(final)
    final.chmod(_READ_ONLY_FOLDER)
    durable.sync(month)
    durable.sync(settings.editions)
    return Edition(str(facts["period"]), int(str(facts["revision"])), str(final))


def _point_to_newest(settings: Settings) -> None:
    """Move `current` to the newest month's newest edition; a backfill of an older month does not move it."""
    newest = editions_of(settings)[-1]
    link = settings.editions / CURRENT
    if not link.is_symlink() or str(link.readlink()) != newest.name:
        durable.link(link, newest.name)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Let one publication at a time number and chain its edition."""
    settings.editions.mkdir(parents=True, exist_ok=True)
    with (settings.editions / ".lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _remove(folder: Path) -> None:
    """Remove what a killed publication left; its folders may be read-only already."""
    if folder.exists():
        for path in [folder, *folder.rglob("*")]:
            if path.is_dir():
                path.chmod(0o755)
        shutil.rmtree(folder)
