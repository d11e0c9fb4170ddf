"""How cells look: what is at fault is red, what is to be confirmed yellow, what explains grey."""

from __future__ import annotations

from typing import Any


def looks(workbook: Any) -> dict[str, Any]:
    """Return the formats by name; cells to fill in are of text, so that nothing typed is converted."""
    text = {"num_format": "@", "text_wrap": True, "valign": "top"}
    return {
        "title": workbook.add_format({"bold": True, "font_size": 14}),
        "heading": workbook.add_format({"bold": True, "bg_color": "#D9E1F2", "border": 1, "text_wrap": True}),
        "names": workbook.add_format({"bold": True, "bg_color": "#D9E1F2", "border": 1, "num_format": "@"}),
        "meaning": workbook.add_format(
            {"font_color": "#595959", "bg_color": "#F2F2F2", "text_wrap": True, "valign": "top"}
        ),
        "text": workbook.add_format(text),
        "fault": workbook.add_format(text | {"bg_color": "#F8CBAD", "border": 2, "border_color": "#C00000"}),
        "to_confirm": workbook.add_format(text | {"bg_color": "#FFF2CC"}),
        "link": workbook.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"}),
    }
