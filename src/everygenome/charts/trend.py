"""The trend: one panel for the largest group, and one for each of the others.

One group often holds nine tenths. On one common scale the others would lie on the floor,
so the largest has the panel from 0 to 100%, and the others share a finer scale, which is
the same in all their panels and stated above them: their heights may be compared.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from everygenome.charts.rows import Row, Rows, by_year, groups_with_shares, listed, percent, wrapped
from everygenome.charts.theme import LIGHT, Style, Theme, config, style

if TYPE_CHECKING:
    import altair as alt

_STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0)
_TABLE = "shares"
_LETTER = 6.3  # width of a letter at 12 pixels, for wrapping


def trend_chart(
    rows: Rows, *, title: str, caption: str = "", theme: Theme = LIGHT, narrow: bool = False
) -> dict[str, Any]:
    """Draw shares by year.

    Args:
        rows: `year`, `group`, `is_class`, `share` (0-1, or None for a gap), `rows` (how many
            records name the group), and where they exist `share_low` and `share_high`.
        title: the finding, in plain words.
        caption: what the numbers are: unit, stage, denominator, release.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.

    Returns:
        A Vega-Lite specification. Filled marks are counted shares; a ring on the zero line is
        a year in which no record names the group alone; a gap is a year without a figure.
    """
    import altair as alt

    data = listed(rows)
    order = groups_with_shares(data)
    if not order:
        return _nothing(title, theme, 320 if narrow else 900)
    lines = {group: by_year(data, group) for group in order}
    largest = _largest(data, order)
    others = [group for group in order if group != largest]
    top = _scale_end([item for group in others for item in lines[group]])
    columns = 2 if narrow else 5
    width = 280 if narrow else 850
    small = 118 if narrow else 130

    def panel(group: str, end: float, wide: int, high: int, *, labelled: bool) -> alt.LayerChart:
        return _panel(
            group, lines[group], end=end, width=wide, height=high, theme=theme,
            look=style(order.index(group), theme), labelled=labelled,
        )

    parts: list[Any] = [panel(largest, 1.0, width, 150 if narrow else 190, labelled=True)]
    if others:
        grid = [
            panel(group, top, small, 84, labelled=place % columns == 0)
            for place, group in enumerate(others)
        ]
        note = f"Every other group, on a finer scale: these panels end at {top:.0%}, not at 100%."
        if top >= 1:
            note = "Every other group, on the same scale."
        parts.append(
            alt.concat(
                *grid, columns=columns, align="each", bounds="flush",
                spacing={"row": 94, "column": 38 if narrow else 48},
            ).properties(title=_heading(wrapped(note, int(width / _LETTER)), size=13))
        )
    made = alt.vconcat(*parts, spacing=26).properties(
        title=alt.TitleParams(
            text=wrapped(title, int(width / (_LETTER * 1.25))),
            subtitle=wrapped(caption, int(width / _LETTER)) if caption else [],
            fontSize=16, offset=14,
        )
    )
    every = [{"group": group, **item} for group in order for item in lines[group]]
    return _finished(made, theme, every)


def _panel(
    group: str, line: Sequence[Row], *, end: float, width: int, height: int, theme: Theme,
    look: Style, labelled: bool,
) -> "alt.LayerChart":
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
            format="d", grid=False, labelFlush=True, tickMinStep=1,
            **({"values": ends} if ends else {"tickCount": 8}),
        ),
    )
    y = alt.Y(
        "share:Q",
        title=None,
        scale=alt.Scale(domain=[0, end], nice=False, clamp=True),
        axis=alt.Axis(
            format=".0%" if end >= 0.02 else ".1%", labelOpacity=1 if labelled else 0, ticks=False, domain=False,
            values=[0, end / 2, end] if end < 1 else [0, 0.25, 0.5, 0.75, 1.0],
        ),
    )
    # One table for all panels: Altair would copy the rows of each panel many times over.
    base = alt.Chart(alt.NamedData(name=_TABLE)).transform_filter(
        f"datum.group === {json.dumps(group)}"
    )
    layers: list[Any] = []
    if any(item["share_low"] is not None for item in line):
        layers.append(
            base.mark_area(color=look.colour, opacity=0.2, invalid="break-paths-show-path-domains")
            .encode(x=x, y=alt.Y("share_low:Q", title=None), y2="share_high:Q")
        )
    layers.append(
        base.mark_line(
            color=look.colour, strokeWidth=2, strokeDash=list(look.dash),
            invalid="break-paths-show-path-domains",
        ).encode(x=x, y=y)
    )
    point = {"shape": look.shape, "stroke": look.colour, "strokeWidth": 1.2, "clip": False,
             "size": 34 if width > 200 else 20}
    for named, fill in ((True, look.colour), (False, theme.ground)):
        if any(item["named"] is named for item in line):
            layers.append(
                base.transform_filter(f"datum.named === {str(named).lower()}")
                .mark_point(fill=fill, opacity=1, **point)
                .encode(x=x, y=y)
            )
    letters = int(width / _LETTER) + 2
    return alt.layer(*layers).properties(
        width=width,
        height=height,
        title=alt.TitleParams(text=wrapped(group, letters), subtitle=subtitle, frame="group"),
    )


def _largest(rows: Sequence[Row], order: Sequence[str]) -> str:
    """The group with the most behind it over all years."""
    totals = dict.fromkeys(order, 0.0)
    for row in rows:
        if row["group"] in totals and row["share"] is not None:
            weight = row.get("value")
            totals[row["group"]] += row["share"] if weight is None else weight
    return max(order, key=lambda group: totals[group])


def _scale_end(line: Sequence[Row]) -> float:
    """The round number at which the scale of the smaller groups ends."""
    most = max((item["share"] for item in line if item["share"] is not None), default=0.0)
    return next((step for step in _STEPS if step >= most), 1.0)


def _heading(text: list[str], *, size: int) -> Any:
    import altair as alt

    return alt.TitleParams(text=text, fontSize=size, fontWeight="normal", offset=12)


def _nothing(title: str, theme: Theme, width: int) -> dict[str, Any]:
    import altair as alt

    empty = alt.Chart(alt.NamedData(name=_TABLE)).mark_text(
        text="No record fits these choices. That is not a share of zero."
    )
    return _finished(empty.properties(width=width, height=120, title=title), theme, [{}])


def _finished(chart: Any, theme: Theme, table: list[dict[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = chart.configure(**config(theme)).to_dict(validate=False)
    return made | {"datasets": {_TABLE: table}}
