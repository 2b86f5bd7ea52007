"""Before and after: what a calculation does to a portfolio, and to the whole field."""

from collections.abc import Mapping, Sequence

from everygenome.charts.canvas import Canvas
from everygenome.charts.figures import listed_words
from everygenome.charts.lanes import Lanes
from everygenome.charts.page import Spec
from everygenome.charts.rows import Row, Rows, groups_in_order, listed, nothing, percent
from everygenome.charts.scales import Scale, root
from everygenome.charts.theme import LIGHT, Style, Theme, group_style

_SIDES = {"portfolio": "The portfolio", "field": "The whole field"}
_TIMES = ("before", "after")
_TICKS = (0.0, 0.01, 0.05, 0.2, 0.5, 1.0)
_TOLD_ROOM = 134


def simulated_chart(
    rows: Rows, *, title: str, caption: str = "", theme: Theme = LIGHT, narrow: bool = False
) -> Spec:
    """Draw each group's share before and after, in the portfolio and in the field.

    Args:
        rows: `group`, `is_class`, `portfolio_before`, `portfolio_after`, `field_before`,
            `field_after` (shares 0-1, or None).
        title: the finding, in plain words.
        caption: what is calculated, and for whose portfolio.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940; the panels are then one below
            the other.

    Returns:
        A Vega-Lite specification. A ring is before, a filled diamond after (inside the ring
        where little changes), and a line joins the two. Both panels have one scale, which
        widens small shares by square roots. Groups without any figure have no lane, and are
        listed in words. Where there is no portfolio, the whole field has all of the room.
    """
    data = listed(rows)
    shown = [row for row in data if any(share is not None for share in _shares(row))]
    if not shown:
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    both = any(row[f"portfolio_{when}"] is not None for row in shown for when in _TIMES)
    y = canvas.paragraph(_note(data, both=both), _key(canvas, canvas.head(title, caption) + 8) + 4)
    order = groups_in_order(data)
    colours = {row["group"]: group_style(row["group"], order, theme).colour for row in shown}
    most = max(share for row in shown for share in _shares(row) if share is not None)
    end = next(tick for tick in _TICKS[1:] if tick >= most)
    draw = (_below if narrow else _beside) if both else _alone
    y = draw(canvas, y + 28, shown, end=end, colours=colours)
    return canvas.finish(y + 12)


def _alone(
    canvas: Canvas, y: float, rows: Sequence[Row], *, end: float, colours: Mapping[str, str]
) -> float:
    """The field by itself."""
    return _panel(canvas, y, rows, side="field", end=end, colours=colours)


def _below(
    canvas: Canvas, y: float, rows: Sequence[Row], *, end: float, colours: Mapping[str, str]
) -> float:
    """The two panels one below the other."""
    for side in _SIDES:
        y = _panel(canvas, y, rows, side=side, end=end, colours=colours) + 34
    return y - 34


def _panel(
    canvas: Canvas,
    y: float,
    rows: Sequence[Row],
    *,
    side: str,
    end: float,
    colours: Mapping[str, str],
) -> float:
    canvas.write(_SIDES[side], canvas.margin, y, size=13, bold=True)
    lanes = Lanes(canvas, y + 8)
    x = Scale(0, end, lanes.left, lanes.right, root)
    for row in rows:
        at = lanes.lane(row["group"], _told(row, side))
        _change(canvas, x, at, row, side=side, colour=colours[row["group"]])
    return lanes.axis(x, _labels(end))


def _beside(
    canvas: Canvas, y: float, rows: Sequence[Row], *, end: float, colours: Mapping[str, str]
) -> float:
    """The two panels side by side; each figure in words stands right of its own panel."""
    lanes = Lanes(canvas, y + 8, told_room=_TOLD_ROOM)
    wide = (lanes.right - lanes.left - _TOLD_ROOM - 24) / 2
    scales = {
        "portfolio": Scale(0, end, lanes.left, lanes.left + wide, root),
        "field": Scale(0, end, lanes.right - wide, lanes.right, root),
    }
    for side, x in scales.items():
        canvas.write(_SIDES[side], x.start, y, size=13, bold=True)
    for row in rows:
        at = lanes.lane(row["group"], _told(row, "field"))
        told, after = _told(row, "portfolio"), scales["portfolio"].end + 12
        canvas.write(told, after, at + 4, colour=canvas.theme.quiet)
        for side, x in scales.items():
            _change(canvas, x, at, row, side=side, colour=colours[row["group"]])
    return max(lanes.axis(x, _labels(end)) for x in scales.values())


def _change(canvas: Canvas, x: Scale, y: float, row: Row, *, side: str, colour: str) -> None:
    """A ring before, a filled mark after, and a line between them."""
    before, after = row[f"{side}_before"], row[f"{side}_after"]
    if before is not None and after is not None:
        ends = (x(before), y), (x(after), y)
        canvas.rule(*ends, colour=colour, thick=2, above=True)
    name = f"{row['group']}, {_SIDES[side].lower()}"
    for value, when, look, area in (
        (before, "before", Style(colour, (1, 0), "circle"), 110),
        (after, "after", Style(colour, (1, 0), "diamond"), 44),
    ):
        if value is not None:
            canvas.point(
                (x(value), y),
                look,
                words=f"{name}, {when}: {percent(value)}",
                area=area,
                hollow=when == "before",
                group=row["group"],
                share=value,
            )


def _told(row: Row, side: str) -> str:
    """Before and after, in words."""
    before, after = row[f"{side}_before"], row[f"{side}_after"]
    if before is None and after is None:
        return "no figure"
    if before == after:
        return f"{percent(after)}, unchanged"
    if percent(before) == percent(after):
        return f"{percent(after)}, little change"
    if before is None or after is None:
        return f"{percent(before)}, then {percent(after)}"
    return f"{percent(before)} to {percent(after)}"


def _shares(row: Row) -> list[float | None]:
    return [row[f"{side}_{when}"] for side in _SIDES for when in _TIMES]


def _labels(end: float) -> list[tuple[float, str]]:
    return [(tick, f"{tick:.0%}") for tick in _TICKS if tick <= end]


def _key(canvas: Canvas, y: float) -> float:
    """What the two marks are, beside a sample of them; returns where it ends."""
    x, ink = canvas.margin, canvas.theme.ink
    ends = (x + 6, y + 8), (x + 34, y + 8)
    canvas.rule(*ends, colour=ink, thick=2, above=True)
    words = "Ring: before. Filled diamond: after."
    looks = (Style(ink, (1, 0), "circle"), Style(ink, (1, 0), "diamond"))
    canvas.point(ends[0], looks[0], words="Key, ring: before", area=110, hollow=True)
    canvas.point(ends[1], looks[1], words="Key, filled diamond: after", area=44)
    return canvas.paragraph(words, y, x=x + 48, room=canvas.room - 48)


def _note(data: Sequence[Row], *, both: bool) -> str:
    told = "Both panels have the same scale, which" if both else "The scale"
    told += " widens small shares by square roots."
    without = [row["group"] for row in data if all(share is None for share in _shares(row))]
    if without:
        told += f" No figure: {listed_words(without, most=20)}."
    return told
