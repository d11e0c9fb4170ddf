"""What sheets and columns are called in both languages, and what each word of a cell means: data files."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Head:
    """What stands above a column."""

    head_zh: str
    meaning_zh: str
    meaning_en: str


@cache
def heads() -> dict[tuple[str, str], Head]:
    """Return the heads by file and column."""
    rows = _rows("heads.csv")
    return {
        (row["file"], row["column"]): Head(row["head_zh"], row["meaning_zh"], row["meaning_en"])
        for row in rows
    }


@cache
def words() -> dict[tuple[str, str], str]:
    """Return what a word means in Chinese, by column and word."""
    return {(row["column"], row["word"]): row["word_zh"] for row in _rows("words.csv")}


@cache
def sheet_names() -> dict[str, str]:
    """Return the name of each file's sheet."""
    return {
        row["file"]: f"{row['file'].removesuffix('.csv')} {row['name_zh']}" for row in _rows("sheets.csv")
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
