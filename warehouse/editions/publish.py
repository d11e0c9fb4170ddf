"""Publishing: the very file that the gate audited becomes an edition, made beside and renamed into place."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

from warehouse import clock, durable, gate, steps, supervision
from warehouse.editions.accounts import Accounts, facts_of_accounts
from warehouse.editions.artefacts import ARTEFACTS, Draft
from warehouse.editions.manifest import facts_of, reason_for, sealed
from warehouse.editions.placing import make_current, placed
from warehouse.editions.signatures import sign_manifest
from warehouse.errors import MinshengError, MonthRefusedError, NotPublishedError, UsageError
from warehouse.gate import GateReport
from warehouse.logs import about, logger
from warehouse.periods import Period
from warehouse.progress import Candidate, holding
from warehouse.published import MANIFEST, Edition, newest_of, newest_of_each_before, publishing
from warehouse.settings import Settings
from warehouse.snapshot import index
from warehouse.snapshot import report as snapshot_report


def refuse_unfinished(period: Period) -> None:
    """Raise MonthRefusedError where the month is not over in the district's time: it may only be previewed.

    An edition is for ever, and `current` would stay at a month that has not been until it has.
    """
    today = clock.now().date()
    if period >= Period(today.year, today.month):
        raise MonthRefusedError(
            _("{period} is not over: publish it from {day} on; until then only build and check it").format(
                period=period, day=(period + 1).day(1)
            )
        )


def publish(
    settings: Settings,
    period: Period,
    approved_by: str | None = None,
    note: str | None = None,
    accounts: Accounts | None = None,
) -> Edition:
    """Publish the month's audited candidate as its next edition; what is published already stays as it is.

    `approved_by` answers for the gate's warnings; `accounts` are those that started and decided it (default:
    the account that runs this process). Raises MinshengError while the month is not over, and
    NotPublishedError when the gate blocks it or its warnings wait for a person; the last edition then stays
    as it was.
    """
    refuse_unfinished(period)
    with about(period=str(period)), holding(settings, period) as candidate:
        report = _passed(settings, candidate, period, approved_by, note)
        accountable = facts_of_accounts(settings, accounts)
        return _published(settings, candidate, report, note, accountable)


def _published(
    settings: Settings,
    candidate: Candidate,
    report: GateReport,
    note: str | None,
    accountable: dict[str, Any],
) -> Edition:
    """Return the month's edition with the candidate's figures and findings: the newest one, or one more."""
    period = report.period
    with publishing(settings):
        before = newest_of(settings, period)
        facts = facts_of(settings, candidate, report, before)
        if before is not None and before.manifest()["content_sha256"] == facts["content_sha256"]:
            _make_known(settings)
            return before
        revision = before.revision + 1 if before else 1
        reason = note or reason_for(facts, before)
        facts |= {"revision": revision, "reason": reason} | accountable
        draft = Draft(candidate, facts, before, newest_of_each_before(settings, period), settings.browser)
        edition = _complete(settings, draft)
        _make_known(settings)
    logger(__name__).info("published", edition=edition.name, reason=reason, approved_by=facts["approved_by"])
    return edition


def _passed(
    settings: Settings, candidate: Candidate, period: Period, approved_by: str | None, note: str | None
) -> GateReport:
    """Return the gate's report if the candidate may be published; a person may approve its warnings."""
    report = gate.report_of(candidate)
    if report.candidate_sha256 != durable.sha256_of(candidate.marts):
        raise MinshengError(
            _("The candidate of {period} changed after its check: run `minsheng check` again").format(
                period=period
            )
        )
    if report.verdict == "warned" and approved_by is not None:
        if not approved_by.strip():
            raise UsageError(_("An approval needs a name: --approve NAME"))
        warnings = [result for result in report.results if result.warns]
        builder = candidate.build_facts()["built_by"]
        gate.approve(settings, period, warnings, approved_by, note or "批准发布", builder)
        report = gate.check(settings, period)
    if report.verdict != "passed":
        raise NotPublishedError(_held_back(report, period))
    return report


def _held_back(report: GateReport, period: Period) -> str:
    by = "; ".join(one.said for one in report.held_back_by[:3])
    if report.verdict == "blocked":
        said = _("The gate blocks {period}: {by}; read its quality.html, mend the cause and build again")
    else:
        said = _("{period} waits for an approval of {by}; publish with --approve NAME, or mend the cause")
    return said.format(period=period, by=by)


def _complete(settings: Settings, draft: Draft) -> Edition:
    """Write every artefact, and seal them with the manifest."""
    facts = draft.facts
    final = settings.editions / draft.name
    with placed(final) as folder:
        for artefact in steps.over("write artefacts", ARTEFACTS):
            artefact(draft, folder)
        (folder / MANIFEST).write_bytes(sealed(facts | {"absent": draft.absent}, folder))
        head = durable.sha256_of(folder / MANIFEST)
        snapshot_report.write_anchor(draft.name, head, draft.proof, folder)
        sign_manifest(settings, folder)
    return Edition(str(facts["period"]), int(str(facts["revision"])), str(final))


def _make_known(settings: Settings) -> None:
    """Record what was published, move `current`, draw the index anew; send the newest edition's sheets."""
    newest = make_current(settings)
    index.write(settings)
    supervision.write_sheets(settings, newest)
