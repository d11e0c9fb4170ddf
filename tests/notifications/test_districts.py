"""Where the messages of one district among several go: through its own channels, under its own name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notifications.conftest import Webhook
from warehouse.errors import MinshengError
from warehouse.notifications import Message, channel_names, send
from warehouse.settings import Settings

MESSAGE = Message("2025-03 待审批", "请决定")


@pytest.fixture
def district(settings: Settings, tmp_path: Path) -> Settings:
    """A district with a folder of channels, in which there is none yet."""
    (tmp_path / "notices").mkdir()
    return settings.model_copy(update={"district": "样例区", "notices": tmp_path / "notices"})


def test_a_district_with_channels_of_its_own_has_none_of_the_installations(
    district: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINSHENG_NOTIFY_WECOM_WEBHOOK", "http://127.0.0.1:9/of-the-installation")

    assert set(channel_names(district)) == {"outbox"}


def test_a_message_goes_where_the_districts_folder_says_and_begins_with_its_name(
    district: Settings, webhook: Webhook, tmp_path: Path
) -> None:
    (tmp_path / "notices" / "MINSHENG_NOTIFY_WECOM_WEBHOOK").write_text(webhook.url)

    send(district, MESSAGE, ["wecom"])

    assert webhook.texts() == ["〔样例区〕2025-03 待审批\n请决定"]


def test_without_a_folder_the_installations_channels_take_the_message_under_the_districts_name(
    settings: Settings, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINSHENG_NOTIFY_WECOM_WEBHOOK", webhook.url)

    send(settings.model_copy(update={"district": "样例区"}), MESSAGE, ["wecom"])

    assert webhook.texts()[0].startswith("〔样例区〕2025-03")


def test_a_folder_that_is_not_there_is_an_error_and_no_silence(district: Settings, tmp_path: Path) -> None:
    (tmp_path / "notices").rmdir()

    with pytest.raises(MinshengError, match=r"There is no folder .*notices"):
        channel_names(district)
