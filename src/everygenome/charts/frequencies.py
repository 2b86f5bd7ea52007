"""One variant: how common it is in each group, at least and at most, beside the bars."""

import math
from collections.abc import Sequence

from everygenome.charts.canvas import Canvas
from everygenome.charts.lanes import Lanes
from everygenome.charts.letters import cut, width
from everygenome.charts.page import Spec
from everygenome.charts.rows import Row, Rows, listed, nothing
from everygenome.charts.scales import Scale, powers
from everygenome.charts.theme import LIGHT, Theme
from everygenome.charts.verdicts import look

_NOTE = (
    "Mark: the frequency that was counted. Grey bar: how common it is at least and at most. Open "
    "bar: no copy was seen, and it can be anything up to the end of the bar. A bar that begins at "
    "the edge leads down to none. Each step of the scale is ten times the one before."
)
_LOWEST, _TOLD, _KEY, _ROW = 1e-7, 330, 16, 17
# A reader whose letters are others than those measured has wider ones: words must not be cut.
_WIDER = 1.2
_DASHES = ((6, 3), (2, 2), (8, 3, 2, 3), (1, 0))


def frequency_chart(
    rows: Rows,
    *,
    title: str,
    caption: str = "",
    bars: Sequence[tuple[float, str]] = (),
    note: str = _NOTE,
    theme: Theme = LIGHT,
    narrow: bool = False,
) -> Spec:
    """Draw the frequency of a variant by group, on a scale of powers of ten.

    Args:
        rows: in the order in which they are read, the most uncertain first: `group`, `ac` and
            `an` (copies, chromosomes), `af`, `low` and `high` (0-1: counted, at least, at most;
            None is not known), `verdict` (words, as in `charts.verdicts`; empty: not judged).
        title: the finding, in plain words.
        caption: what the numbers are.
        bars: frequency (0-1) and what it is, in words: a line across all groups.
        note: what mark and bar are.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.

    Returns:
        A Vega-Lite specification. A group in which no copy was seen has no mark, since the
        frequency need not be zero; one of which nobody knows how many were looked at has
        neither mark nor bar, and says so. The shape beside the words is the verdict.
    """
    data = listed(rows)
    if not data:
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    y = canvas.head(title, caption) + 8
    room = min(_TOLD, max(width(told(row)) for row in data) * _WIDER + _KEY + 12)
    found = sorted((value, words) for value, words in bars if 0 < value <= 1)
    lanes = Lanes(canvas, y + _ROW * len(found) + 4, told_room=room, deep=True, indent=_KEY)
    x = _scale(data, found, lanes)
    if x is not None:
        _names(canvas, found, x, y)
    most = (canvas.room if narrow else _TOLD - 12) - _KEY
    places = [lanes.lane(row["group"], cut(told(row), most)) for row in data]
    if x is None:
        return canvas.finish(lanes.y + 12)
    ticks = powers(x.low, x.high)
    y = lanes.axis(x, [(tick, percent(tick)) for tick in ticks]) + 4
    for place, (value, _) in enumerate(found):
        dash = _DASHES[place % len(_DASHES)]
        lanes.upright(x(value), colour=theme.ink, thick=1.3, dash=dash, above=True)
    for row, at in zip(data, places, strict=True):
        _draw(canvas, row, x, at, key=lanes.key(at))
    y = canvas.paragraph(note, y, colour=theme.quiet, room=canvas.room / _WIDER)
    return canvas.finish(y + 12)


def _scale(data: Sequence[Row], bars: Sequence[tuple[float, str]], lanes: Lanes) -> Scale | None:
    """From the power of ten below all numbers to the one above; None: there are none."""
    found = [min(value, 1.0) for row in data for value in _ends(row) if value] + [
        value for value, _ in bars
    ]
    if not found:
        return None
    steps = powers(max(min(found), _LOWEST), max(found))
    return Scale(steps[0], min(steps[-1], 1.0), lanes.left, lanes.right, math.log10)


def _ends(row: Row) -> tuple[float | None, ...]:
    return row["low"], row["af"], row["high"]


