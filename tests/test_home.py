"""The home folder: who has an inbox in it."""

from __future__ import annotations

from pathlib import Path

from warehouse import home
from warehouse.settings import Settings


def test_every_body_that_can_submit_has_an_inbox_and_an_outbox_and_nobody_else(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)

    made = home.initialise(settings)

    inboxes = {path.name for path in settings.inbox.iterdir()}
    assert {"HRSS", "SUBDISTRICT_BEIDI", "MINGTAI_COMPANY"} <= inboxes
    assert {"STATE_COUNCIL", "ALL_DEPARTMENTS"} & inboxes == set()
    assert made.inboxes == len(inboxes)
    assert {path.name for path in settings.outbox.iterdir()} == inboxes
