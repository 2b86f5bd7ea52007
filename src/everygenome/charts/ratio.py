"""Representation: each group's share against its share of a reference population."""

import math

from everygenome.charts.canvas import Canvas
from everygenome.charts.figures import listed_words, times
from everygenome.charts.lanes import Lanes
from everygenome.charts.letters import width
from everygenome.charts.page import Spec
from everygenome.charts.rows import Row, Rows, groups_in_order, listed, nothing, percent
from everygenome.charts.scales import Scale, powers
from everygenome.charts.theme import LIGHT, Theme, group_style

_NONE_ROOM = 52


def ratio_chart(
    rows: Rows, *, title: str, caption: str = "", theme: Theme = LIGHT, narrow: bool = False
) -> Spec:
    """Draw representation ratios on a scale of doublings.

    Args:
        rows: of `composition` with a reference: `group`, `is_class`, `ratio` (share divided by
            reference share), `ratio_low`, `ratio_high`, `share`, `reference_share` (0-1).
        title: the finding, in plain words.
        caption: what the numbers are, and the reference.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.

    Returns:
        A Vega-Lite specification. The mark is the ratio, the line its interval. A group whose
        ratio is zero stands under "none", since no doubling leads to zero. Groups without a
        ratio are listed in words: they cannot be compared.
    """
    data = listed(rows)
    shown = [row for row in data if row["ratio"] is not None]
    if not shown:
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    y = canvas.head(title, caption) + 26
    lanes = Lanes(canvas, y, told_room=190)
    none = any(row["ratio"] == 0 for row in shown)
    start = lanes.left + (_NONE_ROOM if none else 0)
    ends = [v for row in shown for v in (row["ratio"], row["ratio_low"], row["ratio_high"]) if v]
    ticks = powers(min([*ends, 1.0]), max([*ends, 1.0]), base=2)
    x = Scale(ticks[0], ticks[-1], start, lanes.right, math.log2)
    even = "1: as many as in the population"
    half = width(even) / 2
    middle = min(max(x(1), canvas.margin + half), canvas.width - canvas.margin - half)
    canvas.write(even, middle, y - 8, align="center")
    order = groups_in_order(data)
    for row in shown:
        told = _told(row)
        at = lanes.lane(row["group"], told)
        if row["ratio_low"] and row["ratio_high"]:
            ends_of_line = (x(row["ratio_low"]), at), (x(row["ratio_high"]), at)
            canvas.rule(*ends_of_line, colour=theme.quiet, thick=2, above=True)
        elif row["ratio_high"]:
            end = x(row["ratio_high"]), at
            canvas.rule((start, at), end, colour=theme.quiet, dash=(3, 3), above=True)
        canvas.point(
            (x(row["ratio"]) if row["ratio"] else lanes.left + 14, at),
            group_style(row["group"], order, theme),
            words=f"{row['group']}: {told}; {percent(row['share'])} against "
            f"{percent(row['reference_share'])} of the population",
            area=70,
            hollow=row["ratio"] == 0,
            group=row["group"],
            ratio=row["ratio"],
        )
    lanes.upright(x(1), colour=theme.ink, thick=1.5, above=True)
    step = math.ceil(len(ticks) / (6 if narrow else 12))
    chosen = [tick for tick in ticks if round(math.log2(tick)) % step == 0]
    if none:
        lanes.upright(start - 8, dash=(2, 2), colour=theme.quiet)
        canvas.write("none", lanes.left, lanes.y + 20, colour=theme.quiet)
    y = lanes.axis(x, [(tick, _tick(tick)) for tick in chosen])
    y = canvas.paragraph(_note(data), y + 4, colour=theme.quiet)
    return canvas.finish(y + 12)


def _told(row: Row) -> str:
    if row["ratio"] and row["ratio_low"] is not None and row["ratio_high"] is not None:
        low = times(row["ratio_low"]).removesuffix(" times")
        return f"{times(row['ratio'])} ({low} to {times(row['ratio_high']).removesuffix(' times')})"
    return times(row["ratio"])


def _tick(value: float) -> str:
    return f"{value:g}" if value >= 1 else f"1/{1 / value:g}"


def _note(data: list[Row]) -> str:
    told = "Equal steps on the scale are equal multiples. Line: the interval of the ratio."
    without = [row["group"] for row in data if row["ratio"] is None]
    if without:
        told += f" Cannot be compared with this reference: {listed_words(without, most=20)}."
    return told
