"""How cells look: one place for fonts, colours and number formats."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from warehouse.snapshot.wording import figure, percent

FONT = "微软雅黑"
INK, QUIET, LINE, BAND = "#1F2933", "#6B7785", "#D5DBE1", "#F3F6F9"
ACCENT, WARNING = "#1F4E79", "#B71C1C"

GROUP_COLOURS = {
    "done": "#2E7D32",
    "on_pace": "#7CB342",
    "behind": "#F9A825",
    "far_behind": "#E65100",
    "lost": "#8C1D4F",
    "not_reported": "#78909C",
    "done_late": "#C0A000",
    "overdue": "#B71C1C",
    "overdue_unreported": "#8D4A1B",
    "not_judged": "#CFD8DC",
}
"""The colour of each group of statuses, in charts and tiles."""

GROUP_TINTS = {
    "done": ("#E3F1E4", "#1B5E20"),
    "on_pace": ("#EEF6E2", "#33691E"),
    "behind": ("#FFF4D6", "#7A5200"),
    "far_behind": ("#FFE4D1", "#A33A00"),
    "lost": ("#F7DCE8", "#7A1743"),
    "not_reported": ("#E6EBEE", "#37474F"),
    "done_late": ("#FBF3C8", "#5C4D00"),
    "overdue": ("#FBDADA", "#8E1616"),
    "overdue_unreported": ("#F6E0D0", "#6B3410"),
    "not_judged": ("#F4F6F7", "#546E7A"),
}
"""Fill and ink of a status in a cell: the ink is dark enough to read on its fill."""

_BASE = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
_CELL = _BASE | {"border": 1, "border_color": LINE}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": _BASE | {"font_size": 18, "bold": True, "font_color": ACCENT},
    "about": _BASE | {"font_color": QUIET},
    "sample": _BASE | {"bold": True, "font_color": "#FFFFFF", "bg_color": WARNING, "indent": 1},
    "freshness": _BASE | {"font_color": QUIET, "italic": True},
    "summary": _BASE | {"font_size": 11, "bold": True},
    "part": _BASE
    | {"font_size": 12, "bold": True, "font_color": ACCENT, "bottom": 2, "bottom_color": ACCENT},
    "heading": _CELL
    | {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "align": "center", "text_wrap": True},
    "text": _CELL | {"text_wrap": True},
    "centred": _CELL | {"align": "center", "text_wrap": True},
    "link": _CELL | {"font_color": ACCENT, "underline": 1},
    "count": _CELL | {"align": "center", "num_format": '#,##0;−#,##0;"·"'},
    "integer": _CELL | {"align": "center", "num_format": "0"},
    "percent": _CELL | {"num_format": "0.0%;−0.0%"},
    "points": _CELL | {"num_format": "+0.0;[Red]−0.0;0.0"},
    "withheld": _CELL | {"align": "center", "italic": True, "font_color": QUIET},
    "plain": _BASE | {"text_wrap": True},
}


class Looks:
    """The formats of one workbook, by name; each is made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """Return the format of that name."""
        if name not in self._made:
            self._made[name] = self._workbook.add_format(_LOOKS[name])
        return self._made[name]

    def of_figure(self, value: Decimal, beside: Decimal | None, decimals: int) -> Any:
        """Return the format that shows a figure with the decimals that every other page writes it with."""
        decimals = len(figure(value, beside, decimals).partition(".")[2])
        name = f"figure with {decimals} decimals"
        if name not in self._made:
            shown = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._made[name] = self._workbook.add_format(_CELL | {"num_format": f"{shown};−{shown}"})
        return self._made[name]

    def of_percent(self, value: Decimal) -> Any:
        """Return the format that shows a percentage with the decimals that the other pages write it with."""
        decimals = len(percent(value).partition(".")[2]) - 1
        name = f"percent with {decimals} decimals"
        if name not in self._made:
            shown = "0." + "0" * decimals + "%"
            self._made[name] = self._workbook.add_format(_CELL | {"num_format": f"{shown};−{shown}"})
        return self._made[name]

    def tile(self, colour: str, *, big: bool) -> Any:
        """Return the look of a count that is read from afar, or of the word above it."""
        name = f"tile {colour} {big}"
        if name not in self._made:
            ink = INK if colour == GROUP_COLOURS["not_judged"] else "#FFFFFF"
            look = {"align": "center", "bg_color": colour, "font_color": ink, "bold": True}
            self._made[name] = self._workbook.add_format(_BASE | look | {"font_size": 20 if big else 10})
        return self._made[name]

    def tint(self, group: str) -> Any:
        """Return what a conditional format lays over a status of the group."""
        name = f"tint {group}"
        if name not in self._made:
            fill, ink = GROUP_TINTS[group]
            self._made[name] = self._workbook.add_format({"bg_color": fill, "font_color": ink, "bold": True})
        return self._made[name]

    def stale(self) -> Any:
        """Return what a conditional format lays over the notice that a newer edition is due."""
        if "stale" not in self._made:
            self._made["stale"] = self._workbook.add_format({"font_color": WARNING, "bold": True})
        return self._made["stale"]

    def faded(self) -> Any:
        """Return what a conditional format lays over a row that no count counts."""
        if "faded" not in self._made:
            self._made["faded"] = self._workbook.add_format({"font_color": "#9AA5B1", "italic": True})
        return self._made["faded"]
