"""The gate's findings as a page for people: one file, no request leaves it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.gate.check import GateReport

_TEMPLATE = Path(__file__).with_name("quality.html.j2")
VERDICTS_ZH = {"passed": "通过", "warned": "待批准", "blocked": "拦下"}
OUTCOMES_ZH = {"passed": "通过", "failed": "不符", "error": "无法检查", "waived": "经批准放行"}
SEVERITIES_ZH = {"critical": "严重", "warning": "警告", "info": "提示"}


def quality_page(report: GateReport, build_facts: dict[str, Any]) -> bytes:
    """Render the report; failures first, then by table."""
    from jinja2 import Environment, StrictUndefined

    order = {"error": 0, "failed": 1, "waived": 2, "passed": 3}
    results = sorted(report.results, key=lambda one: (order[one.outcome], one.suite, one.expectation))
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(
        _TEMPLATE.read_text(encoding="utf-8")
    )
    page = template.render(
        report=report,
        results=results,
        build=build_facts,
        verdicts=VERDICTS_ZH,
        outcomes=OUTCOMES_ZH,
        severities=SEVERITIES_ZH,
    )
    return page.encode()
