"""Reading a page back as a browser would: its tables, its cards, and what it refers to."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

_VOID = {"meta", "input", "br", "link", "img"}


class Page(HTMLParser):
    """A parsed page; `elements` are all of its elements in order, each with its text in Chinese."""

    def __init__(self, content: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[dict[str, Any]] = []
        self._open: list[dict[str, Any]] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = {"tag": tag, "attributes": dict(attrs), "text": "", "within": list(self._open)}
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append({"tag": tag, "attributes": dict(attrs), "text": "", "within": list(self._open)})

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()["tag"] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(element["attributes"].get("lang") == "en" for element in self._open):
            return
        for element in self._open:
            element["text"] += data

    def all(self, tag: str, within: dict[str, Any] | None = None, **attributes: str) -> list[dict[str, Any]]:
        """Return the elements of a tag that have these attributes (`class_` for class)."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element["tag"] == tag
            and (within is None or any(outer is within for outer in element["within"]))
            and all(
                value in (element["attributes"].get(name) or "").split() for name, value in wanted.items()
            )
        ]

    def rows(self, table_class: str, section: str) -> list[list[str]]:
        """Return the cells of the body rows of the tables of a class in a section, as text."""
        (part,) = self.all("section", id=section)
        found = []
        for table in self.all("table", within=part, class_=table_class):
            for row in self.all("tr", within=table):
                cells = [
                    one for one in self.elements if one["tag"] in ("th", "td") and row in one["within"][-1:]
                ]
                if any(cell["tag"] == "td" for cell in cells):
                    found.append([" ".join(cell["text"].split()) for cell in cells])
        return found
