"""Where people were recruited: three counting rules, each with its coverage.

Records name a few thousand different lists of countries, so rows are added up by list
first, and lists are taken apart then.
"""

import ibis
import ibis.expr.types as ir

from everygenome.vocabulary.terms import CountryRule

NOT_REPORTED_NAME = "Not reported"
SEVERAL_NAME = "Several countries"
PARTLY_NAME = "Partly reported"
SEPARATOR = ";"
_COUNTED, _SILENT, _SEVERAL, _PARTLY = 1, 2, 4, 8


def countries(
    rows: ir.Table, *, rule: CountryRule, unit: str | None = None, only: str | None = None
) -> ir.Table:
    """Participations (or units) by country of recruitment.

    Args:
        rows: selected ancestry rows: `country_set`, `countries_named`,
            `country_partly_reported`, `participations`, and the column `unit`.
        rule: `SINGLE` counts rows that name exactly one country and nothing else ("U.K., NR"
            leaves open who was recruited where); `SPLIT` divides a row equally between its
            countries (an imputation); `ANY` counts all of a row for each country it names, so
            that the values cannot be added.
        unit: None counts participations; else the column whose distinct values are counted
            (`study_accession`, `pubmed_id`), under `SINGLE` or `ANY`.
        only: the countries, joined by ";", whose part the rows hold already, under `SPLIT`; no
            other is shown.

    Returns:
        One row per country, largest first: `iso3`, `value`, `share` (0-1 of the N that the
        rule counts), `share_of_all` (0-1 of all). Then, with a missing `iso3` and `share`,
        `not_counted` = "Not reported" and, under `SINGLE`, "Several countries" and "Partly
        reported" (one country and "NR").
        `counted_value` and `all_value` stand in every row: their ratio is the coverage.
    """
    named = rows.filter(_kind(rows, rule) == _COUNTED)
    if unit is None:
        per_country = country_participations(rows, rule=rule, only=only)
        totals = _totals_of_participations(rows, rule)
    else:
        per_country = _units_by_country(named, unit)
        totals = _totals_of_units(rows, rule, unit)
    joined = per_country.cross_join(totals)
    known = joined.select(
        "iso3",
        not_counted=ibis.null("string"),
        value=joined.value.cast("float64"),
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


def country_participations(
    rows: ir.Table, *, rule: CountryRule, only: str | None = None
) -> ir.Table:
    """Participations by country, `iso3` and `value`, as the rule counts them; see `countries`."""
    named = rows.filter(_kind(rows, rule) == _COUNTED)
    lists = named.group_by("country_set", "countries_named").agg(value=named.participations.sum())
    codes = lists.country_set.split(SEPARATOR)
    value = lists.value.cast("float64")
    if rule is CountryRule.SPLIT:
        if only is not None:
            codes = codes.intersect(ibis.literal(only).split(SEPARATOR))
        value = value / (lists.countries_named if only is None else codes.length())
    exploded = lists.select(iso3=codes.unnest(), value=value)
    return exploded.group_by("iso3").agg(value=exploded.value.sum())


def _kind(rows: ir.Table, rule: CountryRule) -> ir.IntegerValue:
    """Whether a rule counts a row, and why not."""
    if rule is not CountryRule.SINGLE:
        return ibis.ifelse(rows.countries_named == 0, _SILENT, _COUNTED)
    return ibis.cases(
        (rows.countries_named == 0, _SILENT),
        (rows.countries_named > 1, _SEVERAL),
        (rows.country_partly_reported, _PARTLY),
        else_=_COUNTED,
    )


def _units_by_country(named: ir.Table, unit: str) -> ir.Table:
    """Distinct units by country; most units name one list of countries only."""
    named = named.filter(named[unit].notnull())
    lists = named.group_by(unit).agg(first=named.country_set.min(), last=named.country_set.max())
    alike = (
        lists.filter(lists.first == lists["last"])
        .group_by(country_set="first")
        .agg(value=lambda table: table.count())
    )
    of_one = alike.select(iso3=alike.country_set.split(SEPARATOR).unnest(), value=alike.value)
    mixed = named.semi_join(lists.filter(lists.first != lists["last"]), unit)
    pairs = mixed.select(unit, "country_set").distinct()
    pairs = pairs.select(unit, iso3=pairs.country_set.split(SEPARATOR).unnest()).distinct()
    of_several = pairs.group_by("iso3").agg(value=pairs.count())
    both = of_one.union(of_several)
    return both.group_by("iso3").agg(value=both.value.sum())


def _totals_of_participations(rows: ir.Table, rule: CountryRule) -> ir.Table:
    kind = _kind(rows, rule)
    value = rows.participations
    return rows.agg(
        all_value=value.sum().cast("float64"),
        **{name: value.sum(where=kind == bit).cast("float64") for name, bit in _NAMES.items()},
    )


def _totals_of_units(rows: ir.Table, rule: CountryRule, unit: str) -> ir.Table:
    """Distinct units with a row of each kind; a unit can have several."""
    known = rows.filter(rows[unit].notnull())
    units = known.group_by(unit).agg(bits=_kind(known, rule).bit_or())
    return units.agg(
        all_value=units.count().cast("float64"),
        **{
            name: units.count(where=(units.bits & bit) != 0).cast("float64")
            for name, bit in _NAMES.items()
        },
    )


_NAMES = {"counted_value": _COUNTED, "silent": _SILENT, "several": _SEVERAL, "partly": _PARTLY}
