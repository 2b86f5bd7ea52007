"""The world map: where people were recruited.

The borders are Natural Earth's, not ours to judge; see `shapes`. A country without any
participation has a grey of its own and is told as "none counted": grey is no pale colour.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from everygenome.charts.bars import coverage_words
from everygenome.charts.canvas import Canvas
from everygenome.charts.figures import number
from everygenome.charts.letters import width
from everygenome.charts.page import Spec
from everygenome.charts.rows import Row, Rows, listed, nothing, percent
from everygenome.charts.shapes import CREDIT, world
from everygenome.charts.theme import LIGHT, Style, Theme, tinted

_STEPS = 6


def map_chart(
    rows: Rows,
    *,
    title: str,
    caption: str = "",
    coverage: float | None = None,
    theme: Theme = LIGHT,
    narrow: bool = False,
    measure: str = "share",
    unit: str = "participations",
) -> Spec:
    """Draw countries of recruitment.

    Args:
        rows: of `countries`: `iso3`, `name`, `value`, `share` (0-1 of what the rule counts),
            `per_1000` (participations for each 1,000 people).
        title: the finding, in plain words.
        caption: what the numbers are, and the counting rule.
        coverage: what part of the selection (0-1) the rule counts; said above the map.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.
        measure: `share`, `value` or `per_1000`.
        unit: what is counted.

    Returns:
        A Vega-Lite specification. Colours step by powers of ten; countries too small for a
        shape are circles; those in neither are counted in words.
    """
    data = [row for row in listed(rows) if row["iso3"]]
    found = {row["iso3"]: row for row in data if row[measure]}
    if not found:
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    top = canvas.head(title, f"{caption} {coverage_words(coverage, unit)}") + 10
    steps = _steps([row[measure] for row in found.values()])
    colours = [
        tinted(theme.colours[0], theme, 0.38 + 0.62 * place / max(1, len(steps) - 1))
        for place in range(len(steps))
    ]
    none = tinted(theme.quiet, theme, 0.2)
    drawn = world(round(canvas.room))
    left = canvas.margin
    canvas.origin = (left, top)
    for shape in drawn.shapes:
        row = found.get(shape.iso3 or "")
        if row is None:
            words = f"{shape.name}: none counted"
            if shape.iso3 is None:
                words = f"{shape.name}: no ISO country code, so it cannot be counted"
            canvas.path(shape.path, fill=none, stroke=theme.ground, words=words)
            continue
        fill = colours[_step(row[measure], steps)]
        words = _words(row, unit)
        canvas.path(shape.path, fill=fill, stroke=theme.ground, words=words, iso3=shape.iso3)
    outlined = {shape.iso3 for shape in drawn.shapes}
    small = [iso3 for iso3 in found if iso3 not in outlined and iso3 in drawn.places]
    for iso3 in small:
        x, y = drawn.places[iso3]
        fill = colours[_step(found[iso3][measure], steps)]
        look = Style(theme.ink, (1, 0), "circle")
        words = _words(found[iso3], unit)
        canvas.point((left + x, top + y), look, words=words, area=30, fill=fill, iso3=iso3)
    y = _legend(
        canvas, steps, colours, none=none, y=top + drawn.height + 8, measure=measure, unit=unit
    )
    lost = len(found) - len(small) - len(outlined & set(found))
    note = "Circles: countries too small for their shape. " if small else ""
    if lost:
        note += f"{lost} more too small to be drawn {'is' if lost == 1 else 'are'} in the table. "
    y = canvas.paragraph(f"{note}{CREDIT}", y + 4, colour=theme.quiet)
    return canvas.finish(y + 12)


def _steps(values: Sequence[float]) -> list[float]:
    """Lower ends of at most six steps: powers of ten down from the largest value.

    Example:
        >>> [f"{step:g}" for step in _steps([0.65, 0.02, 0.0000001])]
        ['0', '1e-05', '0.0001', '0.001', '0.01', '0.1']
    """
    last = math.floor(math.log10(max(values)) + 1e-9)
    first = max(math.floor(math.log10(min(values)) + 1e-9), last - _STEPS + 1)
    lower = [float(f"1e{power}") for power in range(first, last + 1)]
    return lower if min(values) >= lower[0] else [0.0, *lower[1:]]


def _step(value: float, steps: Sequence[float]) -> int:
    return max(0, bisect_right(steps, value) - 1)


def _words(row: Row, unit: str) -> str:
    told = f"{row['name']}: {number(row['value'])} {unit}"
    if row["share"] is not None:
        told += f", {percent(row['share'])}"
    if row.get("per_1000"):
        told += f", {number(row['per_1000'])} for each 1,000 people"
    return told


def _legend(
    canvas: Canvas,
    steps: Sequence[float],
    colours: Sequence[str],
    *,
    none: str,
    y: float,
    measure: str,
    unit: str,
) -> float:
    """What each colour means, in words."""
    heading = {
        "share": f"Share of the {unit} counted",
        "value": unit.capitalize(),
        "per_1000": f"{unit.capitalize()} for each 1,000 people",
    }[measure]
    y = canvas.paragraph(heading, y, bold=True)
    items = [(none, "none counted")]
    for place, (low, colour) in enumerate(zip(steps, colours, strict=True)):
        high = steps[place + 1] if place + 1 < len(steps) else None
        items.append((colour, _range(low, high, measure)))
    x, y = float(canvas.margin), y + 4
    for colour, text in items:
        wide = 20 + width(text) + 16
        if x + wide > canvas.width - canvas.margin and x > canvas.margin:
            x, y = float(canvas.margin), y + 18
        canvas.bar((x, y + 2), (x + 14, y + 14), fill=colour)
        canvas.write(text, x + 20, y + 12)
        x += wide
    return y + 18


def _range(low: float, high: float | None, measure: str) -> str:
    told: Any = _plain_percent if measure == "share" else number
    if high is None:
        return f"{told(low)} or more"
    return f"less than {told(high)}" if low == 0 else f"{told(low)} to {told(high)}"


def _plain_percent(value: float) -> str:
    return f"{value * 100:.10f}".rstrip("0").rstrip(".") + "%"
