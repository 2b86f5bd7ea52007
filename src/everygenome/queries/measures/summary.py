"""The headline: what the release holds, who takes part, and how concentrated it is."""

from typing import Any

import pyarrow as pa

from everygenome.queries.answer import Answer
from everygenome.queries.measures.amounts import amounts
from everygenome.queries.measures.composition import composition
from everygenome.queries.measures.concentration import concentration
from everygenome.queries.measures.countries import countries
from everygenome.queries.measures.people import people
from everygenome.queries.measures.shared import coverage, make
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.statistics.diversity import effective_number, shannon, simpson
from everygenome.vocabulary.terms import Denominator, Stage, Unit

_SCHEMA = pa.schema(
    [("id", pa.string()), ("label", pa.string()), ("value", pa.float64()), ("unit", pa.string())]
)


def summary(tables: Tables, question: Question) -> Answer:
    """Rows of `id`, `label`, `value` and `unit`; shares are 0-1."""
    denominator = question.denominator or Denominator.RECORDED
    if "ancestry" in tables.manifest.missing:
        return _of_studies(tables, question)
    covered = coverage(tables, question)
    shares = composition(tables, question)
    records: list[dict[str, Any]] = []

    def add(name: str, label: str, value: float | None, unit: str) -> None:
        records.append({"id": name, "label": label, "value": value, "unit": unit})

    for row in amounts(tables, question).rows:
        add(row["unit"], row["unit"].capitalize(), row["value"], row["unit"])
    add("recorded", "Say clearly who took part", _rest(covered["excluded_share"]), "share of all")
    groups = [row for row in shares.rows if not row["is_class"] and row["share"] is not None]
    for row in sorted(groups, key=lambda row: -row["share"]):
        add(f"share:{row['group']}", row["group"], row["share"], f"share of {denominator.value}")
    extra = list(shares.caveats)
    if question.unit is Unit.PARTICIPATIONS:
        reckoned = people(tables, question)
        everyone = reckoned.rows[:1]
        extra += list(reckoned.caveats)
        for name in ("floor", "publication_estimate", "cohort_estimate", "ceiling"):
            if everyone and everyone[0][name] is not None:
                add(
                    f"people:{name}",
                    f"People, {name.replace('_', ' ')}",
                    everyone[0][name],
                    "people",
                )
        top = concentration(tables, question, top=10)
        rows = [row for row in top.rows if row["kind"] == "publication"]
        if rows:
            add(
                "top_publications",
                f"Held by the {len(rows)} largest publications",
                rows[-1]["cumulative_share"],
                "share of all",
            )
        extra += list(top.caveats)
        _evenness(add, groups)
    if question.unit is not Unit.ASSOCIATIONS:
        places = countries(tables, question)
        for row in [row for row in places.rows if row["iso3"]][:3]:
            add(
                f"country:{row['iso3']}",
                f"Recruited in {row['name']}",
                row["share"],
                f"share of what the rule {question.country_rule.value} counts",
            )
        extra += list(places.caveats)
    return make(
        tables,
        question,
        measure="summary",
        denominator=denominator,
        covered=covered,
        table=pa.Table.from_pylist(records, _SCHEMA),
        extra=extra,
    )


def _of_studies(tables: Tables, question: Question) -> Answer:
    """What can be said without an ancestry file: how many studies there are."""
    studies = tables["studies"]
    found = tables.run(
        "studies alone",
        lambda: studies.agg(
            studies=studies.count(),
            publications=studies.pubmed_id.nunique(),
            associations=studies.association_count.sum(),
        ),
    ).to_pylist()[0]
    records = [
        {"id": name, "label": name.capitalize(), "value": value, "unit": name}
        for name, value in found.items()
    ]
    return make(
        tables,
        question.but(stage=Stage.ALL, unit=Unit.STUDIES),
        measure="summary",
        denominator="all",
        covered={"rows": found["studies"]},
        table=pa.Table.from_pylist(records, _SCHEMA),
    )


def _rest(share: float | None) -> float | None:
    return None if share is None else 1 - share


def _evenness(add: Any, groups: list[dict[str, Any]]) -> None:
    """Evenness of the groups that are named alone; even is not the same as fair."""
    total = sum(row["share"] for row in groups)
    if not total:
        return
    shares = [row["share"] / total for row in groups]
    add("evenness:shannon", "Shannon H of the groups named alone", shannon(shares), "nats")
    add("evenness:effective", "Effective number of groups", effective_number(shares), "groups")
    add("evenness:simpson", "Simpson 1 - D", simpson(shares), "probability")
