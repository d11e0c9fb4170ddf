"""The language of the command line, its plurals, and the catalogue that they come from."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

import pytest

from deployment import messages
from tests.cli.conftest import Ended
from warehouse.cli.wording import counted, moment
from warehouse.settings import Settings

Minsheng = Callable[..., Ended]
STATUS = ["status", "--period", "2023-12"]


@pytest.fixture
def in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """The locale of a Chinese workplace."""
    monkeypatch.delenv("LANGUAGE")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


@pytest.mark.usefixtures("in_chinese")
def test_where_the_locale_is_chinese_answers_errors_and_help_are(
    minsheng: Minsheng, published: Settings
) -> None:
    answer = minsheng(*STATUS, home=published.home)
    error = minsheng("run", "--period", "12月", home=published.home)
    help_ = minsheng("publish", "--help", home=published.home)

    assert "质量检查：通过" in answer.stdout
    assert "迟报" in answer.stdout
    assert "'12月' 不是月份" in error.stderr
    assert "发布通过检查的候选版本。" in help_.stdout
    assert "显示本帮助后退出。" in help_.stdout


def test_any_other_locale_gets_english(
    minsheng: Minsheng, published: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANGUAGE")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    assert "gate: passed" in minsheng(*STATUS, home=published.home).stdout


def test_what_programs_read_has_no_language(
    minsheng: Minsheng, published: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = json.loads(minsheng(*STATUS, "--json", home=published.home).stdout)

    monkeypatch.setenv("LANGUAGE", "zh")
    chinese = json.loads(minsheng(*STATUS, "--json", home=published.home).stdout)

    assert english | {"asked_at": ""} == chinese | {"asked_at": ""}
    assert {one["standing"] for one in english["organizations"]} <= {"complete_late", "overdue", "complete"}


def test_the_catalogue_holds_what_the_code_says_translated_and_compiled() -> None:
    found = messages.catalogue()

    assert [one.id for one in messages.untranslated(found)] == []
    assert messages.contents(found) == (messages.CATALOGUE.read_bytes(), messages.COMPILED.read_bytes())


def test_a_translation_has_the_places_of_its_message() -> None:
    faults = [(one.id, [str(fault) for fault in one.check()]) for one in messages.catalogue() if one.check()]

    assert faults == []


def test_one_is_not_many() -> None:
    counts = [counted("{} edition", "{} editions", number) for number in (0, 1, 2)]

    assert counts == ["0 editions", "1 edition", "2 editions"]


@pytest.mark.parametrize(
    "when",
    [
        "2026-11-30T05:37:07",
        "2026-11-30T05:37:07+08:00",
        datetime.fromisoformat("2026-11-30T05:37:07.000123"),
    ],
)
def test_a_moment_is_told_with_its_offset(when: str | datetime) -> None:
    assert moment(when) == "2026-11-30 05:37:07+08:00"


def test_editions_are_listed_and_shown_with_the_offset_of_their_time(
    minsheng: Minsheng, published: Settings
) -> None:
    (edition,) = minsheng("editions", "list", home=published.home).stdout.splitlines()
    newest = minsheng("editions", "show", home=published.home).stdout

    assert "+08:00" in edition
    assert newest.startswith("2023-12/r1\n")
    assert "+08:00" in newest


def test_colours_are_for_a_terminal_alone(minsheng: Minsheng, published: Settings) -> None:
    assert "\x1b" not in minsheng(*STATUS, home=published.home).stdout
