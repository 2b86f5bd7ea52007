"""The composition: one bar for each group, with the interval that unclear records leave."""

from typing import Any

from everygenome.charts.panel import TABLE
from everygenome.charts.rows import Rows, groups_with_shares, listed, percent, wrapped
from everygenome.charts.theme import LIGHT, Theme, config


def composition_chart(
    rows: Rows, *, title: str, caption: str = "", theme: Theme = LIGHT, narrow: bool = False
) -> dict[str, Any]:
    """Draw shares by group.

    Args:
        rows: `group`, `is_class`, `share` (0-1), `share_min`, `share_max` (0-1, the lowest and
            highest that the unclear records allow), `rows`, `rows_with_others` (records).
        title: the finding, in plain words.
        caption: what the numbers are.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.

    Returns:
        A Vega-Lite specification. The bar is the share, the thin line its lowest and highest;
        both are written out beside it. A group that no record names has no bar and says so.
    """
    import altair as alt

    data = listed(rows)
    order = groups_with_shares(data)
    found = {row["group"]: row for row in data}
    width = 300 if narrow else 560
    values = [
        {
            "group": group,
            "share": found[group]["share"],
            "share_min": found[group]["share_min"],
            "share_max": found[group]["share_max"],
            "words": _words(found[group]),
        }
        for group in order
    ]
    base: Any = alt.Chart(alt.NamedData(name=TABLE))
    # Shares are of clear records and the interval is of all, so the end is found over both.
    end = max((v for row in values for v in (row["share"], row["share_max"]) if v), default=1.0)
    x = alt.X(
        "share:Q",
        title=None,
        scale=alt.Scale(domain=[0, min(1.0, end * 1.02)], nice=False),
        axis=alt.Axis(format=".0%", tickCount=4, grid=False, labelFlush=True),
    )
    y = alt.Y(
        "group:N",
        title=None,
        sort=order,
        axis=None,
        scale=alt.Scale(paddingInner=0.62, paddingOuter=0.6),
    )
    bars = base.mark_bar(color=theme.colours[0], opacity=0.5, minBandSize=8).encode(x=x, y=y)
    spans = base.mark_rule(color=theme.ink, strokeWidth=1.5).encode(
        x=alt.X("share_min:Q"), x2="share_max:Q", y=y
    )
    ends = [
        base.mark_tick(color=theme.ink, thickness=1.5, size=9).encode(x=f"{name}:Q", y=y)
        for name in ("share_min", "share_max")
    ]
    label = base.mark_text(align="left", baseline="bottom", dy=-8).encode(
        x=alt.value(0), y=y, text="words:N"
    )
    letters = int(width / 6.3)
    made = alt.layer(bars, spans, *ends, label).properties(
        width=width,
        height=max(1, len(order)) * 40,
        title=alt.TitleParams(
            text=wrapped(title, int(letters * 0.8)),
            subtitle=wrapped(caption, letters) if caption else [],
            fontSize=16,
            offset=12,
        ),
    )
    specification: dict[str, Any] = made.configure(**config(theme)).to_dict(validate=False)
    return specification | {"datasets": {TABLE: values}}


def _words(row: Any) -> str:
    """The row in words, for the label above its bar."""
    if not row["rows_with_others"]:
        return f"{row['group']}: no record names it"
    told = f"{row['group']}: {percent(row['share'])}"
    if row["share_min"] is None or row["share_max"] is None:
        return told
    return f"{told} ({percent(row['share_min'])} to {percent(row['share_max'])})"
