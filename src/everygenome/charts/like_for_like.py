"""Like for like: a portfolio's groups beside those of the rest of the field in its subjects.

The plain ratio always stands in the same lane: to choose the subject is a decision too.
"""

from collections.abc import Sequence

from everygenome.charts.canvas import Canvas
from everygenome.charts.figures import listed_words, times
from everygenome.charts.letters import width
from everygenome.charts.page import Spec
from everygenome.charts.ratio import Doublings
from everygenome.charts.rows import Row, Rows, groups_in_order, listed, nothing, percent
from everygenome.charts.theme import LIGHT, Style, Theme, group_style

_EVEN = "1: as in the rest of the field, like for like"
_BEYOND = 8
_KEYS = (
    "like for like: against the rest of the field in the same subjects, years and stages",
    "plain: against all of the rest of the field, whatever was studied",
)
_REASONS = {
    "few": "Too few publications to be compared",
    "unmatched": "No other study of the same subjects, or no number of participations",
    "unexpected": "Nothing expected, as the rest of the field has none in the same subjects",
    "silent": "Nothing recorded",
    "unclear": "Not clearly recorded, so that no share is taken",
}
# A reader whose letters are others than those measured has wider ones: words must not be cut.
_WIDER = 1.2


def like_for_like_chart(
    rows: Rows, *, title: str, caption: str = "", theme: Theme = LIGHT, narrow: bool = False
) -> Spec:
    """Draw the ratios of one portfolio, like for like and plain, on a scale of doublings.

    Args:
        rows: of `standardised` for one portfolio: `group`, `is_class`, `observed_share`,
            `expected_share` (0-1), `ratio` (the one by the other), `ratio_low`, `ratio_high`,
            `crude_ratio` (each may be missing), `publications_of_group`.
        title: the finding, in plain words.
        caption: what the numbers are, and whose portfolio it is.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.

    Returns:
        A Vega-Lite specification. The filled circle is the like-for-like ratio, its line the
        interval; the hollow diamond beneath it is the plain ratio. Groups without a
        like-for-like ratio have no lane: they are listed in words, with the reason.
    """
    data = listed(rows)
    if not data:
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    y = canvas.head(title, caption)
    shown = [row for row in data if row["ratio"] is not None]
    if not shown:
        told = "No group can be compared like for like. That is not a ratio of zero."
        return canvas.finish(_reasons(canvas, canvas.paragraph(told, y + 24), data) + 30)
    ratios = [row[name] for row in shown for name in ("ratio", "crude_ratio")]
    ends = [row[name] for row in shown for name in ("ratio_low", "ratio_high")]
    # One endless interval must not press all the ratios together.
    least, most = reach(ratios)
    ground = Doublings(
        canvas,
        _key(canvas, y + 8) + 30,
        ratios=ratios,
        ends=[end and min(max(end, least), most) for end in ends],
        even=_EVEN,
        told_room=max(214, 18 + _WIDER * max(width(_told(row)) for row in shown)),
        deep=True,
    )
    order = groups_in_order(data)
    for row in shown:
        _lane(ground, row, colour=group_style(row["group"], order, theme).colour)
    y = ground.close() + 2
    lanes = ground.lanes
    canvas.write("← smaller share", lanes.left, y + 16, colour=theme.quiet)
    canvas.write("larger share →", lanes.right, y + 16, colour=theme.quiet, align="right")
    note = "Equal steps on the scale are equal multiples."
    if any(row["ratio_high"] and not row["ratio_low"] for row in shown):
        note += " A broken line is an interval that leads down to none."
    if any(end and not least <= end <= most for end in ends):
        note += " An interval that meets the edge of the scale leads further, as its figures say."
    y = canvas.paragraph(note, y + 30, colour=theme.quiet)
    return canvas.finish(_reasons(canvas, y, data) + 12)


def reach(ratios: Sequence[float | None]) -> tuple[float, float]:
    """How far down and up intervals are drawn: some doublings beyond the ratios.

    Example:
        >>> reach([0.5, None, 1.5])
        (0.0625, 12.0)
    """
    known = [1.0, *(ratio for ratio in ratios if ratio)]
    return min(known) / _BEYOND, max(known) * _BEYOND


def _key(canvas: Canvas, y: float) -> float:
    """What the two marks are, beside a sample of each; returns where it ends."""
    colour, x = canvas.theme.ink, canvas.margin
    ends = (x, y + 8), (x + 26, y + 8)
    canvas.rule(*ends, colour=canvas.theme.quiet, thick=2, above=True)
    words = f"Filled circle, {_KEYS[0]}; line: its interval"
    canvas.point((x + 13, y + 8), Style(colour, (1, 0), "circle"), words=words, area=70)
    room = canvas.room / (_WIDER if canvas.narrow else 1) - 34
    y = canvas.paragraph(words, y, x=x + 34, room=room)
    words = f"Hollow diamond, {_KEYS[1]}"
    look = Style(colour, (1, 0), "diamond")
    canvas.point((x + 13, y + 10), look, words=words, area=50, hollow=True)
    return canvas.paragraph(words, y + 2, x=x + 34, room=room)


