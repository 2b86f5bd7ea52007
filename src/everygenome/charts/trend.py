"""The trend: one panel for the largest group, and one for each of the others.

One group often holds nine tenths. On one common scale the others would lie on the floor,
so the largest has a panel of its own, and the others share a finer scale, which is the same
in all their panels and stated above them: their heights may be compared.
"""

from collections.abc import Sequence

from everygenome.charts.canvas import Canvas
from everygenome.charts.figures import listed_words, number
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
from everygenome.charts.theme import LIGHT, Theme, group_style


def trend_chart(
    rows: Rows,
    *,
    title: str,
    caption: str = "",
    theme: Theme = LIGHT,
    narrow: bool = False,
    measure: str = "share",
) -> Spec:
    """Draw shares or counts by year.

    Args:
        rows: `year`, `group`, `is_class`, `share` (0-1, or None for a gap), `rows` (how many
            records name the group), for counts `value`, and where they exist `share_low` and
            `share_high`.
        title: the finding, in plain words.
        caption: what the numbers are: unit, stage, denominator, release.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.
        measure: `share`, or `value` for counts.

    Returns:
        A Vega-Lite specification. Filled marks are counted; a ring on the zero line is a year
        in which no record names the group alone; a gap is a year without a figure. Groups
        that no record of any year names alone have no panel, and are listed in words.
    """
    data = listed(rows)
    order = groups_with_shares(data)
    lines = {group: by_year(data, group, measure=measure) for group in order}
    named = [g for g in order if any(item["named"] for item in lines[g])]
    if not named:
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    y = canvas.head(title, caption)
    y = multiples(
        canvas,
        y,
        {group: lines[group] for group in named},
        largest=largest_group(data, named),
        looks={group: group_style(group, groups_in_order(data), theme) for group in named},
        headings={group: _last(lines[group], measure) for group in named},
        measure=measure,
    )
    silent = [group for group in order if group not in named]
    if silent:
        text = f"No panel: no record of any year names {listed_words(silent)} alone."
        y = canvas.paragraph(text, y + 4, colour=theme.quiet)
    return canvas.finish(y + 12)


def largest_group(rows: Sequence[Row], named: Sequence[str]) -> str:
    """The group with the most behind it over all years; a class of its own is no group."""
    classes = {row["group"] for row in rows if row["is_class"]}
    totals = dict.fromkeys([group for group in named if group not in classes] or named, 0.0)
    for row in rows:
        if row["group"] in totals and row["share"] is not None:
            weight = row.get("value")
            totals[row["group"]] += row["share"] if weight is None else weight
    return max(totals, key=lambda group: totals[group])


def _last(line: Sequence[Row], measure: str) -> str:
    """The newest figure, in words."""
    told = percent if measure == "share" else number
    known = [item for item in line if item["value"] is not None]
    return f"{told(known[-1]['value'])} in {known[-1]['year']}" if known else "no figure"
