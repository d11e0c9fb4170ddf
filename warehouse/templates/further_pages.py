"""The sheets behind the figures: corrections of earlier months, what each indicator means, how to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warehouse.templates.layout import (
    HEADINGS,
    REMARK,
    VALUE,
    WIDTHS,
    YTD,
    make_room,
    offer_marks,
    print_on_a4,
    write_headings,
)

if TYPE_CHECKING:
    from warehouse.templates.template import Sheet

_CORRECTIONS = 20
_HOW_TO_CORRECT = (
    "更正以前月份，一行一个数字：写明报告期、指标编码、地区编码和正确数字；撤回的，备注选“撤回”。"
)
_CORRECTED = HEADINGS[: REMARK + 1]
_FIGURES = range(VALUE, YTD + 1)
# One word that intake knows as a heading makes no header: nobody reads this sheet as a report.
_MEANINGS = ("指标编码", "名称（计量单位）", "分子是什么", "分母是什么", "口径")
_WIDTHS_OF_MEANINGS = (12, 34, 30, 30, 60)
_WIDTH_OF_HELP = 120
_HELP = (
    "只填写白色单元格；灰色单元格由系统填好，已锁定。",
    "数值列填本月发生数或月末数，不填累计数。本年累计列填1月至本月的累计数：与数值同填，用于核对；只填本年累计，即按累计数报送。",
    "期初：数值填截至该月（含该月）的本年累计数，备注选“期初”；以前各月不再逐月补报。",
    "比率类指标只填分子和分母，由系统计算；分子、分母各是什么，见该行“目标”列和“指标说明”页。",
    "数值列已锁定、本年累计列可填的，只填本年累计；分子、分母注明本年累计的，填自本年起的累计数。",
    "确实没有发生：填 0，并在备注选“零报”。不适用：数值留空，备注选“不适用”。留空不等于零。",
    "报告期早于本月的行，是发布较晚、这个月才报的数字，按所列报告期填写。",
    "更正以前月份：在“更正”页每行写明报告期、指标编码和地区编码，填正确数字（可从“填报”页复制该行再改）；撤回：备注选“撤回”。",
    "滞后原因至联系电话五列只对已列入督办的指标开放：请说明原因、措施和完成时限；没有数字也可以只填说明，但仍算未报。",
    "单位负责人、审核人、填报人和联系电话供本单位签审存档，系统不读取。",
    "填好后存为 .xlsx，放入本单位的收件文件夹；回执会逐行说明结果。",
)


def write_corrections(workbook: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    """Add the sheet of corrections: the columns of the figures, every row open."""
    page = workbook.add_worksheet("更正")
    page.write_string(0, 0, _HOW_TO_CORRECT)
    write_headings(page, 1, _CORRECTED, WIDTHS[: REMARK + 1], looks["heading"])
    first, last = 2, 1 + _CORRECTIONS
    for row in range(first, last + 1):
        for column in range(len(_CORRECTED)):
            page.write_blank(row, column, None, looks["open" if column in _FIGURES else "open_text"])
    period = {"validate": "any", "input_message": "要更正的月份，如 2025-03"}
    page.data_validation(first, 0, last, 0, period)
    codes = {"validate": "list", "source": f"='指标说明'!$A$2:$A${len(sheet.meanings) + 1}"}
    page.data_validation(first, 1, last, 1, codes | {"error_type": "information"})
    offer_marks(page, first, last)
    page.freeze_panes(first, 0)
    page.protect("", {"insert_rows": True, "delete_rows": True, "format_columns": True, "sort": True})
    print_on_a4(page, last, REMARK, 1, f"{sheet.organization_name}　更正")


def write_meanings(workbook: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    """Add the sheet that says of each indicator what is counted, and what its two parts are."""
    page = workbook.add_worksheet("指标说明")
    write_headings(page, 0, _MEANINGS, _WIDTHS_OF_MEANINGS, looks["heading"])
    for row, one in enumerate(sheet.meanings, start=1):
        cells = (one.indicator_code, f"{one.indicator_name}（{one.unit}）", *one.parts, one.description)
        for column, words in enumerate(cells):
            page.write_string(row, column, words, looks["known"])
        make_room(page, row, cells, _WIDTHS_OF_MEANINGS)
    page.freeze_panes(1, 0)
    print_on_a4(page, len(sheet.meanings), len(_MEANINGS) - 1, 0, f"{sheet.organization_name}　指标说明")


def write_help(workbook: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    """Add the sheet that tells how the others are filled in."""
    page = workbook.add_worksheet("填表说明")
    page.set_column(0, 0, _WIDTH_OF_HELP)
    for row, line in enumerate(_HELP):
        page.write_string(row, 0, line, looks["words"])
        make_room(page, row, [line], [_WIDTH_OF_HELP])
    print_on_a4(page, len(_HELP) - 1, 0, 0, f"{sheet.organization_name}　填表说明")
