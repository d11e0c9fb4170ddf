"""Who may decide on an item, on which, and from when on; and what the page tells people to type."""

from __future__ import annotations

import re
import shlex
from datetime import date

import pytest
from click.testing import CliRunner

from tests.supervision.conftest import ITEM
from warehouse import ledger, rulings
from warehouse.cli.main import commands
from warehouse.errors import UsageError
from warehouse.periods import Period
from warehouse.published import Edition
from warehouse.rulings import Decision
from warehouse.settings import PROJECT, Settings

pytestmark = pytest.mark.slow

PAGE = (PROJECT / "docs" / "supervision.md").read_text(encoding="utf-8")
JUNE, OFFICER, NOTE = Period(2024, 6), "示例督查员", "示例理由"


@pytest.mark.parametrize(
    ("item", "decision", "reason"),
    [
        ("T01-02-2024-02", Decision("verified", OFFICER, NOTE, JUNE), f"open items: {ITEM}"),
        (ITEM, Decision("forgiven", OFFICER, NOTE, JUNE), "is no verdict on supervision"),
        (ITEM, Decision("verified", OFFICER, NOTE), "name it with --period"),
        (ITEM, Decision("verified", OFFICER, NOTE, Period(2024, 1)), "was opened in 2024-02"),
        (ITEM, Decision("extended", OFFICER, NOTE, JUNE), "--until"),
        (ITEM, Decision("verified", OFFICER, NOTE, JUNE, date(2024, 7, 31)), "--until"),
        (ITEM, Decision("verified", " ", NOTE, JUNE), "needs the name"),
        (ITEM, Decision("verified", "labour", NOTE, JUNE), "does not decide on it"),
        (ITEM, Decision("verified", "示例局", NOTE, JUNE), "does not decide on it"),
        (ITEM, Decision("verified", "示例责任人", NOTE, JUNE), "does not decide on it"),
    ],
)
def test_a_decision_that_may_not_be_is_refused_with_what_may(
    office: tuple[Settings, Edition], item: str, decision: Decision, reason: str
) -> None:
    settings, _ = office

    with pytest.raises(UsageError, match=re.escape(reason)):
        rulings.rule(settings, "supervision", item, decision)


def test_what_the_page_tells_to_type_records_the_decisions(office: tuple[Settings, Edition]) -> None:
    settings, _ = office
    (block,) = re.findall(r"```sh\n(minsheng decide.*?)```", PAGE, flags=re.DOTALL)
    places = ["--home", str(settings.home), "--plan", str(settings.plan)]

    for line in block.splitlines():
        answer = CliRunner().invoke(commands, [*shlex.split(line)[1:], *places])
        assert answer.exit_code == 0, answer.output

    with ledger.reading(settings) as connection:
        kept = connection.execute(
            "select verdict, period, until_day, decided_by from ledger.rulings order by decided_at"
        ).fetchall()
    assert kept == [
        ("extended", "2024-06", date(2024, 7, 31), OFFICER),
        ("escalated", "2024-06", None, OFFICER),
        ("verified", "2024-06", None, OFFICER),
    ]