def _draw(canvas: Canvas, row: Row, x: Scale, y: float, *, key: tuple[float, float]) -> None:
    theme, seen = canvas.theme, look(row["verdict"])
    words = f"{row['group']}: {told(row)}"
    if row["high"] is not None:
        none = not row["ac"]
        canvas.bar(
            (x(row["low"] or x.low), y - 5),
            (x(row["high"]), y + 5),
            fill=theme.ground if none else theme.grid,
            stroke=theme.quiet,
            words=f"{row['group']}: {_between(row)}",
            group=row["group"],
        )
    if row["verdict"]:
        canvas.point(key, seen.style(theme), words=words, area=52, hollow=seen.hollow)
    if row["af"]:
        canvas.point(
            (x(row["af"]), y),
            seen.style(theme),
            words=f"{words}; {row['ac']:,} of {row['an']:,} chromosomes",
            area=64,
            hollow=seen.hollow,
            group=row["group"],
            af=row["af"],
        )


def _names(canvas: Canvas, bars: Sequence[tuple[float, str]], x: Scale, y: float) -> None:
    """What each bar is, a line for each, with its own line leading down past the others."""
    boxes = []
    for place, (value, words) in enumerate(bars):
        at, base = x(value), y + _ROW * (place + 1) - 5
        left, rest = at - canvas.margin, canvas.width - canvas.margin - at
        right = rest > left or width(words) * _WIDER + 8 < rest
        room = (rest if right else left) - 8
        text = cut(words, room / _WIDER)
        if text != words:
            # Half a word says less than the number: what the bar is, stands beside the picture.
            text = cut(words.partition(":")[0] + ": the bar", room / _WIDER)
        long = width(text) * _WIDER + 6
        canvas.write(text, at + (5 if right else -5), base, align="left" if right else "right")
        boxes.append((at, at + long) if right else (at - long, at))
    for place, (value, _) in enumerate(bars):
        at = x(value)
        for row in range(place, len(bars)):
            low, high = boxes[row]
            # A line does not cross the words of another.
            if row == place or not low - 2 < at < high + 2:
                top = y + _ROW * row + 3
                ends, dash = ((at, top), (at, top + _ROW)), _DASHES[place % len(_DASHES)]
                canvas.rule(*ends, colour=canvas.theme.ink, thick=1.3, dash=dash)


def told(row: Row) -> str:
    """A group's frequency and verdict, in words.

    Example:
        >>> none = {"ac": 0, "an": 6062, "af": 0.0, "high": 0.000494, "verdict": "not evaluable"}
        >>> told(none)
        'none seen, up to 0.049%: not evaluable'
        >>> told(none | {"an": None, "high": None, "verdict": "coverage unknown"})
        'coverage unknown: number looked at not known'
    """
    before = f"{row['verdict']}: " if row["verdict"] else ""
    after = f": {row['verdict']}" if row["verdict"] else ""
    if row["an"] is None:
        return f"{before}number looked at not known"
    if row["an"] == 0:
        return f"{before}nobody was looked at"
    if row["ac"] is None or row["high"] is None:
        return f"{before}{'copies not known' if row['ac'] is None else 'counts contradict'}"
    if not row["ac"]:
        return f"none seen, up to {percent(row['high'])}{after}"
    if row["af"] is None:
        return f"up to {percent(row['high'])}{after}"
    return f"{percent(row['af'])}{after}"


def _between(row: Row) -> str:
    if not row["ac"]:
        return f"no copy in {row['an']:,} chromosomes, at most {percent(row['high'])}"
    low = f"at least {percent(row['low'])}, " if row["low"] else ""
    return f"{low}at most {percent(row['high'])}"


def percent(frequency: float) -> str:
    """A frequency (0-1) as a percentage with two figures, however small; no powers of ten.

    Example:
        >>> [percent(x) for x in (0.0, 1e-6, 4e-5, 0.000494, 0.02296, 0.5, 1.0)]
        ['0%', '0.0001%', '0.004%', '0.049%', '2.3%', '50%', '100%']
        >>> percent(0.9999), percent(1e-12)
        ('>99.9%', '<0.000001%')
    """
    hundredth = 100 * min(frequency, 1.0)
    if hundredth == 0:
        return "0%"
    if hundredth < 1e-6:
        return "<0.000001%"
    if 99.9 < hundredth < 100:
        return ">99.9%"
    if hundredth >= 9.95:
        return f"{hundredth:.0f}%" if hundredth >= 99.95 else f"{hundredth:.3g}%"
    digits = 1 - math.floor(math.log10(hundredth))
    text = f"{hundredth:.{digits}f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"
