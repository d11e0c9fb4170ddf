"""`plan review`: the text on the left, what was made of each sentence on the right, as one HTML file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from warehouse import durable
from warehouse.plan.check import Checked, examine
from warehouse.plan.drafting.reading import read
from warehouse.plan.drafting.readings import NoTarget
from warehouse.plan.folder import Plan, Row
from warehouse.plan.index import asks
from warehouse.plan.sentences import Sentence, sentences
from warehouse.plan.shapes import TARGETS, TO_CONFIRM, UNDECIDED
from warehouse.plan.workbook.contents import read as read_contents

PAGE = "review.html"
_TEMPLATES = Path(__file__).parent


@dataclass(frozen=True)
class Target:
    """One target as the page shows it."""

    code: str
    indicator: str
    asks: str
    note: str
    is_open: bool


@dataclass(frozen=True)
class Passed:
    """A figure of a sentence that became no target, and why."""

    words: str
    reason: str
    is_open: bool


@dataclass(frozen=True)
class Line:
    """One sentence with all that was made of it."""

    number: int
    sentence: Sentence
    title: str
    targets: list[Target]
    passed: list[Passed]

    @property
    def is_open(self) -> bool:
        """Whether something of it waits for a person."""
        return any(one.is_open for one in self.targets) or any(one.is_open for one in self.passed)


@dataclass(frozen=True)
class Reviewed:
    """A page that was written, and how much of the plan is open."""

    path: str
    faults: int
    to_confirm: int
    undecided: int


def review(folder: Path) -> Reviewed:
    """Write the page of a plan folder into it; raises MinshengError where there is no such folder."""
    checked = examine(folder)
    undecided = _undecided(folder)
    lines = _lines(checked.plan)
    path = folder / PAGE
    durable.write(path, _html(checked, lines, undecided).encode())
    to_confirm = [row for row in checked.plan.of(TARGETS) if TO_CONFIRM in row.text("note_zh")]
    return Reviewed(str(path), len(checked.faults), len(to_confirm), len(undecided))


def _html(checked: Checked, lines: list[Line], undecided: list[dict[str, str]]) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("review.html.j2").render(
        title=checked.plan.setting("title_zh"),
        faults=checked.faults,
        undecided=undecided,
        lines=lines,
        open_lines=[line for line in lines if line.is_open],
    )


def _lines(plan: Plan) -> list[Line]:
    found = sentences(plan)
    passed = _passed(plan, found)
    lines = []
    titled = ""
    for number, sentence in enumerate(found, start=1):
        code = sentence.commitment_code
        is_first = code != titled and bool(code)
        titled = code
        title = f"{code} {plan.commitments[code].text('title_zh')}" if is_first else ""
        targets = [_target(plan, plan.targets[one]) for one in sentence.target_codes]
        lines.append(Line(number, sentence, title, targets, passed[sentence.start]))
    return lines


def _target(plan: Plan, target: Row) -> Target:
    indicator = plan.indicator_of(target)
    note = target.text("note_zh")
    return Target(
        target.text("target_code"),
        indicator.text("name_zh") if indicator else "",
        asks(plan, target),
        note,
        is_open=TO_CONFIRM in note,
    )


def _passed(plan: Plan, found: list[Sentence]) -> dict[int, list[Passed]]:
    """Return, by the start of its sentence, each figure that the rules of drafting take for no target."""
    passed: defaultdict[int, list[Passed]] = defaultdict(list)
    if plan.text is None:
        return passed
    draft = read(plan.text.content)
    ones = [*draft.elsewhere, *(one for each in draft.commitments for one in each.readings.no_targets)]
    for sentence in found:
        inside = [one for one in ones if sentence.start <= one.start < sentence.end]
        passed[sentence.start] = _once(plan.text.content, inside)
    return passed


def _once(text: str, ones: list[NoTarget]) -> list[Passed]:
    said = sorted((one.start, text[one.start : one.end], one.reason, one.is_unread) for one in ones)
    return [Passed(words, reason, is_unread) for _, words, reason, is_unread in said]


def _undecided(folder: Path) -> list[dict[str, str]]:
    records = read_contents(folder).tables.get(UNDECIDED.file)
    return [dict(zip(records.header, row, strict=False)) for row in records.rows] if records else []
