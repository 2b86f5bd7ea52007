"""The composition: one bar for each group, with the interval that unclear records leave."""

from everygenome.charts.canvas import Canvas
from everygenome.charts.lanes import Lanes
from everygenome.charts.page import Spec
from everygenome.charts.rows import Row, Rows, groups_with_shares, listed, nothing, percent
from everygenome.charts.scales import Scale
from everygenome.charts.theme import LIGHT, Theme, tinted

_NOTE = "Bar: share. Line: lowest and highest that unclear or several-group records allow."


def composition_chart(
    rows: Rows,
    *,
    title: str,
    caption: str = "",
    note: str = _NOTE,
    theme: Theme = LIGHT,
    narrow: bool = False,
) -> Spec:
    """Draw shares by group.

    Args:
        rows: `group`, `is_class`, `share` (0-1), `share_min`, `share_max` (0-1, the lowest and
            highest that the unclear records allow), `rows_with_others` (records), and `told`:
            words to stand beside the bar, where others than the figures are wanted.
        title: the finding, in plain words.
        caption: what the numbers are.
        note: what bar and line are.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.

    Returns:
        A Vega-Lite specification. The bar is the share, the thin line its lowest and highest;
        both are written out beside it. A group that no record names has no bar and says so.
    """
    data = listed(rows)
    found = {row["group"]: row for row in data}
    shown = [found[group] for group in groups_with_shares(data)]
    if not any(row["rows_with_others"] for row in shown):
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    lanes = Lanes(canvas, canvas.head(title, caption) + 12)
    # Shares are of clear records and the interval is of all, so the end is found over both.
    most = max(v for row in shown for v in (row["share"], row["share_max"], 0) if v is not None)
    x = Scale(0, next(end for end in (0.1, 0.2, 0.5, 1.0) if end >= most), lanes.left, lanes.right)
    for row in shown:
        told = _told(row)
        y = lanes.lane(row["group"], told)
        _draw(canvas, row, x, y, words=f"{row['group']}: {told}")
    step = x.high / (2 if narrow else 4)
    values = [step * place for place in range(round(x.high / step) + 1)]
    y = lanes.axis(x, [(value, f"{value:.1%}".replace(".0%", "%")) for value in values])
    y = canvas.paragraph(note, y + 4, colour=theme.quiet)
    return canvas.finish(y + 12)


def _draw(canvas: Canvas, row: Row, x: Scale, y: float, *, words: str) -> None:
    theme, share = canvas.theme, row["share"] or 0.0
    low, high = row["share_min"], row["share_max"]
    # A group that nobody names keeps a mark of no length, so that it can be asked what it is.
    canvas.bar(
        (x(0), y - 8),
        (x(share), y + 8),
        fill=tinted(theme.colours[0], theme, 0.5),
        words=words,
        group=row["group"],
        share=row["share"],
    )
    if low is not None and high is not None and row["rows_with_others"]:
        canvas.rule((x(low), y), (x(high), y), colour=theme.ink, thick=1.5, above=True)
        for value in (low, high):
            canvas.rule(
                (x(value), y - 5), (x(value), y + 5), colour=theme.ink, thick=1.5, above=True
            )


def _told(row: Row) -> str:
    """The row in words, beside its bar."""
    if row.get("told"):
        return str(row["told"])
    if not row["rows_with_others"]:
        return "no record names it"
    told = percent(row["share"])
    if row["share_min"] is None or row["share_max"] is None:
        return told
    return f"{told} ({percent(row['share_min'])} to {percent(row['share_max'])})"
