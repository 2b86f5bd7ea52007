"""Places: where people were recruited, under three counting rules."""

from typing import Any

from everygenome.charts import findings
from everygenome.charts.bars import countries_chart
from everygenome.charts.map import map_chart
from everygenome.charts.rows import percent
from everygenome.queries.answer import Answer
from everygenome.queries.release import Release
from everygenome.vocabulary.terms import CountryRule
from everygenome.web.dashboard.figures.figure import Cell, Figure, Table, cells, choices
from everygenome.web.dashboard.figures.text import count, share
from everygenome.web.site.state import View

SHOWN = ("share", "count", "per_1000")
_MEASURE = {"share": "share", "count": "value", "per_1000": "per_1000"}


def _ask(release: Release, view: View) -> Answer:
    return release.countries(**choices(view) | {"reference": None})


def _draw_map(answer: Answer, view: View, **look: Any) -> dict[str, Any]:
    shown = _MEASURE[view.get("show") or "share"]
    if shown == "per_1000" and answer.unit != "participations":
        shown = "share"
    return map_chart(
        answer.table,
        measure=shown,
        coverage=answer.coverage["share"],
        unit=answer.unit,
        **look,
    )


def _draw_bars(answer: Answer, _view: View, **look: Any) -> dict[str, Any]:
    return countries_chart(
        answer.table, coverage=answer.coverage["share"], unit=answer.unit, **look
    )


def _table(answer: Answer, view: View) -> Table:
    per_head = answer.unit == "participations"
    rows = answer.rows
    return Table(
        caption=f"{answer.unit.capitalize()} by country of recruitment. The share is of what this "
        "rule counts; the share of all has everything in its denominator.",
        head=(
            "Country",
            answer.unit.capitalize(),
            "Share",
            "Share of all",
            *(("For each 1,000 people",) if per_head else ()),
        ),
        rows=tuple(
            cells(
                Cell(
                    row["name"],
                    f"/composition/{view.address(country=row['iso3'], show=None)}"
                    if row["iso3"]
                    else "",
                ),
                count(row["value"]),
                share(row["share"]) if row["iso3"] else "not counted",
                share(row["share_of_all"]),
                *((_per_1000(row),) if per_head else ()),
            )
            for row in rows
        ),
        numbers=frozenset(range(1, 5)),
        quiet=frozenset(place for place, row in enumerate(rows) if not row["iso3"]),
    )


def _per_1000(row: dict[str, Any]) -> str:
    if row["per_1000"] is None:
        return "" if not row["iso3"] else "no figure"
    if 0 < row["per_1000"] < 0.05:
        return "<0.1"
    return f"{row['per_1000']:,.1f}"


def _finding(answer: Answer, _view: View) -> str:
    return findings.map_finding(answer.rows, unit=answer.unit)


def _coverage(answer: Answer) -> str:
    """How much of the whole this is: in sight, always."""
    counted = answer.coverage["share"]
    if counted is None:
        return f"Nobody knows what part of all {answer.unit} this is."
    left = "name no country"
    if answer.filters["country_rule"] == CountryRule.SINGLE:
        left += ", several, or one and an unknown rest"
    return f"This counts {percent(counted)} of all {answer.unit}; the others {left}."


MAP = Figure(
    name="map",
    title="Where people were recruited",
    ask=_ask,
    finding=_finding,
    draw=_draw_map,
    table=_table,
    reading="The map shows the country of recruitment that the records state. How much of the "
    "whole that is stands under the title. Grey means that no record counted here names the "
    "country. Borders are drawn as the map’s makers drew them, and are no opinion of ours.",
    beside=_coverage,
    extra={"show": SHOWN},
)
COUNTRIES = Figure(
    name="countries",
    title="The countries named most",
    ask=_ask,
    finding=_finding,
    draw=_draw_bars,
    table=_table,
    reading="Bars are shares of what the counting rule counts.",
    beside=_coverage,
)
