"""People: a floor that can be proved, two estimates, and a ceiling, for each group."""

import math

from everygenome.charts.canvas import Canvas
from everygenome.charts.figures import compact, number
from everygenome.charts.lanes import Lanes
from everygenome.charts.page import Spec
from everygenome.charts.rows import Row, Rows, listed, nothing
from everygenome.charts.scales import Scale, powers, thinned
from everygenome.charts.theme import LIGHT, Style, Theme

_ESTIMATES = {
    "publication_estimate": ("circle", "publication estimate", "largest study of each publication"),
    "cohort_estimate": ("diamond", "cohort estimate", "each set of cohorts once"),
}


def people_chart(
    rows: Rows, *, title: str, caption: str = "", theme: Theme = LIGHT, narrow: bool = False
) -> Spec:
    """Draw how many people there may be, on a scale of powers of ten.

    Args:
        rows: `group`, `floor`, `publication_estimate`, `cohort_estimate`, `ceiling` (people;
            an estimate is missing where the release cannot give it).
        title: the finding, in plain words.
        caption: what the numbers are.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.

    Returns:
        A Vega-Lite specification. The bar leads from the floor to the ceiling, and both are
        written out; marks on it are the estimates. A group that no record names says so.
    """
    data = [row for row in listed(rows) if row["ceiling"] is not None]
    known = [row for row in data if row["ceiling"]]
    if not known:
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    lanes = Lanes(canvas, canvas.head(title, caption) + 12, told_room=190)
    ends = [value for row in known for value in (row["floor"], row["ceiling"]) if value]
    ticks = powers(min(ends), max(ends))
    x = Scale(ticks[0], ticks[-1], lanes.left, lanes.right, math.log10)
    for row in data:
        if not row["ceiling"]:
            lanes.lane(row["group"], "no record names it alone")
            continue
        y = lanes.lane(row["group"], f"{number(row['floor'])} to {number(row['ceiling'])}")
        _draw(canvas, row, x, y)
    labels = [(tick, compact(tick)) for tick in thinned(ticks, x.end - x.start, each=48)]
    y = canvas.paragraph(_note(data), lanes.axis(x, labels) + 4, colour=theme.quiet)
    return canvas.finish(y + 12)


def _draw(canvas: Canvas, row: Row, x: Scale, y: float) -> None:
    theme = canvas.theme
    low, high = row["floor"] or x.low, row["ceiling"]
    canvas.bar(
        (x(low), y - 4),
        (x(high), y + 4),
        fill=theme.grid,
        words=f"{row['group']}: at least {number(row['floor'])} people, at most {number(high)}",
        group=row["group"],
        floor=row["floor"],
        ceiling=high,
    )
    for value in (low, high):
        canvas.rule((x(value), y - 7), (x(value), y + 7), colour=theme.ink, thick=1.5, above=True)
    for name, (shape, words, _) in _ESTIMATES.items():
        if row[name]:
            canvas.point(
                (x(row[name]), y),
                Style(theme.colours[0 if shape == "circle" else 1], (1, 0), shape),
                words=f"{row['group']}, {words}: {number(row[name])} people",
                area=60,
                group=row["group"],
                people=row[name],
            )


def _note(data: list[Row]) -> str:
    told = "Bar: from the fewest people that there must be to the most that there can be."
    for name, (shape, words, how) in _ESTIMATES.items():
        if any(row[name] for row in data):
            told += f" {shape.capitalize()}: {words} ({how})."
        else:
            told += f" This release gives no {words}."
    return told + " Each step of the scale is ten times the one before."
