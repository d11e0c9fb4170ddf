"""Rules of the commitments: their words are the plan's, and each is followed up."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.plan.folder import Plan, Row, without_blanks
from warehouse.plan.rules.registry import Finding, PlaceFinding, each, whole
from warehouse.plan.shapes import COMMITMENT_ORGANIZATIONS, COMMITMENTS, TARGETS

_SHOWN = 30


def _shown(words: str) -> str:
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"


@each(COMMITMENTS)
def text_not_in_plan(commitment: Row, plan: Plan) -> Iterator[Finding]:
    """A commitment's text stands in the plan's text, word for word."""
    words = commitment.text("text_zh")
    if plan.text and words and not plan.text.holds(words):
        yield "text_zh", f"「{_shown(words)}」 is not in {plan.text.file}"


@each(TARGETS)
def quote_not_in_plan(target: Row, plan: Plan) -> Iterator[Finding]:
    """A target's quote stands in the plan's text, word for word."""
    quote = target.text("quote_zh")
    if plan.text and quote and not plan.text.holds(quote):
        yield "quote_zh", f"「{_shown(quote)}」 is not in {plan.text.file}"


@each(TARGETS)
def quote_of_another_commitment(target: Row, plan: Plan) -> Iterator[Finding]:
    """A target's quote stands in the text of the commitment that it belongs to."""
    quote = target.text("quote_zh")
    commitment = plan.commitments.get(target.text("commitment_code"))
    if not quote or not plan.text or not plan.text.holds(quote) or commitment is None:
        return
    text = commitment.text("text_zh")
    if text and without_blanks(quote) not in without_blanks(text):
        code = commitment.text("commitment_code")
        yield "quote_zh", f"「{_shown(quote)}」 is in the plan, but not in the text of {code}"


@each(COMMITMENTS)
def commitment_without_target(commitment: Row, plan: Plan) -> Iterator[Finding]:
    """Every commitment has a target; what has no number, date or test has one of kind evidence."""
    code = commitment.text("commitment_code")
    targeted = any(target.text_as_written("commitment_code") == code for target in plan.of(TARGETS))
    if code and plan.of(TARGETS) and plan.is_whole(TARGETS) and not targeted:
        yield (
            "commitment_code",
            f"{code} has no target: give it one, of comparator evidence where nothing is counted",
        )


@whole
def task_without_organization(plan: Plan) -> Iterator[PlaceFinding]:
    """Somebody answers for every task and every annex item."""
    if not plan.is_whole(COMMITMENT_ORGANIZATIONS):
        return
    answered = {row.text_as_written("commitment_code") for row in plan.of(COMMITMENT_ORGANIZATIONS)}
    for commitment in plan.of(COMMITMENTS):
        code = commitment.text("commitment_code")
        if answered and code and code not in answered and commitment.text("kind") in {"task", "annex"}:
            yield commitment, "commitment_code", f"nobody answers for {code} in commitment_organizations.csv"
