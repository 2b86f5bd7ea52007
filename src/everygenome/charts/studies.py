"""Every study: when it was published and how large it is, as a density for each group.

Drawn one by one, a quarter of a million studies are a black cloud, and take seconds. Cells
with a count show where studies lie close, and the table beside them names each.
"""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

from everygenome.charts.canvas import Canvas
from everygenome.charts.figures import compact, number
from everygenome.charts.page import Spec
from everygenome.charts.panels import Box, grid, heights, years
from everygenome.charts.rows import Row, Rows, groups_in_order, listed, nothing
from everygenome.charts.scales import Scale, powers
from everygenome.charts.theme import LIGHT, Theme, tinted

_YEAR = 365.25


def studies_chart(
    rows: Rows,
    *,
    title: str,
    caption: str = "",
    theme: Theme = LIGHT,
    narrow: bool = False,
) -> Spec:
    """Draw the density of studies over time and size.

    Args:
        rows: `group`, `is_class`, `period_start` (ISO date), `size_low` and `size_high`
            (participations: from, and up to but not including), `studies` (count).
        title: the finding, in plain words.
        caption: what the numbers are.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.

    Returns:
        A Vega-Lite specification: a panel for each group, all on the same scales, and one
        hue that grows with the logarithm of the number of studies.
    """
    data = listed(rows)
    cells = [row for row in data if row["studies"] and row["size_low"] is not None]
    if not cells:
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    y = canvas.head(title, caption)
    counts = dict.fromkeys(groups_in_order(data), 0)
    for row in cells:
        counts[row["group"]] += row["studies"]
    shown = [group for group, count in counts.items() if count]
    most = max(row["studies"] for row in cells)
    y = _key(canvas, most, y + 8)
    boxes, y = grid(
        canvas,
        y + 6,
        [(group, _count(counts[group])) for group in shown],
        columns=2 if narrow else 4,
        high=104,
        gutter=40,
        gap=18 if narrow else 28,
    )
    starts = sorted({_day(row["period_start"]) for row in cells})
    length = _length(starts)
    ends = powers(max(1.0, min(r["size_low"] for r in cells)), max(r["size_high"] for r in cells))
    for box, group in zip(boxes, shown, strict=True):
        mine = [row for row in cells if row["group"] == group]
        _panel(canvas, box, mine, starts=starts, length=length, ends=ends, most=most)
    silent = [group for group, count in counts.items() if not count]
    if silent:
        told = f"No panel: no study of {', '.join(silent)}."
        y = canvas.paragraph(told, y + 4, colour=theme.quiet)
    return canvas.finish(y + 12)


def _panel(
    canvas: Canvas,
    box: Box,
    cells: Sequence[Row],
    *,
    starts: Sequence[date],
    length: timedelta,
    ends: Sequence[float],
    most: int,
) -> None:
    first, last = starts[0], starts[-1] + length
    x = Scale(first.toordinal(), last.toordinal(), box.left, box.right)
    y = Scale(ends[0], ends[-1], box.bottom, box.top, math.log10)
    written = [(value, compact(value)) for value in ends[:: 2 if len(ends) > 4 else 1]]
    heights(canvas, box, y, written, written=box.first)
    by_year = Scale(first.year, first.year + (last - first).days / _YEAR, box.left, box.right)
    years(canvas, box, by_year, [first.year, starts[-1].year])
    wheres = {day: (x(day.toordinal()), x((day + length).toordinal()) - 0.4) for day in starts}
    heights_of = {}
    for low, high in {(row["size_low"], row["size_high"]) for row in cells}:
        told = f"{number(low)} to {number(high)} participations"
        heights_of[low, high] = y(high), y(max(low, ends[0])) - 0.4, told
    for row in cells:
        start = _day(row["period_start"])
        (left, right), (top, bottom, told) = (
            wheres[start],
            heights_of[row["size_low"], row["size_high"]],
        )
        canvas.bar(
            (left, top),
            (right, bottom),
            fill=_shade(row["studies"], most, canvas.theme),
            words=f"{row['group']}, from {_month(start)}: {_count(row['studies'])} of {told}",
        )


@lru_cache(maxsize=4096)
def _shade(studies: int, most: int, theme: Theme) -> str:
    part = math.log1p(studies) / math.log1p(most)
    return tinted(theme.colours[0], theme, 0.15 + 0.85 * part)


def _key(canvas: Canvas, most: int, y: float) -> float:
    """One scale of shades for all panels, with its numbers."""
    canvas.write("Studies in a cell:", canvas.margin, y + 12, colour=canvas.theme.quiet)
    x = canvas.margin + 112.0
    for value in [*[v for v in (1, 10, 100, 1000, 10_000) if v < most], most]:
        text = f"{value:,}"
        fill = _shade(value, most, canvas.theme)
        canvas.bar((x, y + 2), (x + 14, y + 14), fill=fill)
        canvas.write(text, x + 18, y + 12)
        x += 30 + 7 * len(text)
    note = "Height: participations in the study; each line is a power of ten."
    if canvas.narrow:
        return canvas.paragraph(note, y + 18, colour=canvas.theme.quiet)
    canvas.write(note, x + 12, y + 12, colour=canvas.theme.quiet)
    return y + 16


@lru_cache(maxsize=4096)
def _day(value: Any) -> date:
    return date.fromisoformat(str(value)[:10])


@lru_cache(maxsize=4096)
def _month(day: date) -> str:
    return f"{day:%B %Y}"


def _count(studies: int) -> str:
    return "1 study" if studies == 1 else f"{studies:,} studies"


def _length(starts: Sequence[date]) -> timedelta:
    """How long a period is: the shortest step between two."""
    steps = [later - one for one, later in pairwise(starts)]
    return min(steps, default=timedelta(days=365))
