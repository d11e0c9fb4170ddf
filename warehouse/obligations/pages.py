"""Notices and digests in words: pages for the outbox, short messages for the channels, both in Chinese."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse import ledger
from warehouse.notifications import Message
from warehouse.obligations.escalation import Escalated
from warehouse.obligations.owed import Owed, OwedMonth
from warehouse.settings import Settings

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).with_name("templates")


def notice(settings: Settings, owed: Owed, day: date) -> bytes:
    """Render what one organization owes, for its outbox."""
    return _rendered("notice.html.j2", owed=owed, day=day, is_sample=_is_sample(settings))


def escalation(settings: Settings, late: list[Escalated], day: date) -> bytes:
    """Render who is past due, for the inspection office."""
    organizations = {one.organization_code for one in late}
    return _rendered(
        "escalation.html.j2",
        late=late,
        organizations=len(organizations),
        day=day,
        is_sample=_is_sample(settings),
    )


def reminder_message(waiting: list[Owed], day: date) -> Message:
    """Say in short who has still to report, and until when."""
    months = [(one, month) for one in waiting for month in one.still_in_time]
    nearest = min(month.days_left for _, month in months)
    lines = [_line(one.organization_name, month) for one, month in months]
    title = f"报送提醒（{day}）：{len(waiting)} 家单位未报齐，最近的截止日还剩 {nearest} 天"
    return Message(title, "\n".join(lines))


def escalation_message(late: list[Escalated]) -> Message:
    """Say in short who is past due, and for how long."""
    organizations = {one.organization_code for one in late}
    lines = [_line(one.organization_name, one.month) for one in late]
    return Message(f"逾期督办：{len(organizations)} 家单位逾期未报", "\n".join(lines))


def time_left(month: OwedMonth) -> str:
    """Say how much time is left, or how long it has been over."""
    if month.is_past_due:
        return f"{month.deadline} 截止，已逾期 {-month.days_left} 天"
    if month.days_left == 0:
        return "今天截止"
    return f"{month.deadline} 截止，还剩 {month.days_left} 天"


def _line(organization_name: str, month: OwedMonth) -> str:
    return f"{organization_name}：{month.period} 缺 {month.missing_figures} 项，{time_left(month)}"


def _rendered(template: str, **facts: Any) -> bytes:
    return _environment().get_template(template).render(**facts).encode()


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["time_left"] = time_left
    return environment


def _is_sample(settings: Settings) -> bool:
    with ledger.reading(settings) as connection:
        ((is_sample,),) = connection.execute(
            "select coalesce(bool_or(is_sample), false) from ledger.submissions"
        ).fetchall()
    return bool(is_sample)
