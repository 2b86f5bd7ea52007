"""History twice: as each release told it, and as today's release rebuilds it."""

from datetime import date
from typing import Any

from everygenome.charts.canvas import Canvas
from everygenome.charts.page import Spec
from everygenome.charts.panels import Box, grid, heights, years
from everygenome.charts.rows import Row, Rows, groups_in_order, listed, nothing, percent
from everygenome.charts.scales import Scale
from everygenome.charts.theme import LIGHT, Style, Theme, group_style

_STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 1.0)


def history_chart(
    released: Rows,
    reconstructed: Rows,
    *,
    title: str,
    caption: str = "",
    theme: Theme = LIGHT,
    narrow: bool = False,
) -> Spec:
    """Draw shares as released beside shares rebuilt from today's release.

    Args:
        released: `release_date` (ISO date), `group`, `share` (0-1): the whole of each release.
        reconstructed: `year` of publication, `group`, `share` (0-1), from one release.
        title: the finding, in plain words.
        caption: what the numbers are.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.

    Returns:
        A Vega-Lite specification: a panel for each group, with a scale of its own that is
        written beside it, since a trend and not a size is compared here.
    """
    told, rebuilt = listed(released), listed(reconstructed)
    order = groups_in_order([*told, *rebuilt])
    shown = [g for g in order if any(r["share"] for r in (*told, *rebuilt) if r["group"] == g)]
    if not shown:
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    y = canvas.head(title, caption)
    key = (
        "Left, circles: rebuilt from today's release, by year of publication. Right, squares: as "
        "released, everything up to that day. Each group has its own scale."
    )
    y = canvas.paragraph(key, y + 2)
    boxes, y = grid(
        canvas,
        y + 6,
        [(group, _newest(told, group)) for group in shown],
        columns=1 if narrow else 3,
        high=90,
        gutter=44,
        gap=52,
        below=42,
    )
    for box, group in zip(boxes, shown, strict=True):
        mine = [[r for r in rows if r["group"] == group] for rows in (told, rebuilt)]
        _panel(canvas, box, group_style(group, order, theme).colour, mine[0], mine[1])
    return canvas.finish(y + 12)


def _panel(canvas: Canvas, box: Box, colour: str, told: list[Row], rebuilt: list[Row]) -> None:
    most = max(r["share"] or 0.0 for r in (*told, *rebuilt))
    top = next(step for step in _STEPS if step >= most)
    y = Scale(0, top, box.bottom, box.top)
    heights(canvas, box, y, [(v, _percent(v)) for v in (0.0, top / 2, top)], written=True)
    middle, quiet = box.left + box.wide * 0.56, canvas.theme.quiet
    canvas.rule((middle, box.top), (middle, box.bottom))
    left = Box(box.left, box.top, middle - 10, box.bottom, first=False)
    right = Box(middle + 10, box.top, box.right, box.bottom, first=False)
    canvas.write("rebuilt", left.left, box.bottom + 32, colour=quiet)
    canvas.write("as released", right.right, box.bottom + 32, colour=quiet, align="right")
    if rebuilt:
        found = [int(r["year"]) for r in rebuilt]
        x = Scale(min(found), max(found), left.left + 5, left.right - 5)
        years(canvas, left, x, [min(found), max(found)])
        series = [(float(r["year"]), str(r["year"]), r) for r in rebuilt]
        _series(canvas, x, y, series, Style(colour, (1, 0), "circle"), how="rebuilt for")
    if told:
        dates = [_decimal(r["release_date"]) for r in told]
        x = Scale(min(dates), max(dates), right.left + 5, right.right - 5)
        _dates(canvas, right, [str(r["release_date"]) for r in told])
        series = [(_decimal(r["release_date"]), str(r["release_date"]), r) for r in told]
        look = Style(colour, (1, 0), "square")
        _series(canvas, x, y, series, look, how="as released on", step=True)


def _dates(canvas: Canvas, box: Box, days: list[str]) -> None:
    """The first and the last release as year and month."""
    quiet, y = canvas.theme.quiet, box.bottom + 17
    canvas.write(min(days)[:7], box.left, y, colour=quiet)
    if max(days)[:7] != min(days)[:7] and box.wide > 98:
        canvas.write(max(days)[:7], box.right, y, colour=quiet, align="right")


def _series(
    canvas: Canvas,
    x: Scale,
    y: Scale,
    series: list[tuple[float, str, Row]],
    look: Style,
    *,
    how: str,
    step: bool = False,
) -> None:
    _line(canvas, x, y, [(at, row) for at, _, row in series], look, step=step)
    for at, when, row in series:
        if row["share"] is not None:
            words = f"{row['group']}, {how} {when}: {percent(row['share'])}"
            place = x(at), y(row["share"])
            canvas.point(place, look, words=words, area=20, group=row["group"])


def _percent(value: float) -> str:
    return f"{value * 100:.3g}%"


def _line(
    canvas: Canvas, x: Scale, y: Scale, rows: list[tuple[float, Row]], look: Style, *, step: bool
) -> None:
    """A line that breaks where a figure is missing."""
    run: list[tuple[float, float]] = []
    for at, row in [*sorted(rows, key=lambda item: item[0]), (0.0, {"share": None})]:
        if row["share"] is None:
            if len(run) > 1:
                canvas.line(run, look, thick=1.5)
            run = []
            continue
        if run and step:
            run.append((x(at), run[-1][1]))
        run.append((x(at), y(row["share"])))


def _decimal(day: Any) -> float:
    """A day as a year with a fraction."""
    found = date.fromisoformat(str(day)[:10])
    return found.year + (found.timetuple().tm_yday - 1) / 365.25


def _newest(told: list[Row], group: str) -> str:
    known = [r for r in told if r["group"] == group and r["share"] is not None]
    if not known:
        return "no release has a figure"
    last = max(known, key=lambda row: str(row["release_date"]))
    return f"{percent(last['share'])} in the release of {last['release_date']}"
