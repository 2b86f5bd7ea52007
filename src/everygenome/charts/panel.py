"""One panel of the trend: the line, band and marks of one group."""

import json
from collections.abc import Sequence
from typing import Any

from everygenome.charts.rows import Row, percent, wrapped
from everygenome.charts.theme import Style, Theme

TABLE = "shares"  # the name of the table that all panels read
LETTER = 6.3  # width of a letter at 12 pixels, for wrapping
_GAP = "break-paths-show-path-domains"


def panel(
    group: str,
    line: Sequence[Row],
    *,
    end: float,
    width: int,
    height: int,
    theme: Theme,
    look: Style,
    labelled: bool,
) -> Any:
    """Draw one group.

    Args:
        group: its name.
        line: one row a year, as `rows.by_year` gives it.
        end: share (0-1) at which the scale ends.
        width: of the panel, in pixels.
        height: of the panel, in pixels.
        theme: the ground to draw on.
        look: colour, dash and marker.
        labelled: whether the scale is written out; its place is kept either way.

    Returns:
        An Altair chart of the rows of `group` in the table named `TABLE`.
    """
    import altair as alt

    known = [item for item in line if item["share"] is not None]
    last = known[-1] if known else None
    subtitle = f"{percent(last['share'])} in {last['year']}" if last else "no figure in any year"
    if known and not any(item["named"] for item in known):
        subtitle = "no record names it alone"
    years = [item["year"] for item in line]
    ends = [years[0], years[-1]] if width < 200 else None
    x = alt.X(
        "year:Q",
        title=None,
        scale=alt.Scale(domain=[years[0] - 0.3, years[-1] + 0.3], nice=False, zero=False),
        axis=alt.Axis(
            format="d",
            grid=False,
            labelFlush=True,
            tickMinStep=1,
            **({"values": ends} if ends else {"tickCount": 8}),
        ),
    )
    y = alt.Y(
        "share:Q",
        title=None,
        scale=alt.Scale(domain=[0, end], nice=False, clamp=True),
        axis=alt.Axis(
            format=".0%" if end >= 0.02 else ".1%",
            labelOpacity=1 if labelled else 0,
            ticks=False,
            domain=False,
            values=[0, end / 2, end] if end < 1 else [0, 0.25, 0.5, 0.75, 1.0],
        ),
    )
    # One table for all panels: Altair would copy the rows of each panel many times over.
    base: Any = alt.Chart(alt.NamedData(name=TABLE)).transform_filter(
        f"datum.group === {json.dumps(group)}"
    )
    layers: list[Any] = []
    if any(item["share_low"] is not None for item in line):
        layers.append(
            base.mark_area(color=look.colour, opacity=0.2, invalid=_GAP).encode(
                x=x, y=alt.Y("share_low:Q", title=None), y2="share_high:Q"
            )
        )
    layers.append(
        base.mark_line(
            color=look.colour,
            strokeWidth=2,
            strokeDash=list(look.dash),
            invalid=_GAP,
        ).encode(x=x, y=y)
    )
    point: dict[str, Any] = {
        "shape": look.shape,
        "stroke": look.colour,
        "strokeWidth": 1.2,
        "clip": False,
        "size": 34 if width > 200 else 20,
    }
    for named, fill in ((True, look.colour), (False, theme.ground)):
        if any(item["named"] is named for item in line):
            layers.append(
                base.transform_filter(f"datum.named === {str(named).lower()}")
                .mark_point(fill=fill, opacity=1, **point)
                .encode(x=x, y=y)
            )
    letters = int(width / LETTER) + 2
    return alt.layer(*layers).properties(
        width=width,
        height=height,
        title=alt.TitleParams(text=wrapped(group, letters), subtitle=subtitle, frame="group"),
    )
