"""Each channel against a local server: what arrives, and what becomes of a server that fails."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import time
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.notifications.conftest import Mailbox, Webhook
from warehouse.errors import MinshengError
from warehouse.notifications import Message, channel_names, send
from warehouse.settings import Settings

MESSAGE = Message("2025-03 被质量检查拦下", "街道合计与全区不符")


@pytest.fixture
def dingtalk(webhook: Webhook, monkeypatch: pytest.MonkeyPatch) -> Webhook:
    monkeypatch.setenv("MINSHENG_NOTIFY_DINGTALK_WEBHOOK", webhook.url)
    monkeypatch.setenv("MINSHENG_NOTIFY_DINGTALK_SECRET", "SEC-key")
    return webhook


@pytest.fixture
def wecom(webhook: Webhook, monkeypatch: pytest.MonkeyPatch) -> Webhook:
    monkeypatch.setenv("MINSHENG_NOTIFY_WECOM_WEBHOOK", webhook.url)
    return webhook


@pytest.fixture
def smtp(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Mailbox:
    monkeypatch.setenv("MINSHENG_NOTIFY_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("MINSHENG_NOTIFY_SMTP_PORT", str(mailbox.port))
    monkeypatch.setenv("MINSHENG_NOTIFY_SMTP_SECURITY", "none")
    monkeypatch.setenv("MINSHENG_NOTIFY_MAIL_FROM", "minsheng@example.gov.cn")
    monkeypatch.setenv("MINSHENG_NOTIFY_MAIL_TO", "data@example.gov.cn, office@example.gov.cn")
    return mailbox


def test_the_outbox_is_always_there_and_holds_the_whole_message(settings: Settings) -> None:
    assert send(settings, MESSAGE, channel_names(settings)) == {"outbox": None}

    (file,) = (settings.outbox / "data-team").iterdir()
    assert file.read_text(encoding="utf-8") == f"{MESSAGE.title}\n\n{MESSAGE.text}\n"


def test_dingtalk_gets_the_text_signed_with_the_key(settings: Settings, dingtalk: Webhook) -> None:
    assert send(settings, MESSAGE, ["dingtalk"]) == {"dingtalk": None}

    ((path, body),) = dingtalk.asked
    words = parse_qs(urlsplit(path).query)
    (timestamp,) = words["timestamp"]
    expected = hmac.new(b"SEC-key", f"{timestamp}\nSEC-key".encode(), hashlib.sha256).digest()
    assert words["sign"] == [base64.b64encode(expected).decode()]
    assert words["access_token"] == ["a-secret-token"]
    assert abs(int(timestamp) / 1000 - time.time()) < 60
    assert body == {"msgtype": "text", "text": {"content": f"{MESSAGE.title}\n{MESSAGE.text}"}}


def test_wecom_gets_the_text_within_its_limit(settings: Settings, wecom: Webhook) -> None:
    assert send(settings, Message("长消息", "字" * 3000), ["wecom"]) == {"wecom": None}

    (text,) = wecom.texts()
    assert len(text.encode()) <= 2048
    assert text.endswith("字……（全文见发件箱）")


def test_a_mail_goes_to_every_address(settings: Settings, smtp: Mailbox) -> None:
    assert send(settings, MESSAGE, ["smtp"]) == {"smtp": None}

    (mail,) = smtp.mails
    assert (mail["Subject"], mail["To"]) == (MESSAGE.title, "data@example.gov.cn, office@example.gov.cn")
    assert mail.get_content().strip() == MESSAGE.text


def test_one_refused_address_is_logged_and_does_not_have_the_others_told_twice(
    settings: Settings, smtp: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    smtp.unknown = ["office@example.gov.cn"]

    assert send(settings, MESSAGE, ["smtp"]) == {"smtp": None}
    assert len(smtp.mails) == 1
    assert "office@example.gov.cn" in capsys.readouterr().out


def test_a_mail_that_nobody_gets_is_not_delivered(settings: Settings, smtp: Mailbox) -> None:
    smtp.unknown = ["data@example.gov.cn", "office@example.gov.cn"]

    assert "refused" in str(send(settings, MESSAGE, ["smtp"])["smtp"])


def test_a_line_break_in_a_title_does_not_become_a_header(settings: Settings, smtp: Mailbox) -> None:
    send(settings, Message("标题\nBcc: other@example.com", "正文"), ["smtp"])

    assert smtp.mails[0]["Bcc"] is None
    assert smtp.mails[0]["Subject"] == "标题 Bcc: other@example.com"


def test_what_fails_for_the_moment_is_tried_again(settings: Settings, wecom: Webhook) -> None:
    wecom.answers = [(502, b"bad gateway"), (503, b"busy")]

    assert send(settings, MESSAGE, ["wecom"]) == {"wecom": None}
    assert len(wecom.asked) == 3


def test_a_mail_server_that_is_busy_is_tried_again(settings: Settings, smtp: Mailbox) -> None:
    smtp.answers = ["451 try later"]

    assert send(settings, MESSAGE, ["smtp"]) == {"smtp": None}
    assert len(smtp.mails) == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((200, b'{"errcode":310000,"errmsg":"sign not match"}'), "errcode 310000, sign not match"),
        ((404, b"not found"), "HTTP 404"),
        ((302, b""), "HTTP 302"),
        ((200, b"<html>"), "not that of a webhook"),
    ],
)
def test_what_is_refused_is_not_tried_again(
    settings: Settings, wecom: Webhook, answer: tuple[int, bytes], reason: str
) -> None:
    wecom.answers = [answer]

    outcome = send(settings, MESSAGE, ["wecom"])

    assert reason in str(outcome["wecom"])
    assert len(wecom.asked) == 1


def test_a_slow_channel_is_given_up_and_holds_up_no_other(
    settings: Settings, wecom: Webhook, smtp: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINSHENG_NOTIFY_ATTEMPTS", "2")
    wecom.delay_seconds = 5
    started = time.monotonic()

    outcome = send(settings, MESSAGE, channel_names(settings))

    assert time.monotonic() - started < 4
    assert "timed out" in str(outcome["wecom"])
    assert (outcome["outbox"], outcome["smtp"], len(smtp.mails)) == (None, None, 1)


def test_nobody_at_the_address_is_told_in_the_outcome(
    settings: Settings, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINSHENG_NOTIFY_WECOM_WEBHOOK", f"http://127.0.0.1:{free_port}/?key=a-secret-token")

    reason = str(send(settings, MESSAGE, ["wecom"])["wecom"])

    assert "cannot be reached" in reason
    assert "a-secret-token" not in reason


def test_no_secret_is_ever_logged(
    settings: Settings,
    dingtalk: Webhook,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    dingtalk.answers = [(500, b""), (500, b""), (500, b"")]
    caplog.set_level(logging.DEBUG)

    send(settings, MESSAGE, ["dingtalk"])

    logged = caplog.text + "".join(capsys.readouterr())
    assert "not delivered" in logged
    assert "a-secret-token" not in logged
    assert "SEC-key" not in logged


def test_secrets_come_from_files_too(
    settings: Settings, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = settings.home.parent / "secrets"
    secrets.mkdir()
    (secrets / "minsheng_notify_wecom_webhook").write_text(webhook.url + "\n")

    assert send(settings, MESSAGE, channel_names(settings)) == {"outbox": None, "wecom": None}
    assert len(webhook.asked) == 1


def test_half_a_channel_is_a_fault_that_shows_no_secret(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINSHENG_NOTIFY_DINGTALK_WEBHOOK", "https://example.com/?access_token=a-secret-token")

    with pytest.raises(MinshengError, match="dingtalk_webhook is set, and dingtalk_secret is not") as raised:
        channel_names(settings)
    assert "a-secret-token" not in str(raised.value)
