"""One panel of a trend: the line, band and marks of one group."""

from collections.abc import Sequence

from everygenome.charts.canvas import Canvas
from everygenome.charts.figures import compact, number
from everygenome.charts.panels import Box, heights, years
from everygenome.charts.rows import Row, percent
from everygenome.charts.scales import Scale
from everygenome.charts.theme import Style


def curve(
    canvas: Canvas,
    box: Box,
    group: str,
    line: Sequence[Row],
    *,
    end: float,
    look: Style,
    measure: str,
) -> None:
    """Draw one group.

    Args:
        canvas: what to draw on.
        box: where.
        group: its name.
        line: one row a year, as `rows.by_year` gives it; with `beside`, another line is drawn
            beside it, broken and without marks.
        end: share (0-1) or count at which the scale ends.
        look: colour, dash and marker.
        measure: `share` or `value`.
    """
    known = [item["year"] for item in line]
    inset = 8 if box.wide > 200 else 4
    x = Scale(known[0], known[-1], box.left + inset, box.right - inset)
    y = Scale(0, end, box.bottom, box.top)
    steps = 4 if box.bottom - box.top > 120 and end == 1 else 2
    values = [end * step / steps for step in range(steps + 1)]
    labels = [(value, _label(value, end, measure)) for value in values]
    heights(canvas, box, y, labels, written=box.first)
    years(canvas, box, x, known)
    for run in _runs(line, "low"):
        canvas.band([(x(i["year"]), y(i["low"]), y(i["high"])) for i in run], look.colour)
    for run in _runs(line, "value"):
        if len(run) > 1:
            canvas.line([(x(i["year"]), y(i["value"])) for i in run], look)
    for run in _runs(line, "beside"):
        _beside(canvas, [(x(i["year"]), y(i["beside"])) for i in run])
    for item in line:
        if item["value"] is None:
            continue
        canvas.point(
            (x(item["year"]), y(item["value"])),
            look,
            words=f"{group}, {item['year']}: {_told(item, measure)}",
            area=34 if box.wide > 200 else 20,
            hollow=not item["named"],
            group=group,
            year=item["year"],
            value=item["value"],
        )


def _beside(canvas: Canvas, places: Sequence[tuple[float, float]]) -> None:
    """What the line is set against; a year that stands alone is a short stroke."""
    (first, height), *rest = places
    if not rest:
        places = [(first - 5, height), (first + 5, height)]
    canvas.line(places, Style(canvas.theme.ink, (4, 3), "stroke"), thick=1.5)


def _told(item: Row, measure: str) -> str:
    if "beside" in item:
        against = f"{percent(item['beside'])} expected"
        return f"{_share(item) if item['value'] else 'none'}; {against}"
    if not item["named"]:
        return "no record names it alone"
    if measure == "value":
        return number(item["value"])
    return _share(item)


def _share(item: Row) -> str:
    if item["low"] is None or item["high"] is None:
        return percent(item["value"])
    return f"{percent(item['value'])} ({percent(item['low'])} to {percent(item['high'])})"


def _label(value: float, end: float, measure: str) -> str:
    if measure == "value":
        return compact(value)
    return f"{value:.0%}" if end >= 0.02 or value == 0 else f"{value:.2%}".replace("0%", "%")


def _runs(line: Sequence[Row], name: str) -> list[list[Row]]:
    """Years without a hole between them; a hole is a gap, and is not bridged."""
    runs: list[list[Row]] = [[]]
    for item in line:
        if item.get(name) is None:
            runs.append([])
        else:
            runs[-1].append(item)
    return [run for run in runs if run]
