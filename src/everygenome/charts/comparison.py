"""Two selections side by side: both shares of each group, and their difference."""

from everygenome.charts.canvas import Canvas
from everygenome.charts.figures import points
from everygenome.charts.lanes import Lanes
from everygenome.charts.page import Spec
from everygenome.charts.rows import Row, Rows, groups_in_order, listed, nothing, percent
from everygenome.charts.scales import Scale, root, round_up
from everygenome.charts.theme import LIGHT, Theme, group_style

_ENDS = ("difference_low", "difference_high")
_SHARES = (0.0, 0.01, 0.05, 0.2, 0.5, 1.0)


def comparison_chart(
    rows: Rows,
    *,
    title: str,
    caption: str = "",
    names: tuple[str, str] = ("A", "B"),
    theme: Theme = LIGHT,
    narrow: bool = False,
) -> Spec:
    """Draw the shares of two selections, and beside them what differs.

    Args:
        rows: `group`, `share_a`, `share_b` (0-1), `difference` (B minus A, -1 to 1),
            `difference_low`, `difference_high` (its interval, where it exists).
        title: the finding, in plain words.
        caption: what the numbers are.
        names: what the two selections are.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.

    Returns:
        A Vega-Lite specification. A is hollow and B filled, joined by a line. Both scales
        give small numbers room by square roots, and say so.
    """
    data = [r for r in listed(rows) if r["share_a"] is not None or r["share_b"] is not None]
    if not data:
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    y = canvas.head(title, caption)
    key = f"Hollow: {names[0]}. Filled: {names[1]}. Right: {names[1]} minus {names[0]}, in points."
    lanes = Lanes(canvas, canvas.paragraph(key, y + 2) + 26, told_room=220)
    middle = lanes.left + (lanes.right - lanes.left) * (0.56 if narrow else 0.6)
    top = max(v for row in data for v in (row["share_a"], row["share_b"]) if v is not None)
    share = Scale(0, next(s for s in _SHARES if s >= top), lanes.left, middle - 24, root)
    found = [
        abs(row[name] or 0) for row in data for name in ("difference", *_ENDS) if row.get(name)
    ]
    most = round_up(max(found, default=0.01))
    shift = Scale(-most, most, middle + 24, lanes.right, root)
    quiet = theme.quiet
    canvas.write("Shares", lanes.left, lanes.top - 6, colour=quiet)
    canvas.write("Difference", shift.start, lanes.top - 6, colour=quiet)
    order = groups_in_order(data)
    for row in data:
        _lane(canvas, lanes, row, share=share, shift=shift, names=names, order=order)
    lanes.upright(shift(0), colour=quiet, above=True)
    labels = [(s, f"{s:.0%}") for s in _SHARES if s <= share.high]
    lanes.axis(share, [label for label in labels if not narrow or label[0] != 0.01])
    half = [(-most, points(-most)), (0.0, "0"), (most, points(most))]
    y = lanes.axis(shift, [(v, text.replace(".0", "")) for v, text in half])
    note = "Both scales widen small numbers by square roots. Right: line, the interval where known."
    y = canvas.paragraph(note, y + 4, colour=quiet)
    return canvas.finish(y + 12)


def _lane(
    canvas: Canvas,
    lanes: Lanes,
    row: Row,
    *,
    share: Scale,
    shift: Scale,
    names: tuple[str, str],
    order: list[str],
) -> None:
    a, b, difference = row["share_a"], row["share_b"], row["difference"]
    look = group_style(row["group"], order, canvas.theme)
    told = f"{percent(a)} to {percent(b)}: {points(difference)}"
    y = lanes.lane(row["group"], told)
    if a is not None and b is not None:
        canvas.rule((share(a), y), (share(b), y), colour=look.colour, thick=2, above=True)
    for value, name, hollow in ((a, names[0], True), (b, names[1], False)):
        if value is not None:
            words = f"{row['group']}, {name}: {percent(value)}"
            place = share(value), y
            canvas.point(place, look, words=words, area=62, hollow=hollow, group=row["group"])
    if difference is None:
        return
    words = f"{row['group']}, difference: {points(difference)} points"
    low, high = (row.get(name) for name in _ENDS)
    if low is not None and high is not None:
        canvas.rule(
            (shift(low), y), (shift(high), y), colour=canvas.theme.quiet, thick=2, above=True
        )
        words += f" ({points(low)} to {points(high)})"
    place = shift(difference), y
    canvas.point(place, look, words=words, area=44, group=row["group"], difference=difference)
