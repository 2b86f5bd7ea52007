"""Countries of recruitment."""

from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from everygenome.errors import UsageError
from everygenome.measures import countries as measure
from everygenome.queries.answer import Answer
from everygenome.queries.measures.shared import coverage, key, make, unit_column
from everygenome.queries.notes import note, percent
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.statistics.representation import per_capita
from everygenome.vocabulary.countries import country
from everygenome.vocabulary.references import Reference, reference_for_year
from everygenome.vocabulary.terms import CountryRule, Denominator, Unit

_SCHEMA = pa.schema(
    [
        ("iso3", pa.string()),
        ("name", pa.string()),
        ("region", pa.string()),
        ("value", pa.float64()),
        ("share", pa.float64()),
        ("share_of_all", pa.float64()),
        ("population", pa.float64()),
        ("per_1000", pa.float64()),
    ]
)


def countries(tables: Tables, question: Question) -> Answer:
    """Countries, largest first, then what the rule does not count.

    Rows: `iso3`, `name`, `region`, `value`, `share` (0-1 of what the rule counts),
    `share_of_all`, `population` (people), and for participations `per_1000` (people). Rows
    without `iso3` are not countries and have no `share`. The
    denominator (by default `all`) says which rows coverage is reckoned over.
    """
    if question.unit is Unit.ASSOCIATIONS:
        raise UsageError(
            "Associations are not counted by country: a study's associations belong to all its "
            "samples.",
            remedy="Count participations, studies or publications.",
        )
    denominator = question.denominator or Denominator.ALL
    table = tables.run(
        key("countries", question, denominator, question.country_rule),
        lambda: measure.countries(
            _rows(tables, question, denominator),
            rule=question.country_rule,
            unit=unit_column(question),
            only=tables.placed(question).country_iso3,
        ),
    )
    found = table.to_pylist()
    people = reference_for_year("un_wpp2024_countries", year=tables.manifest.date.year)
    records = [
        _record(row, people, per_head=question.unit is Unit.PARTICIPATIONS)
        for row in found
        if row["iso3"] or row["value"]
    ]
    counted = found[0]["counted_value"] if found else None
    everyone = found[0]["all_value"] if found else None
    covered: dict[str, Any] = coverage(tables, question) | {
        "counted_value": counted,
        "all_value": everyone,
        "share": counted / everyone if counted is not None and everyone else None,
    }
    silent = next((row for row in found if row["not_counted"] == measure.NOT_REPORTED_NAME), None)
    extra = [note("country_is_not_ancestry")]
    if question.unit is Unit.PARTICIPATIONS:
        extra.append(note("per_capita", reference_date=people.date))
    if silent and silent["share_of_all"]:
        extra.append(
            note(
                "country_not_reported",
                unit=question.unit.value,
                not_reported=percent(silent["share_of_all"]),
            )
        )
    if question.country_rule is CountryRule.SPLIT:
        extra.append(note("imputed_split"))
    elif question.country_rule is CountryRule.ANY:
        extra.append(note("countries_overlap"))
    elif covered["share"] is not None:
        extra.append(
            note("single_country_only", counted=percent(covered["share"]), unit=question.unit.value)
        )
    return make(
        tables,
        question,
        measure="countries",
        denominator=denominator,
        covered=covered,
        extra=extra,
        table=pa.Table.from_pylist(records, _SCHEMA),
        filters={"country_rule": question.country_rule.value},
    )


def _rows(tables: Tables, question: Question, denominator: Denominator) -> ir.Table:
    rows = tables.selected(question)
    if denominator is Denominator.ALL:
        return rows
    groups = tables.groups(question.grouping)
    return rows.semi_join(
        groups.filter(groups.set_class.isin(["single", "multiple"])), "category_set"
    )


def _record(row: dict[str, Any], people: Reference, *, per_head: bool) -> dict[str, Any]:
    place = country(row["iso3"]) if row["iso3"] else None
    population = people.groups.get(row["iso3"]) if place else None
    counted = per_head and population and row["value"] is not None
    return {
        "iso3": row["iso3"],
        "name": place.name if place else row["not_counted"],
        "region": place.region if place else None,
        "value": row["value"],
        "share": row["share"],
        "share_of_all": row["share_of_all"],
        "population": population,
        "per_1000": per_capita(row["value"], population) if counted and population else None,
    }
