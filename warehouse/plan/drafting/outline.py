"""The outline of a plan's text: its headings, and the passages that may be commitments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from warehouse.plan.drafting.language import Language, narrowed

TABLE_LEVEL = 6
PARAGRAPH_LEVEL = 5
ITEM_LEVEL = 3
_SECTION_LEVELS = (1, 2)
_INHERITED = frozenset({"past", "safeguard", "annex"})
_LONGEST_TITLE = 40
_CELLS = re.compile(r"\t|\s?\|\s?")
_TABLE_CELLS = 3
_SAYS_SOMETHING = re.compile(r"[^\W_]")


@dataclass
class Passage:
    """A piece of the text under one heading mark, with what it is a part of."""

    level: int
    kind: str
    section: str
    number: str
    """The mark that it begins with, such as `3.`; empty where it has none."""
    start: int
    end: int
    has_children: bool = False


@dataclass(frozen=True)
class Oddity:
    """A line that the outline left out or that contradicts itself, with the reason in the text's language."""

    start: int
    words: str
    reason: str


@dataclass
class Outline:
    """All passages in the order of the text, and what was odd."""

    title: str = ""
    passages: list[Passage] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)


def outline_of(text: str, language: Language) -> Outline:
    """Return the outline of a text."""
    outline = _Reader(text, language).outline
    outline.passages = [one for one in outline.passages if _SAYS_SOMETHING.search(text, one.start, one.end)]
    if not outline.passages:
        outline.passages.append(Passage(PARAGRAPH_LEVEL, "goal", "", "", 0, len(text)))
    return outline


def cells_of(line: str) -> list[str]:
    """Return the cells of a table's row; a line that is no row is one cell."""
    return [cell.strip() for cell in _CELLS.split(line.strip().strip("|"))]


def title_in(words: str, language: Language) -> str:
    """Return a passage's title: its first sentence where that is short, else its first clause."""
    sentence = _first_part(words, re.compile(rf"\n|{language.value('sentences', 'end')}"))
    if len(sentence) <= _LONGEST_TITLE:
        return sentence
    return _first_part(sentence, language.pattern("sentences", "clause_end"))[:_LONGEST_TITLE]


def _first_part(words: str, ends: re.Pattern[str]) -> str:
    """Return the first part of some words that says something."""
    return next((part.strip() for part in ends.split(words) if _SAYS_SOMETHING.search(part)), words.strip())


