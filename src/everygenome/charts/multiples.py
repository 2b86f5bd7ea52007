"""Small multiples of lines by year: a large panel, and small ones on finer scales they share."""

from collections.abc import Mapping, Sequence

from everygenome.charts.canvas import Canvas
from everygenome.charts.curve import curve
from everygenome.charts.figures import compact
from everygenome.charts.panels import grid
from everygenome.charts.rows import Row
from everygenome.charts.scales import round_up
from everygenome.charts.theme import Style

_STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 1.0)
# A line that never reaches this part of a scale lies on its floor.
_TIER = 10


def multiples(
    canvas: Canvas,
    y: float,
    lines: Mapping[str, Sequence[Row]],
    *,
    largest: str,
    looks: Mapping[str, Style],
    headings: Mapping[str, str],
    measure: str = "share",
    tiers: bool = False,
) -> float:
    """One large panel, and below it the others on a finer scale that they share.

    With `tiers`, groups that would lie on the floor of that scale share a still finer one:
    for where two lines in a panel are compared, and not the panels.

    Args:
        canvas: what to draw on.
        y: where the panels begin.
        lines: one row a year for each group, as `curve` takes them.
        largest: the group of the large panel.
        looks: how each group is drawn.
        headings: what stands under each group's name.
        measure: `share`, or `value` for counts.
        tiers: give small groups a finer scale of their own.

    Returns:
        Where the panels end.
    """
    narrow, gutter = canvas.narrow, 40
    others = [group for group in lines if group != largest]
    boxes, y = grid(
        canvas,
        y + 6,
        [(largest, headings[largest])],
        columns=1,
        high=150 if narrow else 190,
        gutter=gutter,
    )
    end = 1.0 if measure == "share" else _end([*lines[largest]], measure)
    curve(canvas, boxes[0], largest, lines[largest], end=end, look=looks[largest], measure=measure)
    coarser = end
    while others:
        finer = _end([item for group in others for item in lines[group]], measure)
        # Under the finest scale there is none finer, and all that is left stands on it.
        least = finer / _TIER if tiers and finer > _STEPS[0] else 0
        now = [group for group in others if _most(lines[group]) >= least] or others
        others = [group for group in others if group not in now]
        y = canvas.paragraph(_scale_note(finer, coarser, measure, first=coarser == end), y + 10)
        boxes, y = grid(
            canvas,
            y + 2,
            [(group, headings[group]) for group in now],
            columns=2 if narrow else 5,
            high=84,
            gutter=gutter,
            gap=22 if narrow else 28,
        )
        for box, group in zip(boxes, now, strict=True):
            curve(canvas, box, group, lines[group], end=finer, look=looks[group], measure=measure)
        coarser = finer
    return y


def _end(line: Sequence[Row], measure: str) -> float:
    """The round number at which a scale ends, bands included."""
    most = _most(line)
    if measure == "value":
        return round_up(most)
    return next((step for step in _STEPS if step >= most), 1.0)


def _most(line: Sequence[Row]) -> float:
    found = [item.get(name) for item in line for name in ("value", "low", "high", "beside")]
    return max((value for value in found if value is not None), default=0.0)


def _scale_note(finer: float, end: float, measure: str, *, first: bool) -> str:
    if finer >= end:
        return "Every other group, on the same scale."
    ends = [compact(value) for value in (finer, end)]
    if measure == "share":
        ends = [f"{value:.1%}".replace(".0%", "%") for value in (finer, end)]
    who = "Every other group, on a finer scale" if first else "Still smaller shares, finer again"
    return f"{who}: these panels end at {ends[0]}, not at {ends[1]}."
