"""LibreOffice without a window: fills in and saves workbooks of any kind, prints them, reads documents."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

from tests.services.programs import required

_FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8"}
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">{source}</script:module>
"""
_SOURCE = """
Sub Fill
  Dim Hidden(0) As New com.sun.star.beans.PropertyValue
  Hidden(0).Name = "Hidden"
  Hidden(0).Value = True
  Book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, Hidden())
  Sheet = Book.Sheets.getByName("{sheet}")
{cells}
  Dim Form(0) As New com.sun.star.beans.PropertyValue
  Form(0).Name = "FilterName"
  Form(0).Value = "{form}"
  Book.storeToURL("{target}", Form())
  Book.close(True)
End Sub
"""


def filled(source: Path, target: Path, sheet: str, cells: dict[str, float | str]) -> bytes:
    """The workbook after someone wrote into cells of a sheet (`{"G6": 12}`) and saved it as `target`."""
    program = required(shutil.which("soffice"), "libreoffice-calc-nogui")
    profile = target.parent / "profile"
    lines = [f'  Sheet.getCellRangeByName("{name}").{_set(content)}' for name, content in cells.items()]
    macro = _SOURCE.format(
        source=source.as_uri(),
        target=target.as_uri(),
        sheet=sheet,
        cells="\n".join(lines),
        form=_FILTERS[target.suffix[1:]],
    )
    # The first start makes the profile, with one empty module in it.
    _run(program, profile, "--terminate_after_init")
    module = profile / "user" / "basic" / "Standard" / "Module1.xba"
    module.write_text(_MODULE.format(source=escape(macro)), encoding="utf-8")
    _run(program, profile, "macro:///Standard.Module1.Fill")
    return target.read_bytes()


def printed(workbook: Path, folder: Path) -> Path:
    """The PDF that LibreOffice prints of a workbook, with all its formulas computed, in `folder`."""
    program = required(shutil.which("soffice"), "libreoffice-calc-nogui")
    _run(program, folder / "profile", "--convert-to", "pdf", "--outdir", str(folder), str(workbook))
    return folder / f"{workbook.stem}.pdf"


def as_text(document: Path, folder: Path) -> str:
    """The text of a document with every number that LibreOffice computes for it."""
    program = required(shutil.which("soffice"), "libreoffice-writer-nogui")
    form = "txt:Text (encoded):UTF8"
    _run(program, folder / "profile", "--convert-to", form, "--outdir", str(folder), str(document))
    return (folder / f"{document.stem}.txt").read_text(encoding="utf-8-sig")


def _run(program: str, profile: Path, *arguments: str) -> None:
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", *arguments]
    subprocess.run(command, check=True, timeout=180, capture_output=True)


def _set(content: float | str) -> str:
    return f'setString("{content}")' if isinstance(content, str) else f"setValue({content})"
