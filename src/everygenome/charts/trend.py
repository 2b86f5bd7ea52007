"""The trend: one panel for the largest group, and one for each of the others.

One group often holds nine tenths. On one common scale the others would lie on the floor,
so the largest has the panel from 0 to 100%, and the others share a finer scale, which is
the same in all their panels and stated above them: their heights may be compared.
"""

from collections.abc import Sequence
from typing import Any

from everygenome.charts.panel import LETTER, TABLE, panel
from everygenome.charts.rows import Row, Rows, by_year, groups_with_shares, listed, wrapped
from everygenome.charts.theme import LIGHT, Theme, config, style

_STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0)


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

    def drawn(group: str, end: float, wide: int, high: int, *, labelled: bool) -> Any:
        return panel(
            group,
            lines[group],
            end=end,
            width=wide,
            height=high,
            theme=theme,
            look=style(order.index(group), theme),
            labelled=labelled,
        )

    parts: list[Any] = [drawn(largest, 1.0, width, 150 if narrow else 190, labelled=True)]
    if others:
        grid = [
            drawn(group, top, small, 84, labelled=place % columns == 0)
            for place, group in enumerate(others)
        ]
        note = f"Every other group, on a finer scale: these panels end at {top:.0%}, not at 100%."
        if top >= 1:
            note = "Every other group, on the same scale."
        parts.append(
            alt.concat(
                *grid,
                columns=columns,
                align="each",
                bounds="flush",
                spacing={"row": 94, "column": 38 if narrow else 48},
            ).properties(title=_heading(wrapped(note, int(width / LETTER)), size=13))
        )
    made = alt.vconcat(*parts, spacing=26).properties(
        title=alt.TitleParams(
            text=wrapped(title, int(width / (LETTER * 1.25))),
            subtitle=wrapped(caption, int(width / LETTER)) if caption else [],
            fontSize=16,
            offset=14,
        )
    )
    every = [{"group": group, **item} for group in order for item in lines[group]]
    return _finished(made, theme, every)


def _largest(rows: Sequence[Row], order: Sequence[str]) -> str:
    """The group with the most behind it over all years; a class of its own is no group."""
    classes = {row["group"] for row in rows if row["is_class"]}
    totals = dict.fromkeys([group for group in order if group not in classes] or order, 0.0)
    for row in rows:
        if row["group"] in totals and row["share"] is not None:
            weight = row.get("value")
            totals[row["group"]] += row["share"] if weight is None else weight
    return max(totals, key=lambda group: totals[group])


def _scale_end(line: Sequence[Row]) -> float:
    """The round number at which the scale of the smaller groups ends."""
    found = [item[name] for item in line for name in ("share", "share_high")]
    most = max((value for value in found if value is not None), default=0.0)
    return next((step for step in _STEPS if step >= most), 1.0)


def _heading(text: list[str], *, size: int) -> Any:
    import altair as alt

    return alt.TitleParams(text=text, fontSize=size, fontWeight="normal", offset=12)


def _nothing(title: str, theme: Theme, width: int) -> dict[str, Any]:
    import altair as alt

    empty = alt.Chart(alt.NamedData(name=TABLE)).mark_text(
        text="No record fits these choices. That is not a share of zero."
    )
    return _finished(empty.properties(width=width, height=120, title=title), theme, [{}])


def _finished(chart: Any, theme: Theme, table: list[dict[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = chart.configure(**config(theme)).to_dict(validate=False)
    return made | {"datasets": {TABLE: table}}
