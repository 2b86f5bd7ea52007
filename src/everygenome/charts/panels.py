"""Small multiples: a grid of panels, each under its own heading."""

from collections.abc import Sequence
from dataclasses import dataclass

from everygenome.charts.canvas import Canvas
from everygenome.charts.letters import broken, width
from everygenome.charts.page import MIDDLE
from everygenome.charts.scales import Scale, thinned


@dataclass(frozen=True, slots=True)
class Box:
    """The room of one panel's marks, in pixels.

    Attributes:
        left, top, right, bottom: its edges.
        first: it stands first in its row, where the scale is written out.
    """

    left: float
    top: float
    right: float
    bottom: float
    first: bool

    @property
    def wide(self) -> float:
        """Its width in pixels."""
        return self.right - self.left


def grid(
    canvas: Canvas,
    y: float,
    headings: Sequence[tuple[str, str]],
    *,
    columns: int,
    high: float,
    gutter: float,
    gap: float = 28,
    below: float = 26,
) -> tuple[list[Box], float]:
    """Write headings and make room for panels beneath them.

    Args:
        canvas: what to draw on.
        y: where the grid begins.
        headings: name and second line of each panel.
        columns: panels in a row.
        high: height of a panel's marks.
        gutter: room for the scale at the left of each row.
        gap: between panels of a row.
        below: room for what stands beneath a panel.

    Returns:
        A box for each heading, and where the grid ends.
    """
    wide = (canvas.room - gutter - gap * (columns - 1)) / columns
    boxes: list[Box] = []
    for start in range(0, len(headings), columns):
        row = headings[start : start + columns]
        names = [broken(name, wide + gap / 2, MIDDLE + 1, bold=True) for name, _ in row]
        most = max(len(lines) for lines in names)
        top = y + 17 * most + 26
        for place, (lines, (_, second)) in enumerate(zip(names, row, strict=True)):
            left = canvas.margin + gutter + place * (wide + gap)
            for turn, line in enumerate(reversed(lines)):
                at = top - 26 - turn * 16
                canvas.write(line, left, at, size=MIDDLE + 1, bold=True)
            canvas.write(second, left, top - 10, colour=canvas.theme.quiet)
            boxes.append(Box(left, top, left + wide, top + high, place == 0))
        y = top + high + below
    return boxes, y


def heights(
    canvas: Canvas, box: Box, scale: Scale, labels: Sequence[tuple[float, str]], *, written: bool
) -> None:
    """Lines at the values of a vertical scale, and the values at the left."""
    for value, text in labels:
        y = scale(value)
        canvas.rule((box.left, y), (box.right, y))
        if written:
            canvas.write(text, box.left - 6, y + 4, colour=canvas.theme.quiet, align="right")


def years(canvas: Canvas, box: Box, scale: Scale, shown: Sequence[int]) -> None:
    """Years beneath a panel: as many as have room, or the first and the last."""
    values = [float(year) for year in shown]
    if len(values) > 2:
        few = box.wide < 200
        # Counted back from the last year, which is the one most looked for.
        values = [values[0], values[-1]] if few else thinned(values[::-1], box.wide, each=52)
    for value in dict.fromkeys(values):
        text, at = f"{value:.0f}", scale(value)
        half = width(text) / 2
        # A narrow panel keeps its years within its edges.
        at = min(max(at, box.left + half - 5), box.right - half + 5)
        canvas.write(text, at, box.bottom + 17, colour=canvas.theme.quiet, align="center")
