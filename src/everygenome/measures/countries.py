"""Where people were recruited: three counting rules, each with its coverage."""

import ibis
import ibis.expr.types as ir

from everygenome.vocabulary.terms import CountryRule

NOT_REPORTED_NAME = "Not reported"
SEVERAL_NAME = "Several countries"
PARTLY_NAME = "Partly reported"


def countries(
    rows: ir.Table, study_country: ir.Table, *, rule: CountryRule, unit: str | None = None
) -> ir.Table:
    """Participations (or units) by country of recruitment.

    Args:
        rows: selected ancestry rows: `ancestry_row`, `participations`, `countries_named`,
            `country_partly_reported`.
        study_country: core study countries.
        rule: `SINGLE` counts rows that name exactly one country and nothing else ("U.K., NR"
            leaves open who was recruited where); `SPLIT` divides a row equally between its
            countries (an imputation); `ANY` counts all of a row for each country it names, so
            that the values cannot be added.
        unit: None counts participations; else the column whose distinct values are counted
            (`study_accession`, `pubmed_id`), under `SINGLE` or `ANY`.

    Returns:
        One row per country, largest first: `iso3`, `value`, `share` (0-1 of the N that the
        rule counts), `share_of_all` (0-1 of all). Then, with a missing `iso3` and `share`,
        `not_counted` = "Not reported" and, under `SINGLE`, "Several countries" and "Partly
        reported" (one country and "NR").
        `counted_value` and `all_value` stand in every row: their ratio is the coverage.
    """
    named = study_country.semi_join(rows, "ancestry_row")
    is_silent, is_several = rows.countries_named == 0, rows.countries_named > 1
    is_partly = (rows.countries_named == 1) & rows.country_partly_reported
    naming = ~is_silent
    if rule is CountryRule.SINGLE:
        naming = ~(is_silent | is_several | is_partly)
        named = named.filter((named.countries_named == 1) & ~named.country_partly_reported)
    if unit is None:
        weight = (
            named.participations_split
            if rule is CountryRule.SPLIT
            else named.participations.cast("float64")
        )
        value = weight.sum()
        counted = rows.participations.sum(where=naming)
        everyone = rows.participations.sum()
        silent, several, partly = (
            rows.participations.sum(where=which) for which in (is_silent, is_several, is_partly)
        )
    else:
        value = named[unit].nunique().cast("float64")
        counted = rows[unit].nunique(where=naming)
        everyone = rows[unit].nunique()
        silent, several, partly = (
            rows[unit].nunique(where=which) for which in (is_silent, is_several, is_partly)
        )
    totals = rows.agg(
        counted_value=counted.cast("float64"),
        all_value=everyone.cast("float64"),
        silent=silent.cast("float64"),
        several=several.cast("float64"),
        partly=partly.cast("float64"),
    )
    per_country = named.group_by(iso3=named.country_iso3).agg(value=value)
    joined = per_country.cross_join(totals)
    known = joined.select(
        "iso3",
        not_counted=ibis.null("string"),
        value=joined.value,
        share=joined.value / joined.counted_value.nullif(0),
        share_of_all=joined.value / joined.all_value.nullif(0),
        counted_value=joined.counted_value,
        all_value=joined.all_value,
    )
    rest = [(NOT_REPORTED_NAME, totals.silent)]
    if rule is CountryRule.SINGLE:
        rest += [(SEVERAL_NAME, totals.several), (PARTLY_NAME, totals.partly)]
    others = [
        totals.select(
            iso3=ibis.null("string"),
            not_counted=ibis.literal(name),
            value=column.fill_null(0),
            share=ibis.null("float64"),
            share_of_all=column.fill_null(0) / totals.all_value.nullif(0),
            counted_value=totals.counted_value,
            all_value=totals.all_value,
        )
        for name, column in rest
    ]
    table = ibis.union(known, *others)
    return table.order_by(table.not_counted.notnull(), table.value.desc(), table.iso3)
