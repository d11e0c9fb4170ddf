"""The last sheet: how the ledger is to be read."""

from __future__ import annotations

from typing import Any

from warehouse.snapshot.wording import STATUSES
from warehouse.snapshot.workbook.heads import HEAD_ROWS, Head
from warehouse.snapshot.workbook.looks import Looks

TITLE = "说明"
_LAST_COLUMN = 5
_LINES = (
    "一行是一个目标在一个考核期内的情况；按年考核的目标，每年一行。",
    "完成率是实际与目标之比，保留一位小数；未达到目标的，不显示为100.0%。",
    "序时进度是到最近应报月份末应当完成的比例；与序时进度差距以百分点计，从基期起步的水平和比率按较基期进度计。",
    "空白不等于零：没有数字的单元格，原因见“状态”和“说明”。",
    "比率不能相加，也不能求平均；需要汇总时，用分子、分母分别相加后再相除。",
    "“计入统计”为“否”的行，是被其他目标替代或重复的，不计入总览的项数。",
    "“不公开”不等于零，也不等于未报：数字涉及少量个人，只在内部版本中列出。",
    "打印范围为前面各列；右侧各列供查询：对照值（应完成、应达到、控制数或上年同期）、预计值、佐证、方案原文、编码等。",
)


def write_notes(sheet: Any, looks: Looks, head: Head) -> None:
    """Write how to read the ledger, and what each status means for the counts."""
    head.write(sheet, looks, TITLE, _LAST_COLUMN + 1)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 16)
    sheet.set_column(2, 2, 24)
    sheet.set_column(3, _LAST_COLUMN, 18)
    for line, text in enumerate(_LINES, start=HEAD_ROWS + 1):
        sheet.merge_range(line, 0, line, _LAST_COLUMN, text, looks["plain"])
    top = HEAD_ROWS + len(_LINES) + 2
    for place, heading in enumerate(("状态", "总览中计入", "本月项数（计入统计的）")):
        sheet.write_string(top, place, heading, looks["heading"])
    counted = [
        row["status"] for row in head.month.figures if row["in_force"] and row["comparator"] != "evidence"
    ]
    for line, status in enumerate(STATUSES.values(), start=top + 1):
        names = f"{status.zh}（控制数：{status.cap_zh}）" if status.cap_zh else status.zh
        sheet.write_string(line, 0, names, looks["centred"])
        sheet.write_string(line, 1, f"{status.group.sign} {status.group.zh}", looks["centred"])
        sheet.write_number(line, 2, counted.count(status.code), looks["integer"])
        rule = {"type": "no_blanks", "format": looks.tint(status.group.code)}
        sheet.conditional_format(line, 0, line, 1, rule)
    sheet.print_area(0, 0, top + len(STATUSES), _LAST_COLUMN)
    sheet.fit_to_pages(1, 0)
