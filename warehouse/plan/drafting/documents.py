"""The text of a plan's document: TXT in any usual encoding, DOCX, or PDF that has text."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warehouse.errors import MinshengError
from warehouse.plan.office_files import MOST_BYTES, refuse_hostile

_MOST_CHARACTERS = 1_000_000
_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CELL_MARK = "\t"
_BEGINS_ANEW = re.compile(
    r"\s*(?:第[一二三四五六七八九十百]+[章节条]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d+\s?[.．、](?!\d)|"
    r"[—●•◆■-]|附件|Part |Section |[A-Z][^.]{0,60}:$)"
)
_PAGE_NUMBER = re.compile(r"^\s*[-—]?\s*\d{1,3}\s*[-—]?\s*$")
_ENDS = re.compile(r"[。！？：:；;.!?）)]\s*$")
_SHORT = 0.75
"""A line of a PDF that is shorter than this part of the longest ends its paragraph."""


def text_of(path: Path) -> str:
    """Return a document's text, a paragraph or table row a line, the cells of a row parted by tabs.

    Raises MinshengError where the file is no such document, is too large, or has pages without text.
    """
    if not path.is_file():
        raise MinshengError(f"There is no file {path}: name the plan's text, a .txt, .docx or .pdf")
    if path.stat().st_size > MOST_BYTES:
        raise MinshengError(
            f"{path} has {path.stat().st_size} bytes, more than the {MOST_BYTES} of any plan: "
            "cut the plan out of it"
        )
    text = _READERS.get(path.suffix.lower(), _plain)(path)
    if len(text) > _MOST_CHARACTERS:
        line = text.count("\n", 0, _MOST_CHARACTERS) + 1
        raise MinshengError(
            f"{path} has {len(text)} characters, and a draft reads {_MOST_CHARACTERS}, up to line {line}: "
            "cut the plan out of it"
        )
    text = _visible(text)
    if not any(map(str.isalnum, text)):
        raise MinshengError(f"{path} holds no text: name the plan's text, or have it recognised (OCR) first")
    return text if text.endswith("\n") else text + "\n"


def _visible(text: str) -> str:
    """Return a text with one kind of line end, and without the characters that nobody sees."""
    lines = re.sub("\r\n|[\r\v\f\x85\u2028\u2029]", "\n", text)
    return "".join(one for one in lines if one in "\t\n" or unicodedata.category(one) not in ("Cc", "Cf"))


def _plain(path: Path) -> str:
    content = path.read_bytes()
    if content.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise MinshengError(f"{path} is no plain text: save it as .docx, .pdf or .txt under its own ending")
    places = []
    for encoding in ("utf-16",) if content.startswith(_UTF16) else _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            places.append(error.start)
    line = content.count(b"\n", 0, places[0]) + 1
    raise MinshengError(f"{path}:{line} is neither UTF-8, UTF-16 nor GB18030: save it as UTF-8")


def _docx(path: Path) -> str:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    from warehouse.plan.drafting.numbering import Numbering

    refuse_hostile(path, "word/document.xml", "DOCX document")
    try:
        document = docx.Document(str(path))
        numbering = Numbering(document)
        return "\n".join(
            line
            for block in document.iter_inner_content()
            for line in (
                _table_rows(block) if isinstance(block, Table) else [numbering.mark(block) + block.text]
            )
        )
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise MinshengError(f"{path} cannot be read as DOCX ({error}): save it again as .docx") from error


def _table_rows(table: Any) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        seen: list[Any] = []
        for cell in row.cells:
            if any(cell._tc is one for one in seen):  # a merged cell is given once for each column
                continue
            seen.append(cell._tc)
            cells.append(" ".join(cell.text.split()))
        yield _CELL_MARK.join(cells)


def _pdf(path: Path) -> str:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextContainer
    from pdfminer.pdfparser import PDFSyntaxError
    from pdfminer.psexceptions import PSException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every font
    try:
        pages = [
            "".join(box.get_text() for box in page if isinstance(box, LTTextContainer))
            for page in extract_pages(str(path), laparams=LAParams(boxes_flow=None))
        ]
    except (PDFSyntaxError, PSException, ValueError, KeyError, TypeError) as error:
        raise MinshengError(f"{path} cannot be read as PDF ({error}): save it again, or as .docx") from error
    if empty := [str(number) for number, page in enumerate(pages, start=1) if not page.strip()]:
        raise MinshengError(
            f"{path} has no text on page {', '.join(empty)} of {len(pages)}: it was scanned, so have "
            "its text recognised (OCR) first"
        )
    return _as_characters(_unwrapped("\n".join(pages)))


def _unwrapped(text: str) -> str:
    """Return the paragraphs of a PDF's lines: one that fills the page's width goes on in the next."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not _PAGE_NUMBER.match(line)]
    width = max(map(len, lines), default=0)
    paragraphs: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and not _BEGINS_ANEW.match(line):
            is_latin = paragraphs[-1][-1:].isascii() and line[:1].isascii()
            paragraphs[-1] += (" " if is_latin else "") + line
        else:
            paragraphs.append(line)
        goes_on = len(line) > width * _SHORT and not (_ENDS.search(line) and len(line) < width)
    return "\n".join(paragraphs)


_RADICALS = dict(
    zip(
        "⼾⿈⾭⺠⺟⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⺎⺒⺗⺧⺫⺮⺼⻌⻖⻗⻭",
        "户黄青民母西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟尢己心牛目竹月辶阝雨齿",
        strict=True,
    )
)
"""Radicals that fonts give in place of the characters of the same shape, where Unicode equates them not."""


def _as_characters(text: str) -> str:
    """Return a PDF's text with characters where its font gives radicals of the same shape."""
    return "".join(
        _RADICALS.get(one) or (unicodedata.normalize("NFKC", one) if "\u2f00" <= one <= "\u2fdf" else one)
        for one in text
    )


_READERS = {".docx": _docx, ".pdf": _pdf}
