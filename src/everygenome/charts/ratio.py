"""Representation: each group's share against its share of a reference population."""

import math
from collections.abc import Sequence

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
            reference share), `ratio_low`, `ratio_high`, `share`, `reference_share` (0-1); and
            `hidden`, where a ratio is not shown so that nobody can be recognised.
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
    ground = Doublings(
        canvas,
        canvas.head(title, caption) + 26,
        ratios=[row["ratio"] for row in shown],
        ends=[row[name] for row in shown for name in ("ratio_low", "ratio_high")],
        even="1: as many as in the population",
        told_room=190,
    )
    order = groups_in_order(data)
    for row in shown:
        told = ratio_words(row["ratio"], row["ratio_low"], row["ratio_high"])
        at = ground.lanes.lane(row["group"], told)
        ground.interval(at, row["ratio_low"], row["ratio_high"])
        canvas.point(
            (ground.place(row["ratio"]), at),
            group_style(row["group"], order, theme),
            words=f"{row['group']}: {told}; {percent(row['share'])} against "
            f"{percent(row['reference_share'])} of the population",
            area=70,
            hollow=row["ratio"] == 0,
            group=row["group"],
            ratio=row["ratio"],
        )
    y = canvas.paragraph(_note(data), ground.close() + 4, colour=theme.quiet)
    return canvas.finish(y + 12)


class Doublings:
    """The ground of ratios: lanes, and a scale on which equal steps are equal multiples.

    A line stands at 1 with what it means in words above it; where a ratio is zero there is
    a place for "none", since no doubling leads to zero.

    Attributes:
        lanes: where names and figures are written.
        x: from a ratio to its place.
    """

    def __init__(
        self,
        canvas: Canvas,
        y: float,
        *,
        ratios: Sequence[float | None],
        ends: Sequence[float | None],
        even: str,
        told_room: float,
        deep: bool = False,
    ) -> None:
        self.canvas = canvas
        self.lanes = Lanes(canvas, y, told_room=told_room, deep=deep)
        self._none = 0 in ratios
        self.start = self.lanes.left + (_NONE_ROOM if self._none else 0)
        found = [1.0, *(value for value in (*ratios, *ends) if value)]
        self._ticks = powers(min(found), max(found), base=2)
        self.x = Scale(self._ticks[0], self._ticks[-1], self.start, self.lanes.right, math.log2)
        half = width(even) / 2
        middle = max(self.x(1), canvas.margin + half)
        canvas.write(even, min(middle, canvas.width - canvas.margin - half), y - 8, align="center")

    def place(self, ratio: float) -> float:
        """Where a ratio stands; zero stands under "none"."""
        return self.x(ratio) if ratio else self.lanes.left + 14

    def interval(self, at: float, low: float | None, high: float | None) -> None:
        """The interval of a ratio; broken where it leads down to none."""
        quiet = self.canvas.theme.quiet
        if low and high:
            ends = (self.x(low), at), (self.x(high), at)
            self.canvas.rule(*ends, colour=quiet, thick=2, above=True)
        elif high:
            ends = (self.start, at), (self.x(high), at)
            self.canvas.rule(*ends, colour=quiet, dash=(3, 3), above=True)

    def close(self) -> float:
        """Draw the line at 1 and the scale below the lanes; returns where they end."""
        canvas, lanes = self.canvas, self.lanes
        lanes.upright(self.x(1), colour=canvas.theme.ink, thick=1.5, above=True)
        step = math.ceil(len(self._ticks) / (6 if canvas.narrow else 12))
        chosen = [tick for tick in self._ticks if round(math.log2(tick)) % step == 0]
        if self._none:
            lanes.upright(self.start - 8, dash=(2, 2), colour=canvas.theme.quiet)
            canvas.write("none", lanes.left, lanes.y + 20, colour=canvas.theme.quiet)
        return lanes.axis(self.x, [(tick, _tick(tick)) for tick in chosen])


def ratio_words(ratio: float | None, low: float | None, high: float | None) -> str:
    """A ratio in words, with its interval where it has one.

    Example:
        >>> ratio_words(7.41, 5.3, 8.8), ratio_words(0.0, 0.0, 0.3), ratio_words(1.5, None, None)
        ('7.4 times (5.3 to 8.8)', 'none', '1.5 times')
    """
    if not ratio or low is None or high is None:
        return times(ratio)
    ends = [times(end).removesuffix(" times") for end in (low, high)]
    return f"{times(ratio)} ({ends[0]} to {ends[1]})"


def _tick(value: float) -> str:
    return f"{value:g}" if value >= 1 else f"1/{1 / value:g}"


def _note(data: list[Row]) -> str:
    told = "Equal steps on the scale are equal multiples. Line: the interval of the ratio."
    hidden = [row["group"] for row in data if row["ratio"] is None and row.get("hidden")]
    if hidden:
        told += f" Hidden, to protect small counts: {listed_words(hidden, most=20)}."
    without = [row["group"] for row in data if row["ratio"] is None and row["group"] not in hidden]
    if without:
        told += f" Cannot be compared with this reference: {listed_words(without, most=20)}."
    return told
