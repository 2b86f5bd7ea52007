"""A portfolio by year, beside what is expected from the rest of the field in its subjects."""

from collections.abc import Sequence

from everygenome.charts.canvas import Canvas
from everygenome.charts.figures import listed_words
from everygenome.charts.multiples import multiples
from everygenome.charts.page import Spec
from everygenome.charts.rows import (
    Row,
    Rows,
    by_year,
    groups_in_order,
    groups_with_shares,
    listed,
    nothing,
    percent,
)
from everygenome.charts.theme import LIGHT, Style, Theme, group_style
from everygenome.charts.trend import largest_group

_KEYS = (
    "Solid line with marks: the portfolio. Shaded, where known: its interval.",
    "Broken line: expected, as the rest of the field has in the same subjects, years and stages.",
)


def peers_chart(
    rows: Rows, *, title: str, caption: str = "", theme: Theme = LIGHT, narrow: bool = False
) -> Spec:
    """Draw a portfolio's shares by year, and what the rest of the field lets expect.

    Args:
        rows: `year`, `group`, `is_class`, `observed_share` and `expected_share` (0-1, or None
            for a gap), `observed_low` and `observed_high` (None where there is no interval),
            `publications`.
        title: the finding, in plain words.
        caption: what the numbers are, and whose portfolio it is.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.

    Returns:
        A Vega-Lite specification: a panel for each group, as in `trend_chart`, and groups with
        still smaller shares on a still finer scale. A ring is a
        year in which the portfolio has none; a gap is a year without a figure, and is not
        bridged. Groups of which neither line ever shows anything have no panel, and are
        listed in words.
    """
    data = [_as_trend(row) for row in listed(rows)]
    order = groups_with_shares(data)
    lines = {group: _line(data, group) for group in order}
    shown = [group for group in order if any(i["value"] or i["beside"] for i in lines[group])]
    if not shown:
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    y = _key(canvas, canvas.head(title, caption) + 8)
    groups = groups_in_order(data)
    y = multiples(
        canvas,
        y,
        {group: lines[group] for group in shown},
        largest=largest_group(data, shown),
        looks={group: _look(group, groups, theme) for group in shown},
        headings={group: _newest(lines[group]) for group in shown},
        tiers=True,
    )
    note = "Figures above a panel are of its newest year. Ring: a year in which there were none."
    y = canvas.paragraph(note, y + 4, colour=theme.quiet)
    silent = [group for group in order if group not in shown]
    if silent:
        told = f"No panel, as there are none, nor any expected: {listed_words(silent, most=20)}."
        y = canvas.paragraph(told, y + 2, colour=theme.quiet)
    return canvas.finish(y + 12)


def _as_trend(row: Row) -> Row:
    """A row with the names that a trend has; the ring marks a year with a share of zero."""
    return {
        **{name: row[name] for name in ("year", "group", "is_class", "expected_share")},
        "share": row["observed_share"],
        "share_low": row["observed_low"],
        "share_high": row["observed_high"],
        "rows": 1 if row["observed_share"] else 0,
    }


def _line(data: Sequence[Row], group: str) -> list[Row]:
    """One row a year, with what is expected as `beside`."""
    expected = {row["year"]: row["expected_share"] for row in data if row["group"] == group}
    return [item | {"beside": expected.get(item["year"])} for item in by_year(data, group)]


def _look(group: str, groups: Sequence[str], theme: Theme) -> Style:
    """The group's colour and marker on a solid line, since only what is expected is broken."""
    look = group_style(group, groups, theme)
    return Style(look.colour, (1, 0), look.shape)


def _newest(line: Sequence[Row]) -> str:
    """The newest pair of figures, in words."""
    known = [item for item in line if item["value"] is not None]
    if not known:
        return "no figure"
    return f"{percent(known[-1]['value'])}, expected {percent(known[-1]['beside'])}"


def _key(canvas: Canvas, y: float) -> float:
    """What the two lines are, beside a sample of each; returns where it ends."""
    x, ink = canvas.margin, canvas.theme.ink
    look = Style(ink, (1, 0), "circle")
    ends = (x, y + 8), (x + 28, y + 8)
    canvas.line(ends, look)
    canvas.point((x + 14, y + 8), look, words=_KEYS[0])
    y = canvas.paragraph(_KEYS[0], y, x=x + 36, room=canvas.room - 36)
    ends = (x, y + 10), (x + 28, y + 10)
    canvas.line(ends, Style(ink, (4, 3), "stroke"), thick=1.5)
    return canvas.paragraph(_KEYS[1], y + 2, x=x + 36, room=canvas.room - 36)
