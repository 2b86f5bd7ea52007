"""Bars that are not groups of people: countries, and the largest publications and cohorts."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from everygenome.charts.canvas import Canvas
from everygenome.charts.figures import number
from everygenome.charts.lanes import Lanes
from everygenome.charts.page import Spec
from everygenome.charts.rows import Row, Rows, listed, nothing, percent
from everygenome.charts.scales import Scale, round_up
from everygenome.charts.theme import LIGHT, Theme, tinted

_KINDS = {
    "publication": "Largest publications",
    "cohort": "Largest cohorts",
    "country": "Largest countries of recruitment",
}


def countries_chart(
    rows: Rows,
    *,
    title: str,
    caption: str = "",
    coverage: float | None = None,
    theme: Theme = LIGHT,
    narrow: bool = False,
    top: int = 15,
    unit: str = "participations",
) -> Spec:
    """Draw the countries with the largest counts.

    Args:
        rows: of `countries`: `iso3`, `name`, `value`, `share` (0-1 of what the rule counts).
        title: the finding, in plain words.
        caption: what the numbers are, and the counting rule.
        coverage: what part of the selection (0-1) the rule counts; said above the bars.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.
        top: how many countries are drawn; how many are left out is said.
        unit: what is counted.
    """
    named = [row for row in listed(rows) if row["iso3"] and row["share"] is not None]
    if not named:
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    y = canvas.head(title, f"{caption} {coverage_words(coverage, unit)}")
    shown = named[:top]
    lanes = Lanes(canvas, y + 10, told_room=190)
    end = min(1.0, round_up(max(row["share"] for row in shown)))
    x = Scale(0, end, lanes.left, lanes.right)
    for row in shown:
        told = f"{percent(row['share'])}, {number(row['value'])}"
        at = lanes.lane(row["name"], told)
        words = f"{row['name']}: {percent(row['share'])}, {number(row['value'])} {unit}"
        _bar(canvas, x, at, row, words, iso3=row["iso3"])
    y = lanes.axis(x, _percents(end))
    if len(named) > top:
        rest = f"{len(named) - top:,} more countries are in the table."
        y = canvas.paragraph(rest, y + 4, colour=theme.quiet)
    return canvas.finish(y + 12)


def concentration_chart(
    rows: Rows, *, title: str, caption: str = "", theme: Theme = LIGHT, narrow: bool = False
) -> Spec:
    """Draw what the largest publications, cohorts and countries hold.

    Args:
        rows: of `concentration`: `kind`, `rank`, `id`, `name`, `value`, `share` and
            `cumulative_share` (0-1 of all selected participations).
        title: the finding, in plain words.
        caption: what the numbers are.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.

    Returns:
        A Vega-Lite specification: a part for each kind, all on one scale. The bar is the
        share of one; the upright line is the share of it and all above it together.
    """
    data = [row for row in listed(rows) if row["share"] is not None]
    if not data:
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    y = canvas.head(title, caption)
    end = min(1.0, round_up(max(row["cumulative_share"] or row["share"] for row in data)))
    for kind, found in groupby(data, key=lambda row: row["kind"]):
        y = canvas.paragraph(_KINDS.get(kind, kind), y + 10, bold=True, size=13) + 4
        y = _ranked(canvas, list(found), end, y)
    note = "Bar: share of one. Upright line: share of it and all above it together."
    y = canvas.paragraph(note, y + 6, colour=theme.quiet)
    return canvas.finish(y + 12)


def coverage_words(coverage: float | None, unit: str = "participations") -> str:
    """How much a counting rule counts, as a sentence that stands beside every map.

    Example:
        >>> coverage_words(0.344)
        'This counts 34.4% of participations; the others name no country, or several.'
        >>> coverage_words(None)
        'What part of participations this counts is not known.'
    """
    if coverage is None:
        return f"What part of {unit} this counts is not known."
    if coverage >= 1:
        return f"This counts all {unit}."
    return f"This counts {percent(coverage)} of {unit}; the others name no country, or several."


def _ranked(canvas: Canvas, rows: Sequence[Row], end: float, y: float) -> float:
    lanes = Lanes(canvas, y, told_room=190)
    x = Scale(0, end, lanes.left, lanes.right)
    for row in rows:
        told, together = percent(row["share"]), row["cumulative_share"]
        if together is not None and row["rank"] > 1:
            told += f" (together {percent(together)})"
        at = lanes.lane(row["name"], told)
        words = f"{row['name']}: {told}, {number(row['value'])} participations"
        _bar(canvas, x, at, row, words, id=row["id"])
        if together is not None:
            ends = (x(together), at - 7), (x(together), at + 7)
            canvas.rule(*ends, colour=canvas.theme.ink, thick=1.5, above=True)
    return lanes.axis(x, _percents(end))


def _bar(canvas: Canvas, x: Scale, y: float, row: Row, words: str, **data: Any) -> None:
    fill = tinted(canvas.theme.colours[0], canvas.theme, 0.5)
    ends = (x(0), y - 7), (x(row["share"]), y + 7)
    canvas.bar(*ends, fill=fill, words=words, share=row["share"], **data)


def _percents(end: float) -> list[tuple[float, str]]:
    steps = 5 if f"{end:e}".startswith("5") else 4
    values = [end * part / steps for part in range(steps + 1)]
    return [(value, f"{value:.1%}".replace(".0%", "%")) for value in values]
