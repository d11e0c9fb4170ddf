"""The first sheet: how many targets stand how, in tiles, two native charts and two tables that lead on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from warehouse.snapshot.month import Month, Row
from warehouse.snapshot.wording import GROUPS, rank
from warehouse.snapshot.workbook.heads import HEAD_ROWS, Head
from warehouse.snapshot.workbook.looks import FONT, GROUP_COLOURS, Looks
from warehouse.snapshot.workbook.sheet_names import link_to

TITLE = "总览"
_TILE_ROW = HEAD_ROWS + 1
_CHART_ROW = _TILE_ROW + 3
_CHART_LINES = 19
_TABLE_ROW = _CHART_ROW + _CHART_LINES + 1
_FIRST_GROUP = 2
_COLUMNS = _FIRST_GROUP + len(GROUPS) + 3
_COUNT_WIDTH, _RANK_WIDTH, _LETTER_WIDTH = 10, 22, 2
_HUNDRED = 100


def write_overview(
    sheet: Any, workbook: Any, looks: Looks, head: Head, sheets: dict[tuple[str, str], str]
) -> None:
    """Write the overview; `sheets` names the sheet of each section and lead, by scope and code."""
    standings = head.month.standings
    sections = [row for row in standings if row["scope"] == "section"]
    leads = [row for row in standings if row["scope"] == "lead"]
    head.write(sheet, looks, TITLE, _COLUMNS)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, _COLUMNS - 1, _COUNT_WIDTH)
    for place, group in enumerate(GROUPS, start=_FIRST_GROUP):
        sheet.set_column(place, place, max(_COUNT_WIDTH, _LETTER_WIDTH * len(group.zh) + 2))
    sheet.set_column(_COLUMNS - 1, _COLUMNS - 1, _RANK_WIDTH)
    _tiles(sheet, looks, whole_district(head.month))
    scores = {row["organization_code"]: row for row in head.month.scorecards}
    first = _TABLE_ROW
    _table(sheet, looks, first, ("各板块", sections, sheets, {}))
    _table(sheet, looks, first + len(sections) + 3, ("各牵头单位", leads, sheets, scores))
    size = {"object_position": 1}
    sheet.insert_chart(_CHART_ROW, 0, _shares(workbook), size)
    sheet.insert_chart(_CHART_ROW, _FIRST_GROUP + 1, _bars(workbook, first + 2, len(sections)), size)
    sheet.freeze_panes(HEAD_ROWS, 0)
    last = first + len(sections) + len(leads) + 5
    sheet.print_area(0, 0, last, _COLUMNS - 1)
    sheet.fit_to_pages(1, 0)
    sheet.set_h_pagebreaks([first + len(sections) + 3])


def whole_district(month: Month) -> Row:
    """Return the district's standing; all counts are zero before its first window begins."""
    none = {"windows": 0} | {group.count_column: 0 for group in GROUPS}
    return next((row for row in month.standings if row["scope"] == "district"), none)


def _tiles(sheet: Any, looks: Looks, district: Row) -> None:
    """Write the counts of the whole district, large."""
    sheet.set_row(_TILE_ROW, 20)
    sheet.set_row(_TILE_ROW + 1, 34)
    whole = looks.tile("#1F4E79", big=False), looks.tile("#1F4E79", big=True)
    sheet.merge_range(_TILE_ROW, 0, _TILE_ROW, 1, "涉及考核期", whole[0])
    sheet.merge_range(_TILE_ROW + 1, 0, _TILE_ROW + 1, 1, "", whole[1])
    sheet.write_number(_TILE_ROW + 1, 0, district["windows"], whole[1])
    for place, group in enumerate(GROUPS, start=_FIRST_GROUP):
        colour = GROUP_COLOURS[group.code]
        sheet.write_string(_TILE_ROW, place, f"{group.sign} {group.zh}", looks.tile(colour, big=False))
        sheet.write_number(_TILE_ROW + 1, place, district[group.count_column], looks.tile(colour, big=True))


