"""A department's sheets as a DOCX document, laid out as official documents are (GB/T 9704-2012)."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.supervision.sheets import Department, Sheet

_TITLE, _BODY = ("方正小标宋简体", 22), ("仿宋", 16)
"""Typeface and size in points."""
_MARGINS_MM = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
_LABEL_MM, _TEXT_MM = 36, 120
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def document_of(department: Department, sample_mark: str) -> bytes:
    """Return the document, each sheet on a page of its own; the same sheets give the same bytes."""
    import docx
    from docx.shared import Mm

    document: Any = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, millimetres in _MARGINS_MM.items():
        setattr(section, name, Mm(millimetres))
    document.core_properties.title = f"{department.name} 督办单（{department.month_zh}）"
    for place, sheet in enumerate(department.sheets):
        if place:
            document.add_page_break()
        _add_sheet(document, department, sheet, sample_mark if department.is_sample else "")
    stream = io.BytesIO()
    document.save(stream)
    return _without_times(stream.getvalue())


def _add_sheet(document: Any, department: Department, sheet: Sheet, mark: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGNED
    from docx.shared import Mm

    if mark:
        _add(document, mark)
    _add(document, "督 办 单", _TITLE).alignment = ALIGNED.CENTER
    _add(document, f"{sheet.number}　{sheet.level}").alignment = ALIGNED.RIGHT
    _add(document, f"{department.name}：")
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for column, width in zip(table.columns, (_LABEL_MM, _TEXT_MM), strict=True):
        column.width = Mm(width)
    for label, text in (*sheet.lines, ("督办要求", sheet.demand)):
        cells = table.add_row().cells
        for cell, words, width in zip(cells, (label, text), (_LABEL_MM, _TEXT_MM), strict=True):
            cell.width = Mm(width)
            _write(cell.paragraphs[0], words, _BODY)
    _add(document, "请在下次月报中填写滞后原因、下一步措施、完成时限和责任人；核查属实后予以销号。")
    _add(document, department.month_zh).alignment = ALIGNED.RIGHT


def _add(document: Any, text: str, face: tuple[str, int] = _BODY) -> Any:
    paragraph = document.add_paragraph()
    _write(paragraph, text, face)
    return paragraph


def _write(paragraph: Any, text: str, face: tuple[str, int]) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    name, points = face
    run = paragraph.add_run(text)
    run.font.name, run.font.size = name, Pt(points)
    # Word takes the typeface of Chinese characters from an attribute of its own.
    run._element.rPr.rFonts.set(qn("w:eastAsia"), name)


def _without_times(content: bytes) -> bytes:
    """Return a container whose parts have no time of writing."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as written,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as timeless,
    ):
        for part in written.infolist():
            entry = zipfile.ZipInfo(part.filename, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            timeless.writestr(entry, written.read(part))
    return stream.getvalue()