class _Reader:
    """Reads a text line by line, keeping which headings it is under."""

    def __init__(self, text: str, language: Language) -> None:
        self._text = text
        self._language = language
        self._kinds = {0: "", 1: "", 2: ""}
        self._headings = {0: "", 1: "", 2: ""}
        self._open: Passage | None = None
        self._sections: dict[int, Passage] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self.outline = Outline()
        for start, line in _lines(text):
            self._read(start, line, narrowed(line).strip())
        self._close()

    def _read(self, start: int, line: str, plain: str) -> None:
        if reason := self._left_out(plain):
            self.outline.oddities.append(Oddity(start, plain, reason))
        elif self._language.pattern("structure", "reference").match(plain):
            self._close()
        elif len(cells_of(line)) >= _TABLE_CELLS:
            self._table_row(start, line)
        elif mark := self._mark(plain):
            self._heading(start, line, plain, *mark)
        elif len(plain) <= _LONGEST_TITLE and self._is_list_heading(plain):
            self._annex(plain)
        elif self._open and self._open.level not in (PARAGRAPH_LEVEL, TABLE_LEVEL) and not self._is_closed():
            self._open.end = start + len(line)
        else:
            self._paragraph(start, line, plain)

    def _left_out(self, plain: str) -> str:
        """Return why a line is no part of the text proper: contents and page numbers; empty where it is."""
        is_entry = self._language.pattern("structure", "contents").search(plain) and self._mark(plain)
        if is_entry or self._language.pattern("structure", "contents_heading").match(plain):
            return str(self._language.value("oddities", "contents"))
        is_page_number = self._language.pattern("structure", "page_number").match(plain)
        return str(self._language.value("oddities", "page_number")) if is_page_number else ""

    def _mark(self, plain: str) -> tuple[int, str] | None:
        for rule in self._language.rules("structure", "headings", by="start"):
            if found := rule.pattern.match(plain):
                return int(rule.facts["level"]), found[0]
        return None

    def _is_list_heading(self, plain: str) -> bool:
        has_end = self._language.pattern("sentences", "end").search(plain)
        return bool(self._language.pattern("structure", "list_heading").match(plain)) and not has_end

    def _annex(self, plain: str) -> None:
        """Begin a list that stands behind the plan proper; before the plan it is the title."""
        self._close()
        if self._kind() == "" and self._is_title(plain):
            self.outline.title = plain
            return
        self._sections = {}
        self._kinds, self._headings = {0: "annex", 1: "", 2: ""}, {0: plain, 1: "", 2: ""}
        self._kinds[0] = self._kind_of(plain, "annex")

    def _heading(self, start: int, line: str, plain: str, level: int, mark: str) -> None:
        at = start + len(line) - len(line.lstrip())
        body = at + len(mark)
        if self._open and level > ITEM_LEVEL and self._open.level == ITEM_LEVEL and not self._is_closed():
            self._open.end = start + len(line)
            return
        self._close()
        if level in _SECTION_LEVELS:
            heading = mark + self._language.pattern("sentences", "end").split(plain[len(mark) :])[0]
            self._headings |= {deeper: "" for deeper in _SECTION_LEVELS if deeper >= level}
            self._kinds |= {deeper: "" for deeper in _SECTION_LEVELS if deeper > level}
            self._kinds[level] = self._kind_of(heading[len(mark) :], self._kind_above(level))
            section = self._section() or heading
            self._headings[level] = heading if len(heading) <= _LONGEST_TITLE else mark
            rest = plain[len(heading) :].strip()
            self._begin(level, section if rest else self._section(), mark, (body, start + len(line)))
            if not rest and self._open:
                self._open.start = self._open.end
            return
        if level == ITEM_LEVEL:
            self._note_number(mark, at, plain)
        self._begin(level, self._section(), mark, (body, start + len(line)))

    def _note_number(self, mark: str, at: int, plain: str) -> None:
        key = (self._headings[0], mark.strip(" .．、"))
        section = self._headings[1] + self._headings[2]
        before = self._numbers.get(key)
        same_section = self._numbers.get((section + "\0" + key[0], key[1]))
        if before is not None and same_section is not None:
            line = self._text.count("\n", 0, same_section) + 1
            reason = self._language.value("oddities", "number_twice").format(number=key[1], line=line)
            self.outline.oddities.append(Oddity(at, plain[:_LONGEST_TITLE], reason))
        self._numbers[key] = at
        self._numbers[section + "\0" + key[0], key[1]] = at

    def _table_row(self, start: int, line: str) -> None:
        if self._open is None or self._open.level != TABLE_LEVEL:
            self._close()
            self._begin(TABLE_LEVEL, self._section(), "", (start, start + len(line)))
        elif self._open:
            self._open.end = start + len(line)

    def _paragraph(self, start: int, line: str, plain: str) -> None:
        self._close()
        if self._kind() == "" and self._is_title(plain):
            self.outline.title = plain
            return
        self._begin(PARAGRAPH_LEVEL, self._section(), "", (start, start + len(line)))

    def _is_title(self, plain: str) -> bool:
        has_end = self._language.pattern("sentences", "end").search(plain)
        is_short = len(plain) <= 2 * _LONGEST_TITLE
        return is_short and not has_end and bool(self._language.pattern("structure", "title").search(plain))

    def _begin(self, level: int, section: str, number: str, span: tuple[int, int]) -> None:
        for parent in self._sections.values():
            parent.has_children = parent.has_children or level > parent.level
        kind = self._kind() or ("task" if level == ITEM_LEVEL else "goal")
        self._open = Passage(level, kind, section, number, *span)
        self.outline.passages.append(self._open)
        if level in _SECTION_LEVELS:
            self._sections = {one: kept for one, kept in self._sections.items() if one < level}
            self._sections[level] = self._open

    def _close(self) -> None:
        self._open = None

    def _is_closed(self) -> bool:
        """Return whether the open passage has named who answers for it at its end, so that it is complete."""
        if self._open is None:
            return True
        words = narrowed(self._text[self._open.start : self._open.end]).rstrip()
        last = words[words.rfind("(") :] if words.endswith(")") else ""
        rules = (
            *self._language.rules("organizations", "labels"),
            *self._language.rules("organizations", "verbs"),
        )
        return any(rule.pattern.search(last) for rule in rules)

    def _kind(self) -> str:
        return self._kinds[2] or self._kinds[1] or self._kinds[0]

    def _kind_above(self, level: int) -> str:
        return next((self._kinds[one] for one in range(level - 1, -1, -1) if self._kinds[one]), "")

    def _kind_of(self, heading: str, above: str) -> str:
        if above in _INHERITED:
            return above
        found = (
            str(rule.facts["kind"])
            for rule in self._language.rules("structure", "kinds")
            if rule.pattern.search(heading)
        )
        return next(found, above or "task")

    def _section(self) -> str:
        return self._headings[2] or self._headings[1] or self._headings[0]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1
