"""The trend: one panel for the largest group, and one for each of the others.

One group often holds nine tenths. On one common scale the others would lie on the floor,
so the largest has a panel of its own, and the others share a finer scale, which is the same
in all their panels and stated above them: their heights may be compared.
"""

from collections.abc import Sequence
from typing import Any

from everygenome.charts.canvas import Canvas
from everygenome.charts.curve import curve
from everygenome.charts.figures import compact, listed_words, number
from everygenome.charts.page import Spec
from everygenome.charts.panels import grid
from everygenome.charts.rows import (
    Row,
    Rows,
    by_year,
    groups_in_order,
    groups_with_shares,
    listed,
    nothing,
    percent,
)
from everygenome.charts.scales import round_up
from everygenome.charts.theme import LIGHT, Theme, group_style

_STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 1.0)


def trend_chart(
    rows: Rows,
    *,
    title: str,
    caption: str = "",
    theme: Theme = LIGHT,
    narrow: bool = False,
    measure: str = "share",
) -> Spec:
    """Draw shares or counts by year.

    Args:
        rows: `year`, `group`, `is_class`, `share` (0-1, or None for a gap), `rows` (how many
            records name the group), for counts `value`, and where they exist `share_low` and
            `share_high`.
        title: the finding, in plain words.
        caption: what the numbers are: unit, stage, denominator, release.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.
        measure: `share`, or `value` for counts.

    Returns:
        A Vega-Lite specification. Filled marks are counted; a ring on the zero line is a year
        in which no record names the group alone; a gap is a year without a figure. Groups
        that no record of any year names alone have no panel, and are listed in words.
    """
    data = listed(rows)
    order = groups_with_shares(data)
    lines = {group: by_year(data, group, measure=measure) for group in order}
    named = [g for g in order if any(item["named"] for item in lines[g])]
    if not named:
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    y = canvas.head(title, caption)
    largest = _largest(data, named)
    others = [group for group in named if group != largest]
    looks = {group: group_style(group, groups_in_order(data), theme) for group in named}
    gutter = 40
    told = percent if measure == "share" else number
    boxes, y = grid(
        canvas,
        y + 6,
        [(largest, _last(lines[largest], told))],
        columns=1,
        high=150 if narrow else 190,
        gutter=gutter,
    )
    end = 1.0 if measure == "share" else _end([*lines[largest]], measure)
    curve(canvas, boxes[0], largest, lines[largest], end=end, look=looks[largest], measure=measure)
    if others:
        finer = _end([item for group in others for item in lines[group]], measure)
        y = canvas.paragraph(_scale_note(finer, end, measure), y + 10)
        boxes, y = grid(
            canvas,
            y + 2,
            [(group, _last(lines[group], told)) for group in others],
            columns=2 if narrow else 5,
            high=84,
            gutter=gutter,
            gap=22 if narrow else 28,
        )
        for box, group in zip(boxes, others, strict=True):
            curve(canvas, box, group, lines[group], end=finer, look=looks[group], measure=measure)
    silent = [group for group in order if group not in named]
    if silent:
        text = f"No panel: no record of any year names {listed_words(silent)} alone."
        y = canvas.paragraph(text, y + 4, colour=theme.quiet)
    return canvas.finish(y + 12)


def _largest(rows: Sequence[Row], named: Sequence[str]) -> str:
    """The group with the most behind it over all years; a class of its own is no group."""
    classes = {row["group"] for row in rows if row["is_class"]}
    totals = dict.fromkeys([group for group in named if group not in classes] or named, 0.0)
    for row in rows:
        if row["group"] in totals and row["share"] is not None:
            weight = row.get("value")
            totals[row["group"]] += row["share"] if weight is None else weight
    return max(totals, key=lambda group: totals[group])


def _end(line: Sequence[Row], measure: str) -> float:
    """The round number at which a scale ends, bands included."""
    found = [item[name] for item in line for name in ("value", "low", "high")]
    most = max((value for value in found if value is not None), default=0.0)
    if measure == "value":
        return round_up(most)
    return next((step for step in _STEPS if step >= most), 1.0)


def _last(line: Sequence[Row], told: Any) -> str:
    """The newest figure, in words."""
    known = [item for item in line if item["value"] is not None]
    return f"{told(known[-1]['value'])} in {known[-1]['year']}" if known else "no figure"


def _scale_note(finer: float, end: float, measure: str) -> str:
    if finer >= end:
        return "Every other group, on the same scale."
    ends = [compact(finer), compact(end)]
    if measure == "share":
        ends = [f"{finer:.1%}".replace(".0%", "%"), "100%"]
    return f"Every other group, on a finer scale: these panels end at {ends[0]}, not at {ends[1]}."
