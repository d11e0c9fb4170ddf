"""The index of a plan, as a page: from each sentence to its targets, and from each target to its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from warehouse.errors import MinshengError
from warehouse.plan.check import examine
from warehouse.plan.folder import Plan, Row
from warehouse.plan.sentences import Sentence, sentences
from warehouse.plan.shapes import COMMITMENT_ORGANIZATIONS, TARGET_VALUES, TARGETS

_ASKED = {
    "at_least": "≥ {value} {unit}",
    "at_most": "≤ {value} {unit}",
    "above": "> {value} {unit}",
    "below": "< {value} {unit}",
    "between": "{value} to {upper} {unit}",
    "about": "{value} ± {tolerance} {unit}",
    "zero": "none may happen",
    "declines": "below the year before",
    "rises": "above the year before",
    "done": "done by the end",
    "evidence": "evidence, outside every average",
}


@dataclass(frozen=True)
class Index:
    """The index of one plan folder."""

    sentences: list[Sentence]
    page: str
    """The same in Markdown, for people."""


def index(folder: Path) -> Index:
    """Return the index of a plan folder; raises MinshengError where it has a fault."""
    checked = examine(folder)
    if checked.faults:
        raise MinshengError(f"The plan {folder} has faults: mend what `minsheng plan check` names first")
    found = sentences(checked.plan)
    return Index(found, "\n".join(_page(checked.plan, found)) + "\n")


def _page(plan: Plan, found: list[Sentence]) -> Iterator[str]:
    yield from (
        f"# Index of the plan 《{plan.setting('title_zh')}》",
        "",
        "`minsheng plan index` writes this page; it is not edited. [From the text to the targets](#text):",
        "every sentence of the plan, in its order, with the targets that quote it.",
        "[From the targets to the text](#targets): every target, with its words, what is asked, and how the",
        "words were read.",
        "",
        '## <a id="text"></a>From the text to the targets',
    )
    for code, together in groupby(found, key=lambda sentence: sentence.commitment_code):
        group = list(together)
        yield from _commitment(plan, code, group) if code else _around(group)
    yield from ("", '## <a id="targets"></a>From the targets to the text', "")
    yield "| target | asks | of | words of the plan | how they were read |"
    yield "| --- | --- | --- | --- | --- |"
    for target in plan.of(TARGETS):
        yield _target(plan, target)


def _around(lines: list[Sentence]) -> Iterator[str]:
    for line in lines:
        yield from ("", f"> {line.words}")


def _commitment(plan: Plan, code: str, group: list[Sentence]) -> Iterator[str]:
    yield from ("", f"### {_place(code)} {plan.commitments[code].text('title_zh')}", "")
    if answers := _answers(plan, code):
        yield from (answers, "")
    yield from ("| sentence | targets |", "| --- | --- |")
    for sentence in group:
        yield _row(sentence.words, " ".join(map(_link, sentence.target_codes)))


def _answers(plan: Plan, code: str) -> str:
    names: dict[str, list[str]] = {"lead": [], "responsible": []}
    for row in plan.of(COMMITMENT_ORGANIZATIONS):
        if row.text("commitment_code") == code:
            organization = plan.organizations[row.text("organization_code")]
            names[row.text("role")].append(organization.text("name_zh"))
    return "; ".join(f"{role}: {'、'.join(bodies)}" for role, bodies in names.items() if bodies)


def _target(plan: Plan, target: Row) -> str:
    indicator = plan.indicators[target.text("indicator_code")]
    return _row(
        f"{_place(target.text('target_code'))} in {_link(target.text('commitment_code'))}",
        _asks(plan, target),
        f"{indicator.text('name_zh')} `{indicator.text('indicator_code')}`",
        target.text("quote_zh"),
        target.text("note_zh"),
    )


def asks(plan: Plan, target: Row) -> str:
    """Return what a target asks and when, in one line; a comparator that is none asks nothing."""
    indicator = plan.indicator_of(target)
    unit = indicator.text("unit") if indicator else ""
    asked = _asked(target, target, unit)
    years = ", each year" if target.text("repeat") == "yearly" else ""
    for row in plan.of(TARGET_VALUES):
        if row.text("target_code") == target.text("target_code"):
            years += f", in {row.integer('year')} {_asked(row, target, unit)}"
    window = f"{target.text_as_written('window_start')} to {target.text_as_written('window_end')}"
    return f"{asked}; {window}{years}"


def _asks(plan: Plan, target: Row) -> str:
    anchor, successor = target.text("anchor_target_code"), target.text("superseded_by")
    through = f" through {_link(anchor)}" if anchor else ""
    late = "; counts after its end too" if target.text("after_window") == "counts" else ""
    instead = f"; superseded by {_link(successor)}" if successor else ""
    return (
        f"{asks(plan, target)}; {target.text('judged')}; pace {target.text('pace')}{through}{late}{instead}"
    )


def _asked(row: Row, target: Row, unit: str) -> str:
    """Return what a target asks with the values of a row: its own, or that of one year."""
    return _ASKED.get(target.text("comparator"), "?").format(
        value=row.text_as_written("target_value"),
        upper=row.text_as_written("upper_value"),
        tolerance=target.text_as_written("tolerance"),
        unit=unit,
    )


def _place(code: str) -> str:
    return f'<a id="{code.lower()}"></a>{code}'


def _link(code: str) -> str:
    return f"[{code}](#{code.lower()})"


def _row(*cells: str) -> str:
    written = [cell.replace("|", "\\|") for cell in cells]
    return f"| {' | '.join(written)} |"
