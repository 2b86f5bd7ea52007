"""A portfolio by year for paper: a row of panels, each on a scale of its own."""

from collections.abc import Sequence

from everygenome.charts.curve import curve
from everygenome.charts.letters import broken, cut
from everygenome.charts.page import MIDDLE, Spec
from everygenome.charts.panels import Box
from everygenome.charts.rows import Row, by_year, groups_in_order, percent
from everygenome.charts.theme import Style, group_style
from everygenome.reports.portfolio.drawings.paper import WHOLE, PaperCanvas

MOST = 5
# Ends of scales whose half, which is written too, is a round share.
_STEPS = (0.001, 0.002, 0.004, 0.01, 0.02, 0.04, 0.06, 0.1, 0.2, 0.3, 0.4, 0.5, 1.0)
_GUTTER, _GAP, _HIGH, _LINE = 36, 10, 84, 15


def drawn_peers(rows: Sequence[Row]) -> Spec | None:
    """A panel for each group, at most five, with what is expected as a broken line.

    Nothing where no group has anything to draw.

    Args:
        rows: as `peers_chart` takes them.
    """
    order = groups_in_order(rows)
    lines = {group: _line(rows, group) for group in order}
    some = [g for g, line in lines.items() if any(i["value"] or i["beside"] for i in line)]
    shown = some[:MOST]
    if not shown:
        return None
    canvas = PaperCanvas(wide=WHOLE)
    wide = (canvas.room - _GAP * (len(shown) - 1)) / len(shown)
    room = wide - _GUTTER
    names = {group: _name(group, room) for group in shown}
    top = 12 + _LINE * max(map(len, names.values())) + 10
    for place, group in enumerate(shown):
        left = canvas.margin + _GUTTER + place * (wide + _GAP)
        for turn, name in enumerate(reversed(names[group])):
            canvas.write(name, left, top - 23 - turn * _LINE, size=MIDDLE + 1, bold=True)
        canvas.write(_newest(lines[group]), left, top - 8, colour=canvas.theme.quiet)
        # Each is the first of its row: its scale is written out.
        box = Box(left, top, left + room, top + _HIGH, first=True)
        look = group_style(group, order)
        curve(
            canvas,
            box,
            group,
            lines[group],
            end=_end(lines[group]),
            # Only what is expected is broken.
            look=Style(look.colour, (1, 0), look.shape),
            measure="share",
        )
    return canvas.finish(top + _HIGH + 24)


def _name(group: str, room: float) -> list[str]:
    lines = broken(group, room, MIDDLE + 1, bold=True)
    return [cut(line, room, MIDDLE + 1) for line in lines[:3]]


def _line(rows: Sequence[Row], group: str) -> list[Row]:
    """One row a year, as `curve` takes them; the ring marks a year with a share of zero."""
    own = [row for row in rows if row["group"] == group]
    trend = [
        {
            "year": row["year"],
            "group": group,
            "share": row["observed_share"],
            "share_low": row["observed_low"],
            "share_high": row["observed_high"],
            "rows": 1 if row["observed_share"] else 0,
        }
        for row in own
    ]
    expected = {row["year"]: row["expected_share"] for row in own}
    return [item | {"beside": expected.get(item["year"])} for item in by_year(trend, group)]


def _newest(line: Sequence[Row]) -> str:
    known = [item for item in line if item["value"] is not None]
    if not known:
        return "no figure"
    return f"{percent(known[-1]['value'])}, expected {percent(known[-1]['beside'])}"


def _end(line: Sequence[Row]) -> float:
    """The round share at which a scale ends, bands included."""
    found = [item.get(name) for item in line for name in ("value", "low", "high", "beside")]
    most = max((value for value in found if value is not None), default=0.0)
    return next((step for step in _STEPS if step >= most), 1.0)
