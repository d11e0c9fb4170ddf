"""The receipt for people: what happened, what to fix first, every row, and what is still due."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime

from warehouse.clock import in_words
from warehouse.intake.receipts.pages import Line, Look, Page
from warehouse.intake.receipts.receipt import STATUS_ZH, Finding, Receipt
from warehouse.published import in_groups

_MOST_LINES = 1_000_000
_MOST_OTHERS, _MOST_SHOWN = 3, 20
_REFUSED, _WARNED = "未接收", "提醒"
_LOOKS = {_REFUSED: Look.REFUSED, _WARNED: Look.WARNED}


def pages_of(receipt: Receipt) -> list[Page]:
    """Return the receipt's pages."""
    pages = [
        Page("回执", (36, 60, 16, 8), [*_summary(receipt), Line(()), *_ranking(receipt)]),
        Page("明细", (8, 12, 8, 12, 24, 44, 64), _details(receipt), frozen=True),
    ]
    if receipt.missing:
        pages.append(Page("尚欠", (10, 16, 40, 16, 16, 14), _missing(receipt), frozen=True))
    return pages


def _summary(receipt: Receipt) -> Iterator[Line]:
    rows = receipt.rows
    yield Line(("文件", receipt.file_name))
    yield Line(("结果", STATUS_ZH[receipt.status]), Look.HEADING)
    yield Line(("收到时间", in_words(datetime.fromisoformat(receipt.received_at))))
    yield Line(("受理编号", receipt.submission_id))
    yield Line(("共读取行数", rows.read))
    yield Line(("接收", rows.accepted))
    yield Line(("接收但有提醒", rows.warned))
    yield Line(("未接收", rows.refused))
    yield Line(("空行", rows.blank))
    yield Line(("非数据行（标题、表头、合计、说明）", rows.non_data))
    yield Line(("尚欠的指标数（见“尚欠”页）", len(receipt.missing)))
    if head := receipt.chain_head:
        yield Line(("此前最近一次发布", f"{head.edition}，清单哈希 {in_groups(head.manifest_sha256)}"))


def _found(receipt: Receipt) -> Iterator[tuple[str, Finding]]:
    yield from ((_REFUSED, one) for one in receipt.refusals)
    yield from ((_WARNED, one) for one in receipt.warnings)


def _ranking(receipt: Receipt) -> Iterator[Line]:
    """List what to fix: refusals before warnings, what costs most rows first, each with some examples."""
    examples: dict[tuple[str, str], Finding] = {}
    texts: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    counts: Counter[tuple[str, str]] = Counter()
    for kind, one in _found(receipt):
        examples.setdefault((kind, one.rule), one)
        texts[kind, one.rule].setdefault(one.text or "")
        counts[kind, one.rule] += 1
    yield Line(("需要处理的问题", "怎么改", "首次出现", "处数"), Look.HEADING)
    for key in sorted(counts, key=lambda key: (key[0] == _WARNED, -counts[key])):
        example = examples[key]
        where = f"{example.sheet} 第 {example.row} 行".strip() if example.row else "整个文件"
        problem = f"{key[0]}：{example.reason_zh}{_others_among(list(texts[key]))}"
        yield Line((problem, example.fix_zh, where, counts[key]), _LOOKS[key[0]])


def _others_among(texts: list[str]) -> str:
    """Return what else was wrong in the same way, where the first example is not all of it."""
    others = [f"「{text[:_MOST_SHOWN]}」" for text in texts[1:] if text]
    if not others:
        return ""
    return f"；同类还有{'、'.join(others[:_MOST_OTHERS])}{'等' if len(others) > _MOST_OTHERS else ''}"


def _details(receipt: Receipt) -> Iterator[Line]:
    yield Line(("结果", "工作表", "行", "列", "内容", "原因", "怎么改"), Look.HEADING)
    for place, (kind, one) in enumerate(_found(receipt)):
        if place == _MOST_LINES:
            yield Line((f"其余 {len(receipt.refusals) + len(receipt.warnings) - place} 处见 JSON 回执",))
            return
        cells = (kind, one.sheet, one.row, one.column, one.text, one.reason_zh, one.fix_zh)
        yield Line(cells, _LOOKS[kind])


def _missing(receipt: Receipt) -> Iterator[Line]:
    yield Line(("报告期", "指标编码", "指标名称", "地区编码", "地区名称", "截止日期"), Look.HEADING)
    for one in receipt.missing:
        place = (one.area_code, one.area_name)
        yield Line((one.period, one.indicator_code, one.indicator_name, *place, one.deadline))
