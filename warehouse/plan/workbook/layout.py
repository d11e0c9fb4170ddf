"""Where things stand in the workbook: its sheets, and the rows above the cells of a table."""

from __future__ import annotations

import re
from typing import Final

OVERVIEW: Final = "总览 overview"
WORDS: Final = "词表 words"
TEXT: Final = "原文 text"

MEANING_ZH, MEANING_EN, NEED, HEAD, NAMES, FIRST = range(6)
"""The rows of a table's sheet, counted from 0: meanings, whether a column is needed, heads, data."""

REQUIRED: Final = "必填 required"
MAY_BE_EMPTY: Final = "可空 may be empty"
LEFT_OUT: Final = "空则省略 left out while empty"
"""Of a column that the file does not have: it gets the column with the first cell that is filled."""

PRESENT: Final = "有 yes"
ABSENT: Final = "无 no"

TEXT_FILE: Final = "原文文件 text file"
DIGEST: Final = "内容摘要 digest"

LONGEST: Final = 32_000
"""How many characters a cell of a workbook takes, with some to spare."""

UNWRITABLE: Final = re.compile(r"[\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|x005F_")
"""What a workbook cannot carry: characters that XML has not, and what it writes for others of them."""
