"""What lies beneath one group: its categories, stated populations, and countries."""

from collections.abc import Iterable
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from everygenome.errors import UsageError
from everygenome.measures import beneath as measure
from everygenome.measures.countries import NOT_REPORTED_NAME, PARTLY_NAME, SEVERAL_NAME
from everygenome.queries.answer import Answer
from everygenome.queries.measures.chosen import group_place
from everygenome.queries.measures.shared import coverage, make
from everygenome.queries.notes import note
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.ancestry import CATEGORIES
from everygenome.vocabulary.countries import country
from everygenome.vocabulary.terms import CountryRule, Unit

CATEGORY, POPULATION, COUNTRY = "category", "population", "country"
NOT_STATED = "Not stated"
_SEPARATOR = ";"
_HANCESTRO = {category.label: category.hancestro_id for category in CATEGORIES}
_SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("id", pa.string()),
        ("name", pa.string()),
        ("is_named", pa.bool_()),
        ("value", pa.int64()),
        ("rows", pa.int64()),
        ("share", pa.float64()),
        ("share_of_rows", pa.float64()),
    ]
)


def beneath(tables: Tables, question: Question, *, group: str | None = None) -> Answer:
    """The rows that count in one group or class alone, taken apart in three ways.

    Args:
        tables: the release.
        question: the choices, in participations.
        group: a group or class of the question's scheme.

    Returns:
        Rows of `kind` category, then population, then country, each the largest first and
        with what has no name last: `id` (HANCESTRO for a category, ISO3 for a country),
        `name`, `is_named` (false for "Not stated" and the like), `value` (participations;
        missing where none of the rows states a number), `rows` (ancestry rows), `share` and
        `share_of_rows` (0-1 of the group's participations and rows). A category is a whole
        set of categories, such as "Central Asian; South East Asian": nothing is divided. A
        population is the text that the records state. Countries follow the question's
        country rule: only under `any` can they overlap. The coverage has `group_value`,
        `group_rows` and `rows_without_population`.

    Raises:
        UsageError: no such group in the scheme, or another unit than participations.
    """
    if question.unit is not Unit.PARTICIPATIONS:
        raise UsageError(
            f"What lies beneath a group is counted in participations, not in {question.unit}.",
            remedy="Leave the unit out.",
        )
    group_place(question.grouping, group)
    name = str(group)
    selected, groups = tables.selected(question), tables.groups(question.grouping)
    own = measure.rows_of(selected, groups, group=name)
    stated = tables.opened.keep(
        "stated_populations",
        lambda: measure.stated_populations(tables.opened.whole("ancestry")),
    )

    def summed(kind: str, rows: ir.Table, *by: str) -> list[dict[str, Any]]:
        key = ("beneath", kind, question.scheme, name, question.selection)
        found = tables.run(key, lambda: measure.added_up(rows, *by))
        listed: list[dict[str, Any]] = found.to_pylist()
        return listed

    sets = summed(CATEGORY, own, "category_set")
    populations = summed(POPULATION, measure.with_population(own, stated), "population")
    lists = summed(COUNTRY, own, "country_set", "countries_named", "country_partly_reported")
    value = _sum(row["value"] for row in sets)
    count = sum(row["rows"] for row in sets)
    named = [
        *(_record(CATEGORY, *_category(row["category_set"]), row) for row in sets),
        *_named_first(_record(POPULATION, None, row["population"], row) for row in populations),
        *_named_first(_countries(lists, question)),
    ]
    for record in named:
        record["share"] = None if record["value"] is None or not value else record["value"] / value
        record["share_of_rows"] = record["rows"] / count
        if record["value"] is not None:
            # A row divided between countries is no whole number.
            record["value"] = round(record["value"])
    silent = sum(row["rows"] for row in populations if row["population"] is None)
    extra = [note("country_is_not_ancestry")]
    if silent < count:
        extra.append(note("stated_populations"))
    extra += {
        CountryRule.SPLIT: [note("imputed_split")],
        CountryRule.ANY: [note("countries_overlap")],
        CountryRule.SINGLE: [],
    }[question.country_rule]
    covered = coverage(tables, question) | {
        "group_value": None if value is None else round(value),
        "group_rows": count,
        "group_rows_without_number": sum(row["rows_without_number"] for row in sets),
        "rows_without_population": silent,
    }
    return make(
        tables,
        question,
        measure="beneath",
        denominator="all",
        covered=covered,
        extra=extra,
        filters={"group": name, "country_rule": question.country_rule.value},
        table=pa.Table.from_pylist(named, _SCHEMA),
    )


def _category(text: str) -> tuple[str, str]:
    """Identifiers and names of a set of categories."""
    labels = text.split(_SEPARATOR)
    return "; ".join(_HANCESTRO.get(label, label) for label in labels), "; ".join(labels)


def _countries(lists: list[dict[str, Any]], question: Question) -> list[dict[str, Any]]:
    """Countries under the question's rule, and what the rule does not count."""
    found: dict[tuple[str | None, str], dict[str, Any]] = {}
    for row in lists:
        codes = (row["country_set"] or "").split(_SEPARATOR) if row["countries_named"] else []
        part = row
        if not codes:
            names: list[tuple[str | None, str]] = [(None, NOT_REPORTED_NAME)]
        elif question.country_rule is not CountryRule.SINGLE:
            names = [(iso3, country(iso3).name) for iso3 in codes]
            if question.country_rule is CountryRule.SPLIT and row["value"] is not None:
                # Where countries were chosen, the rows hold their part already.
                if question.country:
                    names = [pair for pair in names if pair[0] in question.countries]
                part = row | {"value": row["value"] / len(names)}
        elif len(codes) > 1:
            names = [(None, SEVERAL_NAME)]
        elif row["country_partly_reported"]:
            names = [(None, PARTLY_NAME)]
        else:
            names = [(codes[0], country(codes[0]).name)]
        for pair in names:
            record = found.setdefault(pair, _record(COUNTRY, *pair, {"value": None, "rows": 0}))
            record["value"] = _sum([record["value"], part["value"]])
            record["rows"] += part["rows"]
    for (iso3, _), record in found.items():
        record["is_named"] = iso3 is not None
    return list(found.values())


def _record(kind: str, own_id: str | None, name: str | None, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": own_id,
        "name": NOT_STATED if name is None else name,
        "is_named": name is not None,
        "value": row["value"],
        "rows": row["rows"],
    }


def _named_first(records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The largest first; what has no name, and what has no number, after the others."""
    return sorted(
        records,
        key=lambda row: (
            not row["is_named"],
            row["value"] is None,
            -(row["value"] or 0),
            -row["rows"],
            row["name"],
        ),
    )


def _sum(values: Iterable[float | None]) -> float | None:
    """The sum of what is known; missing where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
