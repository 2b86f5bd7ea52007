"""The composition for paper: bars, and beside each its share and what unclear records allow."""

from collections.abc import Sequence

from everygenome.charts.page import Spec
from everygenome.charts.rows import Row, groups_with_shares, percent
from everygenome.charts.scales import Scale
from everygenome.charts.theme import tinted
from everygenome.reports.portfolio.drawings.paper import HALF, PaperCanvas, ShortLanes

_ENDS = (0.1, 0.2, 0.5, 1.0)


def drawn_composition(rows: Sequence[Row]) -> Spec | None:
    """Shares by group; nothing where no record names any group.

    Args:
        rows: as `composition_chart` takes them.
    """
    found = {row["group"]: row for row in rows}
    shown = [found[group] for group in groups_with_shares(rows)]
    if not any(row["rows_with_others"] for row in shown):
        return None
    canvas = PaperCanvas(wide=HALF)
    lanes = ShortLanes(canvas, 20, columns=(52, 100))
    lanes.head(("share", "lowest, highest"))
    most = max(v for row in shown for v in (row["share"], row["share_max"], 0) if v is not None)
    x = Scale(0, next(end for end in _ENDS if end >= most), lanes.left, lanes.right)
    for row in shown:
        _lane(canvas, lanes, row, x)
    labels = [(x.high * part, f"{x.high * part:.0%}") for part in (0, 0.5, 1)]
    return canvas.finish(lanes.axis(x, labels) + 2)


def _lane(canvas: PaperCanvas, lanes: ShortLanes, row: Row, x: Scale) -> None:
    told, between = _told(row)
    y = lanes.lane(row["group"], (told, between))
    ink = canvas.theme.ink
    canvas.bar(
        (x(0), y - 6),
        (x(row["share"] or 0.0), y + 6),
        fill=tinted(canvas.theme.colours[0], canvas.theme, 0.5),
        words=f"{row['group']}: {told}{between and f' ({between})'}",
        group=row["group"],
        share=row["share"],
    )
    low, high = row["share_min"], row["share_max"]
    if low is None or high is None or not row["rows_with_others"]:
        return
    canvas.rule((x(low), y), (x(high), y), colour=ink, thick=1.5, above=True)
    for end in (x(low), x(high)):
        canvas.rule((end, y - 4), (end, y + 4), colour=ink, thick=1.5, above=True)


def _told(row: Row) -> tuple[str, str]:
    if not row["rows_with_others"]:
        return "none", ""
    told = percent(row["share"])
    if row["share_min"] is None or row["share_max"] is None:
        return told, ""
    return told, f"{percent(row['share_min'])} to {percent(row['share_max'])}"