def _told(row: Row) -> str:
    """The figures of a lane, in words."""
    told, beside = lane_words(
        row["ratio"], row["ratio_low"], row["ratio_high"], plain=row["crude_ratio"]
    )
    return f"{told}; plain {beside}"


def _lane(ground: Doublings, row: Row, *, colour: str) -> None:
    group, ratio, plain = row["group"], row["ratio"], row["crude_ratio"]
    told, _ = lane_words(ratio, row["ratio_low"], row["ratio_high"], plain=plain)
    at = ground.lanes.lane(group, _told(row))
    ground.interval(at - 2, row["ratio_low"], row["ratio_high"])
    ground.canvas.point(
        (ground.place(ratio), at - 2),
        Style(colour, (1, 0), "circle"),
        words=f"{group}, like for like: {told}; {percent(row['observed_share'])} against "
        f"{percent(row['expected_share'])} expected",
        area=70,
        group=group,
        ratio=ratio,
    )
    if plain is not None:
        # Beneath the circle, so that neither hides the other where the two agree.
        ground.canvas.point(
            (ground.place(plain), at + 8),
            Style(colour, (1, 0), "diamond"),
            words=f"{group}, plain: {_times(plain)}",
            area=50,
            hollow=True,
            group=group,
            ratio=plain,
        )


def _reasons(canvas: Canvas, y: float, data: Sequence[Row]) -> float:
    """Write the groups without a like-for-like ratio, and why; returns where that ends.

    The plain ratio stands beside them too, where there is one.
    """
    found = reasons(data)
    if found:
        y = canvas.paragraph("Without a like-for-like ratio:", y + 6)
    for told in found:
        y = canvas.paragraph(told, y + 2, colour=canvas.theme.quiet)
    return y


def reasons(rows: Rows) -> list[str]:
    """The groups without a like-for-like ratio, and why: a sentence for each reason.

    The plain ratio stands beside a group, where it has one.

    Example:
        >>> reasons([{"group": "African", "is_class": False, "ratio": None, "crude_ratio": None,
        ...     "observed_share": None, "publications_of_group": 0}])
        ['Nothing recorded: African.']
    """
    found: dict[str, list[str]] = {}
    for row in listed(rows):
        if row["ratio"] is None:
            plain = row["crude_ratio"]
            beside = "" if plain is None else f" (plain: {_times(plain)})"
            found.setdefault(_reason(row), []).append(f"{row['group']}{beside}")
    return [
        f"{words}: {listed_words(found[reason], most=20)}."
        for reason, words in _REASONS.items()
        if reason in found
    ]


def lane_words(
    ratio: float | None, low: float | None, high: float | None, *, plain: float | None
) -> tuple[str, str]:
    """A like-for-like ratio with its interval, and the plain ratio, in words.

    Two figures each; where two would hide on which side of 1 a number lies, all of the ratio
    and its interval have three, so that a clear difference never reads as none.

    Example:
        >>> lane_words(1.082, 1.026, 1.147, plain=1.04)
        ('1.08 times (1.03 to 1.15)', '1.04')
        >>> lane_words(1.6, 0.32, 4.2, plain=None), lane_words(0.0, 0.0, 0.3, plain=0.0)
        (('1.6 times (0.32 to 4.2)', 'no figure'), ('none', 'none'))
        >>> lane_words(0.9996, 0.9, 1.2, plain=1.0)[0]
        'just under 1 times (0.900 to 1.20)'
    """
    beside = _times(plain).removesuffix(" times")
    if not ratio or low is None or high is None:
        return _times(ratio), beside
    fine = any(map(_hidden, (ratio, low, high)))
    ends = [_times(end, fine=fine).removesuffix(" times") for end in (low, high)]
    return f"{_times(ratio, fine=fine)} ({ends[0]} to {ends[1]})", beside


def _hidden(value: float | None) -> bool:
    """Whether two figures would hide on which side of 1 a number lies."""
    return value is not None and value != 1 and float(f"{value:.2g}") == 1


def _times(value: float | None, *, fine: bool = False) -> str:
    """A ratio in words, with three figures where two hide its side of 1, or where asked."""
    if value is None or not (fine or _hidden(value)) or not 0.1 <= value < 99.5:
        return times(value)
    told = f"{value:.3f}" if value < 0.9995 else f"{value:#.3g}".removesuffix(".")
    if value != 1 and float(told) == 1:
        told = f"just {'over' if value > 1 else 'under'} 1"
    return f"{told if value != 1 else '1'} times"


def _reason(row: Row) -> str:
    """Why a group has no ratio; a portfolio with too few publications is never compared."""
    observed = row["observed_share"]
    if observed is None:
        if row["publications_of_group"]:
            return "few" if row.get("small") else "unmatched"
        return "unclear" if row["is_class"] else "silent"
    if row["expected_share"] is None:
        return "few"
    return "unexpected" if observed else "silent"
