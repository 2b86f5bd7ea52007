"""Like for like for paper: the ratio of each group with its interval, and the plain one."""

import math
from collections.abc import Sequence

from everygenome.charts.letters import width
from everygenome.charts.like_for_like import lane_words, reach
from everygenome.charts.page import Spec
from everygenome.charts.rows import Row, groups_in_order, percent
from everygenome.charts.scales import Scale, powers
from everygenome.charts.theme import Style, group_style
from everygenome.reports.portfolio.drawings.paper import HALF, PaperCanvas, ShortLanes

# A place for "none", since no doubling leads to zero.
_NONE_ROOM = 34


def drawn_ratios(rows: Sequence[Row]) -> Spec | None:
    """Ratios on a scale of doublings; nothing where no group has one.

    Args:
        rows: as `like_for_like_chart` takes them. Groups without a like-for-like ratio are left
            out: `reasons` says why.
    """
    shown = [row for row in rows if row["ratio"] is not None]
    if not shown:
        return None
    canvas = PaperCanvas(wide=HALF)
    lanes = ShortLanes(canvas, 20, columns=(112, 44))
    lanes.head(("like for like", "plain"))
    ratios = [row[name] for row in shown for name in ("ratio", "crude_ratio")]
    least, most = reach(ratios)
    ends = [row[name] for row in shown for name in ("ratio_low", "ratio_high") if row[name]]
    known = [1.0, *(v for v in ratios if v), *(min(max(v, least), most) for v in ends)]
    ticks = powers(min(known), max(known), base=2)
    none = 0 in ratios
    start = lanes.left + (_NONE_ROOM if none else 0)
    x = Scale(ticks[0], ticks[-1], start, lanes.right, math.log2)
    order = groups_in_order(rows)
    for row in shown:
        _lane(canvas, lanes, row, x, colour=group_style(row["group"], order).colour)
    room = max(width(_tick(tick)) for tick in ticks) + 6
    step = math.ceil((len(ticks) - 1) * room / (lanes.right - start))
    labels = [(tick, _tick(tick)) for tick in ticks if round(math.log2(tick)) % step == 0]
    y = lanes.axis(x, labels)
    if none:
        place = lanes.left + 10, lanes.y + 16
        canvas.write("none", *place, colour=canvas.theme.quiet, align="right")
    ink = canvas.theme.ink
    canvas.rule((x(1), lanes.top), (x(1), lanes.y + 3), colour=ink, thick=1.5, above=True)
    return canvas.finish(y + 2)


def _lane(canvas: PaperCanvas, lanes: ShortLanes, row: Row, x: Scale, *, colour: str) -> None:
    group, ratio, plain = row["group"], row["ratio"], row["crude_ratio"]
    low, high = row["ratio_low"], row["ratio_high"]
    told, beside = lane_words(ratio, low, high, plain=plain)
    y = lanes.lane(group, (told.replace(" times", ""), "–" if plain is None else beside))
    if low and high:
        quiet = canvas.theme.quiet
        canvas.rule((x(low), y - 2), (x(high), y - 2), colour=quiet, thick=2, above=True)
    elif high:
        ends = (x.start, y - 2), (x(high), y - 2)
        canvas.rule(*ends, colour=canvas.theme.quiet, dash=(3, 3), above=True)
    canvas.point(
        (x(ratio) if ratio else lanes.left + 6, y - 2),
        Style(colour, (1, 0), "circle"),
        words=f"{group}, like for like: {told}; {percent(row['observed_share'])} against "
        f"{percent(row['expected_share'])} expected",
        area=56,
        group=group,
        ratio=ratio,
    )
    if plain is not None:
        # Beneath the circle, so that neither hides the other where the two agree.
        canvas.point(
            (x(plain) if plain else lanes.left + 6, y + 5),
            Style(colour, (1, 0), "diamond"),
            words=f"{group}, plain: {beside}",
            area=36,
            hollow=True,
            group=group,
            ratio=plain,
        )


def _tick(value: float) -> str:
    return f"{value:g}" if value >= 1 else f"1/{1 / value:g}"
