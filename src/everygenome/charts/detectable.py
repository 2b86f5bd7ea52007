"""The smallest effect that each group can find, by the frequency of the allele."""

import math
from collections.abc import Mapping, Sequence

from everygenome.charts.canvas import Canvas
from everygenome.charts.page import Spec
from everygenome.charts.rows import nothing
from everygenome.charts.scales import Scale, powers
from everygenome.charts.theme import LIGHT, Theme, group_style

_NAMES = 250
_TALL = 250
_LANE = 20


def detectable_chart(
    curves: Mapping[str, Sequence[tuple[float, float]]],
    *,
    title: str,
    caption: str = "",
    theme: Theme = LIGHT,
    narrow: bool = False,
) -> Spec:
    """Draw the smallest effect by frequency, one line for each group.

    Args:
        curves: group -> frequency of the allele (0-1) and smallest effect, in standard deviations;
            frequencies ascend.
        title: the finding, in plain words.
        caption: what the numbers are.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.

    Returns:
        A Vega-Lite specification. Equal steps on both scales are equal multiples. Names stand
        beside the lines, or below them on a telephone, each with its mark.
    """
    found = {group: line for group, line in curves.items() if line}
    if not found:
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    top = canvas.head(title, caption) + 22
    left = canvas.margin + 40
    right = canvas.width - canvas.margin - (0 if narrow else _NAMES)
    frequencies = [place for line in found.values() for place, _ in line]
    effects = [effect for line in found.values() for _, effect in line]
    steps = powers(min(effects), max(effects), base=2)
    x = Scale(min(frequencies), max(frequencies), left, right, math.log10)
    y = Scale(steps[0], steps[-1], top + _TALL, top, math.log2)
    canvas.write("Effect", canvas.margin, top - 10, colour=theme.quiet)
    for step in steps:
        canvas.rule((left, y(step)), (right, y(step)))
        canvas.write(f"{step:g}", left - 6, y(step) + 4, align="right", colour=theme.quiet)
    for tick in _ticks(min(frequencies), max(frequencies), few=narrow):
        canvas.rule((x(tick), top), (x(tick), top + _TALL))
        canvas.write(
            f"{100 * tick:g}%", x(tick), top + _TALL + 16, align="center", colour=theme.quiet
        )
    order = list(curves)
    below = top + _TALL + 40
    for place, (group, line) in enumerate(found.items()):
        look = group_style(group, order, theme)
        canvas.line([(x(frequency), y(effect)) for frequency, effect in line], look)
        at, beside = (canvas.margin + 6, below) if narrow else (right + 24, top + 6)
        key = (at, beside + place * _LANE)
        least = min(effect for _, effect in line)
        canvas.point(
            key, look, words=f"{group}: from {least:.2g} standard deviations", area=50, group=group
        )
        canvas.write(group, key[0] + 12, key[1] + 4)
    end = below + (len(found) * _LANE if narrow else 0)
    note = "Across: frequency of the allele. Equal steps on both scales are equal multiples."
    return canvas.finish(canvas.paragraph(note, max(end, top + len(found) * _LANE),
                                          colour=theme.quiet) + 12)  # fmt: skip


def _ticks(low: float, high: float, *, few: bool) -> list[float]:
    """Round frequencies between two."""
    candidates = (0.001, 0.01, 0.1, 0.5) if few else (0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5)
    return [tick for tick in candidates if low <= tick <= high]