def _table(
    sheet: Any,
    looks: Looks,
    top: int,
    about: tuple[str, list[Row], dict[tuple[str, str], str], dict[str, Row]],
) -> None:
    """Write one table of counts; `about` is its title, its rows, their sheets, and any scorecards."""
    title, rows, sheets, scores = about
    headings = [title, "考核期", *(group.zh for group in GROUPS)]
    headings += ["绿灯占比", "按时报送率", "排名"] if scores else []
    for place in range(len(headings)):
        sheet.write_blank(top, place, None, looks["part"])
    sheet.write_string(top, 0, title, looks["part"])
    for place, heading in enumerate(headings):
        sheet.write_string(top + 1, place, heading, looks["heading"])
    for line, row in enumerate(rows, start=top + 2):
        name = sheets[row["scope"], row["code"]]
        sheet.write_url(line, 0, link_to(name), looks["link"], string=row["name"])
        sheet.write_number(line, 1, row["windows"], looks["count"])
        for place, group in enumerate(GROUPS, start=_FIRST_GROUP):
            sheet.write_number(line, place, row[group.count_column], looks["count"])
        if scores:
            _score(sheet, looks, line, scores[row["code"]])
    for place, group in enumerate(GROUPS, start=_FIRST_GROUP):
        rule = {"type": "cell", "criteria": ">", "value": 0, "format": looks.tint(group.code)}
        sheet.conditional_format(top + 2, place, top + 1 + len(rows), place, rule)


def _score(sheet: Any, looks: Looks, line: int, score: Row) -> None:
    place = _FIRST_GROUP + len(GROUPS)
    for offset, name in enumerate(("green_share_pct", "on_time_pct")):
        share: Decimal | None = score[name]
        if share is None:
            sheet.write_blank(line, place + offset, None, looks["text"])
        else:
            sheet.write_number(line, place + offset, float(share / _HUNDRED), looks["percent"])
    sheet.write_string(line, place + 2, rank(score)[0], looks["centred"])


def _shares(workbook: Any) -> Any:
    """Return the ring of all targets by how they stand."""
    chart = workbook.add_chart({"type": "doughnut"})
    last = _FIRST_GROUP + len(GROUPS) - 1
    chart.add_series(
        {
            "name": "全区目标",
            "categories": [TITLE, _TILE_ROW, _FIRST_GROUP, _TILE_ROW, last],
            "values": [TITLE, _TILE_ROW + 1, _FIRST_GROUP, _TILE_ROW + 1, last],
            "points": [
                {"fill": {"color": GROUP_COLOURS[group.code]}, "border": {"color": "#FFFFFF"}}
                for group in GROUPS
            ],
        }
    )
    chart.set_title({"name": "全区目标进展", "name_font": {"name": FONT, "size": 12}, "overlay": False})
    chart.set_hole_size(58)
    chart.set_legend({"position": "bottom", "font": {"name": FONT, "size": 9}})
    chart.set_size({"width": 380, "height": 370})
    chart.set_chartarea({"border": {"none": True}})
    return chart


def _bars(workbook: Any, first: int, count: int) -> Any:
    """Return the sections side by side, each as one bar of its targets."""
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    last = first + count - 1
    for place, group in enumerate(GROUPS, start=_FIRST_GROUP):
        chart.add_series(
            {
                "name": [TITLE, first - 1, place],
                "categories": [TITLE, first, 0, last, 0],
                "values": [TITLE, first, place, last, place],
                "fill": {"color": GROUP_COLOURS[group.code]},
                "gap": 45,
            }
        )
    small = {"name": FONT, "size": 9}
    chart.set_title({"name": "各板块目标进展（考核期数）", "name_font": {"name": FONT, "size": 12}})
    chart.set_y_axis({"reverse": True, "num_font": small, "line": {"color": "#D5DBE1"}})
    grid = {"visible": True, "line": {"color": "#E8ECEF"}}
    # The reversed order of the sections turns the axis to the top; "high" brings its numbers to the foot.
    chart.set_x_axis({"num_font": small, "major_gridlines": grid, "label_position": "high"})
    chart.set_legend({"none": True})
    chart.set_size({"width": 660, "height": 370})
    chart.set_chartarea({"border": {"none": True}})
    return chart
